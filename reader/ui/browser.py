"""The browser of this machine. An address is one argument of it, never part of a shell line."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from typing import Protocol


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
