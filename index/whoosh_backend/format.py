"""The stamp that says which program can read an index, and whether anyone can."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.whoosh_backend.schema import FORMAT
from index.whoosh_backend.storage import sync_file, sync_folder

STAMP = "format.json"

StampMark = tuple[int, int]
"""What tells one stamp from another in the same place."""


def check_stamp(folder: Path) -> None:
    """Raises IndexMissingError, IndexDamagedError or IndexOutdatedError unless the index in
    `folder` was written in today's format and nobody has found it damaged."""
    try:
        stamp = json.loads((folder / STAMP).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(folder, "there is none yet") from None
    except (OSError, ValueError) as error:
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


def write_stamp(folder: Path) -> None:
    """Stamp the index in `folder`, which makes it one."""
    unfinished = _write(folder, {"format": FORMAT})
    unfinished.replace(folder / STAMP)
    sync_folder(folder)


def condemn(folder: Path, seen: StampMark | None, reason: str) -> None:
    """Stamp the index in `folder` as damaged, for every process and for good.

    Only the index whose stamp is `seen` is meant: by now another may be in its place. Where the
    stamp cannot be written, the damage is found again by whoever meets it.
    """
    with suppress(OSError):
        unfinished = _write(folder, {"format": FORMAT, "damage": reason})
        # Should the folder be replaced after this line, `unfinished` is gone with it.
        if stamp_mark(folder) == seen:
            unfinished.replace(folder / STAMP)
            sync_folder(folder)
        else:
            unfinished.unlink()


def _write(folder: Path, stamp: dict[str, str]) -> Path:
    unfinished = folder / f"{STAMP}.{token_hex(4)}"
    unfinished.write_text(json.dumps(stamp), encoding="utf-8")
    sync_file(unfinished)
    return unfinished
