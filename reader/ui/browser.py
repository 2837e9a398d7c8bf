"""The browser of this machine. An address is one argument of it, never part of a shell line."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Protocol

from reader.ui.own_commands import OwnCommand

if TYPE_CHECKING:
    from reader.service.commands_run import Ended
    from reader.ui.command_gate import CommandPort

PROMPT = 0.4
"""Seconds within which a browser that cannot be started says so."""


class Browser(Protocol):
    """Opens addresses."""

    @property
    def needs_terminal(self) -> bool:
        """Whether it draws in the terminal, so that the screen has to step aside."""

    def open(self, url: str) -> bool:
        """Open an address that was checked before; False when it cannot be."""


class SystemBrowser:
    """Whatever `webbrowser` finds, BROWSER of the environment first."""

    def __init__(self, find: Callable[[], webbrowser.BaseBrowser] = webbrowser.get) -> None:
        self._find = find

    @property
    def needs_terminal(self) -> bool:
        try:
            browser = self._find()
        except webbrowser.Error:
            return False
        # Those that leave the terminal alone are of other classes.
        return type(browser) is webbrowser.GenericBrowser

    def open(self, url: str) -> bool:
        try:
            return self._find().open(url)
        except webbrowser.Error:
            return False


class OwnBrowser:
    """A command of the settings; `command` has a place for the address."""

    def __init__(self, command: OwnCommand, port: CommandPort) -> None:
        self._command = command
        self._port = port

    @property
    def needs_terminal(self) -> bool:
        return self._command.in_terminal

    def open(self, url: str) -> bool:
        argv = self._command.argv({"url": url})
        if self._command.in_terminal:
            return self._port.in_terminal(argv).code is not None
        ends: list[Ended] = []
        has_ended = Event()

        def tell(ended: Ended) -> None:
            ends.append(ended)
            has_ended.set()

        self._port.start(argv, tell)
        # One that is still running shows the page.
        return not has_ended.wait(PROMPT) or ends[0].code == 0
