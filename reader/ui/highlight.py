"""What is marked in a text: layers of spans merged into runs of one look each. Pure.

Offsets are code points, half open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from reader.model import SURE, EntityKind, Mention, Span
from reader.sweep import Stretch

S = TypeVar("S", bound=Stretch)

KIND_STYLES = {
    EntityKind.PER: "person",
    EntityKind.LOC: "place",
    EntityKind.ORG: "organisation",
    EntityKind.MISC: "other",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """A stretch of text and the name of the style laid on it."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; `styles` are laid one upon the other, the last on top."""

    start: int
    end: int
    styles: tuple[str, ...]


class Runs:
    """The runs of one text, in order, covering all of it."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._starts = [run.start for run in runs]

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    def within(self, start: int, end: int) -> list[Run]:
        """Return the runs of `[start, end)`, cut to it."""
        found: list[Run] = []
        for number in range(max(0, bisect_right(self._starts, start) - 1), len(self._runs)):
            run = self._runs[number]
            if run.start >= end:
                break
            first, last = max(run.start, start), min(run.end, end)
            if first < last:
                found.append(Run(first, last, run.styles))
        return found


def merge(length: int, layers: Sequence[Iterable[Paint]]) -> Runs:
    """Merge layers, the first at the bottom, into runs that cover `[0, length)`.

    What lies outside the text is cut off or left out. Paints of one layer may overlap: the
    later one lies on top.
    """
    opened: dict[int, list[tuple[int, str]]] = {}
    closed: dict[int, list[tuple[int, str]]] = {}
    order = 0
    for layer in layers:
        for paint in layer:
            start, end = max(0, paint.start), min(length, paint.end)
            if start < end:
                opened.setdefault(start, []).append((order, paint.style))
                closed.setdefault(end, []).append((order, paint.style))
                order += 1
    active: set[tuple[int, str]] = set()
    runs: list[Run] = []
    edges = sorted({0, length, *opened, *closed})
    for start, end in pairwise(edges):
        active.difference_update(closed.get(start, ()))
        active.update(opened.get(start, ()))
        runs.append(Run(start, end, tuple(style for _, style in sorted(active))))
    return Runs(runs)


def lying_over(stretches: Sequence[S], start: int, end: int) -> Iterator[S]:
    """Those of which something lies in `[start, end)`; they are in order, none over another."""
    for number in range(max(0, bisect_right(stretches, start, key=_start) - 1), len(stretches)):
        one = stretches[number]
        if one.start >= end:
            break
        if one.end > start:
            yield one


class Layer(Generic[S]):
    """Stretches of one kind, in order and none over another, of a text that starts at `shift` of
    the painted one. They are laid on the runs of a line when it is drawn, and found by halving:
    however many there are, a key costs what is in view."""

    def __init__(
        self, stretches: Sequence[S], styles: Callable[[S], tuple[str, ...]], shift: int = 0
    ) -> None:
        self.stretches = stretches
        self._styles = styles
        self.shift = shift

    def __len__(self) -> int:
        return len(self.stretches)

    def over(self, start: int, end: int) -> Iterator[S]:
        """Those of which something lies in a stretch of the painted text."""
        return lying_over(self.stretches, start - self.shift, end - self.shift)

    def place_of(self, start: int) -> int | None:
        """Which of them starts at an offset of the painted text, counted from 1."""
        at = start - self.shift
        number = bisect_right(self.stretches, at, key=_start)
        return number if number and self.stretches[number - 1].start == at else None

    def next_from(
        self, at: int, direction: int, fits: Callable[[S], bool] = lambda _one: True
    ) -> Span | None:
        """Where in the painted text the first that fits starts after `at` (1), or the last before
        it (-1), around the end; None where none fits."""
        count, at = len(self.stretches), at - self.shift
        if direction > 0:
            first = bisect_right(self.stretches, at, key=_start)
        else:
            first = bisect_left(self.stretches, at, key=_start) - 1
        for step in range(count):
            one = self.stretches[(first + step * direction) % count]
            if fits(one):
                return Span(one.start + self.shift, one.end + self.shift)
        return None

    def laid_on(self, runs: Iterable[Run]) -> list[Run]:
        """The runs of a stretch of the text, cut where these begin and end."""
        return [part for run in runs for part in self._cut(run)]

    def _cut(self, run: Run) -> Iterator[Run]:
        at = run.start
        for one in self.over(run.start, run.end):
            first, last = max(at, one.start + self.shift), min(run.end, one.end + self.shift)
            if first < last:
                if at < first:
                    yield Run(at, first, run.styles)
                yield Run(first, last, run.styles + self._styles(one))
                at = last
        if at < run.end:
            yield Run(at, run.end, run.styles)


def _start(one: Stretch) -> int:
    return one.start


def hit_paints(hits: Iterable[Span]) -> list[Paint]:
    """The paints of search hits."""
    return [Paint(hit.start, hit.end, "hit") for hit in hits]


def mention_layer(mentions: Sequence[Mention], shift: int = 0) -> Layer[Mention]:
    """Mentions, in order, each in the style of its kind."""
    return Layer(mentions, _mention_styles, shift)


def _mention_styles(mention: Mention) -> tuple[str]:
    return (KIND_STYLES[mention.kind] if mention.confidence >= SURE else "uncertain",)


def hit_layer(hits: Sequence[Span], shift: int = 0) -> Layer[Span]:
    """Search hits, in order."""
    return Layer(hits, _hit_styles, shift)


def _hit_styles(_hit: Span) -> tuple[str]:
    return ("hit",)


def paint_layer(paints: Sequence[Paint]) -> Layer[Paint]:
    """Paints in order, none over another."""
    return Layer(paints, lambda paint: (paint.style,))


def run_layer(runs: Runs) -> Layer[Run]:
    """Runs that have a look."""
    return Layer([run for run in runs if run.styles], lambda run: run.styles)
