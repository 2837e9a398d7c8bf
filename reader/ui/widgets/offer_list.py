"""The lines of the palette: draws those in view and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.ui.format import Line, fit
from reader.ui.palette import Offer
from reader.ui.safety import shown_line
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink

_GAP = 2

_ENOUGH = 40
"""Cells of a title that tell what it is."""


def offer_line(offer: Offer, width: int) -> Line:
    """An offer in `width` cells: its title, and at the end what stands beside it. Where both have
    no room, the title is cut as long as enough of it stays; else what stands beside it goes."""
    beside = shown_line(offer.beside)
    room = width - cell_len(beside) - _GAP
    title = fit(shown_line(offer.title), room if beside and room >= _ENOUGH else width)
    gap = width - cell_len(title) - cell_len(beside)
    if gap < _GAP:
        beside, gap = "", width - cell_len(title)
    style = "obstructed" if offer.obstacle else "title"
    return (title, style), (" " * gap, style), (beside, "beside")


class OfferList(ScrollView, can_focus=False, inherit_bindings=False):
    """A list with a cursor. What a key costs does not depend on its length."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "offer-list--title", "offer-list--beside", "offer-list--obstructed",
        "offer-list--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    OfferList {
        background: $panel;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $panel;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .offer-list--beside { color: $hint-key; text-style: bold; }
        & > .offer-list--obstructed { color: $header-dim; text-style: italic; }
        & > .offer-list--cursor { background: $primary 30%; }
        &:ansi, &:nocolor {
            & > .offer-list--cursor {
                color: ansi_default;
                background: ansi_default;
                text-style: reverse;
            }
        }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another offer, None where there is none."""

        offer: Offer | None

    @dataclass
    class Clicked(Message):
        """An offer was clicked."""

        offer: Offer

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._offers: Sequence[Offer] = ()
        self._cursor = 0
        self._ink = Ink(self, "offer-list")

    def show(self, offers: Sequence[Offer]) -> None:
        """Show these, the cursor on the first."""
        self._offers = offers
        self._lay_out()
        self._go_to(0)

    @property
    def current(self) -> Offer | None:
        return self._offers[self._cursor] if self._offers else None

    def move(self, step: int) -> None:
        """Move the cursor so many lines."""
        self._go_to(self._cursor + step)

    def page(self, direction: int) -> None:
        """Move the cursor by the lines in view."""
        self.move(direction * max(1, self.scrollable_content_region.height - 1))

    def _go_to(self, at: int) -> None:
        self._cursor = max(0, min(at, len(self._offers) - 1))
        view = self.scrollable_content_region.height
        top = max(self._cursor - view + 1, min(self.scroll_offset.y, self._cursor))
        self.scroll_to(y=max(0, top), animate=False, force=True)
        self.refresh()
        self.post_message(self.Moved(self.current))

    def on_resize(self) -> None:
        self._lay_out()
        self._go_to(self._cursor)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        set_content_size(self, Size(width, len(self._offers)))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        at = -1 if place is None else place.y + self.scroll_offset.y
        if 0 <= at < len(self._offers):
            self.post_message(self.Clicked(self._offers[at]))

    def render_line(self, y: int) -> Strip:
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if at >= len(self._offers):
            return Strip.blank(self.size.width, self._ink())
        below = ("cursor",) if at == self._cursor else ()
        line = offer_line(self._offers[at], max(0, width - 2))
        segments = [Segment(text, self._ink(*below, style)) for text, style in line if text]
        margin = Segment(" ", self._ink(*below))
        return Strip([margin, *segments, margin]).adjust_cell_length(width, self._ink(*below))
