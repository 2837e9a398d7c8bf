"""A strip over the last lines of the panes: keys or letters, and what each of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from reader.ui.format import fit, pad
from reader.ui.safety import shown_line

LINES = 4
"""As many the strip has at most, without its title."""

_GAP = 2
"""Cells between columns."""
_LEAST = 11
"""Cells of a column where not everything has room."""
_AROUND = 7
"""Lines of the screen that the strip leaves free."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key, or letters, and what it does; `style` is that of the words."""

    key: str
    words: str
    style: str = ""

    @property
    def cells(self) -> int:
        return cell_len(self.key) + 1 + cell_len(self.words)


@dataclass(frozen=True, slots=True)
class Grid:
    """How entries stand in columns, each read down: so many lines, and the cells of every column.
    `is_whole` when nothing has to be cut."""

    lines: int
    widths: tuple[int, ...]
    is_whole: bool

    @property
    def page(self) -> int:
        """How many entries are shown at once."""
        return self.lines * len(self.widths)


def grid(entries: Sequence[Entry], width: int, lines: int = LINES) -> Grid:
    """The fewest lines, at most `lines`, in which all entries stand in `width` cells.

    Where there is no room for that, columns of one width in which words are cut; entries that
    have no room even so stand on a further page.
    """
    for height in range(1, lines + 1):
        widths = _widths(entries, height)
        if sum(widths) + _GAP * (len(widths) - 1) <= width:
            return Grid(height, widths, is_whole=True)
    columns = max(1, min(-(-len(entries) // lines), (width + _GAP) // (_LEAST + _GAP)))
    each = max(1, (width + _GAP) // columns - _GAP)
    return Grid(lines, (each,) * columns, is_whole=False)


def _widths(entries: Sequence[Entry], lines: int) -> tuple[int, ...]:
    """The cells of columns of so many lines."""
    starts = range(0, len(entries), lines)
    return tuple(max(one.cells for one in entries[at : at + lines]) for at in starts)


def strip_lines(entries: Sequence[Entry], shape: Grid, chosen: int | None = None) -> list[Content]:
    """The lines of the page that the chosen entry is on, else of the first one."""
    first = (chosen or 0) // shape.page * shape.page
    lines = []
    for line in range(shape.lines):
        cells = []
        for column, width in enumerate(shape.widths):
            at = first + column * shape.lines + line
            if at < min(len(entries), first + shape.page):
                cells.append(_cell(entries[at], width, is_chosen=at == chosen))
        lines.append(Content(" " * _GAP).join(cells))
    return lines


def _cell(entry: Entry, width: int, *, is_chosen: bool) -> Content:
    key = fit(entry.key, width)
    words = pad(f" {entry.words}", max(0, width - cell_len(key)))
    cell = Content.assemble((key, "bold $hint-key"), (words, entry.style))
    return cell.stylize("reverse") if is_chosen else cell


class KeyStrip(Widget):
    """Lies over the panes, so that nothing moves when it comes and goes. Hidden when empty."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyStrip {
        overlay: screen;
        display: none;
        width: 100%;
        background: $panel;
        color: $foreground;
        padding: 0 1;
        &.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._wordings: tuple[tuple[Entry, ...], ...] = ()
        self._chosen: int | None = None

    @property
    def lines(self) -> int:
        """How many lines of columns one look at the strip shows."""
        return self._shape()[1].lines

    def show(self, *wordings: Sequence[Entry], title: str = "", chosen: int | None = None) -> None:
        """Show entries below a title, in the first wording that has room, else cut the last."""
        self._title = shown_line(title)
        self._wordings = tuple(
            tuple(Entry(one.key, shown_line(one.words), one.style) for one in entries)
            for entries in wordings
        )
        self._chosen = chosen
        self.add_class("-shown")
        self.fit_screen()

    def choose(self, at: int) -> None:
        """Mark another entry."""
        self._chosen = at
        self.refresh()

    def hide(self) -> None:
        self.remove_class("-shown")

    def fit_screen(self) -> None:
        """Take the room there is, now that the screen has another size."""
        if self.has_class("-shown"):
            height = self._shape()[1].lines + bool(self._title)
            self.styles.height = height
            self.styles.offset = (0, -height)
            self.refresh()

    def _shape(self) -> tuple[Sequence[Entry], Grid]:
        width, height = self.screen.size
        lines = max(1, min(LINES, height - _AROUND))
        shapes = [(one, grid(one, max(1, width - 2), lines)) for one in self._wordings]
        return next(((one, shape) for one, shape in shapes if shape.is_whole), shapes[-1])

    def render(self) -> Content:
        if not self._wordings:
            return Content()  # asked for its text before it was ever shown
        entries, shape = self._shape()
        lines = strip_lines(entries, shape, self._chosen)
        if self._title:
            lines.insert(0, Content.styled(fit(self._title, self.size.width), "bold"))
        return Content("\n").join(lines)
