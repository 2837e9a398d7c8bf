"""What is marked in a text: layers of spans merged into runs of one look each. Pure.

Offsets are code points, half open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.model import SURE, EntityKind, Mention, Span

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
        for run in self._runs[max(0, bisect_right(self._starts, start) - 1) :]:
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


def mention_paints(mentions: Iterable[Mention], shift: int) -> list[Paint]:
    """Return the paints of mentions whose text starts at `shift` of the painted one."""
    return [
        Paint(mention.start + shift, mention.end + shift, _mention_style(mention))
        for mention in mentions
    ]


def _mention_style(mention: Mention) -> str:
    return KIND_STYLES[mention.kind] if mention.confidence >= SURE else "uncertain"


def hit_paints(hits: Iterable[Span], shift: int) -> list[Paint]:
    """Return the paints of search hits whose text starts at `shift` of the painted one."""
    return [Paint(hit.start + shift, hit.end + shift, "hit") for hit in hits]


def next_paint(paints: Sequence[Paint], at: int, direction: int) -> Paint:
    """Return the first paint that starts after `at` (1), or the last before it (-1).

    `paints` are in order and not empty; beyond the last comes the first again.
    """
    starts = [paint.start for paint in paints]
    if direction > 0:
        return paints[bisect_right(starts, at) % len(paints)]
    return paints[bisect_left(starts, at) - 1]
