"""Paragraphs below each other: of a page, or of one cell of a table. Lists become one each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import accumulate

from reader.ingest.html.line import Mark
from reader.model import MarkupKind

MOST_LEVELS = 12
"""How deep lists are indented; deeper ones are not indented further."""

BULLET = "•"
RULE = "* * *"
_INDENT = "  "
_LONGEST_HEADING = 300


class BlockKind(Enum):
    """What a paragraph is."""

    PLAIN = auto()
    HEADING = auto()
    OTHER = auto()


@dataclass(slots=True)
class Block:
    """One paragraph; the offsets of its marks lie in its text."""

    text: str
    marks: list[Mark]
    kind: BlockKind = BlockKind.PLAIN


@dataclass(slots=True)
class Range:
    """Several whole paragraphs, by their numbers."""

    first: int
    end: int
    kind: MarkupKind


@dataclass(slots=True)
class _Level:
    """An open list: `number` is that of the next item, None in a list without numbers.

    `lead` stands before the next line, `rest` before those that follow it; `item` is the
    stretch of the item that is open, None before its first line and for what is no item.
    """

    number: int | None
    lead: str = ""
    rest: str = ""
    is_item: bool = False
    item: tuple[int, int] | None = None


@dataclass(slots=True)
class Flow:
    """The paragraphs so far. Inside a list every paragraph is a line, or several."""

    blocks: list[Block] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _length: int = 0
    _rule: bool = False

    def put(self, text: str, marks: list[Mark], *, is_heading: bool = False) -> None:
        """Add a paragraph, or a line of the list that is open."""
        if self._levels:
            self._put_lines(text, marks)
        elif self.blocks and self.blocks[-1].text == f"[{text}]":
            # Words for a picture that its caption says again.
            self.blocks[-1] = Block(text, marks)
        elif is_heading and len(text) <= _LONGEST_HEADING:
            self._add(Block(text, marks, BlockKind.HEADING))
        else:
            self._add(Block(text, marks))

    def put_group(self, blocks: list[Block], kind: MarkupKind) -> None:
        """Add paragraphs that are one thing together."""
        if self._levels:
            for block in blocks:
                self._put_lines(block.text, [*block.marks, (0, len(block.text), kind, "")])
            return
        first = self.begin_range()
        for block in blocks:
            self._add(Block(block.text, block.marks, BlockKind.OTHER))
        self.end_range(first, kind)

    def put_flow(self, other: Flow) -> None:
        """Add the paragraphs of another flow as if they had been put here."""
        if self._levels:
            for block in other.blocks:
                self._put_lines(block.text, block.marks)
            return
        first = self.begin_range()
        for block in other.blocks:
            self._add(block)
        self.ranges.extend(
            Range(first + held.first, first + held.end, held.kind) for held in other.ranges
        )

    def put_rule(self) -> None:
        """Part what comes from what was; nothing at the beginning, at the end and in lists."""
        self._rule = bool(self.blocks) and not self._levels

    def begin_range(self) -> int:
        """Return the number of the paragraph that comes next."""
        return len(self.blocks) + (1 if self._rule else 0)

    def end_range(self, first: int, kind: MarkupKind) -> None:
        if first < len(self.blocks):
            self.ranges.append(Range(first, len(self.blocks), kind))

    def begin_list(self, number: int | None) -> None:
        """Begin a list inside what is open; with a number its items are counted from there."""
        if self._levels:
            self.end_item()
        self._levels.append(_Level(number))

    def end_list(self) -> None:
        self.end_item()
        self._levels.pop()
        if not self._levels and self._lines:
            self._add(Block("".join(self._lines), self._marks, BlockKind.OTHER))
            self._lines, self._marks, self._length = [], [], 0

    def begin_item(self, number: int | None) -> None:
        """Begin an item of the innermost list; `number` is the one it states itself."""
        self.end_item()
        level = self._levels[-1]
        level.is_item, level.lead = True, f"{BULLET} "
        if level.number is not None:
            number = level.number if number is None else number
            level.lead, level.number = f"{number}. ", number + 1
        level.rest = " " * len(level.lead)

    def begin_term(self, *, is_definition: bool) -> None:
        """Begin a term, or what is said of it: below the term and indented."""
        self.end_item()
        level = self._levels[-1]
        level.lead = level.rest = _INDENT if is_definition else ""

    def end_item(self) -> None:
        level = self._levels[-1]
        if level.item is not None:
            self._marks.append((*level.item, MarkupKind.ITEM, ""))
        level.item, level.is_item = None, False
        level.lead = level.rest

    def _put_lines(self, text: str, marks: list[Mark]) -> None:
        level = self._levels[-1]
        outer = _INDENT * min(len(self._levels) - 1, MOST_LEVELS)
        if "\n" in text:
            text, marks = _indent(text, marks, outer + level.rest)
        self._append("\n" + outer if self._lines else outer)
        begin = self._length
        self._append(level.lead)
        start = self._length
        self._append(text)
        self._marks.extend((start + a, start + b, kind, to) for a, b, kind, to in marks)
        if level.is_item:
            level.item = (begin if level.item is None else level.item[0]), self._length
        level.lead = level.rest

    def _append(self, piece: str) -> None:
        self._lines.append(piece)
        self._length += len(piece)

    def _add(self, block: Block) -> None:
        if self._rule:
            self._rule = False
            self.blocks.append(Block(RULE, [], BlockKind.OTHER))
        self.blocks.append(block)


def _indent(text: str, marks: list[Mark], indent: str) -> tuple[str, list[Mark]]:
    """Indent all lines but the first."""
    lines = text.split("\n")
    starts = list(accumulate(len(line) + 1 for line in lines[:-1]))
    width = len(indent)

    def moved(offset: int, after: int) -> int:
        return offset + width * bisect_left(starts, offset + after)

    kept = [(moved(a, 1), moved(b, 0), kind, to) for a, b, kind, to in marks]
    return ("\n" + indent).join(lines), kept
