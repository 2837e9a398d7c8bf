"""Own commands: run on an article, or fed with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.ui.command_words import (
    NO_COMMANDS,
    NO_LINK,
    NO_PLACES,
    NOT_LENT,
    tell_ended,
    tell_farewell,
    tell_not_there,
    tell_too_many,
    tell_unknown_command,
)
from reader.ui.own_commands import (
    NAMES,
    OwnCommand,
    TemplateError,
    letters_of,
    parse_template,
    values_of,
)
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.picking import Choice

if TYPE_CHECKING:
    from reader.commands.parse import Command

MOST = 20
"""Articles that a command is run on at once, one run for each."""

MOST_PIPED = 500
"""Articles that are fed to one command."""


class Running(Verbs):
    """Templates of the settings become arguments here, and commands of the terminal get it."""

    # On articles

    @does("command.choose")
    def choose(self) -> None:
        """Choose one of the own commands by its letter."""
        names = list(self.screen.settings.commands)
        if not names:
            self.screen.say(NO_COMMANDS)
            return
        letters = letters_of(names)
        self.screen.picking.ask(
            "run",
            [Choice(letters[name], name, name) for name in names],
            lambda choice: self._run(choice.value),
        )

    @runs("run")
    def run_line(self, line: Command) -> None:
        """Run the own command of a name."""
        self._run(line.text)

    def _run(self, name: str) -> None:
        commands = self.screen.settings.commands
        if name not in commands:
            self.screen.status.say(tell_unknown_command(name, list(commands)), error=True)
            return
        if (command := self._parsed(commands[name])) is not None:
            self._on_few(
                MOST, lambda ids: self.screen.work("command", self._run_on, name, command, ids)
            )

    async def _run_on(self, name: str, command: OwnCommand, ids: Sequence[int]) -> None:
        now = datetime.now().astimezone()
        for article in await self.gateway.commands.articles(ids):
            values = values_of(article, now)
            if command.needs("url") and not values["url"]:
                self.screen.say(NO_LINK)
            elif command.in_terminal:
                self.in_terminal(name, command.argv(values))
            else:
                ended = await self.gateway.commands.run(command.argv(values))
                self.screen.status.say(tell_ended(name, ended), error=ended.code != 0)

    # With the text of articles

    @does("article.pipe")
    def ask_pipe(self) -> None:
        """Open the line for the command that gets the article."""
        self.screen.commanding.write("pipe ")

    @runs("pipe")
    def pipe_line(self, line: Command) -> None:
        """Give the articles to a command."""
        if (command := self._parsed(line.text)) is None:
            return
        if any(command.needs(name) for name in NAMES):
            self.screen.status.say(NO_PLACES, error=True)
        else:
            self._on_few(
                MOST_PIPED, lambda ids: self.screen.work("command", self._pipe, command, ids)
            )

    async def _pipe(self, command: OwnCommand, ids: Sequence[int]) -> None:
        text = await self.gateway.commands.markdown(ids)
        self.in_terminal(command.words[0], command.words, text)

    # Both

    def _parsed(self, template: str) -> OwnCommand | None:
        try:
            return parse_template(template)
        except TemplateError as error:
            self.screen.status.say(error.text, error=True)
            return None

    def _on_few(self, most: int, act: Callable[[list[int]], object]) -> None:
        """Do something to what a command is for, unless that is too much."""

        def act_on(ids: list[int], _query: str) -> None:
            if len(ids) > most:
                self.screen.status.say(tell_too_many(len(ids), most), error=True)
            else:
                act(ids)

        self.screen.selecting.act(act_on)

    def in_terminal(self, name: str, argv: Sequence[str], text: str | None = None) -> None:
        """Step aside for a command until it has ended; for one that is not there, stay."""
        port = self.gateway.commands.port
        if not port.is_there(argv[0]):
            self.screen.status.say(tell_not_there(name), error=True)
            return
        try:
            with self.screen.app.suspend():
                ended = port.in_terminal(argv, text, lambda end: tell_farewell(name, end))
        except SuspendNotSupported:
            self.screen.status.say(NOT_LENT, error=True)
            return
        self.screen.refresh()
        self.screen.status.say(tell_ended(name, ended), error=ended.code != 0)
