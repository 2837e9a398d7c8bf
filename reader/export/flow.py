"""The text of an article as blocks of runs: what every format of export is written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reader.model import Article, Markup, MarkupKind, PlacedNote, Span
from reader.sweep import Stretch, Sweep

LINK_SCHEMES = ("http://", "https://")
"""Addresses that an export may lead to."""


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    PRE = "pre"
    TABLE = "table"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks the same throughout. `styles` are kinds of markup without
    links; `target` is the address of a link, `noted` whether it is part of a highlight, and `ends`
    are the numbers of the highlights, from 1, that end with it."""

    text: str
    styles: frozenset[MarkupKind] = frozenset()
    target: str = ""
    noted: bool = False
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a text that belong together: of PRE and TABLE several, of the others one."""

    kind: BlockKind
    lines: tuple[tuple[Run, ...], ...]

    @property
    def text(self) -> str:
        return "\n".join("".join(run.text for run in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Flow:
    """An article ready to be written: its blocks, the notes in them in order (number 1 first),
    notes on the whole of it, and those whose words are gone from the text."""

    article: Article
    blocks: tuple[Block, ...]
    notes: tuple[PlacedNote, ...]
    on_whole: tuple[PlacedNote, ...]
    lost: tuple[PlacedNote, ...]


_BLOCKS = {
    MarkupKind.PRE: BlockKind.PRE,
    MarkupKind.TABLE: BlockKind.TABLE,
    MarkupKind.ITEM: BlockKind.ITEM,
    MarkupKind.QUOTE: BlockKind.QUOTE,
}
"""Kinds of markup that lines are part of, the closest first."""

_TOGETHER = (MarkupKind.PRE, MarkupKind.TABLE)


@dataclass(frozen=True, slots=True)
class _Noted:
    """A highlighted stretch with its number."""

    start: int
    end: int
    number: int


def flow_of(article: Article, notes: Sequence[PlacedNote] = ()) -> Flow:
    """Take an article apart; highlights may overlap."""
    placed = sorted(
        (one for one in notes if one.span is not None and one.span.end > one.span.start),
        key=_order,
    )
    on_whole = tuple(one for one in notes if one.span is not None and one not in placed)
    lost = tuple(one for one in notes if one.span is None)
    spans = [one.span for one in placed if one.span is not None]
    blocks = tuple(_blocks(article, spans))
    return Flow(article, blocks, tuple(placed), on_whole, lost)


def link_target(target: str) -> str:
    """An address fit to be led to, "" for any other."""
    return target if target.lower().startswith(LINK_SCHEMES) else ""


def _order(placed: PlacedNote) -> tuple[int, int]:
    span = placed.span or Span(0, 0)
    return span.start, span.end


def _blocks(article: Article, spans: Sequence[Span]) -> Iterator[Block]:
    headings = {span.start for span in article.headings}
    marks = [mark for mark in article.markup if mark.end > mark.start]
    around = Sweep(mark for mark in marks if mark.kind in _BLOCKS)
    within = Sweep(mark for mark in marks if mark.kind not in _BLOCKS)
    noted = Sweep(_Noted(span.start, span.end, number) for number, span in enumerate(spans, 1))
    held: list[tuple[Run, ...]] = []
    held_mark: Markup | None = None
    for start, end in _lines(article.text):
        mark = _block_mark(around.over(start, max(end, start + 1)))
        if held_mark is not None and mark is not held_mark:
            yield Block(_BLOCKS[held_mark.kind], tuple(held))
            held, held_mark = [], None
        line = tuple(
            _runs(article.text, start, end, within.over(start, end), noted.over(start, end))
        )
        if mark is not None and mark.kind in _TOGETHER:
            held.append(line)
            held_mark = mark
        elif line:
            kind = _BLOCKS[mark.kind] if mark is not None else BlockKind.PARAGRAPH
            yield Block(BlockKind.HEADING if start in headings else kind, (line,))
    if held_mark is not None:
        yield Block(_BLOCKS[held_mark.kind], tuple(held))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _block_mark(over: Sequence[Markup]) -> Markup | None:
    """What a line is part of: code and tables before anything around them."""
    for kind in _BLOCKS:
        for one in reversed(over):
            if one.kind is kind:
                return one
    return None


def _runs(
    text: str, start: int, end: int, inside: Sequence[Markup], noted: Sequence[_Noted]
) -> Iterator[Run]:
    cuts = {start, end}
    stretches: list[Stretch] = [*inside, *noted]
    for stretch in stretches:
        cuts |= {min(max(start, stretch.start), end), min(end, stretch.end)}
    for left, right in pairwise(sorted(cuts)):
        over = [one for one in inside if one.start <= left and one.end >= right]
        notes = [one for one in noted if one.start <= left and one.end >= right]
        yield Run(
            text[left:right],
            frozenset(one.kind for one in over if one.kind is not MarkupKind.LINK),
            next((link_target(one.target) for one in over if one.kind is MarkupKind.LINK), ""),
            bool(notes),
            tuple(sorted(one.number for one in notes if one.end == right)),
        )
