"""A library with an index in memory: what arrives is searched at once, without any names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexUnusableError
from index.memory import MemoryIndex
from reader.kept import Deeds
from reader.service.batches import read_documents
from reader.service.explaining import Explaining
from reader.service.index_access import IndexAccess
from reader.service.notifying import Notifying
from reader.service.rules import Rules
from reader.service.saved_searches import SavedSearches
from reader.service.searching import Searching
from reader.service.tagging import Tagging
from reader.store import open_store
from tests.reader.store.helpers import Clock, draft


class _Access(IndexAccess):
    """Access to an index in memory, until it is gone."""

    def __init__(self, index: MemoryIndex) -> None:
        super().__init__(Path("nowhere"))
        self.there = index
        self.gone = False

    def get(self) -> MemoryIndex:
        if self.gone:
            raise IndexUnusableError(self.path, "gone")
        return self.there


class Ruled:
    """The parts that rules have to do with."""

    def __init__(self, folder: Path, seconds: float = 20.0) -> None:
        self.clock = Clock()
        self.store = open_store(folder, clock=self.clock)
        self.access = _Access(MemoryIndex())
        self.searching = Searching(self.store, self.access, self.clock)
        self.tagging = Tagging(self.store)
        self.saved = SavedSearches(self.store, self.searching)
        self.notifying = Notifying(self.store, seconds)
        self.rules = Rules(self.store, self.searching, self.saved, self.notifying)
        self.explaining = Explaining(self.store, self.searching, self.saved)

    def rule(self, name: str, query: str, **deeds: object) -> None:
        """A rule; `deeds` are the fields of Deeds."""
        self.saved.add(name, query)
        self.saved.set_deeds(name, Deeds(**deeds))  # type: ignore[arg-type]

    def arrive(self, *texts: str, **known: object) -> list[int]:
        """New articles that the index has heard of."""
        before = self.store.articles.count()
        ids = [
            self.store.articles.save(draft(f"n{before + at}", text=text, **known))[0]
            for at, text in enumerate(texts)
        ]
        self.index()
        return [int(one) for one in ids]

    def index(self) -> None:
        """Let the index hear of what waits."""
        ready, documents = read_documents(self.store, list(self.store.outbox.take(1000)))
        self.access.there.apply(documents)
        self.store.outbox.done(ready)

    def tagged(self, name: str) -> list[int]:
        return list(self.store.tags.packed(name).ids())

    def marked(self, mark: str) -> list[int]:
        return list(self.store.marks.packed(mark).ids())


@contextmanager
def ruled(folder: Path, seconds: float = 20.0) -> Iterator[Ruled]:
    """A library in a folder, closed at the end."""
    made = Ruled(folder, seconds)
    yield made
    made.store.close()
