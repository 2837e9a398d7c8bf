"""The changes that were made, from which one goes back, and forward again, to any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.model import EventKind
from reader.ui.actions import Place
from reader.ui.history_rows import found, history_rows
from reader.ui.keymap import Keymap, Keys
from reader.ui.live_keys import first_key
from reader.ui.screens.modal import Modal
from reader.ui.widgets.history_list import HistoryList

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.model import Event
    from reader.ui.verbs.rewinding import Rewinding

FAR = 10**9
"""More rows than any list has."""

_PLAIN = {
    "down": "move.down",
    "up": "move.up",
    "pagedown": "move.page_down",
    "pageup": "move.page_up",
    "home": "move.first",
    "end": "move.last",
    "enter": "article.open",
    "escape": "screen.back",
    "x": "history.take_back",
    "o": "link.open",
}
"""Keys that work whatever has been bound, unless to something else that is done here."""


_WITHOUT_LIST = (EventKind.SOURCE, EventKind.ENTITY)


class HistoryScreen(Modal[None]):
    """Works with the keys of the list: they move, open goes to a change, undo and redo go one
    change back and forward, search finds. `x` takes back the change under the cursor alone,
    open makes one again that was undone for good, and open link lists the articles of one."""

    AUTO_FOCUS = "HistoryList"

    def __init__(self, rewinding: Rewinding, keymap: Keymap) -> None:
        super().__init__()
        self._rewinding = rewinding
        self._keys = keymap
        self._pressed: Keys = ()
        self._held: list[events.Key] | None = []
        self._goes_to_end = False
        self.events: list[Event] = []
        self.is_whole = False
        self._title = Static(Content("Changes, newest first"), id="history-title")
        self._list = HistoryList(id="history-list")
        self._line = Input(placeholder="find a change · Esc closes", compact=True)
        self._line.display = False
        self._note = Static(Content(self._hints()), id="history-note")
        self._deeds: dict[str, Callable[[], object]] = {
            "move.down": lambda: self._list.move(1),
            "move.up": lambda: self._list.move(-1),
            "move.half_down": lambda: self._list.move(max(1, self._list.size.height // 2)),
            "move.half_up": lambda: self._list.move(-max(1, self._list.size.height // 2)),
            "move.page_down": lambda: self._list.page(1),
            "move.page_up": lambda: self._list.page(-1),
            "move.first": lambda: self._list.move(-FAR),
            "move.last": self._go_to_end,
            "article.open": self._go,
            "history.undo": rewinding.undo,
            "history.redo": rewinding.redo,
            "history.take_back": self._take_back,
            "link.open": self._show_articles,
            "find.search": self._find,
            "screen.back": self._leave,
            "screen.leave": self._leave,
            "history.show": self._leave,
        }

    def compose(self) -> ComposeResult:
        with Vertical(id="history"):
            yield self._title
            yield self._line
            yield self._list
            yield self._note

    # What is shown

    def show(self, events: list[Event], *, is_whole: bool, keep: bool = False) -> None:
        """Show changes, the cursor on the last that stands, or with `keep` where it is."""
        at = self._list.rows.event(self._list.cursor) if keep else None
        self.events, self.is_whole = events, is_whole
        self._show(at)
        if self._goes_to_end and is_whole:
            self._list.move(FAR)
        self._take_held()

    def give_up(self, why: str) -> None:
        """Say why changes cannot be read, and work with those that are there."""
        self._take_held()
        self.tell(why)

    def _take_held(self) -> None:
        self._goes_to_end = False
        held, self._held = self._held or [], None
        for event in held:
            # One of them may have more read, and those behind it wait again.
            self.on_key(event)

    def _show(self, at: Event | None) -> None:
        words = self._line.value
        shown = found(self.events, words) if words.strip() else self.events
        rows = history_rows(shown, is_whole=self.is_whole)
        self._list.show(rows, rows.row_of(at.id if at is not None else None))

    def _go_to_end(self) -> None:
        """Go to the beginning of it all, the last row, once all is read."""
        self._goes_to_end = True
        self._held = []
        self._rewinding.load_more(all_of_them=True)

    def tell(self, text: str) -> None:
        """Say what was done, or which keys do something."""
        self._note.update(Content(text or self._hints()), layout=False)

    def _hints(self) -> str:
        def key(name: str) -> str:
            return first_key(name, self._keys)

        told = (
            "Enter go",
            "x take back",
            f"{key('link.open')} articles",
            f"{key('history.undo')} undo",
            f"{key('history.redo')} redo",
            f"{key('find.search')} find",
            "Esc close",
        )
        return " · ".join(told)

    # Keys

    def on_key(self, event: events.Key) -> None:
        if self._held is not None and event.key != "escape":
            # What it is meant for is still being read.
            self._held.append(event)
            event.stop()
        else:
            self._take(event)

    def _take(self, event: events.Key) -> None:
        if self.focused is self._line:
            self._take_in_line(event)
            return
        event.stop()
        printable = event.is_printable and event.character is not None and event.key != "space"
        self._press(str(event.character) if printable else event.key)

    def _take_in_line(self, event: events.Key) -> None:
        if event.key == "escape":
            self._leave()
        elif event.key in ("down", "up", "enter"):
            self.set_focus(self._list)
            if event.key != "enter":
                self._list.move(1 if event.key == "down" else -1)
        elif event.is_printable:
            # The line takes letters itself: this one was on its way when it was opened.
            self._line.post_message(events.Key(event.key, event.character))
        else:
            return
        event.stop()

    def _press(self, key: str) -> None:
        found = self._keys.find(Place.LIST, (*self._pressed, key))
        self._pressed = (*self._pressed, key) if found.following else ()
        name = found.action.name if found.action is not None else ""
        name = name if name in self._deeds else _PLAIN.get(key, "")
        if not found.following and (deed := self._deeds.get(name)) is not None:
            deed()

    def _go(self) -> None:
        event = self._list.rows.event(self._list.cursor)
        if event is not None and event.dropped:
            self._rewinding.make_again(event.id)
        elif (target := self._list.rows.target(self._list.cursor)) is not None:
            self._rewinding.jump(target)

    def _take_back(self) -> None:
        event = self._list.rows.event(self._list.cursor)
        if event is not None:
            self._rewinding.take_back(event.id)

    def _show_articles(self) -> None:
        event = self._list.rows.event(self._list.cursor)
        if event is None:
            return
        if event.kind in _WITHOUT_LIST or not event.changed:
            self.tell("this change has no list of articles")
        else:
            self.dismiss()
            self._rewinding.show_articles(event)

    @on(HistoryList.Chosen)
    def _clicked(self) -> None:
        self._go()

    @on(HistoryList.EndNear)
    def _end_near(self) -> None:
        self._rewinding.load_more()

    def _find(self) -> None:
        self._rewinding.load_more(all_of_them=True)
        self._line.display = True
        # At once, not in its turn: the next key may be here already.
        self.set_focus(self._line)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(None)

    def _leave(self) -> None:
        """Take what was looked for away, or close."""
        if self._line.display:
            self._line.value = ""
            self._line.display = False
            self.set_focus(self._list)
        else:
            self.dismiss()
