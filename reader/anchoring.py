"""Where a stretch of a text lies once the text has changed. Pure; code points, half open.

A stretch is told by what it says and by what stands around it. It is looked for as it was, at
its place before anywhere else, and then with small edits in it. The cost is bounded: NEAREST places
on either side are compared, and a few stretches of at most SAMPLE code points edit by edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from reader.kept import CONTEXT, Anchor
from reader.model import Span

NEAREST = 200
"""Places with the same words that are compared on either side of where the stretch was."""

SAMPLE = 96
"""Code points of a stretch that are looked for with edits: of a longer one its two ends."""

_SHORTEST = 12
"""Code points below which a stretch with edits in it may be anything."""

_LETTERS_AN_EDIT = 8
"""Of so many code points one may have been edited."""

_SEEDS = 20
"""Places at which a piece of a stretch is looked at, on either side."""

_TRIED = 6
"""Places at which a stretch is compared edit by edit."""

_HOME = CONTEXT // 2
"""How much it counts that a stretch is where it was, in code points of what stands around it."""


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of a stretch that lies in `text`; of an empty one that of the whole article."""
    if start == end:
        return Anchor()
    before, behind = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Anchor(start, end, text[start:end], before, behind)


def find_again(text: str, anchor: Anchor) -> Span | None:
    """Where the stretch of `anchor` lies in `text`, None when its words are gone. The whole
    article is an empty stretch at the start."""
    if not anchor.quote:
        return Span(0, 0)
    return _find_same(text, anchor) or _find_edited(text, anchor)


def _find_same(text: str, anchor: Anchor) -> Span | None:
    size, led = len(anchor.quote), anchor.start - len(anchor.before)
    if led >= 0 and text.startswith(anchor.before + anchor.quote + anchor.behind, led):
        return Span(anchor.start, anchor.start + size)  # no other place can have more for it
    best = max(
        _near(text, anchor.quote, anchor.start, NEAREST),
        key=lambda at: (_standing(text, at, at + size, anchor), -_off(at, anchor)),
        default=None,
    )
    return None if best is None else Span(best, best + size)


def _near(text: str, words: str, near: int, limit: int) -> Iterator[int]:
    """Where `text` says `words`: the first places from `near` on, and the last ones before it."""
    at = text.find(words, max(0, near))
    for _ in range(limit):
        if at < 0:
            break
        yield at
        at = text.find(words, at + 1)
    end = max(0, near) + len(words) - 1
    for _ in range(limit):
        at = text.rfind(words, 0, end)
        if at < 0:
            break
        yield at
        end = at + len(words) - 1


def _standing(text: str, start: int, end: int, anchor: Anchor) -> int:
    """How much speaks for a place: what stands around it is what stood around the stretch."""
    before = _alike(reversed(text[max(0, start - CONTEXT) : start]), reversed(anchor.before))
    behind = _alike(text[end : end + CONTEXT], anchor.behind)
    return before + behind + _HOME * (start == anchor.start)


def _alike(some: Iterable[str], others: Iterable[str]) -> int:
    """How many letters are the same before the first that differs."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False))
    )


def _off(start: int, anchor: Anchor) -> int:
    return abs(start - anchor.start)


def _find_edited(text: str, anchor: Anchor) -> Span | None:
    quote = anchor.quote
    if len(quote) < _SHORTEST:
        return None
    if len(quote) <= 2 * SAMPLE:
        return _find_like(text, anchor)
    # The two ends of a long stretch, the second behind the first and about as far as it was.
    first = _find_like(text, _part(anchor, 0, SAMPLE))
    last = _find_like(text, _part(anchor, len(quote) - SAMPLE, len(quote)))
    if first is None or last is None:
        return None
    grown = last.end - first.start - len(quote)
    return Span(first.start, last.end) if abs(grown) <= len(quote) // 4 else None


def _part(anchor: Anchor, start: int, end: int) -> Anchor:
    quote = anchor.quote
    before = (anchor.before + quote[:start])[-CONTEXT:]
    behind = (quote[end:] + anchor.behind)[:CONTEXT]
    return Anchor(anchor.start + start, anchor.start + end, quote[start:end], before, behind)


def _find_like(text: str, anchor: Anchor) -> Span | None:
    quote = anchor.quote
    most = len(quote) // _LETTERS_AN_EDIT
    tried = (_align(text, start, quote, most) for start in _starts(text, anchor, most))
    found = [one for one in tried if one is not None]
    if not found:
        return None

    def worth(one: _Like) -> tuple[int, int]:
        standing = _standing(text, one.start, one.end, anchor)
        return standing - 2 * one.edits, -_off(one.start, anchor)

    best = max(found, key=worth)
    return Span(best.start, best.end)


def _starts(text: str, anchor: Anchor, most: int) -> list[int]:
    """Where the stretch may begin: where a third of its pieces stand about as they did."""
    quote = anchor.quote
    size = len(quote) // (most + 1)
    pieces = range(0, len(quote) - size + 1, size)
    votes: Counter[int] = Counter()
    for piece in pieces:
        found = _near(text, quote[piece : piece + size], anchor.start + piece, _SEEDS)
        votes.update(at - piece for at in found)

    def support(start: int) -> int:
        return sum(votes[at] for at in range(start - most, start + most + 1))

    chosen: list[int] = []
    ranked = sorted((-support(start), -votes[start], _off(start, anchor), start) for start in votes)
    for backed, _, _, start in ranked:
        if -backed * 3 >= len(pieces) and all(abs(start - one) > most for one in chosen):
            chosen.append(start)
    return chosen[:_TRIED]


@dataclass(frozen=True, slots=True)
class _Like:
    """A stretch that differs from another by some edits."""

    edits: int
    start: int
    end: int


def _align(text: str, start: int, quote: str, most: int) -> _Like | None:
    """The stretch that begins within `most` code points of `start` and from which fewest edits
    make `quote`; None when they are more than `most`.

    An edit inserts, deletes or replaces a code point. Row by row over the quote, each cell holds
    the edits up to a place of the text and where the stretch that has them begins.
    """
    far = most + 1
    low, high = max(0, start - most), min(len(text), start + most)
    row = {at: (0, -at) for at in range(low, high + 1)}
    for number, letter in enumerate(quote, 1):
        before, row = row, {}
        low, high = max(0, start + number - most), min(len(text), start + number + most)
        for at in range(low, high + 1):
            edits, begun = before.get(at, (far, 0))
            best = edits + 1, begun
            if at - 1 in row:
                edits, begun = row[at - 1]
                best = min(best, (edits + 1, begun))
            if at - 1 in before:
                edits, begun = before[at - 1]
                best = min(best, (edits + (text[at - 1] != letter), begun))
            row[at] = best
    found = min(((edits, at, -begun) for at, (edits, begun) in row.items()), default=None)
    if found is None or found[0] > most:
        return None
    return _Like(found[0], found[2], found[1])
