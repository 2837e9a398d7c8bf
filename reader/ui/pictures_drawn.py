"""What draws pictures in the terminal: another package, where it is installed and wanted."""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import tty
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from time import monotonic
from typing import TYPE_CHECKING

from reader.model import Pixels

if TYPE_CHECKING:
    from textual.widget import Widget

Painter = Callable[[Pixels], "Widget"]
"""Makes what draws a picture, as large as there is room for."""

ON_DEMAND = "on demand"
"""The setting with which pictures are shown when they are asked for."""

PATIENCE = 1.0
"""Seconds that a terminal has for its last answer."""

_WHERE = b"\x1b[6n"
_HERE = re.compile(rb"\x1b\[[0-9]+;[0-9]+R")
"""Where the cursor is (ECMA-48 DSR, CPR): every terminal answers that."""


def is_installed() -> bool:
    """Whether the packages are there, without loading them."""
    return all(find_spec(name) is not None for name in ("textual_image", "PIL"))


def find_painter(setting: str, environment: Mapping[str, str] = os.environ) -> Painter | None:
    """What draws pictures, None where it is not installed or not wanted.

    To be called before the screen starts: loading the package asks the terminal what it can
    show, and once the screen reads the keys the answers would be taken for some.
    """
    if setting != ON_DEMAND or environment.get("NO_COLOR") or not is_installed():
        return None
    try:
        from textual_image.widget import Image
    except (ImportError, OSError, ValueError, termios.error):
        # A broken package, or a terminal that answers nothing sensible: there is the browser.
        return None
    finally:
        if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
            drop_answers(sys.stdin.fileno(), sys.stdout.fileno())

    def paint(picture: Pixels) -> Widget:
        from PIL.Image import frombytes

        widget: Widget = Image(
            frombytes("RGB", (picture.width, picture.height), picture.points), classes="picture"
        )
        return widget

    return paint


def drop_answers(source: int, target: int, patience: float = PATIENCE) -> None:
    """Take what a terminal still says out of its line: on a slow one it comes late.

    It answers in order, so everything is there once it has answered a last question.
    """
    before = termios.tcgetattr(source)
    deadline, heard = monotonic() + patience, b""
    try:
        tty.setcbreak(source, termios.TCSANOW)
        os.write(target, _WHERE)
        while not _HERE.search(heard) and (left := deadline - monotonic()) > 0:
            if select.select([source], [], [], left)[0]:
                heard += os.read(source, 1024)
    finally:
        termios.tcsetattr(source, termios.TCSAFLUSH, before)
