"""The feeds that are read: subscribing, and everything about sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.durations import EVERY
from reader.errors import ImportItemError, NoFeedFoundError, NotFetchedError, SourceWithoutFeedError
from reader.feeds import (
    Feed,
    FeedState,
    FoundFeed,
    ParsedFeed,
    Problem,
    SourceLine,
    Subscription,
)
from reader.fetch.addresses import looks_local
from reader.fetch.hiding import hides, public_form
from reader.fetch.policy import words_of
from reader.fetch.values import Body, Failed, Request
from reader.model import ArticleId, ImportFailure
from reader.service.entries import Kept, failure_of
from reader.service.network import Stop, never
from reader.service.source_names import find_source, folder_path
from reader.service.subscriptions import host_of, place_of, typed_address

if TYPE_CHECKING:
    from reader.service.entries import Entries
    from reader.service.network import Network
    from reader.service.parsing import Parsing
    from reader.service.subscriptions import Subscriptions
    from reader.store import Store

TRIED = 3
"""Feeds of a page that are tried when the first ones cannot be read."""

_NO_FEED = (Problem.NOT_A_FEED, Problem.UNREADABLE)


class Health(StrEnum):
    """How a source fares; the words are shown to a person."""

    NONE = ""
    """It has no feed."""
    OK = "ok"
    FAILING = "failing"
    STOPPED = "stopped"
    NEVER_ASKED = "never asked"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A feed that is subscribed to. `known` says that it was before; `others` are further feeds
    that the page named; `ids` are the articles that came."""

    feed: Feed
    known: bool = False
    others: tuple[FoundFeed, ...] = ()
    added: int = 0
    ids: tuple[ArticleId, ...] = ()
    failures: tuple[ImportFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answered:
    """A feed that answered, and where it was asked."""

    request: Request
    body: Body
    parsed: ParsedFeed


class Subscribing:
    """Changes of sources; each is one event and can be undone."""

    def __init__(
        self,
        store: Store,
        subscriptions: Subscriptions,
        network: Network,
        parsing: Parsing,
        entries: Entries,
    ) -> None:
        self._store = store
        self._subscriptions = subscriptions
        self._network = network
        self._parsing = parsing
        self._entries = entries

    def subscribe(
        self,
        url: str,
        *,
        folder: str = "",
        private: bool = False,
        every: int = EVERY,
        stop: Stop = never,
    ) -> Subscribed:
        """Subscribe to the feed at `url`, or to the first one that the page there names, and
        store its entries.

        `private` allows an address of this machine or the local network that does not look like
        one. Raises NotFetchedError, and NoFeedFoundError where there is none.
        """
        request = _typed(url, private)
        known = self._known(request.url)
        if known is not None:
            return Subscribed(known, known=True)
        answered, others = self._find(request, stop)
        known = self._known(answered.request.url)
        if known is not None:
            return Subscribed(known, known=True, others=others)
        with self._subscriptions.transaction():
            feed, _ = self._subscriptions.add(
                Subscription(
                    answered.request.url, answered.parsed.title, answered.parsed.site, folder
                ),
                private=answered.request.private,
            )
            kept = self._keep(feed, answered, every)
        return Subscribed(kept.feed, False, others, kept.added, kept.ids, kept.failures)

    def list_sources(self) -> tuple[SourceLine, ...]:
        """Every source that has articles or a feed, by name."""
        return self._store.sources.list_lines()

    def find(self, name: str) -> SourceLine:
        """The source called `name`: so written, else in other case, else the only one whose
        name begins so. Raises SourceNotFoundError."""
        return find_source(self.list_sources(), name)

    def rename(self, name: str, new: str) -> SourceLine:
        """Give a source another name. Raises SourceNotFoundError and SourceExistsError."""
        self._store.sources.rename(self.find(name).name, new)
        return self.find(new)

    def move(
        self,
        name: str,
        url: str,
        *,
        private: bool = False,
        every: int = EVERY,
        stop: Stop = never,
    ) -> SourceLine:
        """Ask for the feed of a source at another address from now on, if one answers there.

        Articles and what was done with them stay. Raises as `subscribe` and `set` do, and
        FeedExistsError for the address of another feed.
        """
        feed = self._feed_of(name)
        answered, _ = self._find(_typed(url, private), stop)
        request = answered.request
        with self._subscriptions.transaction():
            feed = self._subscriptions.move(feed, request.url, private=request.private)
            self._keep(feed, answered, every)
        return self.find(feed.source)

    def remove(self, name: str) -> SourceLine:
        """Ask for a source no more; its articles stay. The source as it was.

        Raises SourceNotFoundError and SourceWithoutFeedError.
        """
        line = self.find(name)
        self._store.feeds.remove(self._feed_of(name).id)
        return line

    def set(
        self,
        name: str,
        *,
        folder: str | None = None,
        every: int | None = None,
        private: bool | None = None,
    ) -> SourceLine:
        """Change what is given of a feed; `every` is in seconds, 0 leaves it to the settings.

        Raises SourceNotFoundError and SourceWithoutFeedError.
        """
        feed = self._feed_of(name)
        path = None if folder is None else folder_path(folder)
        self._store.feeds.set(feed.id, folder=path, every=every, private=private)
        return self.find(feed.source)

    def export_opml(self) -> Iterator[str]:
        """Every feed that is read, as OPML, a piece at a time; without secrets."""
        from reader.ingest.opml import write_opml

        feeds = self._store.feeds.list_feeds()
        return write_opml(Subscription(one.url, one.source, one.site, one.folder) for one in feeds)

    def list_hidden(self) -> tuple[str, ...]:
        """The sources whose feeds `export_opml` names by addresses that lack their secrets."""
        return tuple(one.source for one in self._store.feeds.list_feeds() if hides(one.url))

    def _feed_of(self, name: str) -> Feed:
        line = self.find(name)
        if line.feed is None:
            raise SourceWithoutFeedError(line.name)
        return line.feed

    def _known(self, url: str) -> Feed | None:
        feed = self._store.feeds.find_by_address(public_form(url))
        return feed if feed is not None and feed.state is FeedState.ACTIVE else None

    def _keep(self, feed: Feed, answered: _Answered, every: int) -> Kept:
        return self._entries.keep(feed, answered.body, answered.parsed, every)

    def _find(self, request: Request, stop: Stop) -> tuple[_Answered, tuple[FoundFeed, ...]]:
        """The feed at an address, or the first that can be read of those a page there names,
        and the others. Raises NotFetchedError and NoFeedFoundError."""
        with self._parsing.one_limit():
            return self._first_of(request, stop)

    def _first_of(self, request: Request, stop: Stop) -> tuple[_Answered, tuple[FoundFeed, ...]]:
        body = self._body(request, stop)
        read = self._entries.read(body)
        if isinstance(read, ParsedFeed):
            return _Answered(request, body, read), ()
        if read.problem not in _NO_FEED:
            raise NotFetchedError(public_form(request.url), words_of(read))
        found = self._named_by(body)
        for feed in found[:TRIED]:
            answered = self._try(_named(feed, request), stop)
            if answered is not None:
                return answered, tuple(one for one in found if one is not feed)
        if found or read.problem is Problem.UNREADABLE:
            raise NotFetchedError(public_form(request.url), words_of(read))
        raise NoFeedFoundError(public_form(request.url))

    def _named_by(self, body: Body) -> tuple[FoundFeed, ...]:
        try:
            return self._parsing.find_feeds(body.data, url=body.url, charset=body.charset)
        except ImportItemError as error:
            raise NotFetchedError(body.url, words_of(failure_of(error))) from error

    def _try(self, request: Request, stop: Stop) -> _Answered | None:
        answer = self._network.fetch(request, stop)
        read = self._entries.read(answer) if isinstance(answer, Body) else answer
        if isinstance(answer, Body) and isinstance(read, ParsedFeed):
            return _Answered(request, answer, read)
        return None

    def _body(self, request: Request, stop: Stop) -> Body:
        answer = self._network.fetch(request, stop)
        if isinstance(answer, Body):
            return answer
        reason = words_of(answer) if isinstance(answer, Failed) else Problem.BROKEN
        raise NotFetchedError(public_form(request.url), reason)


def health_of(feed: Feed | None) -> Health:
    """How a source with this feed fares (pure)."""
    if feed is None:
        return Health.NONE
    if feed.state is not FeedState.ACTIVE:
        return Health.STOPPED
    if feed.failures:
        return Health.FAILING
    return Health.OK if feed.checked else Health.NEVER_ASKED


def _typed(url: str, private: bool) -> Request:
    address = typed_address(url)
    return Request(address, private=private or looks_local(host_of(address)))


def _named(feed: FoundFeed, page: Request) -> Request:
    """What a page says of addresses near this machine counts for its own server only."""
    try:
        same = place_of(feed.url) == place_of(page.url)
    except NotFetchedError:
        same = False
    return Request(feed.url, private=page.private and same)
