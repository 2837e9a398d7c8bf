"""The application: one screen, its colours, and the door through which text is drawn."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.filter import LineFilter

from reader.errors import LibraryError
from reader.text import count
from reader.ui import themes
from reader.ui.gateway import Gateway, Ports, ports
from reader.ui.keymap import Keymap
from reader.ui.safety import safe_filters
from reader.ui.screens.main import MainScreen
from reader.ui.wording import tell_trouble

if TYPE_CHECKING:
    from textual.command import Provider

    from reader.config import Settings


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

    def __init__(self, gateway: Gateway, keymap: Keymap, *, theme: str, samples: int = 0) -> None:
        super().__init__()
        self.use_command_palette = True
        self.animation_level = "none"
        self._gateway = gateway
        self._keymap_of_actions = keymap
        self._samples = samples
        self.fault: Exception | None = None
        for one in themes.themes():
            self.register_theme(one)
        self.theme = theme

    def get_default_screen(self) -> MainScreen:
        screen = MainScreen(self._gateway, self._keymap_of_actions)
        if self._samples:
            screen.say(f"brought in {count(self._samples, 'sample article')} to begin with")
        for trouble in self._keymap_of_actions.troubles:
            screen.status.say(tell_trouble(trouble), error=True)
        return screen

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


def build(
    folder_ports: Ports,
    *,
    theme: str = "",
    keys: Mapping[str, str] | None = None,
    samples: int = 0,
    environment: Mapping[str, str] | None = None,
) -> tuple[DatelineApp, Gateway]:
    """The application over its ports, and the gateway to close when it has ended."""
    gateway = Gateway(folder_ports)
    keymap = Keymap({name: split_keys(value) for name, value in (keys or {}).items()})
    chosen = themes.choose(theme, os.environ if environment is None else environment)
    return DatelineApp(gateway, keymap, theme=chosen, samples=samples), gateway


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
    app, gateway = build(ports(folder), theme=settings.theme, keys=settings.keys, samples=samples)
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
