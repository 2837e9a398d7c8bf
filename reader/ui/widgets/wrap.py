"""Breaks a text into lines of a width and finds the line of an offset. Pure.

Offsets are code points of the whole text, half open; widths are terminal cells.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rich.cells import cell_len, split_graphemes

# A word with the spaces after it; a letter of a script written without spaces is a word.
_UNSPACED = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_CLOSING = "、。，．）］｝」』】〉》！？：；"
_WORD = re.compile(f"(?:[{_UNSPACED}][{_CLOSING}]*|[^ {_UNSPACED}]+[{_CLOSING}]*)(?P<spaces> *)| +")


@dataclass(frozen=True, slots=True)
class Gutter:
    """What stands beside a text: `lead` at the left of the indent, `mark` at its right, and the
    name of the style that fills the line from one edge of the measure to the other, or ""."""

    lead: str = ""
    fill: str = ""
    mark: str = ""


NO_GUTTER = Gutter()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph to wrap: one line of text. `before` empty lines stand above it.

    `indent` cells stand before its first line, `hanging` cells before the others, the lead of
    the gutter counted in. No line but the last ends with `between`. A `kept` block is broken
    where the line is full, not between words. `above` is the gutter of the empty lines, `below`
    that of its lines after the first. Where there are less than `needs` cells, the blocks
    `otherwise`, in order and within it, stand in its place. So many empty lines as `apart` stand
    between two of its lines.
    """

    start: int
    end: int
    before: int = 0
    indent: int = 0
    hanging: int = 0
    between: str = ""
    kept: bool = False
    gutter: Gutter = NO_GUTTER
    above: Gutter = NO_GUTTER
    below: Gutter | None = None
    needs: int = 0
    otherwise: tuple[Block, ...] = ()
    apart: int = 0


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the screen: the stretch of the text on it, and the cells before it."""

    start: int
    end: int
    indent: int = 0
    gutter: Gutter = NO_GUTTER


class Lines:
    """The lines of a wrapped text, from the top.

    A line that starts where an earlier one does is empty and only keeps others apart: an offset
    is on the first of them, so the start of a line leads back to it or to the text above it.
    """

    def __init__(self, lines: Iterable[TextLine]) -> None:
        # In few objects: those of a long text would be looked through for garbage time and again.
        self._spans, self._gutters = array("q"), list[Gutter]()
        self._starts, self._numbers = array("q"), array("q")
        for number, line in enumerate(lines):
            self._spans.extend((line.start, line.end, line.indent))
            self._gutters.append(line.gutter)
            if not number or line.start > self._starts[-1]:
                self._starts.append(line.start)
                self._numbers.append(number)

    def __len__(self) -> int:
        return len(self._gutters)

    def __getitem__(self, number: int) -> TextLine:
        start, end, indent = self._spans[3 * number : 3 * number + 3]
        return TextLine(start, end, indent, self._gutters[number])

    def line_of(self, offset: int) -> int:
        """Return the number of the line that `offset` is on: the nearest when on none."""
        return self._numbers[max(0, bisect_right(self._starts, offset) - 1)] if len(self) else 0

    def offset_of(self, number: int) -> int:
        """Return the offset a line starts at; of a line beyond the last, the last one's."""
        return self._spans[3 * min(number, len(self) - 1)] if len(self) else 0

    def offset_at(self, number: int, column: int) -> int:
        """Return the offset `column` code points into a line, its indent counted in."""
        if number >= len(self):
            return self._spans[-2] if len(self) else 0
        line = self[number]
        return min(line.end, line.start + max(0, column - line.indent))


def wrap(text: str, blocks: Iterable[Block], width: int) -> Lines:
    """Wrap the blocks of `text`, which are in order and apart, to lines of `width` cells."""
    return Lines(_wrapped(text, blocks, width))


def _wrapped(text: str, blocks: Iterable[Block], width: int) -> Iterator[TextLine]:
    free = 0
    for block in _fitted(_chosen(blocks, width), width // 2):
        yield from _above(block, free)
        stretches = (_kept if block.kept else _broken)(text, block, width)
        above = block.start
        for number, (start, end) in enumerate(stretches):
            indent = block.hanging if number else block.indent
            gutter = (number and block.below) or block.gutter
            if number:
                yield from [_empty(above, block.gutter)] * block.apart
            yield TextLine(start, end, indent, gutter)
            above = start
        free = max(block.end, block.start + 1)


def _above(block: Block, free: int) -> Iterator[TextLine]:
    """The empty lines above a block, none where nothing lies between `free` and it. Each has an
    offset that no other line starts at, while there are any."""
    if free < block.start:
        first = max(free, block.start - block.before)
        for number in range(block.before):
            yield _empty(min(first + number, block.start - 1), block.above)


def _empty(at: int, gutter: Gutter) -> TextLine:
    return TextLine(at, at, len(gutter.lead), gutter)


def _chosen(blocks: Iterable[Block], width: int) -> Iterator[Block]:
    """The blocks that there is room for, and what stands in the place of the others."""
    for block in blocks:
        if block.needs > width:
            yield from block.otherwise
        else:
            yield block


def _fitted(blocks: Iterable[Block], most: int) -> Iterator[Block]:
    """The blocks, none of them indented by more than `most` cells."""
    for block in blocks:
        if max(block.indent, block.hanging) <= most:
            yield block
        else:
            indent, hanging = min(block.indent, most), min(block.hanging, most)
            yield replace(block, indent=indent, hanging=hanging)


def _kept(text: str, block: Block, width: int) -> list[tuple[int, int]]:
    """Return the stretches of a block that fill the lines, spaces and all."""
    first, rest = (max(1, width - indent) for indent in (block.indent, block.hanging))
    return _chopped(text, block.start, block.end, first, rest)[0]


def _broken(text: str, block: Block, width: int) -> list[tuple[int, int]]:
    """Return the stretches of a block that fit, without the spaces at their ends."""
    found: list[tuple[int, int]] = []
    start, end, used = block.start, block.start, 0
    room = max(1, width - block.indent)
    for word in _WORD.finditer(text, block.start, block.end):
        first, last = word.start(), word.end() - len(word["spaces"] or "")
        cells = cell_len(text[first:last])
        if used + cells > room:
            end = start + len(text[start:end].removesuffix(block.between))
            if end > start:
                found.append((start, end))
            room = max(1, width - block.hanging)
            start, used = first, 0
            if cells > room:
                pieces, used = _chopped(text, first, last, room, room)
                found += pieces[:-1]
                start = pieces[-1][0]
                cells = 0
        used += cells + word.end() - last
        end = last
    return [*found, (start, end)]


def _chopped(
    text: str, first: int, last: int, room: int, rest: int
) -> tuple[list[tuple[int, int]], int]:
    """Cut what is too wide for a line of `room` cells, `rest` of those after it; return its
    pieces and the cells of the last one."""
    pieces: list[tuple[int, int]] = []
    start, used = first, 0
    for begin, _, cells in split_graphemes(text[first:last])[0]:
        if used + cells > room and first + begin > start:
            pieces.append((start, first + begin))
            start, used, room = first + begin, 0, rest
        used += cells
    return [*pieces, (start, last)], used


def offset_in_cells(text: str, cell: int) -> int:
    """Return the offset of the character of one line of text that covers `cell`.

    -1 left of the text, its length right of it.
    """
    if cell < 0:
        return -1
    used = 0
    for start, _, cells in split_graphemes(text)[0]:
        used += cells
        if used > cell:
            return start
    return len(text)


def end_of_cells(text: str, start: int, end: int, cells: int) -> tuple[int, int]:
    """Where `[start, end)` of a text has covered at least so many cells, and how many it has:
    as many as were asked for where it is too short."""
    used = 0
    for _, last, width in split_graphemes(text[start:end])[0]:
        used += width
        if used >= cells:
            return start + last, used
    return end, cells
