"""The stamp that says which program can read an index."""

from __future__ import annotations

import json
from pathlib import Path

from index.errors import IndexDamagedError, IndexMissingError, IndexOutdatedError
from index.whoosh_backend.schema import FORMAT
from index.whoosh_backend.storage import sync_file, sync_folder

STAMP = "format.json"


def check_stamp(folder: Path) -> None:
    """Raises IndexMissingError, IndexDamagedError or IndexOutdatedError unless the index in
    `folder` was written in today's format."""
    try:
        stamp = json.loads((folder / STAMP).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissingError(folder, "there is none yet") from None
    except (OSError, ValueError) as error:
        raise IndexDamagedError(folder, f"stamp: {error}") from error
    found = stamp.get("format") if isinstance(stamp, dict) else None
    if found != FORMAT:
        raise IndexOutdatedError(folder, f"format {found}, expected {FORMAT}")


def write_stamp(folder: Path) -> None:
    """Stamp the index in `folder`, which makes it one."""
    unfinished = folder / f"{STAMP}.new"
    unfinished.write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    sync_file(unfinished)
    unfinished.replace(folder / STAMP)
    sync_folder(folder)
