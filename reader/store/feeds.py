"""Feeds: what is subscribed, and how fetching it went."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from itertools import count
from urllib.parse import urlsplit

from index.analysis import fold
from reader.clean import clean_line
from reader.durations import duration_text
from reader.errors import NotFoundError
from reader.feeds import Feed, FeedId, FeedState, Subscription
from reader.store.database import Database, Params
from reader.store.feed_rows import FEED_COLUMNS, NOTE, bookkeeping, feed_of
from reader.store.source_changes import SourceChanges
from reader.store.times import to_seconds

_GET = f"SELECT {FEED_COLUMNS} FROM feed f JOIN source s ON s.id = f.source_id"  # noqa: S608

_BY_ADDRESS = (
    f"{_GET} WHERE f.url = :url UNION ALL {_GET} WHERE f.id ="  # noqa: S608
    " (SELECT feed_id FROM feed_address WHERE url = :url) LIMIT 1"
)


class Feeds:
    """The feeds of the library. They are never deleted: one that is removed keeps its articles
    and what is known of it, and can be added again.

    What the reader changes is one event each and can be undone.
    """

    def __init__(
        self, database: Database, changes: SourceChanges, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock

    def add(
        self, subscription: Subscription, *, private: bool, by_reader: bool = True
    ) -> tuple[Feed, bool]:
        """Subscribe; the feed, and whether it was not subscribed before.

        The address is in its public form. The title names the source, with the host where
        another feed has that name; a source of that name without a feed gets this one. Without
        a title the host names it, with the path where that is taken, until `give_title`. A feed
        that was removed, or is stopped, goes on at this address. Where the reader did not name
        this very feed it is no event.
        """
        with self._database.transaction():
            known = self.find_by_address(subscription.url)
            if known is not None and known.state is FeedState.ACTIVE:
                return known, False
            feed = known or self._insert(subscription, private=private)
            wanted: dict[str, str | int] = {"state": FeedState.ACTIVE, "private": private}
            if subscription.url != feed.url:
                wanted["url"] = subscription.url
            if subscription.folder:
                wanted["folder"] = subscription.folder
            if by_reader:
                self._changes.make(self._source_of(feed.id), f"added {feed.source}", wanted)
            else:
                self._changes.apply(self._source_of(feed.id), wanted)
            self._database.run(
                "UPDATE feed SET failures = 0, error = '', held = 0, due_at = NULL WHERE id = ?",
                (feed.id,),
            )
            return self.get(feed.id), True

    def get(self, feed_id: FeedId) -> Feed:
        """Raises NotFoundError."""
        found = self._feeds(f"{_GET} WHERE f.id = ?", (feed_id,))
        if not found:
            raise NotFoundError(feed_id)
        return found[0]

    def find_by_address(self, url: str) -> Feed | None:
        """The feed that is at an address now, else the one that was there before."""
        return next(iter(self._feeds(_BY_ADDRESS, {"url": url})), None)

    def find_by_source(self, name: str) -> Feed | None:
        """The feed of a source, removed or not."""
        return next(iter(self._feeds(f"{_GET} WHERE s.name = ?", (name,))), None)

    def list_feeds(
        self, *, states: Collection[FeedState] = (FeedState.ACTIVE, FeedState.STOPPED)
    ) -> tuple[Feed, ...]:
        """Feeds in one of `states`, by the names of their sources."""
        found = self._feeds(f"{_GET} ORDER BY s.sort_key, s.name")
        return tuple(feed for feed in found if feed.state in states)

    def note(self, feed: Feed) -> None:
        """Keep what fetching changed: everything but the name, the address, the folder, `every`
        and `private`. A feed that was removed meanwhile stays removed."""
        with self._database.transaction():
            self._database.run(NOTE, bookkeeping(feed))

    def set(
        self,
        feed_id: FeedId,
        *,
        folder: str | None = None,
        every: int | None = None,
        private: bool | None = None,
    ) -> Feed:
        """Change what is given; the feed as it is then. Raises NotFoundError."""
        given = {"folder": folder, "every": every, "private": private}
        after = {name: value for name, value in given.items() if value is not None}
        told = ", ".join(f"{name} {_told(name, value)}" for name, value in after.items())
        with self._database.transaction():
            feed = self.get(feed_id)
            self._changes.make(self._source_of(feed_id), f"set {told} for {feed.source}", after)
            return self.get(feed_id)

    def move(
        self, feed_id: FeedId, url: str, *, by_reader: bool = True, private: bool | None = None
    ) -> Feed:
        """Let a feed be at another address, in its public form; the one before is remembered.
        What is known of the last answer is forgotten.

        Without `private` an address of this machine or the local network stays allowed only
        at the same host. Where its server says so and not the reader it is no event. Raises
        NotFoundError, and FeedExistsError for an address of another feed.
        """
        with self._database.transaction():
            feed = self.get(feed_id)
            source_id = self._source_of(feed_id)
            if private is None:
                private = feed.private and _host(url) == _host(feed.url)
            wanted: dict[str, str | int] = {"url": url, "private": private}
            if by_reader:
                self._changes.make(source_id, f"moved {feed.source} to {url}", wanted)
            elif url != feed.url:
                self._changes.apply(source_id, wanted)
            return self.get(feed_id)

    def give_title(self, feed_id: FeedId, title: str) -> Feed:
        """Name a source that its host has named after what the feed calls itself; the feed as
        it is then. Nothing else is renamed. Raises NotFoundError."""
        with self._database.transaction():
            feed = self.get(feed_id)
            if feed.untitled and (title := clean_line(title)):
                name = next(filter(self._is_free, _names(title, feed.url)))
                self._changes.apply(self._source_of(feed_id), {"name": name})
            return self.get(feed_id)

    def remove(self, feed_id: FeedId) -> None:
        """Do not ask a feed any more; its articles stay. Raises NotFoundError."""
        with self._database.transaction():
            feed = self.get(feed_id)
            self._changes.make(
                self._source_of(feed_id), f"removed {feed.source}", {"state": FeedState.REMOVED}
            )

    def _insert(self, subscription: Subscription, *, private: bool) -> Feed:
        """A feed that is still removed: adding it is a change of its state."""
        feed_id = self._database.run(
            "INSERT INTO feed (source_id, url, site, folder, state, every, private, added_at,"
            " untitled) VALUES (?, ?, ?, ?, 'removed', 0, ?, ?, ?)",
            (
                self._source_for(subscription),
                subscription.url,
                subscription.site,
                subscription.folder,
                private,
                to_seconds(self._clock()),
                not clean_line(subscription.title),
            ),
        )
        return self.get(FeedId(feed_id))

    def _source_for(self, subscription: Subscription) -> int:
        """A source without a feed, under the first name that is free or has none."""
        for name in _names(clean_line(subscription.title), subscription.url):
            row = self._database.row(
                "SELECT s.id, f.id FROM source s LEFT JOIN feed f ON f.source_id = s.id"
                " WHERE s.name = ?",
                (name,),
            )
            if row is None:
                return self._database.run(
                    "INSERT INTO source (name, sort_key) VALUES (?, ?)", (name, fold(name))
                )
            if row[1] is None:
                return int(row[0])
        raise AssertionError  # pragma: no cover - names do not end

    def _is_free(self, name: str) -> bool:
        return self._database.row("SELECT 1 FROM source WHERE name = ?", (name,)) is None

    def _source_of(self, feed_id: FeedId) -> int:
        return int(self._database.value("SELECT source_id FROM feed WHERE id = ?", (feed_id,)))

    def _feeds(self, sql: str, params: Params = ()) -> tuple[Feed, ...]:
        return tuple(map(feed_of, self._database.rows(sql, params)))


def _names(title: str, url: str) -> Iterator[str]:
    """Names for a source in the order they are tried, without end."""
    host = _host(url)
    yield title or host
    if title:
        yield f"{title} ({host})"
        yield from (f"{title} ({host} {number})" for number in count(2))
    longer = f"{host}/{urlsplit(url).path.strip('/')}"
    yield longer
    yield from (f"{longer} ({number})" for number in count(2))


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _told(name: str, value: str | int) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if name == "every":
        return duration_text(int(value)) if value else "as the others"
    return str(value) or "none"
