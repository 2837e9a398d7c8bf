"""Files and folders that a path being typed could go on with."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.service.completing import Completion

MOST = 5000
"""Entries of a folder that are looked at."""


def paths_like(typed: str) -> tuple[Completion, ...]:
    """A few paths that begin so, folders first; hidden ones where a dot was typed. Names that
    are no plain text are left out. Reads the folder, and so may wait."""
    from reader.service.completing import LIMIT, Completion

    head, slash, begun = typed.rpartition("/")
    names = sorted(_names(head + slash, begun), key=lambda name: (not name.endswith("/"), name))
    return tuple(
        Completion(
            name, "folder" if name.endswith("/") else "file", None, head + slash + name, 0,
            len(typed),
        )
        for name in names[:LIMIT]
    )  # fmt: skip


def _names(folder: str, begun: str) -> list[str]:
    """What is in a folder and begins so, folders with a slash behind."""
    try:
        with os.scandir(Path(folder).expanduser()) as entries:
            return [
                f"{one.name}/" if one.is_dir() else one.name
                for one in islice(entries, MOST)
                if one.name.startswith(begun)
                and one.name.isprintable()
                and (begun or not one.name.startswith("."))
            ]
    except (OSError, RuntimeError):
        # Nothing is there, or nobody is called so.
        return []
