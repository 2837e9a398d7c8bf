"""A line to find anything that can be done, and what answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.footer import Hints
from reader.ui.palette import Do, Offer, Palette
from reader.ui.safety import shown_line
from reader.ui.screens.modal import Modal
from reader.ui.widgets.offer_list import OfferList

Load = Callable[[], Awaitable[Iterable[Offer]]]
"""Brings what takes a moment to be known."""

_NOTHING = "Nothing is called that. Fewer letters find more."


class PaletteScreen(Modal[Offer | None]):
    """Its result is what was chosen; Esc chooses nothing."""

    KEYS: ClassVar[Hints | None] = (("↑ ↓", "choose"), ("Enter", "do it"), ("Esc", "close"))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close"),
        Binding("down,ctrl+n,tab", "move(1)", "down"),
        Binding("up,ctrl+p,shift+tab", "move(-1)", "up"),
        Binding("pagedown", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
    ]

    def __init__(
        self, offers: Sequence[Offer], recent: Sequence[tuple[Do, str]], load: Load
    ) -> None:
        super().__init__()
        self._recent = tuple(recent)
        self._load = load
        self._palette = Palette(offers, self._recent)
        # Kept, not looked up: Esc may close the screen before its parts are in place.
        self._line = Input(placeholder="what do you want to do?", compact=True)
        self._list = OfferList(id="palette-list")
        self._about = Static("", markup=False, id="palette-about")

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            yield self._line
            yield self._list
            yield self._about

    def on_mount(self) -> None:
        self._line.focus()
        self._show()
        self.run_worker(self._add_more(), exit_on_error=False)

    async def _add_more(self) -> None:
        more = await self._load()
        self._palette = Palette([*self._palette.offers, *more], self._recent)
        if self._line.value:
            self._show()

    def _show(self) -> None:
        self._list.show(self._palette.find(self._line.value))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(Input.Submitted)
    def _chosen(self) -> None:
        if (offer := self._list.current) is not None:
            self.dismiss(offer)

    @on(OfferList.Clicked)
    def _clicked(self, event: OfferList.Clicked) -> None:
        self.dismiss(event.offer)

    @on(OfferList.Moved)
    def _moved(self, event: OfferList.Moved) -> None:
        offer = event.offer
        told = _NOTHING if offer is None else offer.obstacle or offer.about
        self._about.update(Content(shown_line(told)), layout=False)

    def action_move(self, step: int) -> None:
        self._list.move(step)

    def action_page(self, direction: int) -> None:
        self._list.page(direction)

    def action_leave(self) -> None:
        self.dismiss(None)
