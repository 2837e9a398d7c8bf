"""The library of one folder: every use case over one store and one index."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.entities import fold_name
from reader.entities.names import name_key
from reader.service.browsing import Browsing
from reader.service.cards import Cards
from reader.service.completing import Completing
from reader.service.correcting import Correcting
from reader.service.dumping import Dumping
from reader.service.earlier import Earlier
from reader.service.entries import Entries
from reader.service.explaining import Explaining
from reader.service.exporting import Exporting
from reader.service.history import History
from reader.service.importing import Importing
from reader.service.index_access import IndexAccess
from reader.service.indexing import Indexing
from reader.service.left_pane import LeftPane
from reader.service.network import Network, open_client
from reader.service.notifying import Notifying
from reader.service.noting import Noting
from reader.service.parsing import Parsing
from reader.service.reading import Reading
from reader.service.recognising import Recognising
from reader.service.restoring import Restoring
from reader.service.rules import Rules
from reader.service.saved_searches import SavedSearches
from reader.service.saving import Saving
from reader.service.searching import Searching
from reader.service.subscribing import Subscribing
from reader.service.subscriptions import Subscriptions
from reader.service.tagging import Tagging
from reader.service.updating import Updating
from reader.store import Store, open_store, utc_now

if TYPE_CHECKING:
    from reader.fetch.client import Client


class Library:
    """One open library. Belongs to one thread; others open their own on the same folder."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        clock: Callable[[], datetime],
        connect: Callable[[], Client],
    ) -> None:
        self.folder = folder
        self.store = store
        self._index = IndexAccess(folder / "index")
        self.reading = Reading(store)
        self.searching = Searching(store, self._index, clock)
        self.completing = Completing(store, self._index)
        self.cards = Cards(store, self.searching)
        self.correcting = Correcting(store)
        self.tagging = Tagging(store)
        self.notes = Noting(store)
        self.history = History(store)
        self.browsing = Browsing(store)
        self.earlier = Earlier(store)
        self.left_pane = LeftPane(store)
        self._parsing = Parsing(folder)
        subscriptions, network = Subscriptions(store, folder), Network(connect)
        entries = Entries(store, subscriptions, self._parsing, clock)
        self.importing = Importing(store, subscriptions, self._parsing)
        self.subscribing = Subscribing(store, subscriptions, network, self._parsing, entries)
        self.updating = Updating(
            store, subscriptions, network, entries, folder / "fetch.lock", clock
        )
        self.saving = Saving(store, network, self._parsing, clock)
        self.recognising = Recognising(store)
        self.saved_searches = SavedSearches(store, self.searching)
        self.rules = Rules(store, self.searching, self.saved_searches, Notifying(store))
        self.explaining = Explaining(store, self.searching, self.saved_searches)
        self.indexing = Indexing(
            store, self._index, folder / "index.lock", self.recognising, self.rules
        )
        self.dumping = Dumping(store)
        self.restoring = Restoring(store, self.searching, self.correcting)
        self.exporting = Exporting(store, self.notes)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Callable[[], datetime] = utc_now,
        connect: Callable[[], Client] = open_client,
    ) -> Library:
        """Open the library of `folder`, making both when they are not there.

        `connect` is called when something is fetched for the first time. Raises LibraryError
        and its kinds.
        """
        return cls(
            folder,
            open_store(folder, clock=clock, key=fold_name, name_key=name_key),
            clock,
            connect,
        )

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether there is a library in `folder`, or what is left of one."""
        return folder.is_dir() and any(folder.iterdir())

    def rehearsal(self) -> AbstractContextManager[None]:
        """Within: changes are made and told, and taken back at the end."""
        return self.store.rehearsal()

    def close(self) -> None:
        self._parsing.close()
        self._index.close()
        self.store.close()
