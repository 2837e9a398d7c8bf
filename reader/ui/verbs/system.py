"""The screen itself: back and out, help, palette, colours, and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.ui import themes
from reader.ui.actions import NAMES, Place
from reader.ui.help_entries import Entry, key_entries, key_meanings, unbound_entries
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.wording import tell_free, tell_tour_stays

if TYPE_CHECKING:
    from reader.commands.parse import Command

WRITES = ("change", "notes change", "read", "position", "lines", "import", "files")
"""Groups of jobs that write."""

PATIENCE = 8.0
"""Seconds they are given to end before the screen does."""


class System(Verbs):
    """One level at a time."""

    _zen_from = Place.LIST

    @does("screen.back")
    def back(self) -> bool:
        """Go one level back; False at the root."""
        screen = self.screen
        if screen.place is Place.LIST and screen.selecting.clear():
            return True
        if screen.place is not Place.CARD and screen.passages.end():
            return True
        if screen.is_zen:
            self.zen()
        elif (leave := self._leaving.get(screen.place)) is not None:
            leave()
        elif screen.cards.come_back():
            pass
        elif screen.place is Place.ARTICLE:
            screen.go(Place.LIST)
        elif not screen.listing.trail.at_root:
            screen.listing.show(screen.listing.trail.back())
        elif screen.touring.is_on:
            screen.say(tell_tour_stays())
        else:
            return False
        return True

    @property
    def _leaving(self) -> dict[Place, Callable[[], object]]:
        """How the places that are beside others are left."""
        return {
            Place.CARD: self.screen.cards.back,
            Place.BESIDE: self.screen.beside.let_go,
            Place.SOURCES: self._leave_sources,
            **dict.fromkeys(NAMES, self._leave_names),
        }

    @does("screen.leave")
    def leave(self) -> None:
        if not self.back():
            self.quit()

    @does("app.quit")
    def quit(self) -> None:
        """Leave once what was done is on disk; asked again meanwhile, at once.

        A change that could not be made is told, and keeps the screen.
        """
        if self.screen.is_working("quit"):
            self.screen.latest("quit", self._leave)
        else:
            self.screen.work("quit", self._quit)

    @does("app.suspend")
    def suspend(self) -> None:
        """Give the terminal back to the shell, which brings the program back."""
        self.screen.app.action_suspend_process()

    async def _leave(self) -> None:
        # As a job: those begun before it have reached the thread that writes.
        self.screen.app.exit()

    async def _quit(self) -> None:
        screen = self.screen
        screen.reading.remember()
        screen.exporting.stop()
        screen.files.stop()
        if screen.is_working(*WRITES):
            screen.say("finishing what was begun")
        if "change" not in await screen.finish(WRITES, PATIENCE):
            screen.app.exit()

    @does("screen.zen")
    def zen(self) -> None:
        """Show the article alone; again: what was there before."""
        screen = self.screen
        if screen.is_zen:
            screen.is_zen = False
            screen.go(self._zen_from)
        else:
            self._zen_from = screen.place
            screen.is_zen = True
            screen.go(Place.ARTICLE)

    @does("entities.toggle")
    def toggle_names(self) -> None:
        """Go to the names; from there hide them."""
        screen = self.screen
        if screen.place in NAMES:
            place = self._beside_names
            screen.show_names(shown=False)
            screen.go(place)
        else:
            screen.go(Place.ENTITIES)

    def _leave_names(self) -> None:
        place = self._beside_names
        if not self.screen.is_wide:
            self.screen.show_names(shown=False)
        self.screen.go(place)

    @property
    def _beside_names(self) -> Place:
        """The pane the names in the other one belong to."""
        return Place.LIST if self.screen.names.is_of_list else Place.ARTICLE

    def _leave_sources(self) -> None:
        if not self.screen.is_roomy:
            self.screen.show_sources(shown=False)
        self.screen.go(Place.LIST)

    @does("screen.theme")
    def next_theme(self) -> None:
        self.screen.set_theme(themes.following(self.screen.app.theme))

    @does("screen.help")
    def help(self) -> None:
        from reader.ui.screens.help import HelpScreen

        self.screen.app.push_screen(HelpScreen(self.screen.keymap, self.screen.place))

    @does("keys.list")
    def keys(self) -> None:
        self._list_keys(key_entries(self.screen.keymap, self.screen.configuring.loaded))

    @runs("keys")
    def keys_of(self, line: Command) -> None:
        """Show what is unbound, or what one key does everywhere."""
        keymap = self.screen.keymap
        if line.text == "unbound":
            self._list_keys(unbound_entries(keymap))
        elif found := key_meanings(keymap, line.text):
            self._list_keys(found)
        else:
            self.screen.say(tell_free(line.text))

    def _list_keys(self, entries: Sequence[Entry]) -> None:
        from reader.ui.screens.key_list import KeyListScreen

        self.screen.app.push_screen(KeyListScreen(entries))
