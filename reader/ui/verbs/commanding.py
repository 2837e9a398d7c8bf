"""The command line: the same verbs as the keys, with what they are to be done to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
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

NO_ANSWER = "no article answers this"


class Commanding(Verbs):
    """Runs lines; earlier lines of this session come back with the arrow keys."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._earlier: list[str] = []
        self._at = 0
        self._return_to = Place.LIST
        self._refused: str | None = None
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
        self._refused = None
        self.screen.go(Place.COMMAND)
        self.screen.command_line.open(text)
        self.typed()

    def typed(self) -> None:
        """Show what could be meant."""
        text = self.screen.command_line.text
        if text == self._refused:
            # The news of its last letter came after Enter.
            return
        self._offers, self._next_offer, self._refused = offers(text), 0, None
        shown = "  ".join(offer.rpartition(" ")[2] for offer in self._offers)
        note = shown if len(self._offers) > 1 else usage(text) or shown
        about = self.screen.correcting.about(text.strip().partition(" ")[0])
        self.screen.command_line.set_note(about + note)

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
            self._refused = self.screen.command_line.text
            self.screen.command_line.set_note(error.text)
            # What was said before is no answer to this.
            self.screen.say("")
            return
        self._earlier.append(text)
        self.cancel()
        self.run(command)

    def run(self, command: Command) -> None:
        """Do what a line says."""
        if command.words and (do := self._runners.get(command.verb)) is not None:
            do(command)
        else:
            name = command.verb
            self.screen.perform(name if name in BY_NAME else action_of(name))

    @cached_property
    def _runners(self) -> dict[str, Callable[[Command], None]]:
        """What is done to the words behind a verb."""
        screen = self.screen

        def change(command: Command) -> None:
            screen.work("change", self._change, command)

        def names(command: Command) -> None:
            screen.perform(f"entities.{command.rest}")

        return {
            "row": self._go_to_row,
            "search": lambda line: screen.finding.search_for(line.rest),
            "narrow": lambda line: screen.finding.narrow_to(line.rest),
            "sort": lambda line: screen.finding.sort(line.rest),
            "theme": lambda line: screen.set_theme(themes.NAMES[themes.WORDS.index(line.rest)]),
            "add": lambda line: screen.fetching.add(line.words[0], line.behind),
            "save": lambda line: screen.fetching.save(line.rest),
            "source": lambda line: screen.sources.run(line.words[0], line.behind),
            "card": lambda line: screen.cards.open_named(line.rest),
            "entity": lambda line: screen.correcting.run(line.words[0], line.behind),
            "entities": names,
            "mention": lambda line: screen.correcting.run_mention(line.rest),
            "tag": change,
            "mark": change,
        }

    def _go_to_row(self, command: Command) -> None:
        row = int(command.rest[:9]) - 1
        self.screen.listing.when_complete(lambda: self.screen.rows.go_to(row))

    async def _change(self, command: Command) -> None:
        if command.query is None:
            # Nothing is done to what a card hides.
            hidden = self.screen.place is Place.CARD
            current = None if hidden else self.screen.listing.current
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
            self.screen.say("no article here" if command.query is None else NO_ANSWER)
        elif command.verb == "tag":
            await self.screen.sorting_out.tag(ids, parse_tags(command.rest))
        else:
            await self.screen.sorting_out.mark(ids, Mark(command.words[0]))
