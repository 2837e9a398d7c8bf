"""Keeping entities and index in step with the library, from the outbox.

Applying an outbox row twice is harmless, so every point of this can be killed: what is not
marked done is done again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from index.errors import IndexBusyError
from reader.entities import Found, Recogniser, fold_name, link, load_recogniser
from reader.errors import IndexingError, SearchUnavailableError
from reader.model import ArticleId, OutboxItem, StoredEntity
from reader.service.locks import exclusive
from reader.service.merging import Merging

if TYPE_CHECKING:
    from index.api import Document
    from reader.service.index_access import IndexAccess
    from reader.store import Store

log = logging.getLogger(__name__)

BATCH = 1000
"""Articles whose names are looked for at once."""

COMMIT = 4096
"""Articles of one commit of the index at most: fewer and larger pieces are less to merge."""

COMMIT_CHARACTERS = 64_000_000
"""Where a commit, or a look for names, ends whose articles are long."""

_READ_AT_ONCE = 50
"""Articles read before their length is looked at: some may be books."""

PAUSE = 0.2
"""Seconds between two looks at what else there is to do while the index is merged."""


class IndexState(StrEnum):
    """What indexing came to."""

    DONE = "done"
    STOPPED = "stopped"
    BUSY = "busy"
    """Another process is at it and will finish."""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """Articles indexed of those that were or came to be waiting; `rebuilding` when the whole
    index is new."""

    done: int
    total: int
    rebuilding: bool


IndexTold: TypeAlias = IndexProgress | IndexState | IndexingError
"""What those who watch indexing hear: how far it is, what it came to, or why it failed."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The index beside the library. `problem` says why it has to be rebuilt, or is empty."""

    articles: int
    documents: int
    waiting: int
    segments: int
    size: int
    problem: str


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """What `verify` found: articles the index lacks, and documents without an article."""

    missing: tuple[int, ...]
    surplus: tuple[int, ...]
    problem: str

    @property
    def sound(self) -> bool:
        return not (self.missing or self.surplus or self.problem)


@dataclass(frozen=True, slots=True)
class _Watch:
    """Who is told how far the work is, and who ends it."""

    progress: Callable[[IndexProgress], None]
    indexed: Callable[[], None]
    stop: Callable[[], bool]


@dataclass(slots=True)
class _Count:
    """Articles indexed by a run."""

    rebuilding: bool
    done: int = 0

    def progress(self, waiting: int) -> IndexProgress:
        return IndexProgress(self.done, self.done + waiting, self.rebuilding)


class Indexing:
    """The work between the store and the index."""

    def __init__(
        self,
        store: Store,
        index: IndexAccess,
        lock_path: Path,
        recogniser: Callable[[], Recogniser] = load_recogniser,
    ) -> None:
        self._store = store
        self._index = index
        self._lock_path = lock_path
        self._load = recogniser

    def run(
        self,
        *,
        progress: Callable[[IndexProgress], None] = lambda _: None,
        indexed: Callable[[], None] = lambda: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> IndexState:
        """Recognise and index everything that waits, then merge what there is to merge; an
        unusable index is rebuilt first.

        `progress` is called before the first commit and after each, `indexed` whenever nothing
        waits any more. Raises SearchUnavailableError when the index is damaged again while it is
        written, OSError and LibraryError when the disk refuses.
        """
        return self._work(False, _Watch(progress, indexed, stop))

    def rebuild(
        self,
        *,
        progress: Callable[[IndexProgress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> IndexState:
        """Build the index anew from the library. Raises as `run` does."""
        return self._work(True, _Watch(progress, lambda: None, stop))

    def status(self) -> IndexReport:
        articles = self._store.articles.count()
        waiting = self._store.outbox.pending()
        try:
            with self._index.asking() as index:
                status = index.status()
        except SearchUnavailableError as error:
            return IndexReport(articles, 0, waiting, 0, 0, error.reason)
        return IndexReport(
            articles, status.documents, waiting, status.segments, status.size, problem=""
        )

    def verify(self) -> IndexCheck:
        """Read the whole index, and compare its ids with those of the library, leaving out
        what waits."""
        try:
            with self._index.asking() as index:
                index.check()
                indexed = index.document_ids()
        except SearchUnavailableError as error:
            return IndexCheck((), (), error.reason)
        from reader.service.masks import difference  # loads numpy

        stored, waiting = self._store.articles.ids(), self._store.outbox.ids()
        missing = difference(stored, indexed.rising, waiting)
        surplus = difference(indexed.rising, stored, waiting)
        return IndexCheck(missing, surplus, "")

    def _work(self, anew: bool, watch: _Watch) -> IndexState:
        if not (anew or self._store.outbox.pending() or self._is_unusable()):
            # Without the lock, which somebody may need.
            watch.indexed()
            if self._merge(watch.stop):
                return IndexState.DONE
        with exclusive(self._lock_path) as alone:
            if not alone:
                return IndexState.BUSY
            if not (anew or self._is_unusable()):
                try:
                    return self._drain(False, watch)
                except SearchUnavailableError:
                    log.exception("the index is damaged; building it anew")
            self._start_over()
            return self._drain(True, watch)

    def _merge(self, stop: Callable[[], bool]) -> bool:
        """Merge what a run that was cut off has left; False when more articles came meanwhile."""
        with Merging(self._index.another()) as merging:
            merging.poke()
            return self._await_merging(merging, stop) is not None

    def _is_unusable(self) -> bool:
        # Opened again, because another process may have met damage since.
        self._index.close()
        try:
            with self._index.asking() as index:
                index.status()
        except SearchUnavailableError:
            return True
        return False

    def _start_over(self) -> None:
        # What cannot be replaced stays, with nothing waiting. The outbox is filled first: a kill
        # between the two leaves the old index and a full outbox, never an empty index that looks
        # finished.
        self._index.check_writable()
        self._store.outbox.add_all()
        self._index.replace()

    def _drain(self, rebuilding: bool, watch: _Watch) -> IndexState:
        waiting = self._store.outbox.pending()
        if not waiting:
            return IndexState.DONE
        count = _Count(rebuilding)
        # Before what takes seconds: the recogniser and the first commit.
        watch.progress(count.progress(waiting))
        recogniser = self._load()
        with Merging(self._index.another()) as merging:
            while True:
                state = self._empty_outbox(recogniser, count, watch, merging)
                if state is not IndexState.DONE:
                    return state
                watch.indexed()
                ended = self._await_merging(merging, watch.stop)
                if ended is not None:
                    return ended

    def _empty_outbox(
        self, recogniser: Recogniser, count: _Count, watch: _Watch, merging: Merging
    ) -> IndexState:
        while items := self._store.outbox.take(COMMIT, _stamp(recogniser)):
            if watch.stop():
                return IndexState.STOPPED
            nameless = [item for item in items if item.needs_entities]
            self._recognise(nameless[:BATCH], recogniser)
            try:
                count.done += self._index_ready(_stamp(recogniser))
            except IndexBusyError:
                return IndexState.BUSY
            merging.poke()
            watch.progress(count.progress(self._store.outbox.pending()))
        return IndexState.DONE

    def _await_merging(self, merging: Merging, stop: Callable[[], bool]) -> IndexState | None:
        """Wait until nothing is left to merge, or it is to be left; None when more articles
        came meanwhile."""
        while not merging.wait(PAUSE):
            if stop():
                return IndexState.STOPPED
            if self._store.outbox.pending():
                return None
        return IndexState.DONE

    def _index_ready(self, stamp: str) -> int:
        """Index those of the first that wait whose names are known; how many there were."""
        # Taken again with the documents: finding names has changed them, and others may have.
        with self._store.snapshot():
            items = self._store.outbox.take(COMMIT, stamp)
            ready = [item for item in items if not item.needs_entities]
            ready, documents = self._read(ready)
        with self._index.asking() as index:
            index.apply(documents)
        self._store.outbox.done(ready)
        return len(ready)

    def _read(self, items: list[OutboxItem]) -> tuple[list[OutboxItem], list[Document]]:
        """The first of some items, as many as one commit holds, with their articles."""
        documents: list[Document] = []
        read = characters = 0
        for ids in _some_ids(items):
            documents += (some := self._store.articles.documents(ids))
            read += len(ids)
            characters += sum(len(one.text) for one in some)
            if characters > COMMIT_CHARACTERS:
                break
        return items[:read], documents

    def _recognise(self, items: Sequence[OutboxItem], recogniser: Recogniser) -> None:
        """Find the names in the first of some items, as many as memory should hold."""
        texts: dict[ArticleId, str] = {}
        characters = 0
        for ids in _some_ids(items):
            texts |= (some := self._store.articles.get_texts(ids))
            characters += sum(map(len, some.values()))
            if characters > COMMIT_CHARACTERS:
                break
        # Outside the transaction: recognising takes long, and others want to write.
        entities = _named_in(texts, recogniser)
        with self._store.transaction():
            for item in items[: len(texts)]:
                self._store.entities.replace_mentions(
                    item.article_id,
                    entities[item.article_id],
                    recogniser=_stamp(recogniser),
                    version=item.version,
                )


def _some_ids(items: Sequence[OutboxItem]) -> Iterator[list[ArticleId]]:
    for start in range(0, len(items), _READ_AT_ONCE):
        yield [item.article_id for item in items[start : start + _READ_AT_ONCE]]


def _named_in(
    texts: Mapping[ArticleId, str], recogniser: Recogniser
) -> dict[ArticleId, tuple[StoredEntity, ...]]:
    """The entities of each text. A text with which a recogniser cannot cope has none, and
    costs the others nothing: recognisers may come from outside, so this is a boundary."""
    try:
        found = recogniser.recognise(list(texts.values()))
        return {
            one: _linked(text, spans)
            for (one, text), spans in zip(texts.items(), found, strict=True)
        }
    except Exception:
        if len(texts) == 1:
            log.exception("no names recognised in article %s", *texts)
            return dict.fromkeys(texts, ())
    named: dict[ArticleId, tuple[StoredEntity, ...]] = {}
    for one, text in texts.items():
        named |= _named_in({one: text}, recogniser)
    return named


def _stamp(recogniser: Recogniser) -> str:
    """What found the entities of a text; another stamp means to look again."""
    return f"{recogniser.name} {recogniser.version}"


def _linked(text: str, found: Sequence[Found]) -> tuple[StoredEntity, ...]:
    return tuple(
        StoredEntity(
            name=one.name,
            kind=one.kind,
            key=fold_name(one.name),
            alias_keys=tuple(map(fold_name, one.aliases)),
            mentions=one.mentions,
        )
        for one in link(text, found)
    )
