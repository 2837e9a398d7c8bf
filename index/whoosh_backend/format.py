"""The stamp that says which program can read an index, and whether anyone can."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.whoosh_backend.schema import FORMAT
from index.whoosh_backend.storage import OF_THE_MACHINE, STAMP, IndexStorage

StampMark = tuple[int, int]
"""What tells one stamp from another in the same place."""


def check_stamp(folder: Path) -> None:
    """Raises IndexMissingError, IndexDamagedError or IndexOutdatedError unless the index in
    `folder` was written in today's format and nobody has found it damaged."""
    try:
        stamp = json.loads((folder / STAMP).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(folder, "there is none yet") from None
    except OSError as error:
        if error.errno in OF_THE_MACHINE:
            raise
        raise IndexDamagedError(folder, f"stamp: {error}") from error
    except (ValueError, RecursionError) as error:
        raise IndexDamagedError(folder, f"stamp: {error}") from error
    found = stamp.get("format") if isinstance(stamp, dict) else None
    if found != FORMAT:
        raise IndexOutdatedError(folder, f"format {found}, expected {FORMAT}")
    if "damage" in stamp:
        raise IndexDamagedError(folder, str(stamp["damage"]))


def stamp_mark(folder: Path) -> StampMark | None:
    """The mark of the stamp in `folder`, None when there is none."""
    try:
        stat = (folder / STAMP).stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns


def write_stamp(storage: IndexStorage) -> None:
    """Stamp what is in a folder, which makes it an index. Raises OSError."""
    storage.rename_file(_write(storage, {"format": FORMAT}), STAMP)


def condemn(storage: IndexStorage, seen: StampMark | None, reason: str) -> None:
    """Stamp an index as damaged, for every process and for good.

    Only the index whose stamp is `seen` is meant: by now another may be in its place. Where the
    stamp cannot be written, the damage is found again by whoever meets it.
    """
    with suppress(OSError):
        unfinished = _write(storage, {"format": FORMAT, "damage": reason})
        # Should the folder be replaced after this line, `unfinished` is gone with it.
        if stamp_mark(storage.path) == seen:
            storage.rename_file(unfinished, STAMP)
        else:
            storage.discard(unfinished)


def _write(storage: IndexStorage, stamp: dict[str, str]) -> str:
    """Write a stamp to a file of its own, to be renamed; returns its name."""
    unfinished = f"{STAMP}.{token_hex(4)}"
    with storage.writing(unfinished) as file:
        file.write(json.dumps(stamp).encode())
    return unfinished
