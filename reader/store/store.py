"""The store of one library."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from index.analysis import fold
from reader.model import EntityKind, LibraryCounts
from reader.store.arrivals import Arrivals
from reader.store.articles import Articles
from reader.store.connection import BUSY_SECONDS, open_database
from reader.store.corrections import Corrections
from reader.store.counting import count_sure
from reader.store.database import Database
from reader.store.entities import Entities
from reader.store.entity_changes import EntityChanges
from reader.store.event_parts import EventParts
from reader.store.events import Events
from reader.store.facts import Facts
from reader.store.feeds import Feeds
from reader.store.marks import Marks
from reader.store.names import Names
from reader.store.notes import Notes
from reader.store.outbox import Outbox
from reader.store.places import Places
from reader.store.positions import Positions
from reader.store.provenance import Provenance
from reader.store.row_changes import RowChanges
from reader.store.rule_deeds import RuleDeeds
from reader.store.saved_searches import SavedSearches
from reader.store.schema import PLAN
from reader.store.settings import Settings
from reader.store.single_changes import SingleChanges
from reader.store.source_changes import SourceChanges
from reader.store.sources import Sources
from reader.store.stale import Stale
from reader.store.tag_looks import TagLooks
from reader.store.tags import Tags
from reader.store.times import utc_now


class Store:
    """One connection on the library of a folder, used by one thread.

    Every method here and in the parts raises LibraryBusyError when another process keeps
    writing, LibraryDamagedError and LibraryUnwritableError (disk full, no permission). A
    change is on disk when its method, or the outermost transaction around it, returns.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        key: Callable[[str], str] = fold,
        name_key: Callable[[str, EntityKind], str] | None = None,
    ) -> None:
        self._database = database
        corrected = EntityChanges(database, clock)
        changes = SourceChanges(database, clock)
        self.tags = Tags(database)
        self.tag_looks = TagLooks(database)
        self.marks = Marks(database)
        self.articles = Articles(database, Places(database, self.tags, self.marks), clock)
        self.entities = Entities(database)
        self.names = Names(database)
        self.row_changes = RowChanges(database, clock)
        self.notes = Notes(database, self.row_changes, clock)
        parts = EventParts(self.tags, self.marks, changes, corrected, self.row_changes)
        self.events = Events(database, parts, clock)
        self.single_changes = SingleChanges(database, parts, self.events)
        self.corrections = Corrections(
            database, corrected, key, name_key or (lambda name, _: key(name))
        )
        self.outbox = Outbox(database)
        self.sources = Sources(database, changes)
        self.feeds = Feeds(database, changes, clock)
        self.positions = Positions(database)
        self.settings = Settings(database)
        self.stale = Stale(database)
        self.facts = Facts(database)
        self.saved_searches = SavedSearches(database, self.row_changes)
        self.arrivals = Arrivals(database)
        self.rule_deeds = RuleDeeds(database, clock)
        self.provenance = Provenance(database)

    def transaction(self) -> AbstractContextManager[None]:
        """All changes of the block or none. Inside another transaction: a part of it that is
        undone alone when it raises."""
        return self._database.transaction()

    def rehearsal(self) -> AbstractContextManager[None]:
        """A transaction of which nothing stays."""
        return self._database.rehearsal()

    def snapshot(self) -> AbstractContextManager[None]:
        """A block that only reads, all of it from one state of the library."""
        return self._database.snapshot()

    def counts(self) -> LibraryCounts:
        numbers: dict[str, int] = dict(self._database.rows("SELECT name, n FROM counter"))
        return LibraryCounts(
            articles=numbers["articles"],
            unread=numbers["articles"] - numbers["read"],
            starred=numbers["starred"],
            archived=numbers["archived"],
            pending=numbers["pending"],
        )

    def change_token(self) -> int:
        """A number that moves when any process has changed the library."""
        return self._database.change_token()

    def close(self) -> None:
        self._database.close()


def open_store(
    folder: Path,
    *,
    clock: Callable[[], datetime] = utc_now,
    busy_seconds: float = BUSY_SECONDS,
    key: Callable[[str], str] = fold,
    name_key: Callable[[str, EntityKind], str] | None = None,
) -> Store:
    """Open the library of `folder`, making both when they are not there.

    `key` folds a name as the aliases of stored entities are: by it corrections find them.
    `name_key` gives the key of an entity of a kind that is called so, where that is another.
    Another process that writes is waited for `busy_seconds`. Raises LibraryBusyError,
    LibraryDamagedError, LibraryNewerError and LibraryUnwritableError.
    """
    database = open_database(folder, PLAN, clock, busy_seconds)
    try:
        count_sure(database)
    except BaseException:
        database.close()
        raise
    return Store(database, clock, key, name_key)
