"""Bringing files into the library: each article is stored, listed and readable at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from reader.ingest import Format, FoundFile, Item, discover, read_file
from reader.model import ArticleId, Draft, ImportFailure, ImportReport, Outcome

if TYPE_CHECKING:
    from reader.store import Store

FORMATS = tuple(one.value for one in Format)
"""Names of the formats an import can be told to expect."""

BATCH_SECONDS = 0.25
"""Longest time between two commits, so that a kill loses little that was not acknowledged."""

BATCH_ITEMS = 250
"""Most articles of one commit."""

BATCH_CHARACTERS = 16_000_000
"""Text after which a commit is due, in code points."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: files done of all, and what has come of the items so far."""

    files: int
    total_files: int
    added: int
    updated: int
    duplicate: int
    failed: int


_Kept: TypeAlias = tuple[ArticleId | None, Outcome]
_Keep: TypeAlias = Callable[[Sequence[Draft]], Sequence[_Kept]]


class _Tally:
    """The report while it grows."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(Outcome, 0)
        self.failed: list[ImportFailure] = []
        self.ids: list[ArticleId] = []

    def kept(self, article_id: ArticleId | None, outcome: Outcome) -> None:
        self.counts[outcome] += 1
        if article_id is not None:
            self.ids.append(article_id)

    def progress(self, files: int, total: int) -> ImportProgress:
        counts = self.counts
        return ImportProgress(
            files,
            total,
            counts[Outcome.ADDED],
            counts[Outcome.UPDATED],
            counts[Outcome.DUPLICATE],
            len(self.failed),
        )

    def report(self, *, interrupted: bool) -> ImportReport:
        return ImportReport(
            added=self.counts[Outcome.ADDED],
            updated=self.counts[Outcome.UPDATED],
            duplicate=self.counts[Outcome.DUPLICATE],
            failed=tuple(self.failed),
            ids=tuple(dict.fromkeys(self.ids)),
            interrupted=interrupted,
        )


class Importing:
    """Imports of files and folders."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        source: str | None = None,
        file_format: str | None = None,
        dry_run: bool = False,
        progress: Callable[[ImportProgress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> ImportReport:
        """Store every article of `paths`; what cannot be read is named in the report.

        `progress` speaks only of what is on disk. `stop` is asked after each item; what was
        stored until then stays. A dry run tells the same and stores nothing; articles that
        would be new have no ids.
        """
        # Files are known again by their place: it must not depend on where the import ran.
        found = discover([path.absolute() for path in paths])
        tally = _Tally()
        keep = self._foretell() if dry_run else self._save
        batch = _Batch()
        for files, item in _items(found, source, file_format):
            batch.add(item)
            stopping = stop()
            if stopping or batch.is_full():
                _commit(batch.take(), keep, tally)
                progress(tally.progress(files, len(found)))
            if stopping:
                return tally.report(interrupted=True)
        _commit(batch.take(), keep, tally)
        progress(tally.progress(len(found), len(found)))
        return tally.report(interrupted=False)

    def _save(self, drafts: Sequence[Draft]) -> Sequence[_Kept]:
        with self._store.transaction():
            return [self._store.articles.save(draft) for draft in drafts]

    def _foretell(self) -> _Keep:
        # Nothing is locked: a rehearsal can take as long as the import.
        tell = self._store.articles.foretelling().tell
        return lambda drafts: list(map(tell, drafts))


def _commit(items: Sequence[Item], keep: _Keep, tally: _Tally) -> None:
    """Keep the drafts; they are told of only when all of them are on disk."""
    kept = keep([item for item in items if isinstance(item, Draft)])
    tally.failed += [item for item in items if isinstance(item, ImportFailure)]
    for article_id, outcome in kept:
        tally.kept(article_id, outcome)


class _Batch:
    """Items read and not yet stored; bounded in number, size and age."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._size = 0
        self._began = monotonic()

    def add(self, item: Item) -> None:
        self._items.append(item)
        self._size += len(item.text) if isinstance(item, Draft) else 0

    def is_full(self) -> bool:
        return (
            len(self._items) >= BATCH_ITEMS
            or self._size >= BATCH_CHARACTERS
            or monotonic() - self._began >= BATCH_SECONDS
        )

    def take(self) -> Sequence[Item]:
        taken, self._items = self._items, []
        self._size, self._began = 0, monotonic()
        return taken


def _items(
    found: Sequence[FoundFile | ImportFailure], source: str | None, file_format: str | None
) -> Iterator[tuple[int, Item]]:
    """Every item with the number of files it completes or is in."""
    for number, one in enumerate(found, start=1):
        if isinstance(one, ImportFailure):
            yield number, one
        else:
            for item in read_file(one, source=source, file_format=file_format):
                yield number, item
