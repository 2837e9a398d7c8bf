"""Where an index comes from: the only place that chooses a backend."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from index.api import SearchIndex
from index.memory import MemoryIndex


def open_index(path: Path | None, *, create: bool = False) -> SearchIndex:
    """The index in the folder `path`; None is an index in memory.

    `create` makes an empty one where there is none. Raises IndexMissingError,
    IndexOutdatedError or IndexDamagedError when there is none that can be read.
    """
    if path is None:
        return MemoryIndex()
    from index.whoosh_backend import open_whoosh  # Whoosh is slow to import

    return open_whoosh(path, create=create)


def destroy_index(path: Path) -> None:
    """Remove the index at `path`, whatever its state; nothing there is no error.

    The folder is renamed first, so that a reader never meets half an index; what a call left
    that was killed in between goes too. A link is removed, not what it points at. Raises OSError,
    and IndexBusyError when another process keeps writing.
    """
    with suppress(FileNotFoundError), _nobody_writing(path):
        path.rename(path.with_name(f"{path.name}.removed-{token_hex(4)}"))
    if path.parent.is_dir():
        removed = re.compile(re.escape(path.name) + r"\.removed-[0-9a-f]{8}")
        for doomed in [one for one in path.parent.iterdir() if removed.fullmatch(one.name)]:
            _remove(doomed)


@contextmanager
def _nobody_writing(path: Path) -> Iterator[None]:
    """Hold the lock of those who write; what cannot be locked nobody writes."""
    from index.whoosh_backend.committing import write_lock  # as above
    from index.whoosh_backend.storage import IndexStorage

    with ExitStack() as stack:
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):
                stack.enter_context(write_lock(IndexStorage(path)))
        yield


def _remove(doomed: Path) -> None:
    """Remove a folder, file or link that another call may be removing too."""
    with suppress(FileNotFoundError):
        if doomed.is_symlink() or not doomed.is_dir():
            doomed.unlink()
        else:
            shutil.rmtree(doomed)
