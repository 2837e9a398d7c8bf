"""The composition root: builds the library and picks the screen or the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import NoTerminalError

if TYPE_CHECKING:
    from reader.config import Loaded
    from reader.errors import SettingsError
    from reader.service.library import Library

INTERRUPTED = 130
"""The exit code of a program that was interrupted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run dateline; returns the exit code."""
    try:
        from reader.cli.main import run_command_line

        return run_command_line(
            sys.argv[1:] if arguments is None else arguments,
            environment=os.environ,
            open_screen=open_screen,
            check_settings=check_settings,
        )
    except KeyboardInterrupt:  # before the command line had a handler of its own
        return INTERRUPTED


def check_settings(loaded: Loaded) -> Sequence[SettingsError]:
    """All that is wrong in a settings file, its keys and commands included."""
    from reader.ui.key_settings import problems_of

    return problems_of(loaded)


def open_screen(folder: Path) -> int:
    """The reader on the terminal. Raises NoTerminalError and LibraryError."""
    check_terminal(
        os.environ, interactive=all(stream.isatty() for stream in (sys.stdin, sys.stdout))
    )
    from reader.config import read_settings, seeds_folder, settings_file
    from reader.service.library import Library

    loaded = read_settings(settings_file(os.environ))
    library = Library.open(folder)
    try:
        samples = bring_in_samples(library, seeds_folder())
    finally:
        library.close()
    from reader.ui.tui import run

    return run(folder, loaded, samples=samples)


def check_terminal(environment: Mapping[str, str], *, interactive: bool) -> None:
    """Raise NoTerminalError where the screen could not be shown or used."""
    if not interactive:
        raise NoTerminalError("input or output is not one")
    if environment.get("TERM") == "dumb":
        raise NoTerminalError("TERM is dumb")


def bring_in_samples(library: Library, seeds: Path) -> int:
    """Import the sample articles into a library that has neither articles nor feeds; how many
    came in."""
    if library.reading.counts().articles or library.subscribing.list_sources():
        return 0
    return library.importing.import_paths([seeds]).added
