"""The command line: the same verbs as the keys, with what they are to be done to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import SearchUnavailableError
from reader.model import Mark
from reader.ui import themes
from reader.ui.actions import BY_NAME, Place
from reader.ui.commands import Command, CommandError, action_of, offers, parse_command, usage
from reader.ui.tag_line import parse_tags
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import tell_missing

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Commanding(Verbs):
    """Runs lines; earlier lines of this session come back with the arrow keys."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._earlier: list[str] = []
        self._at = 0
        self._return_to = Place.LIST
        self._offers: tuple[str, ...] = ()
        self._next_offer = 0

    @does("screen.command")
    def open(self) -> None:
        """Show the line, empty."""
        self.write("")

    def write(self, text: str) -> None:
        """Show the line with the beginning of a command in it, to be gone on with."""
        self._return_to = self.screen.place
        self._at = len(self._earlier)
        self.screen.go(Place.COMMAND)
        self.screen.command_line.open(text)
        self.typed()

    def typed(self) -> None:
        """Show what could be meant."""
        text = self.screen.command_line.text
        self._offers, self._next_offer = offers(text), 0
        shown = "  ".join(offer.rpartition(" ")[2] for offer in self._offers)
        self.screen.command_line.set_note(shown if len(self._offers) > 1 else usage(text) or shown)

    def complete(self) -> None:
        """Put the first offer in the line; again: the next."""
        if self._offers:
            offer = self._offers[self._next_offer % len(self._offers)]
            self._next_offer += 1
            self.screen.command_line.put(offer)

    def recall(self, step: int) -> None:
        """Bring back an earlier line, or go on to a later one."""
        self._at = max(0, min(self._at + step, len(self._earlier)))
        self.screen.command_line.set_text([*self._earlier, ""][self._at])

    def cancel(self) -> None:
        self.screen.command_line.close()
        self.screen.go(self._return_to)

    def accept(self) -> None:
        """Run the line; one that means nothing stays, with the reason beside it."""
        text = self.screen.command_line.text.strip()
        if not text:
            self.cancel()
            return
        try:
            command = parse_command(text)
        except CommandError as error:
            self.screen.command_line.set_note(error.text)
            return
        self._earlier.append(text)
        self.cancel()
        self.run(command)

    def run(self, command: Command) -> None:
        """Do what a line says."""
        words = command.words
        match command.verb:
            case "row":
                row = int(words[0][:9]) - 1
                self.screen.listing.when_complete(lambda: self.screen.rows.go_to(row))
            case "search" if words:
                self.screen.finding.search_for(command.rest)
            case "narrow" if words:
                self.screen.finding.narrow_to(command.rest)
            case "sort":
                self.screen.finding.sort(words[0])
            case "theme" if words:
                self.screen.set_theme(themes.NAMES[themes.WORDS.index(words[0])])
            case "add" if words:
                self.screen.fetching.add(words[0], " ".join(words[1:]))
            case "save" if words:
                self.screen.fetching.save(words[0])
            case "source" if words:
                self.screen.sources.run(words[0], " ".join(words[1:]))
            case "tag" | "mark" if words:
                self.screen.work("change", self._change, command)
            case name:
                self.screen.perform(name if name in BY_NAME else action_of(name))

    async def _change(self, command: Command) -> None:
        if command.query is None:
            current = self.screen.listing.current
            ids = [] if current is None else [current]
        else:
            missing = await self.gateway.count_missing(command.query)
            if missing:
                self.screen.status.say(tell_missing(missing), error=True)
                return
            try:
                ids = list(await self.gateway.find_ids(command.query))
            except SearchUnavailableError:
                self.gateway.index_again()
                raise
        if not ids:
            self.screen.say("no article answers this")
        elif command.verb == "tag":
            await self.screen.sorting_out.tag(ids, parse_tags(command.rest))
        else:
            await self.screen.sorting_out.mark(ids, Mark(command.words[0]))
