"""The reader's own editor for the settings file."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

FALLBACK = "vi"
"""What every system has that has terminals."""


def editor(environment: Mapping[str, str], path: Path) -> list[str]:
    """The command that edits `path`: that of VISUAL, else of EDITOR. No shell takes part."""
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or FALLBACK
    try:
        command = shlex.split(chosen)
    except ValueError:
        command = []
    return [*(command or [FALLBACK]), str(path)]
