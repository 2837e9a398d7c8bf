"""The command line: the same verbs as the keys, with what they are to be done to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands.parse import Command, CommandError, action_of, offers, parse_command, usage
from reader.commands.tag_line import parse_tags
from reader.errors import SearchUnavailableError
from reader.model import Mark
from reader.ui import themes
from reader.ui.actions import BY_NAME, Place
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.counting import Counting
from reader.ui.wording import tell_missing, tell_unknown_theme

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_VALUES = {"theme": themes.WORDS}
"""What can follow verbs that leave it to the screen."""

NO_ANSWER = "no article answers this"


class Commanding(Verbs):
    """Runs lines."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._return_to = Place.LIST
        self._refused: str | None = None
        self._offers: tuple[str, ...] = ()
        self._next_offer = 0
        self.counting = Counting(screen)

    @does("screen.command")
    def open(self) -> None:
        """Show the line, empty."""
        self.write("")

    def write(self, text: str, *, marked: int = 0) -> None:
        """Show the line with the beginning of a command in it, to be gone on with, or with
        something else in place of the last code points where some are `marked`."""
        self._return_to = self.screen.place
        self._refused = None
        self.screen.go(Place.COMMAND)
        self.screen.command_line.open(text, marked=marked)
        self.screen.recalling.opened()
        self.typed()

    def typed(self) -> None:
        """Show what could be meant."""
        text = self.screen.command_line.text
        self.counting.typed(text)
        if text == self._refused:
            # The news of its last letter came after Enter.
            return
        behind = text.lstrip().removeprefix("set ")
        settings = {"set": self.screen.configuring.offers(behind)}
        values = {**_VALUES, **settings, **self.screen.saved.offers()}
        values |= self.screen.exporting.offers()
        self._offers, self._next_offer, self._refused = offers(text, BY_NAME, values), 0, None
        written = len(text.rpartition(" ")[0])
        shown = "  ".join(offer[written:].strip() for offer in self._offers)
        note = shown if len(self._offers) > 1 else usage(text) or shown
        verb = text.strip().partition(" ")[0]
        about = self.screen.correcting.about(verb) + self.screen.noting.about(verb)
        about += self.screen.ruling.about(verb) if len(self._offers) > 1 else ""
        if not self.screen.passages.words_of(text):
            self.screen.command_line.set_note(self.screen.sources.about(text) or about + note)

    def complete(self) -> None:
        """Put the first offer in the line; again: the next."""
        if self._offers:
            offer = self._offers[self._next_offer % len(self._offers)]
            self._next_offer += 1
            self.screen.command_line.put(offer)

    def cancel(self) -> None:
        self.counting.close()
        self.screen.command_line.close()
        self.screen.passages.line_closed()
        self.screen.seeking.line_closed()
        self.screen.go(self._return_to)

    def accept(self) -> None:
        """Run the line; one that means nothing stays, with the reason beside it."""
        text = self.screen.command_line.text.strip()
        if not text:
            self.cancel()
            return
        try:
            command = parse_command(text, BY_NAME)
        except CommandError as error:
            self._refused = self.screen.command_line.text
            self.screen.command_line.set_note(error.text)
            # What was said before is no answer to this.
            self.screen.say("")
            return
        self.screen.recalling.ran(text)
        self.cancel()
        self.run(command)

    def run(self, command: Command) -> None:
        """Do what a line says."""
        if command.text and (do := self.screen.runners.get(command.verb)) is not None:
            do(command)
        else:
            name = command.verb
            self.screen.perform(name if name in BY_NAME else action_of(name))

    def run_line(self, line: str) -> None:
        """Do what a line bound to a key says; what is wrong with it is told."""
        try:
            self.run(parse_command(line, BY_NAME))
        except CommandError as error:
            self.screen.status.say(error.text, error=True)

    @runs("row")
    def go_to_row(self, line: Command) -> None:
        row = int(line.text[:9]) - 1
        self.screen.listing.when_complete(lambda: self.screen.rows.go_to(row))

    @runs("theme")
    def set_theme(self, line: Command) -> None:
        if name := themes.named(line.text):
            self.screen.set_theme(name)
        else:
            self.screen.status.say(tell_unknown_theme(line.text), error=True)

    @runs("entities")
    def names(self, line: Command) -> None:
        self.screen.perform(f"entities.{line.text}")

    @runs("tag")
    def tag(self, line: Command) -> None:
        self._start(line)

    @runs("mark")
    def mark(self, line: Command) -> None:
        self._start(line)

    def _start(self, line: Command) -> None:
        selecting = self.screen.selecting
        self.screen.work("change", self._change, selecting.about(line), selecting.targets())

    async def _change(self, command: Command, ids: list[int]) -> None:
        meant = await self.meant(command, ids)
        if not meant:
            return
        if command.verb == "tag":
            await self.screen.sorting_out.tag(meant, parse_tags(command.text), command.query or "")
        else:
            await self.screen.sorting_out.mark(meant, Mark(command.text), command.query or "")

    async def meant(self, command: Command, ids: list[int]) -> list[int]:
        """The articles a line is about: those of its query, else `ids`; none once it was said
        why. Raises ReaderError."""
        if command.query is None:
            if not ids:
                self.screen.say("no article here")
            return ids
        return await self.answering(command.query)

    async def answering(self, query: str) -> list[int]:
        """All articles that answer a query; none once it was said why. Raises ReaderError."""
        missing = await self.gateway.count_missing(query)
        if missing:
            self.screen.status.say(tell_missing(missing), error=True)
            return []
        try:
            found = list(await self.gateway.find_ids(query))
        except SearchUnavailableError:
            self.gateway.index_again()
            raise
        if not found:
            self.screen.say(NO_ANSWER)
        return found
