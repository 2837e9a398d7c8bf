"""Where an index comes from: the only place that chooses a backend."""

from __future__ import annotations

import shutil
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

    The folder is renamed first, so that a reader never meets half an index. A link is removed,
    not what it points at. Raises OSError.
    """
    doomed = path.with_name(f"{path.name}.removed-{token_hex(4)}")
    try:
        path.rename(doomed)
    except FileNotFoundError:
        return
    if doomed.is_symlink() or not doomed.is_dir():
        doomed.unlink()
    else:
        shutil.rmtree(doomed)
