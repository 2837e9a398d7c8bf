"""How the left pane was left, kept with the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.store import Store

_UNREAD = "left pane only unread"


class LeftPane:
    """No change of the library: nothing of it can be undone, and no dump has it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def only_unread(self) -> bool:
        """Whether rows without unread articles are left out."""
        return self._store.settings.get(_UNREAD) == "1"

    def set_only_unread(self, only_unread: bool) -> None:
        with self._store.transaction():
            self._store.settings.put(_UNREAD, "1" if only_unread else "")
