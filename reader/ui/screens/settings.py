"""What is wrong in the settings file, and every setting with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.clean import clean_line
from reader.config import BY_NAME, Loaded, plain_about, show_settings
from reader.errors import SettingsError
from reader.text import count, tell_setting
from reader.ui.footer import Hints
from reader.ui.key_settings import MOST_PROBLEMS
from reader.ui.keymap import Keymap
from reader.ui.live_keys import line_of, with_keys
from reader.ui.palette import Do, Offer
from reader.ui.safety import shown_line
from reader.ui.screens.modal import Modal
from reader.ui.widgets.offer_list import OfferList

FOOT = f"{line_of('config edit')} opens the file. A change of it holds at once."


class SettingsScreen(Modal[Offer | None]):
    """Its result is what is to be changed: a line that is run, or begun; Esc chooses nothing."""

    KEYS: ClassVar[Hints | None] = (("↑ ↓", "choose"), ("Enter", "change"), ("Esc", "close"))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "close"),
        Binding("enter", "take", "change"),
        Binding("down,j", "move(1)", "down"),
        Binding("up,k", "move(-1)", "up"),
        Binding("pagedown,space", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, loaded: Loaded, problems: Sequence[SettingsError], keymap: Keymap) -> None:
        super().__init__()
        path = clean_line(str(loaded.path)) if loaded.path is not None else "no settings file"
        head = Content.assemble(("Settings  ", "bold $hint-key"), path)
        self._head = Static(head, markup=False, id="settings-head")
        self._offers = [*problem_offers(problems), *setting_offers(loaded)]
        self._list = OfferList(id="settings-list")
        self._about = Static("", markup=False, id="settings-about")
        foot = with_keys(FOOT, keymap)
        self._foot = Static(foot, markup=False, id="settings-foot")

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield self._head
            yield self._list
            yield self._about
            yield self._foot

    def on_mount(self) -> None:
        self._list.show(self._offers)

    @on(OfferList.Moved)
    def _moved(self, event: OfferList.Moved) -> None:
        if event.offer is not None:
            self._about.update(Content(shown_line(event.offer.about)))

    @on(OfferList.Clicked)
    def _clicked(self, event: OfferList.Clicked) -> None:
        self.dismiss(event.offer)

    def action_take(self) -> None:
        self.dismiss(self._list.current)

    def action_move(self, step: int) -> None:
        self._list.move(step)

    def action_page(self, direction: int) -> None:
        self._list.page(direction)


def problem_offers(problems: Sequence[SettingsError]) -> Iterator[Offer]:
    """What is wrong in the file; choosing it opens the file."""
    told = [tell_setting(problem) for problem in problems[:MOST_PROBLEMS]]
    if (more := len(problems) - MOST_PROBLEMS) > 0:
        told.append(count(more, "other problem"))
    for one in told:
        yield Offer(f"! {one}", Do.RUN, "config edit", about=one)


def setting_offers(loaded: Loaded) -> Iterator[Offer]:
    """Every setting with its value, and with the line where the file has it. A switch is turned
    over, what else is set begins a line."""
    for shown in show_settings(loaded):
        name, where = clean_line(shown.name), f"   line {shown.line}" if shown.line else ""
        setting = BY_NAME.get(shown.name) or BY_NAME[shown.name.partition(".")[0]]
        change = Do.WRITE, f"set {shown.name} "
        if isinstance(shown.value, bool):
            change = Do.RUN, f"set {shown.name} {'off' if shown.value else 'on'}"
        about = f"{plain_about(setting)} · {setting.takes}"
        yield Offer(name, *change, f"{clean_line(shown.text)}{where}", about)
