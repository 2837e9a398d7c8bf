"""Lines that were typed earlier: commands and queries, kept with the library."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.fetch.hiding import split_secrets

if TYPE_CHECKING:
    from reader.store import Store

KEPT = 100
"""Lines of each kind, the last ones."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://.*")
"""One that does not begin its word, as in `[paper](https://...)`."""


class Kind(StrEnum):
    """Where a line was typed; its setting is called so."""

    COMMAND = "earlier commands"
    QUERY = "earlier queries"


class Earlier:
    """No change of the library: nothing of it can be undone, and no dump has it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, kind: Kind) -> tuple[str, ...]:
        """The lines of a kind, the last one last."""
        return tuple(json.loads(self._store.settings.get(kind) or "[]"))

    def add(self, kind: Kind, line: str) -> None:
        """Keep a line as the last of its kind; one that holds an address with a password or a
        token, or a command for the shell, is not kept."""
        if holds_secret(line) or (kind is Kind.COMMAND and holds_shell_command(line)):
            return
        with self._store.transaction():
            others = [one for one in self.list(kind) if one != line]
            self._store.settings.put(kind, json.dumps([*others, line][-KEPT:]))


def holds_secret(line: str) -> bool:
    """Whether a word of a line is an address that nobody else may know."""
    words = [word.strip("\"'()<>") for word in line.split()]
    addresses = (found for word in words for found in _ADDRESS.findall(word))
    return any(split_secrets(one)[1] for one in (*words, *addresses))


def holds_shell_command(line: str) -> bool:
    """Whether a line of the command line has a command of another program in it: any word of that
    may be a password."""
    verb, *words = line.split() or [""]
    return verb == "pipe" or (verb == "rule" and "notify" in words)
