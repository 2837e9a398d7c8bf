"""The settings file: read again when it changes, shown, and one setting of it changed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.app import SuspendNotSupported

from reader.clean import clean_line
from reader.commands.parse import Command
from reader.config import (
    BY_NAME,
    SETTINGS,
    Kind,
    Loaded,
    Settings,
    editor,
    example,
    mark_of,
    read_settings,
    show_settings,
    value_of,
    write_setting,
    write_whole,
)
from reader.errors import ReaderError, SettingsError
from reader.text import explain
from reader.ui import themes
from reader.ui.command_words import NOT_LENT, tell_editor
from reader.ui.key_settings import keymap_of
from reader.ui.palette import Do
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.wording import tell_set, tell_setting_now, tell_settings_problems

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from reader.ui.keymap import Keymap
    from reader.ui.palette import Offer
    from reader.ui.screens.main import MainScreen
    from reader.ui.tui import DatelineApp

LOOK = 1.0
"""Seconds between looks at whether the settings file has changed."""

GROUP = "settings"


class Configuring(Verbs):
    """The settings file as it was read last."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.loaded = Loaded()
        self.problems: tuple[SettingsError, ...] = ()
        self._timer: Timer | None = None

    def begin(self, loaded: Loaded, problems: Sequence[SettingsError]) -> None:
        """Take over the file as it was read at the start."""
        self.loaded, self.problems = loaded, tuple(problems)
        if problems:
            self._complain()

    def settings_changed(self, settings: Settings) -> None:
        cast("DatelineApp", self.screen.app).show_entities_in(settings.entity_colours)
        if self._timer is None and self.loaded.path is not None:
            self._timer = self.screen.set_interval(LOOK, self.look)

    def look(self) -> None:
        """See whether the file has changed, beside everything else."""
        if not self.screen.is_working(GROUP):
            self.screen.work(GROUP, self._look)

    async def _look(self) -> None:
        if self.loaded.path is None:
            return
        if await asyncio.to_thread(mark_of, self.loaded.path) != self.loaded.mark:
            await self._read()
            if self.problems:
                self._complain()
            else:
                self.screen.say("the settings have changed, and hold now")

    async def _read(self) -> None:
        """Read the file and let what is in it hold; of one that is broken nothing does."""
        path, before = self.loaded.path, self.loaded.settings
        if path is None:
            return
        self.loaded, (keymap, problems) = await asyncio.to_thread(_read_all, path, before)
        if self.loaded.is_broken:
            self.problems = self.loaded.problems
            return
        self.problems = problems
        self.screen.keymap = keymap
        settings = self.loaded.settings
        if settings.theme and settings.theme != before.theme:
            self.screen.app.theme = themes.named(settings.theme)
        self.screen.use_settings(settings)
        self.screen.show_hints()

    def _complain(self) -> None:
        told = tell_settings_problems(self.problems)
        self.screen.status.say(told, error=True)

    @does("settings.show")
    def show(self) -> None:
        """Show what is wrong in the file, and all settings."""
        from reader.ui.screens.settings import SettingsScreen

        sheet = SettingsScreen(self.loaded, self.problems, self.screen.keymap)
        self.screen.app.push_screen(sheet, self._change)

    def _change(self, offer: Offer | None) -> None:
        if offer is None:
            return
        if offer.do is Do.RUN:
            self.screen.commanding.run_line(offer.text)
        else:
            self.screen.commanding.write(offer.text)

    @does("settings.edit")
    def edit(self) -> None:
        """Have an editor change the file; a new one has every setting in it as a comment."""
        path = self.loaded.path
        if path is None:
            self.screen.say("there is no settings file here")
            return
        try:
            if not path.exists():
                write_whole(path, example())
            command = editor(os.environ, path)
            with self.screen.app.suspend():
                ended = self.gateway.commands.port.in_terminal(command)
        except OSError as error:
            self.screen.status.say(explain(error), error=True)
        except SuspendNotSupported:
            self.screen.status.say(NOT_LENT, error=True)
        else:
            self.screen.refresh()
            self.screen.status.say(tell_editor(command[0], ended), error=ended.code != 0)
            self.look()

    @runs("config")
    def configure(self, line: Command) -> None:
        """Do the one thing that can stand behind the verb."""
        if line.text == "edit":
            self.edit()

    @does("settings.set")
    def begin_line(self) -> None:
        self.screen.commanding.write("set ")

    @runs("set")
    def set(self, line: Command) -> None:
        """Change a setting here and in the file; without a value, tell what it is."""
        name, value = line.first, line.text.partition(" ")[2].strip()
        if name in BY_NAME and not value:
            setting = BY_NAME[name]
            self.screen.say(tell_setting_now(setting, value_of(self.screen.settings, name)))
        else:
            self.screen.work("change", self._set, name, unquoted(value))

    async def _set(self, name: str, value: str) -> None:
        path = self.loaded.path
        if path is None:
            self.screen.say("there is no settings file to keep it in")
            return
        try:
            await asyncio.to_thread(write_setting, path, name, value)
        except SettingsError as error:
            self.screen.status.say(explain(error) if error.line else tell_set(error), error=True)
            return
        except (ReaderError, OSError) as error:
            self.screen.status.say(explain(error), error=True)
            return
        await self._read()
        now = next((one.text for one in show_settings(self.loaded) if one.name == name), value)
        self.screen.say(f"{name} is {clean_line(unquoted(now)) or 'empty'} from now on")

    def offers(self, typed: str) -> tuple[str, ...]:
        """What can follow `set`: names, behind one of them what it takes."""
        name, space, _ = typed.partition(" ")
        if not space:
            return tuple(one.name for one in SETTINGS if one.kind is not Kind.TABLE)
        setting = BY_NAME.get(name)
        if setting is None:
            return ()
        words = ("on", "off") if setting.kind is Kind.SWITCH else setting.choices
        return tuple(f"{name} {word}" for word in words)


def _read_all(
    path: Path, before: Settings
) -> tuple[Loaded, tuple[Keymap, tuple[SettingsError, ...]]]:
    loaded = read_settings(path, before)
    return loaded, keymap_of(loaded)


def unquoted(value: str) -> str:
    """A value without the quotes around it, as it would stand in the file."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
