"""The application: one screen, its colours, and the door through which text is drawn."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import App
from textual.filter import LineFilter

from reader.config import remember_theme, remembered_theme
from reader.errors import LibraryError
from reader.text import count
from reader.ui import themes
from reader.ui.actions import BY_NAME
from reader.ui.gateway import Gateway, Ports, ports
from reader.ui.keymap import Keymap
from reader.ui.safety import safe_filters
from reader.ui.screens.main import MainScreen
from reader.ui.wording import (
    tell_forgetting,
    tell_how_to_quit,
    tell_trouble,
    tell_troubles,
    tell_unknown_theme,
)

if TYPE_CHECKING:
    from textual.command import Provider

    from reader.config import Settings


_log = logging.getLogger(__name__)


def _actions() -> type[Provider]:
    from reader.ui.palette import ActionProvider

    return ActionProvider


def _themes() -> type[Provider]:
    from reader.ui.palette import ThemeProvider

    return ThemeProvider


def _places() -> type[Provider]:
    from reader.ui.palette import PlaceProvider

    return PlaceProvider


class DatelineApp(App[LibraryError]):
    """The reader on the screen. Its result is why the library could not be opened, if so."""

    TITLE = "dateline"
    CSS_PATH = "theme.tcss"
    ENABLE_COMMAND_PALETTE = False
    """Its key comes from the table of actions, not from here."""
    COMMANDS: ClassVar = {_actions, _themes, _places}

    def __init__(
        self,
        gateway: Gateway,
        keymap: Keymap,
        *,
        theme: str,
        greeting: str = "",
        troubles: Sequence[str] = (),
        folder: Path | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        # For every screen: help and palette have to make do with few lines too.
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
        self.use_command_palette = True
        self.animation_level = "none"
        self._gateway = gateway
        self._keymap_of_actions = keymap
        self._greeting = greeting
        self._troubles = troubles
        self._folder = folder
        self._settings = settings
        self._remembering = asyncio.Lock()
        self.fault: Exception | None = None
        for one in themes.themes():
            self.register_theme(one)
        self.theme = theme

    def get_default_screen(self) -> MainScreen:
        screen = MainScreen(self._gateway, self._keymap_of_actions, self._settings)
        if self._troubles:
            # The line may be too short for all of them; the log is not.
            for trouble in self._troubles:
                _log.warning("settings: %s", trouble)
            screen.status.say(tell_troubles(self._troubles), error=True)
        elif self._greeting:
            screen.say(self._greeting)
        return screen

    def on_mount(self) -> None:
        self.watch(self, "theme", self._theme_chosen, init=False)

    def _theme_chosen(self) -> None:
        if self._folder is not None:
            self._main.work("theme", self._remember_theme, self._folder)

    async def _remember_theme(self, folder: Path) -> None:
        # One after another, and the last one writes what is chosen then.
        async with self._remembering:
            try:
                await asyncio.to_thread(remember_theme, folder, self.theme)
            except OSError as error:
                self._main.status.say(tell_forgetting(error), error=True)

    @property
    def _main(self) -> MainScreen:
        return cast("MainScreen", self.screen_stack[0])

    def get_line_filters(self) -> Sequence[LineFilter]:
        return safe_filters(super().get_line_filters())

    async def on_event(self, event: events.Event) -> None:
        """Keys count in the order they were pressed: those of the main screen at once, here.

        On the way down to a widget and up again, one typed fast could overtake another.
        """
        if isinstance(event, events.Key) and not event.is_forwarded and self.screen_stack:
            screen = self.screen
            if isinstance(screen, MainScreen) and not screen.is_typing and screen.take_key(event):
                return
        await super().on_event(event)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours ends the screen in order: its trace is no text for a terminal."""
        super()._handle_exception(error)
        self._exit_renderables.clear()
        self.fault = self.fault or error

    async def action_quit(self) -> None:
        """Ctrl-q quits from everywhere."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.perform("app.quit")

    def action_help_quit(self) -> None:
        """Ctrl-c, where nothing is marked to be copied, tells what quits."""
        keys = self._keymap_of_actions.keys_of(BY_NAME["app.quit"])
        self._main.say(tell_how_to_quit(keys))


def build(
    folder_ports: Ports,
    *,
    theme: str = "",
    keys: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    samples: int = 0,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> tuple[DatelineApp, Gateway]:
    """The application over its ports, and the gateway to close when it has ended.

    In `folder` the theme is remembered; without one it is not.
    """
    gateway = Gateway(folder_ports)
    keymap = Keymap({name: split_keys(value) for name, value in (keys or {}).items()})
    remembered = "" if folder is None else remembered_theme(folder)
    environment = os.environ if environment is None else environment
    app = DatelineApp(
        gateway,
        keymap,
        theme=themes.choose(theme, environment, remembered),
        greeting=f"brought in {count(samples, 'sample article')} to begin with" if samples else "",
        troubles=list(_troubles(theme, keymap)),
        folder=folder,
        settings=settings,
    )
    return app, gateway


def _troubles(theme: str, keymap: Keymap) -> Iterator[str]:
    """What of the settings cannot be used."""
    if theme and not themes.named(theme):
        yield tell_unknown_theme(theme)
    yield from map(tell_trouble, keymap.troubles)


def split_keys(value: str) -> list[str]:
    """The bindings in a setting: "j, down" are two; a comma alone is a key."""
    return [key.strip() for key in re.split(r",\s+", value)]


def run(folder: Path, settings: Settings, *, samples: int = 0, **options: Any) -> int:
    """Show the library of `folder` until the reader quits; the exit code.

    `samples` is how many articles were brought in beforehand, `options` go to `App.run`.
    Failed jobs are written to `log.txt` beside the library. Raises LibraryError when the
    library cannot be opened, and what ended the screen when that was a fault of ours.
    """
    log = logging.FileHandler(folder / "log.txt", encoding="utf-8", delay=True)
    logging.getLogger("reader").addHandler(log)
    app, gateway = build(
        ports(folder, settings.feeds.every),
        theme=settings.theme,
        keys=settings.keys,
        settings=settings,
        samples=samples,
        folder=folder,
    )
    try:
        trouble = app.run(**options)
    finally:
        gateway.close()
        logging.getLogger("reader").removeHandler(log)
        log.close()
    if app.fault is not None:
        raise app.fault
    if trouble is not None:
        raise trouble
    return app.return_code or 0
