"""Imports files for the screen."""

from __future__ import annotations

import os
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING, TextIO

from reader.errors import ReaderError
from reader.service.fetching_wire import Trouble
from reader.service.importing_wire import import_told_line, read_paths
from reader.service.library import Library
from reader.text import explain

if TYPE_CHECKING:
    from reader.service.importing_wire import ImportTold

NICENESS = 10
"""An import gives way to the screen."""


def serve_import(library: Library, source: TextIO, target: TextIO) -> None:
    """Import what the first line names, until another line or the end of them comes."""
    os.nice(NICENESS)
    paths = read_paths(source.readline())
    stopped = Event()
    Thread(target=_listen, args=(source, stopped), daemon=True).start()

    def tell(told: ImportTold) -> None:
        target.write(import_told_line(told))
        target.flush()

    try:
        report = library.importing.import_paths(paths, progress=tell, stop=stopped.is_set)
        tell(replace(report, ids=()))
    except (ReaderError, OSError) as error:
        tell(Trouble(explain(error)))


def _listen(source: TextIO, stopped: Event) -> None:
    source.readline()
    stopped.set()
