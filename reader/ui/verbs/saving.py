"""Saving searches, and changing those that are saved."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from reader.commands.parse import split_name
from reader.errors import SavedSearchExistsError
from reader.ui import saved_words as words
from reader.ui.actions import Place
from reader.ui.left_rows import SavedRow, Section, place_of_step
from reader.ui.saved_gate import SavedGate
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.picking import Choice

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen


class Saving(Verbs):
    """Works on the saved search that is at hand: see `Saved`."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._gate = SavedGate(self.gateway)

    @does("saved.add")
    def add(self) -> None:
        """Open the command line with the beginning of a line that saves what is shown."""
        asked = self.screen.listing.shown.asked
        if asked.is_everything and not asked.sort:
            self.screen.say(words.NOTHING_ASKED)
            return
        name = words.suggested_name(asked)
        self.screen.commanding.write(f"saved add {name}", marked=len(name))

    @does("saved.rename")
    def rename(self) -> None:
        if name := self.screen.saved.name_at_hand():
            self.screen.commanding.write(f"saved rename {name}")

    @does("saved.query")
    def edit_query(self) -> None:
        if (found := self.screen.saved.found()) is not None:
            self.screen.commanding.write(f"saved query {found.saved.query}")

    @does("saved.remove")
    def remove(self) -> None:
        if name := self.screen.saved.name_at_hand():
            self.change(self._gate.remove(name), words.tell_removed(name))

    @does("saved.up")
    def up(self) -> None:
        self._step(-1)

    @does("saved.down")
    def down(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        row = self.screen.source_pane.current
        if self.screen.place is not Place.SOURCES or not isinstance(row, SavedRow):
            self.screen.say(words.NOT_MOVED)
            return
        place = place_of_step(self.screen.saved.counts, row.name, step)
        if place is not None:
            self.change(self._gate.move(row.name, place), words.tell_moved(row.name))

    def offer_changes(self) -> None:
        """Let what is to be done with the one at hand be chosen by a letter."""
        choices = [
            Choice("r", "rename", "saved.rename"),
            Choice("J", "move down", "saved.down"),
            Choice("K", "move up", "saved.up"),
            Choice("q", "query", "saved.query"),
            Choice("a", "rule: what it does", "rule.change"),
            Choice("t", "rule: test", "rule.test"),
            Choice("d", "remove", "saved.remove"),
        ]
        if self.screen.saved.at_hand is None:
            # A level of names is only moved and renamed, with all that is in it.
            choices = choices[:3]
        self.screen.picking.ask("change", choices, lambda choice: self.screen.perform(choice.value))

    @runs("saved")
    def run_line(self, line: Command) -> None:
        match line.first:
            case "add":
                self._add(line.text.removeprefix("add").strip())
            case "query":
                query = line.text.removeprefix("query").strip()
                if (found := self.screen.saved.found()) is not None:
                    name = found.saved.name
                    self.change(self._gate.set_query(name, query), words.tell_query(name))
            case "rename":
                self._rename(line.behind)
            case "move":
                self._move(line.behind)
            case "remove":
                self.remove()
            case "show":
                self.screen.saved.show_named(line.text.removeprefix("show").strip())
            case _:
                self.screen.saved.show_named(line.text)

    def _add(self, text: str) -> None:
        name, query = split_name(text)
        asked = self.screen.listing.shown.settled()
        query = words.query_of(asked) if query is None else query
        self.screen.work("change", self._save, name, query)

    async def _save(self, name: str, query: str) -> None:
        try:
            await self._gate.add(name, query)
        except SavedSearchExistsError as error:
            await self._ask_to_replace(error.name, query)
            return
        await self.done(words.tell_saved(name, query), name)

    async def _ask_to_replace(self, name: str, query: str) -> None:
        """One more Enter replaces it, with what is replaced under the cursor."""
        await self.screen.sources.refresh()
        if (found := self.screen.saved.find(name)) is not None:
            self.screen.go(Place.SOURCES)
            await self.screen.sources.reach(Section.SAVED, found.saved.name)
            self.screen.commanding.write(f"saved query {query}")
            self.screen.say(words.tell_taken(found.saved.name))

    def _rename(self, new: str) -> None:
        if name := self.screen.saved.name_at_hand():
            self.change(self._gate.rename(name, new), words.tell_renamed(name, new), new)

    def _move(self, text: str) -> None:
        name = self.screen.saved.name_at_hand()
        if name and text.isdecimal() and int(text):
            self.change(self._gate.move(name, int(text) - 1), words.tell_moved(name))
        elif name:
            self.screen.status.say(f'"{text}" is no place: 1 is the first', error=True)

    def change(self, change: Awaitable[object], said: str, name: str = "") -> None:
        """Wait for a change, then do the same as `done`."""
        self.screen.work("change", self._do, change, said, name)

    async def _do(self, change: Awaitable[object], said: str, name: str) -> None:
        await change
        await self.done(said, name)

    async def done(self, said: str, name: str = "") -> None:
        """Say what was done, and show it; the cursor of the pane goes to `name`."""
        self.screen.say(said)
        await self.screen.sources.refresh()
        if name:
            await self.screen.sources.reach(Section.SAVED, name)
