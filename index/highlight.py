"""What in a text answers a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.analysis.words import WordLeaf
from index.hits import HitFinder
from index.query import (
    ANYWHERE,
    KEY_FIELDS,
    And,
    Everything,
    InSet,
    Not,
    Or,
    Query,
    Range,
)

Spans = tuple[tuple[int, int], ...]

# White space that is not one single space already.
_SPACES = re.compile(r"\s(?:(?<! )|\s)\s*+")
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text around the hits; `spans` lie in `text`, code points, half open."""

    text: str
    spans: tuple[tuple[int, int], ...]


class Highlighter:
    """Finds what answers one query in text after text."""

    def __init__(self, query: Query) -> None:
        self._leaves = tuple(_word_leaves(query))
        self._finders: dict[str, HitFinder] = {}

    def find_spans(self, text: str, *, field: str = "text", also: Spans = ()) -> Spans:
        """The stretches of `text`, the content of `field`, that match words of the query: code
        points, half open, rising, apart. A phrase is one stretch. What stands under a negation
        is no match.

        `also` are stretches that answer for another reason, such as a name.
        """
        if field not in self._finders:
            self._finders[field] = HitFinder(one for one in self._leaves if _looks_at(one, field))
        return _join([*also, *self._finders[field].find(text)])

    def snippet(self, text: str, *, width: int = 160, also: Spans = ()) -> Snippet:
        """The stretch of about `width` code points that shows the most different hits, cut
        between words, white space as single spaces, "…" where text was left out; the beginning
        of `text` when nothing hits. `also` as in `find_spans`."""
        spans = self.find_spans(text, also=also)
        first, last = _best_window(spans, text, width)
        shown = spans[first:last]
        start, end = _bounds(text, shown[0][0] if shown else 0, shown[-1][1] if shown else 0, width)
        return _draw(text, start, end, shown)


def find_spans(query: Query, text: str, *, field: str = "text", also: Spans = ()) -> Spans:
    """`Highlighter.find_spans` for a single text."""
    return Highlighter(query).find_spans(text, field=field, also=also)


def snippet(query: Query, text: str, *, width: int = 160, also: Spans = ()) -> Snippet:
    """`Highlighter.snippet` for a single text."""
    return Highlighter(query).snippet(text, width=width, also=also)


def _word_leaves(query: Query) -> Iterator[WordLeaf]:
    """The leaves made of words that a match may owe its place to."""
    match query:
        case And() | Or():
            for clause in query.clauses:
                yield from _word_leaves(clause)
        case Not() | Everything() | InSet() | Range():
            return
        case _:
            yield query


def _looks_at(leaf: WordLeaf, field: str) -> bool:
    if leaf.field == ANYWHERE:
        return field in ("title", "text")
    return leaf.field == field and field not in KEY_FIELDS


def _join(spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _best_window(spans: Spans, text: str, width: int) -> tuple[int, int]:
    """The range of `spans` that fits in `width` (one span always does) with the most different
    words, then the most spans, then the earliest."""
    best, found = (0, 0), (0, 0)
    words = [text[start:end].casefold() for start, end in spans]
    last = 0
    for first, (start, _) in enumerate(spans):
        last = max(last, first + 1)
        while last < len(spans) and spans[last][1] - start <= width:
            last += 1
        worth = (len(set(words[first:last])), last - first)
        if worth > found:
            best, found = (first, last), worth
        if last == len(spans):
            break
    return best


def _bounds(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The stretch around `start` to `end` grown to `width`, a third of the room in front, moved
    inwards to where words begin and end."""
    size = max(width, end - start)
    right = min(len(text), max(0, start - (size - (end - start)) // 3) + size)
    left = max(0, right - size)
    while 0 < left < start and not text[left - 1].isspace():
        left += 1
    cut = right
    while end < cut < len(text) and not text[cut].isspace():
        cut -= 1
    # A text that begins with one long unbroken run has no better place to be cut.
    return left, cut or right


def _draw(text: str, start: int, end: int, spans: Spans) -> Snippet:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    drawn = _MORE if text[:start].strip() else ""
    moved, at = [], start
    for first, last in spans:
        drawn += _SPACES.sub(" ", text[at:first])
        begin = len(drawn)
        drawn += _SPACES.sub(" ", text[first:last])
        moved.append((begin, len(drawn)))
        at = last
    drawn += _SPACES.sub(" ", text[at:end])
    return Snippet(drawn + (_MORE if text[end:].strip() else ""), tuple(moved))
