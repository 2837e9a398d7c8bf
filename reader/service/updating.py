"""Asking feeds for news."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from reader.durations import EVERY
from reader.errors import LibraryBusyError, UpdateBusyError
from reader.feeds import (
    Feed,
    FeedFailure,
    FeedId,
    FeedState,
    ParsedFeed,
    Problem,
    UpdateProgress,
    UpdateReport,
)
from reader.fetch.policy import digest_of, is_due, may_ask, words_of
from reader.fetch.values import Answer, Body, Failed, Request
from reader.model import ArticleId, ImportFailure
from reader.service.locks import exclusive
from reader.service.network import Stop, never
from reader.service.source_names import find_sources

if TYPE_CHECKING:
    from reader.service.entries import Entries
    from reader.service.network import Network
    from reader.service.subscriptions import Subscriptions
    from reader.store import Store

PATIENCE = 3.0
"""Seconds to wait for another process that asks feeds."""

NOTE_SECONDS = 0.5
"""Longest time until it is on disk that feeds had nothing new."""

_PAUSE = 0.05
_LOST = Failed(
    Problem.NEEDS_LOGIN,
    "its own is in a keyring that cannot be read now, or was not in the list it came from;"
    " `dateline source move NAME URL` takes it",
)
_BUSY = "another process was writing to the library; it is asked again"

Progress = Callable[[UpdateProgress], None]


class Updating:
    """Brings feeds up to date, in one process of a library at a time."""

    def __init__(
        self,
        store: Store,
        subscriptions: Subscriptions,
        network: Network,
        entries: Entries,
        lock_path: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._subscriptions = subscriptions
        self._network = network
        self._entries = entries
        self._lock_path = lock_path
        self._clock = clock

    def run(
        self,
        names: Sequence[str] = (),
        *,
        due_only: bool = False,
        every: int = EVERY,
        progress: Progress = lambda _: None,
        stop: Stop = never,
    ) -> UpdateReport:
        """Ask the feeds of `names` (sources or folders) for news, all feeds without any.

        Feeds whose servers ask to wait are left alone, and, unless they are named, those that
        failed until their time has come; with `due_only` all those whose time has not come.
        `every` is the time between two fetches in seconds where a feed has none of its own.
        What was stored when `stop`, which is asked in several threads, turns true stays.
        Raises SourceNotFoundError, and UpdateBusyError while another process does the same.
        """
        with self._alone():
            feeds = self._named(names) if names else self._store.feeds.list_feeds()
            asked = [feed for feed in feeds if self._is_asked(feed, bool(names), due_only)]
            ids = {feed.id for feed in asked}
            left = [feed for feed in feeds if feed.id not in ids and _waits(feed, bool(names))]
            run = _Run(self._entries, every, len(asked), progress)
            try:
                for feed, answer in self._answers(asked, stop):
                    run.take(feed, answer)
            finally:
                run.finish()
            return run.report(left, interrupted=stop())

    def _named(self, names: Sequence[str]) -> Sequence[Feed]:
        lines = self._store.sources.list_lines()
        found = [line.feed for name in names for line in find_sources(lines, name)]
        return list({feed.id: feed for feed in found if feed is not None}.values())

    def _is_asked(self, feed: Feed, by_name: bool, due_only: bool) -> bool:
        now = self._clock()
        return may_ask(feed, now, by_name=by_name) and (is_due(feed, now) or not due_only)

    def _answers(self, feeds: Sequence[Feed], stop: Stop) -> Iterator[tuple[Feed, Answer]]:
        requests: dict[FeedId, Request] = {}
        for feed in feeds:
            request = self._subscriptions.request_for(feed)
            if request is None:
                yield feed, _LOST
            else:
                requests[feed.id] = request
        by_id = {feed.id: feed for feed in feeds}
        for feed_id, answer in self._network.fetch_all(requests.items(), stop) if requests else ():
            yield by_id[feed_id], answer

    @contextmanager
    def _alone(self) -> Iterator[None]:
        end = monotonic() + PATIENCE
        while True:
            with exclusive(self._lock_path) as alone:
                if alone:
                    yield
                    return
            if monotonic() >= end:
                raise UpdateBusyError
            sleep(_PAUSE)


class _Run:
    """One update while it goes on. Entries are stored at once, and feeds without news noted
    several at a time."""

    def __init__(self, entries: Entries, every: int, total: int, progress: Progress) -> None:
        self._entries = entries
        self._every = every
        self._total = total
        self._progress = progress
        self._waiting: list[tuple[Feed, Answer]] = []
        self._noted = monotonic()
        self._done = self._unchanged = self._added = self._updated = 0
        self._failed: list[FeedFailure] = []
        self._failures: list[ImportFailure] = []
        self._ids: list[ArticleId] = []

    def take(self, feed: Feed, answer: Answer) -> None:
        """Keep what a feed answered."""
        self._done += 1
        if isinstance(answer, Body) and digest_of(answer.data) != feed.digest:
            read = self._entries.read(answer)
            if not isinstance(read, Failed):
                self._keep(feed, answer, read)
                self._tell()
                return
            answer = read
        self._unchanged += not isinstance(answer, Failed)
        self._waiting.append((feed, answer))
        if monotonic() - self._noted >= NOTE_SECONDS:
            self._note()
        self._tell(failed=len([one for _, one in self._waiting if isinstance(one, Failed)]))

    def finish(self) -> None:
        """Keep what was not kept yet; what cannot be is told."""
        self._note()
        for feed, answer in self._waiting:
            self._fail(feed, words_of(answer) if isinstance(answer, Failed) else _BUSY)
        self._waiting.clear()
        self._tell()

    def report(self, left: Sequence[Feed], *, interrupted: bool) -> UpdateReport:
        return UpdateReport(
            asked=self._done,
            unchanged=self._unchanged,
            added=self._added,
            updated=self._updated,
            failed=tuple(sorted(self._failed, key=lambda one: one.source.casefold())),
            waiting=tuple(map(_failure, left)),
            failures=tuple(self._failures),
            ids=tuple(dict.fromkeys(self._ids)),
            interrupted=interrupted and self._done < self._total,
        )

    def _keep(self, feed: Feed, body: Body, parsed: ParsedFeed) -> None:
        try:
            kept = self._entries.keep(feed, body, parsed, self._every)
        except LibraryBusyError:
            self._fail(feed, _BUSY)
            return
        self._added += kept.added
        self._updated += kept.updated
        self._ids += kept.ids
        self._failures += kept.failures
        self._unchanged += not kept.ids

    def _note(self) -> None:
        self._noted = monotonic()
        try:
            noted = self._entries.note_all(self._waiting, self._every)
        except LibraryBusyError:
            return  # they are noted with those that come
        for (_, answer), feed in zip(self._waiting, noted, strict=True):
            if isinstance(answer, Failed):
                self._failed.append(_failure(feed))
        self._waiting.clear()

    def _fail(self, feed: Feed, reason: str) -> None:
        self._failed.append(FeedFailure(feed.source, feed.url, reason, feed.due))

    def _tell(self, failed: int = 0) -> None:
        self._progress(
            UpdateProgress(self._done, self._total, len(self._failed) + failed, self._added)
        )


def _waits(feed: Feed, by_name: bool) -> bool:
    """Whether a feed that is not asked is worth telling of."""
    if feed.state is not FeedState.ACTIVE:
        return by_name
    return feed.held or feed.failures > 0


def _failure(feed: Feed) -> FeedFailure:
    return FeedFailure(feed.source, feed.url, feed.error, feed.due)
