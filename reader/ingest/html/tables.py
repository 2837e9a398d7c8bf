"""Rows and cells -> lines that can be read in a terminal, or ordinary paragraphs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from reader.ingest.html.flow import Block, BlockKind, Flow
from reader.ingest.html.line import Mark
from reader.model import MarkupKind

WIDEST = 76
"""The most cells of the terminal that an aligned table may take."""

_GAP = "  "
_LONGEST_CELL = 400


@dataclass(slots=True)
class Cell:
    """One cell; `columns` is how many it takes."""

    flow: Flow
    is_header: bool
    columns: int


@dataclass(slots=True)
class Table:
    """The cells so far, by rows."""

    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Text:
    """What a cell says, on one line."""

    text: str
    marks: list[Mark]
    width: int


def put_table(table: Table, flow: Flow) -> None:
    """Add a table to `flow`: as lines, or its content as it stands where it only arranges."""
    rows = [row for row in table.rows if row]
    if _only_arranges(rows):
        for row in rows:
            for cell in row:
                flow.put_flow(cell.flow)
        return
    rows = [row for row in rows if any(cell.flow.blocks for cell in row)]
    lines = [_texts(row) for row in rows]
    widths = _widths(lines)
    if widths is not None:
        blocks = [_join([_aligned(line, widths) for line in lines], "\n")]
    else:
        blocks = _as_records(lines, has_header=all(cell.is_header for cell in rows[0]))
    flow.put_group(blocks, MarkupKind.TABLE)


def _only_arranges(rows: list[list[Cell]]) -> bool:
    cells = [cell for row in rows for cell in row if cell.flow.blocks]
    if all(sum(bool(cell.flow.blocks) for cell in row) <= 1 for row in rows):
        return True
    return any(_holds_paragraphs(cell.flow) for cell in cells)


def _holds_paragraphs(flow: Flow) -> bool:
    first = flow.blocks[0]
    return (
        len(flow.blocks) > 1
        or bool(flow.ranges)
        or first.kind is not BlockKind.PLAIN
        or len(first.text) > _LONGEST_CELL
    )


def _texts(row: list[Cell]) -> list[_Text]:
    texts = []
    for cell in row:
        block = cell.flow.blocks[0] if cell.flow.blocks else Block("", [])
        text = block.text.replace("\n", " ")
        marks = block.marks
        if cell.is_header and text:
            marks = [*marks, (0, len(text), MarkupKind.STRONG, "")]
        texts.append(_Text(text, marks, _width(text)))
        texts.extend(_Text("", [], 0) for _ in range(cell.columns - 1))
    return texts


def _width(text: str) -> int:
    """How many cells of the terminal a line takes."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _widths(lines: list[list[_Text]]) -> list[int] | None:
    """Return the width of each column, None when the table does not fit."""
    columns = max(map(len, lines))
    if columns * (1 + len(_GAP)) > WIDEST + len(_GAP):
        return None
    widths = [0] * columns
    for line in lines:
        for number, cell in enumerate(line):
            widths[number] = max(widths[number], cell.width)
    return widths if sum(widths) + len(_GAP) * (columns - 1) <= WIDEST else None


def _aligned(line: list[_Text], widths: list[int]) -> Block:
    while line and not line[-1].text:
        line = line[:-1]
    cells = []
    for number, (cell, width) in enumerate(zip(line, widths, strict=False)):
        padding = " " * (width - cell.width) if number + 1 < len(line) else ""
        cells.append(Block(cell.text + padding, cell.marks))
    return _join(cells, _GAP)


def _as_records(lines: list[list[_Text]], *, has_header: bool) -> list[Block]:
    """Each row as a paragraph: a line for each cell under its header, else one line."""
    if not has_header or len(lines) < 2:
        shown = ([Block(cell.text, cell.marks) for cell in line if cell.text] for line in lines)
        return [_join(cells, " | ") for cells in shown]
    header, *rest = lines
    records = []
    for line in rest:
        cells = [
            _join([Block(f"{header[n].text}:", []), Block(cell.text, cell.marks)], " ")
            if n < len(header) and header[n].text
            else Block(cell.text, cell.marks)
            for n, cell in enumerate(line)
            if cell.text
        ]
        records.append(_join(cells, "\n"))
    return records


def _join(blocks: list[Block], between: str) -> Block:
    marks: list[Mark] = []
    at = 0
    for block in blocks:
        marks.extend((at + a, at + b, kind, to) for a, b, kind, to in block.marks)
        at += len(block.text) + len(between)
    return Block(between.join(block.text for block in blocks), marks, BlockKind.OTHER)
