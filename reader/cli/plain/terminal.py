"""Line mode over the standard streams."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress

import click

from reader.cli.plain.mode import LineMode
from reader.cli.session import Session

ALL = 1_000_000
"""Lines told at once where nobody sits before a terminal."""


def run_line_mode(session: Session, shell: click.Group) -> int:
    """Read lines from the standard input until it ends; the exit code."""
    if not sys.stdin.isatty():
        return LineMode(session, _next_line, shell, lambda: ALL).run()
    with suppress(ImportError):
        import readline  # noqa: F401  # lets input() recall and edit lines
    size = shutil.get_terminal_size
    return LineMode(session, input, shell, lambda: size().lines, lambda: size().columns).run()


def _next_line(_prompt: str) -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")
