"""The text of an article as blocks, with the looks and links that its markup gives it. Pure.

Offsets are code points of the page, half open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from reader.model import Markup, MarkupKind, Span
from reader.sweep import Sweep
from reader.ui.highlight import Paint
from reader.ui.links import safe_url
from reader.ui.widgets.tables import Table, narrow_rows, table_of
from reader.ui.widgets.wrap import NO_GUTTER, Block, Gutter

_INLINE = {
    MarkupKind.LINK: "link",
    MarkupKind.EMPHASIS: "emphasis",
    MarkupKind.STRONG: "strong",
    MarkupKind.CODE: "code",
    MarkupKind.PRE: "pre",
}
_BLOCKS = frozenset({MarkupKind.PRE, MarkupKind.QUOTE, MarkupKind.ITEM, MarkupKind.TABLE})
_BAR = "│ "
_GOES_ON = "↪ "
"""Stands before the further lines of a line of code."""
_DEEPEST = 3
"""Bars that stand beside each other: beyond them a quote in a quote looks like its outer one."""

_WIDEST = 12
"""Cells of the mark of an item that the lines below it are indented by."""

_MARK = re.compile(r" *(?:[•◦▪‣–*-]|\d{1,6}[.)]) +")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A stretch of the page that leads to an address, one that may be handed on."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Body:
    """What the text of an article adds to a page."""

    blocks: tuple[Block, ...]
    paints: tuple[Paint, ...]
    links: tuple[PageLink, ...]


def lay_out_body(text: str, headings: Sequence[Span], markup: Sequence[Markup], shift: int) -> Body:
    """Lay out a text that starts at `shift` of the page, an empty line above its paragraphs."""
    markup = [mark for mark in markup if 0 <= mark.start < mark.end <= len(text)]
    paints = [*_headings(text, headings), *_inline(markup)]
    links = [
        PageLink(mark.start + shift, mark.end + shift, target)
        for mark in markup
        if mark.kind is MarkupKind.LINK and (target := safe_url(mark.target))
    ]
    return Body(
        tuple(_blocks(text, headings, markup, shift)),
        tuple(Paint(paint.start + shift, paint.end + shift, paint.style) for paint in paints),
        tuple(sorted(links, key=lambda link: link.start)),
    )


def _inline(markup: Iterable[Markup]) -> Iterator[Paint]:
    for mark in markup:
        style = _INLINE.get(mark.kind)
        # What leads nowhere does not look as if it did.
        if style and (mark.kind is not MarkupKind.LINK or safe_url(mark.target)):
            yield Paint(mark.start, mark.end, style)


def _headings(text: str, headings: Sequence[Span]) -> Iterator[Paint]:
    sweep = Sweep(headings)
    for start, end in _lines(text):
        if text[start:end].strip() and sweep.over(start, end):
            yield Paint(start, end, "heading")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _blocks(
    text: str, headings: Sequence[Span], markup: Sequence[Markup], shift: int
) -> Iterator[Block]:
    """Every line that is not empty. In a text without paragraphs each line is one."""
    heads = Sweep(headings)
    looks = _Looks(text, markup)
    loose = "\n\n" not in text and not markup
    before, above = 1, False
    for start, end in _lines(text):
        line = text[start:end]
        if line.strip():
            yield _moved(looks.block(start, end, before), shift)
            above = bool(heads.over(start, end))
            before = 0
        # A heading stands close upon what it heads.
        if (loose or not line.strip()) and not above:
            before = 1


def _moved(block: Block, shift: int) -> Block:
    otherwise = tuple(_moved(one, shift) for one in block.otherwise)
    return replace(block, start=block.start + shift, end=block.end + shift, otherwise=otherwise)


class _Looks:
    """How the lines of a text stand, one after the other."""

    def __init__(self, text: str, markup: Sequence[Markup]) -> None:
        self._text = text
        self._sweep = Sweep(mark for mark in markup if mark.kind in _BLOCKS)
        self._strong = Sweep(mark for mark in markup if mark.kind is MarkupKind.STRONG)
        self._before: list[Markup] = []
        self._marks: dict[Markup, int] = {}
        self._shifts: dict[Markup, int] = {}
        self._tables: dict[Markup, Table] = {}

    def block(self, start: int, end: int, before: int) -> Block:
        """The block of a line with so many empty lines above it."""
        inside, earlier = list(self._sweep.over(start, end)), self._before
        self._before = inside
        gutter = _gutter(inside)
        lead = len(gutter.lead) + bool(gutter.fill)
        first, hanging = self._indents(start, end, inside)
        above = _gutter([mark for mark in inside if mark in earlier])
        block = Block(start, end, before, lead + first, lead + hanging, gutter=gutter, above=above)
        if gutter.fill:
            hanging = block.indent + len(_GOES_ON)
            below = replace(gutter, mark=_GOES_ON)
            return replace(block, hanging=hanging, kept=True, below=below)
        tables = [mark for mark in inside if mark.kind is MarkupKind.TABLE]
        return self._row(block, tables[-1]) if tables else block

    def _row(self, block: Block, mark: Markup) -> Block:
        """The block of a row of a table."""
        strong = self._strong.over(block.start, block.end)
        is_first = mark not in self._tables
        if is_first:
            self._tables[mark] = table_of(self._text, mark, block.end, strong)
        table = self._tables[mark]
        otherwise = narrow_rows(self._text, block, table, is_first=is_first)
        return replace(block, kept=True, needs=block.indent + table.width, otherwise=otherwise)

    def _indents(self, start: int, end: int, inside: Sequence[Markup]) -> tuple[int, int]:
        """Cells before the first and the further lines of an item."""
        items = [mark for mark in inside if mark.kind is MarkupKind.ITEM]
        if not items:
            return 0, 0
        innermost = items[-1]
        if innermost not in self._marks:
            mark = _MARK.match(self._text, start, end)
            cells = cell_len(self._text[start : mark.end()]) if mark else 0
            self._marks[innermost] = min(cells, _WIDEST)
            return 0, self._marks[innermost]
        cells = self._marks[innermost]
        if innermost not in self._shifts:
            # The text indents its further lines too, all alike.
            spaces = end - start - len(self._text[start:end].lstrip(" "))
            self._shifts[innermost] = max(0, cells - spaces)
        return self._shifts[innermost], cells


def _gutter(inside: Sequence[Markup]) -> Gutter:
    quotes = sum(mark.kind is MarkupKind.QUOTE for mark in inside)
    fill = "pre" if any(mark.kind is MarkupKind.PRE for mark in inside) else ""
    if not quotes and not fill:
        return NO_GUTTER
    return Gutter(_BAR * min(quotes, _DEEPEST), fill)
