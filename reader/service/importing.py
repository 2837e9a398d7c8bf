"""Bringing files into the library: each article is stored, listed and readable at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from reader.errors import LibraryBusyError, NotFetchedError
from reader.feeds import Subscription
from reader.fetch.hiding import public_form
from reader.ingest import (
    PASSED,
    Format,
    FoundFile,
    Item,
    Reason,
    discover,
    is_for_worker,
    read_file,
    shown_path,
)
from reader.model import ArticleId, Draft, ImportFailure, ImportReport, Outcome, Tagged
from reader.service.subscriptions import public_words

if TYPE_CHECKING:
    from reader.service.parsing import Parsing
    from reader.service.subscriptions import Subscriptions
    from reader.store import Store
    from reader.store.given_ids import GivenIds

FORMATS = tuple(one.value for one in Format)
"""Names of the formats an import can be told to expect."""

BATCH_SECONDS = 0.25
"""Longest time between two commits, so that a kill loses little that was not acknowledged."""

BATCH_ITEMS = 250
"""Most articles of one commit."""

BATCH_CHARACTERS = 16_000_000
"""Text after which a commit is due, in code points."""

NAMED_OF_FILE = 1000
"""Failures of one file that are named; the others are counted."""

NAMED = 10_000
"""Failures of an import that are named."""

HOPELESS = 10_000
"""Failures after which a file is left."""

GOOD_FOR = 100
"""How many of them an item makes up for that is none."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: files done of all, and what has come of the items so far."""

    files: int
    total_files: int
    added: int
    updated: int
    duplicate: int
    failed: int
    subscribed: int = 0


@dataclass(frozen=True, slots=True)
class _Subscribed:
    """What became of a feed: is it new?"""

    is_new: bool


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What is told of an article that is not here. Of mail that is most, and is not named."""


@dataclass(frozen=True, slots=True)
class _Retagged:
    """An article that was there, which has other tags or states now."""

    article_id: ArticleId


_Kept: TypeAlias = (
    tuple[ArticleId | None, Outcome] | _Subscribed | _Retagged | _Elsewhere | ImportFailure
)
_Keep: TypeAlias = Callable[[Sequence[Item]], Sequence[_Kept]]


class _Named:
    """Failures: the first ones, and how many there are."""

    def __init__(self) -> None:
        self.first: list[ImportFailure] = []
        self.count = 0
        self._path = ""
        self._of_file = 0

    def add(self, failure: ImportFailure) -> None:
        if failure.path != self._path:
            self._path, self._of_file = failure.path, 0
        self.count += 1
        self._of_file += 1
        if self._of_file <= NAMED_OF_FILE and len(self.first) < NAMED:
            self.first.append(failure)


class _Tally:
    """The report while it grows."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(Outcome, 0)
        self.failed, self.passed = _Named(), _Named()
        self.ids: list[ArticleId] = []
        self.subscribed = self.retagged = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in the library that was not there, or was found again."""
        return not (self.ids or self.subscribed)

    def kept(self, kept: _Kept) -> None:
        match kept:
            case ImportFailure():
                (self.passed if kept.reason in PASSED else self.failed).add(kept)
            case _Elsewhere():
                self.passed.count += 1
            case _Subscribed(is_new=True):
                self.subscribed += 1
            case _Retagged():
                self.retagged += 1
                self.counts[Outcome.DUPLICATE] += 1
                self.ids.append(kept.article_id)
            case _Subscribed():
                self.counts[Outcome.DUPLICATE] += 1
            case _:
                article_id, outcome = kept
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
            self.failed.count,
            self.subscribed,
        )

    def report(self, *, interrupted: bool) -> ImportReport:
        return ImportReport(
            added=self.counts[Outcome.ADDED],
            updated=self.counts[Outcome.UPDATED],
            duplicate=self.counts[Outcome.DUPLICATE],
            failed=tuple(self.failed.first),
            ids=tuple(dict.fromkeys(self.ids)),
            interrupted=interrupted,
            subscribed=self.subscribed,
            retagged=self.retagged,
            passed=tuple(self.passed.first),
            failed_total=self.failed.count,
            passed_total=self.passed.count,
        )


class Importing:
    """Imports of files and folders."""

    def __init__(self, store: Store, subscriptions: Subscriptions, parsing: Parsing) -> None:
        self._store = store
        self._subscriptions = subscriptions
        self._parsing = parsing
        self._given: GivenIds | None = None

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
        """Store every article of `paths` and subscribe to every feed that they name; what cannot
        be read is named in the report.

        `progress` speaks only of what is on disk. `stop` is asked after each item; what was
        stored until then stays. A dry run tells the same and stores nothing; articles that
        would be new have no ids. When another process keeps writing, the files that could not
        be stored are named as failed; LibraryBusyError is raised when nothing was.
        """
        # Files are known again by their place: it must not depend on where the import ran.
        found = discover([path.absolute() for path in paths])
        self._given = None
        items = self._items(found, source, file_format)
        tally, batch = _Tally(), _Batch()
        keep = self._foretell() if dry_run else self._save
        try:
            for files, item in items:
                batch.add(files, item)
                stopping = stop()
                if stopping or batch.is_full():
                    _commit(batch, keep, tally)
                    progress(tally.progress(files, len(found)))
                if stopping:
                    return tally.report(interrupted=True)
            _commit(batch, keep, tally)
        except LibraryBusyError:
            if tally.is_empty:
                raise
            for failure in _left_over(found[batch.first_file - 1 :], batch.items):
                tally.kept(failure)
        progress(tally.progress(len(found), len(found)))
        return tally.report(interrupted=False)

    def _items(
        self,
        found: Sequence[FoundFile | ImportFailure],
        source: str | None,
        file_format: str | None,
    ) -> Iterator[tuple[int, Item]]:
        """Every item with the number of files it completes or is in."""
        for number, one in enumerate(found, start=1):
            if isinstance(one, ImportFailure):
                yield number, one
                continue
            read = self._parsing.read_file if is_for_worker(one, file_format) else read_file
            items = read(one, source=source, file_format=file_format)
            for item in _while_hopeful(items, shown_path(one.path)):
                yield number, item

    def _save(self, items: Sequence[Item]) -> Sequence[_Kept]:
        with self._subscriptions.transaction():
            return [self._save_one(item) for item in items]

    def _save_one(self, item: Item) -> _Kept:
        match item:
            case Draft():
                return self._store.articles.save(_without_secrets(item))
            case Subscription():
                return _subscribed(item, lambda: self._subscriptions.add(item, by_reader=False)[1])
            case Tagged():
                found = self._articles_of(item)
                changed = [one for one in found if self._store.articles.take_over(one, item)]
                return _Retagged(changed[0]) if changed else _known(found)
            case _:
                return item

    def _articles_of(self, tagged: Tagged) -> Sequence[ArticleId]:
        # Once for an import: it looks at every source.
        if self._given is None:
            self._given = self._store.articles.given_ids()
        return self._given.find(tagged.guid)

    def _foretell(self) -> _Keep:
        # Nothing is locked: a rehearsal can take as long as the import.
        tell = self._store.articles.foretelling().tell
        met: set[str] = set()

        def is_new(subscription: Subscription) -> bool:
            known = self._subscriptions.is_known(subscription.url)
            is_first = public_form(subscription.url) not in met
            met.add(public_form(subscription.url))
            return is_first and not known

        def tell_one(item: Item) -> _Kept:
            match item:
                case Draft():
                    return tell(_without_secrets(item))
                case Subscription():
                    return _subscribed(item, lambda: is_new(item))
                case Tagged():
                    return _known(self._articles_of(item))
                case _:
                    return item

        return lambda items: list(map(tell_one, items))


def _while_hopeful(items: Iterator[Item], path: str) -> Iterator[Item]:
    """The items of a file until there is hardly anything among them but failures."""
    failures = 0
    for item in items:
        yield item
        is_failure = isinstance(item, ImportFailure)
        failures = failures + 1 if is_failure else max(0, failures - GOOD_FOR)
        if failures >= HOPELESS:
            yield ImportFailure(path, "", Reason.HOPELESS)
            return


def _subscribed(subscription: Subscription, subscribe: Callable[[], bool]) -> _Kept:
    try:
        return _Subscribed(subscribe())
    except NotFetchedError as error:
        name = subscription.title or error.url
        return ImportFailure(error.url, name if name != error.url else "", error.reason)


def _known(found: Sequence[ArticleId]) -> _Kept:
    return (found[0], Outcome.DUPLICATE) if found else _Elsewhere()


def _without_secrets(draft: Draft) -> Draft:
    source = public_words(draft.source)
    if not draft.feed and source == draft.source:
        return draft
    return replace(draft, source=source, feed=public_form(draft.feed) if draft.feed else "")


def _commit(batch: _Batch, keep: _Keep, tally: _Tally) -> None:
    """Keep the items; they are told of only when all of them are on disk."""
    for kept in keep(batch.items) if batch.items else ():
        tally.kept(kept)
    batch.clear()


def _left_over(
    found: Sequence[FoundFile | ImportFailure], items: Sequence[Item]
) -> Iterator[ImportFailure]:
    """What was not stored because others kept writing: files, and what had failed already."""
    failed = [item for item in items if isinstance(item, ImportFailure)]
    yield from failed
    refused = {one.path for one in failed if not one.item}
    for one in found:
        if isinstance(one, FoundFile) and (path := shown_path(one.path)) not in refused:
            yield ImportFailure(path, "", Reason.BUSY)
        elif isinstance(one, ImportFailure) and one.path not in refused:
            yield one


class _Batch:
    """Items read and not yet stored; bounded in number, size and age."""

    def __init__(self) -> None:
        self.first_file = 1
        self.clear()

    def clear(self) -> None:
        self.items: list[Item] = []
        self._size = 0
        self._began = monotonic()

    def add(self, file: int, item: Item) -> None:
        """`file` is the number of the file of the item, from 1."""
        self.first_file = self.first_file if self.items else file
        self.items.append(item)
        self._size += len(item.text) if isinstance(item, Draft) else 0

    def is_full(self) -> bool:
        return (
            len(self.items) >= BATCH_ITEMS
            or self._size >= BATCH_CHARACTERS
            or monotonic() - self._began >= BATCH_SECONDS
        )
