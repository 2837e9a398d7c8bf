"""The application: one screen, its colours, and the door through which text is drawn."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import App
from textual.filter import LineFilter

from reader.config import Loaded, remember_theme, remembered_theme
from reader.errors import LibraryError
from reader.text import count, tell_setting
from reader.ui import themes
from reader.ui.actions import BY_NAME
from reader.ui.gateway import Gateway
from reader.ui.key_settings import MOST_PROBLEMS, keymap_of
from reader.ui.pictures_drawn import Painter, find_painter
from reader.ui.ports import Ports, ports
from reader.ui.safety import safe_filters
from reader.ui.screens.main import MainScreen
from reader.ui.tidying import RESTING, keep_for_good, tidy
from reader.ui.wording import tell_forgetting, tell_how_to_quit

if TYPE_CHECKING:
    from textual.theme import Theme

NOTHING_SET = Loaded()

STARTED = 1.0
"""Seconds after which what was made for the start is all there."""

_HANGUP = 128 + signal.SIGHUP
"""The exit code of a program that its terminal has left."""

_log = logging.getLogger(__name__)


class DatelineApp(App[LibraryError]):
    """The reader on the screen. Its result is why the library could not be opened, if so."""

    TITLE = "dateline"
    CSS_PATH = "theme.tcss"
    ENABLE_COMMAND_PALETTE = False
    """There is one of our own."""

    def __init__(
        self,
        gateway: Gateway,
        loaded: Loaded,
        *,
        theme: str,
        greeting: str = "",
        folder: Path | None = None,
    ) -> None:
        self._had_terminal = _has_terminal()
        # Asked for while the application is made already.
        self._complete_themes: dict[str, Theme] = {}
        self.entity_colours = loaded.settings.entity_colours
        super().__init__()
        # For every screen: help and palette have to make do with few lines too.
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
        self.animation_level = "none"
        self._gateway = gateway
        self._loaded = loaded
        self._greeting = greeting
        self._folder = folder
        self._remembering = asyncio.Lock()
        self.fault: Exception | None = None
        self.painter: Painter | None = None
        self.started: Callable[[], None] | None = None
        self._pressed_at = monotonic()
        for one in themes.own_themes():
            self.register_theme(one)
        self.theme = theme

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme with all the names of our stylesheet in it, whoever made it."""
        if theme_name not in self._complete_themes:
            theme = super().get_theme(theme_name)
            if theme is None:
                return None
            self._complete_themes[theme_name] = themes.complete(theme)
        return self._complete_themes[theme_name]

    def get_css_variables(self) -> dict[str, str]:
        """Names of colours and what they are now."""
        variables = super().get_css_variables()
        if self.entity_colours == "safe":
            variables |= themes.safe_entities(variables, self.current_theme)
        return variables

    def show_entities_in(self, colours: str) -> None:
        """Draw names in the colours of the theme, or in the safe ones."""
        if colours != self.entity_colours:
            self.entity_colours = colours
            self.refresh_css(animate=False)

    def get_default_screen(self) -> MainScreen:
        keymap, problems = keymap_of(self._loaded)
        screen = MainScreen(self._gateway, keymap, self._loaded.settings)
        screen.pictures.painter = self.painter
        screen.configuring.begin(self._loaded, problems)
        if problems:
            # The line is too short for all of them; the log is not.
            for problem in problems[:MOST_PROBLEMS]:
                _log.warning("settings: %s", tell_setting(problem))
        elif self._greeting:
            screen.say(self._greeting)
        if self._folder is not None and not problems:
            screen.touring.offer(self._folder)
        return screen

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._came_back)
        self.watch(self, "theme", self._theme_chosen, init=False)
        if self.started is not None:
            self.set_timer(STARTED, self.started)
            self.set_interval(RESTING, self._look_around)

    def _look_around(self) -> None:
        if self._had_terminal and not _has_terminal():
            # One that went away without a signal: nobody is there, and reading it never waits.
            self.exit(return_code=_HANGUP)
        tidy(monotonic() - self._pressed_at)

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

    def _came_back(self, _: App[LibraryError]) -> None:
        """Draw all of it: the shell has written over the screen."""
        self.refresh(layout=True)

    async def on_event(self, event: events.Event) -> None:
        """Keys count in the order they were pressed: those of the main screen at once, here.

        On the way down to a widget and up again, one typed fast could overtake another.
        """
        if isinstance(event, events.InputEvent | events.Paste) and not self.screen_stack:
            return  # what is typed while the program ends
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._pressed_at = monotonic()
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
        keys = self._main.keymap.keys_of(BY_NAME["app.quit"])
        self._main.say(tell_how_to_quit(keys))


def build(
    folder_ports: Ports,
    loaded: Loaded = NOTHING_SET,
    *,
    samples: int = 0,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> tuple[DatelineApp, Gateway]:
    """The application over its ports, and the gateway to close when it has ended.

    In `folder` the theme is remembered; without one it is not.
    """
    gateway = Gateway(folder_ports)
    remembered = "" if folder is None else remembered_theme(folder)
    environment = os.environ if environment is None else environment
    app = DatelineApp(
        gateway,
        loaded,
        theme=themes.choose(loaded.settings.theme, environment, remembered),
        greeting=f"{count(samples, 'sample')} brought in" if samples else "",
        folder=folder,
    )
    return app, gateway


def run(folder: Path, loaded: Loaded, *, samples: int = 0, **options: Any) -> int:
    """Show the library of `folder` until the reader quits; the exit code.

    `samples` is how many articles were brought in beforehand, `options` go to `App.run`.
    Failed jobs are written to `log.txt` beside the library. Raises LibraryError when the
    library cannot be opened, and what ended the screen when that was a fault of ours.
    """
    log = logging.FileHandler(folder / "log.txt", encoding="utf-8", delay=True)
    logging.getLogger("reader").addHandler(log)
    every = loaded.settings.feeds.every
    app, gateway = build(ports(folder, every), loaded, samples=samples, folder=folder)
    app.painter = find_painter(loaded.settings.pictures)
    app.started = keep_for_good
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


def _has_terminal() -> bool:
    return sys.__stdin__ is not None and sys.__stdin__.isatty()
