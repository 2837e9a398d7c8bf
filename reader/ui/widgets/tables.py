"""A table on a screen too narrow for it: each cell on lines of its own, behind its header. Pure.

In the text the cells of a row stand on one line, those of a column under each other, with two
spaces or more between them. Offsets are code points of that text, half open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from reader.model import Markup
from reader.ui.format import fit
from reader.ui.safety import shown_line
from reader.ui.widgets.wrap import Block

_CELL = re.compile(r"[^ ]+(?: [^ ]+)*")
_LABEL = 24
"""Cells of a header that stand before what is under it."""
_STEP = 2
"""Cells that the further lines of a cell are indented by."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, which is not empty, `at` so many cells of the screen from the left."""

    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Table:
    """How wide a table is, and its headers: where each stands, and what it says."""

    width: int
    headers: tuple[tuple[int, str], ...] = ()

    def label(self, cell: Cell) -> str:
        """What to say before a cell."""
        # What is one cell off was only counted in another way.
        names = [name for at, name in self.headers if at <= cell.at + 1]
        return f"{names[-1]}: " if names else ""


def cells_of(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a row."""
    found: list[Cell] = []
    at, before = 0, start
    for match in _CELL.finditer(text, start, end):
        at += cell_len(text[before : match.start()])
        found.append(Cell(match.start(), match.end(), at))
        before = match.start()
    return found


def table_of(text: str, mark: Markup, end: int, strong: Sequence[Markup]) -> Table:
    """The table over `mark`, of which the first row ends at `end`. That row holds the headers
    where all of it is strong."""
    width = max(map(cell_len, text[mark.start : mark.end].split("\n")))
    first = cells_of(text, mark.start, end)
    if len(first) < 2 or not all(_covered(cell, strong) for cell in first):
        return Table(width)
    said = (fit(shown_line(text[cell.start : cell.end]), _LABEL) for cell in first)
    return Table(width, tuple(zip((cell.at for cell in first), said, strict=True)))


def _covered(cell: Cell, strong: Sequence[Markup]) -> bool:
    return any(one.start <= cell.start and cell.end <= one.end for one in strong)


def narrow_rows(text: str, row: Block, table: Table, *, is_first: bool) -> tuple[Block, ...]:
    """The blocks of a row where the table does not fit. `row` lies in `text`."""
    base = replace(row, kept=False, hanging=row.indent + _STEP)
    cells = cells_of(text, row.start, row.end)
    if len(cells) < 2 or (is_first and table.headers):
        return (base,)
    return tuple(_narrow(base, cells, table, is_first=is_first))


def _narrow(base: Block, cells: Sequence[Cell], table: Table, *, is_first: bool) -> Iterator[Block]:
    for number, cell in enumerate(cells):
        label = table.label(cell)
        lead = cell_len(label) or _STEP * bool(number)
        yield replace(
            base,
            start=cell.start,
            end=cell.end,
            before=0 if number else max(base.before, not is_first),
            indent=base.indent + lead,
            hanging=base.hanging + _STEP * (number > 0 and not label),
            gutter=replace(base.gutter, mark=label),
            below=base.gutter,
            above=base.gutter if number else base.above,
        )
