"""The door of the child processes. Each loads only what its task needs."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.service.library import Library

log = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    task, folder, *rest = arguments
    logging.basicConfig(filename=Path(folder) / "log.txt", level=logging.WARNING)
    if task == "parse":
        from reader.worker.guard import shut_in
        from reader.worker.parse import serve_parse

        shut_in()
        serve_parse(sys.stdin.buffer, sys.stdout.buffer)
        return 0
    return _with_library(task, Path(folder), rest)


def _with_library(task: str, folder: Path, rest: list[str]) -> int:
    from reader.service.library import Library

    try:
        library = Library.open(folder)
    except ReaderError:
        log.exception("the %s process cannot open the library", task)
        return 1
    try:
        _serve(task, library, rest)
    finally:
        library.close()
    return 0


def _serve(task: str, library: Library, rest: list[str]) -> None:
    match task:
        case "search":
            from reader.worker.search import serve_search

            serve_search(library, sys.stdin, sys.stdout.buffer)
        case "fetch":
            from reader.worker.fetch import serve_fetch

            serve_fetch(library, sys.stdin, sys.stdout, every=float(rest[0]))
        case "import":
            from reader.worker.bring import serve_import

            serve_import(library, sys.stdin, sys.stdout)
        case _:
            from reader.worker.index import serve_index

            serve_index(library, sys.stdin, sys.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
