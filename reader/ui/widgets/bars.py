"""The lines above and below the panes: where one is, what happened, what can be pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from reader.clean import clean_line
from reader.ui.format import fit

Piece = tuple[str, str]
"""A text and the style it has."""


def two_ends(left: Sequence[Piece], right: Sequence[Piece], width: int) -> Content:
    """One line with `left` at one end and `right` at the other; the left gives way."""
    end = Content.assemble(*right)
    room = max(0, width - end.cell_length - (2 if right else 0))
    begin: list[Piece] = []
    for text, style in left:
        cut = fit(text, room)
        begin.append((cut, style))
        room -= cell_len(cut)
        if cut != text:
            break
    start = Content.assemble(*begin)
    gap = " " * max(0, width - start.cell_length - end.cell_length)
    return Content.assemble(start, gap, end).truncate(width)


class HeaderBar(Widget):
    """The name of the program, the conditions of the list, and what the library holds."""

    parts: reactive[tuple[str, ...]] = reactive(())
    told: reactive[dict[str, str]] = reactive(dict)
    """Conditions that are shown in other words than they are asked in."""
    sort: reactive[str] = reactive("")
    card: reactive[tuple[str, ...]] = reactive(())
    """The names of the cards that are open, in the place of the conditions."""
    counts: reactive[str] = reactive("")
    short_counts: reactive[str] = reactive("")
    index: reactive[str] = reactive("")
    naming: reactive[str] = reactive("")
    """How far looking for names is, whichever process does it; what `index` says goes before."""
    fetching: reactive[str] = reactive("")
    """What is being fetched, and how far that is."""
    trouble: reactive[str] = reactive("")
    """Why indexing does not go on; shown instead of how far it is."""

    def render(self) -> Content:
        width = self.size.width
        roomy = width >= _ROOMY and not self.trouble and not self.fetching
        counts = self.counts if roomy else self.short_counts
        working = self.trouble or self.fetching or self.index or self.naming
        right = [part for part in (working, counts) if part]
        return two_ends(self._where(), [(" · ".join(right) + " ", "$header-dim")], width)

    def _where(self) -> list[Piece]:
        pieces: list[Piece] = [(" dateline ", "bold")] if self.size.width >= _ROOMY else []
        pieces.append((" ", ""))
        if self.card:
            return [*pieces, *_names(self.card, self.size.width // 2)]
        if not self.parts:
            pieces.append(("all articles", ""))
        for number, part in enumerate(self.parts):
            if number:
                pieces.append((" › ", "$header-dim"))
            pieces.append(
                (
                    f" {clean_line(self.told.get(part, part))} ",
                    "$chip-foreground on $chip-background",
                )
            )
        if self.sort:
            pieces.append((f"  by {self.sort}", "$header-dim"))
        return pieces


def _names(names: Sequence[str], room: int) -> list[Piece]:
    """The last of some names, as many as there is room for, the last one whole."""
    kept = [clean_line(names[-1], room)]
    for name in reversed(names[:-1]):
        lead = clean_line(name)
        if cell_len(" › ".join([lead, *kept])) > room:
            kept.insert(0, "…")
            break
        kept.insert(0, lead)
    before = "".join(f"{name} › " for name in kept[:-1])
    return [(before, "$header-dim"), (kept[-1], "bold")]


_ROOMY = 60
"""Columns from which on the header says everything in words."""


class StatusBar(Widget):
    """What happened last, and beside it what is found, new, and how far one has read."""

    message: reactive[str] = reactive("")
    is_error: reactive[bool] = reactive(default=False)
    found: reactive[str] = reactive("")
    selected: reactive[str] = reactive("")
    """How much of the list is selected."""
    news: reactive[str] = reactive("")
    progress: reactive[str] = reactive("")
    leading_on: reactive[str] = reactive("")
    """What stands in a short screen, which has no footer, while nothing is said."""

    STAYS = 8.0
    """Seconds a message stays when no other takes its place and no key is pressed."""
    ERROR_STAYS = 30.0
    SEEN = 2.0
    """Seconds after which it has been read: it goes with the next key."""

    _leaving: Timer | None = None
    _said_at = 0.0

    with_keys: Callable[[str], str] = staticmethod(str)
    """Puts keys into words where actions are named."""

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a message for some seconds, or until the next one."""
        self.message = clean_line(self.with_keys(text))
        self.is_error = error
        self._said_at = monotonic()
        if self.is_running:
            self._wait()

    def key_pressed(self) -> None:
        """Let go of what has been read: it is about what was done before."""
        if self.message and monotonic() - self._said_at >= self.SEEN:
            self._leave()

    def on_mount(self) -> None:
        """What was said before there was a screen stays as long."""
        self._wait()

    def _wait(self) -> None:
        if self._leaving is not None:
            self._leaving.stop()
        stays = self.ERROR_STAYS if self.is_error else self.STAYS
        self._leaving = self.set_timer(stays, self._leave) if self.message else None

    def _leave(self) -> None:
        self.message = ""
        self.is_error = False

    def render(self) -> Content:
        style = "bold $text-error" if self.is_error else ""
        lead = "! " if self.is_error else ""
        said = f"{lead}{self.message}"
        if not self.message and self.screen.has_class("-short"):
            said, style = self.leading_on, "$header-dim"
        parts = (self.selected, self.news, self.found, self.progress)
        right = corner([part for part in parts if part], said, self.size.width)
        left = [(" ", ""), (said, style)]
        return two_ends(left, [(f"{right} ", "$header-dim")] if right else [], self.size.width)


def corner(parts: Sequence[str], said: str, width: int) -> str:
    """What stands at the end of a line of `width` cells: of the parts, the first ones, as many
    as there is room for beside the whole of what is said; all when nothing is."""
    kept = list(parts)
    while said and kept and cell_len(said) + cell_len(_DOT.join(kept)) + _MARGINS > width:
        kept.pop()
    return _DOT.join(kept)


_DOT = " · "
_MARGINS = 4
"""Cells around what is said and the corner: one at each end, two between."""


class HintsBar(Widget):
    """Keys and what they do, as many as fit."""

    hints: reactive[tuple[tuple[str, str], ...]] = reactive(())
    pending: reactive[str] = reactive("")
    """The keys of a sequence pressed so far."""

    def render(self) -> Content:
        pieces: list[Piece] = [(" ", "")]
        room = self.size.width - 1
        if self.pending:
            pieces.append((f"{self.pending} … ", "bold"))
            room -= len(self.pending) + 3
        between = _BETWEEN if _cells(self.hints, _BETWEEN) <= room else _CLOSE
        for key, hint in fitting(self.hints, room, between):
            pieces += [(key, "bold $hint-key"), (f" {hint}{between}", "$header-dim")]
        return Content.assemble(*pieces)


_BETWEEN = "   "
_CLOSE = "  "
"""Between hints that would not fit otherwise."""


def fitting(
    hints: Sequence[tuple[str, str]], room: int, between: str = _BETWEEN
) -> list[tuple[str, str]]:
    """The hints that fit into `room` cells. The last one stays longest: it leads on."""
    kept = list(hints)
    while kept and _cells(kept, between) > room:
        kept.pop(-2 if len(kept) > 1 else -1)
    return kept


def _cells(hints: Sequence[tuple[str, str]], between: str) -> int:
    return cell_len(between.join(" ".join(hint) for hint in hints))
