"""What a feed told, taken into the library in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import random
from typing import TYPE_CHECKING

from reader.durations import EVERY
from reader.errors import FeedExistsError, ImportItemError
from reader.feeds import Feed, FeedState, ParsedFeed, Problem
from reader.fetch.policy import after, should_move
from reader.fetch.values import Answer, Body, Failed
from reader.ingest import Reason
from reader.model import ArticleId, ImportFailure, Outcome
from reader.service.subscriptions import public_words

if TYPE_CHECKING:
    from reader.service.parsing import Parsing
    from reader.service.subscriptions import Subscriptions
    from reader.store import Store

FUTURE = timedelta(days=2)
"""How far ahead of this clock the date of an entry may be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of the entries of a feed. `feed` is as it is now; `ids` were added or changed."""

    feed: Feed
    added: int = 0
    updated: int = 0
    ids: tuple[ArticleId, ...] = ()
    failures: tuple[ImportFailure, ...] = ()


class Entries:
    """Reads feed documents and keeps what they tell, with the bookkeeping of their feeds."""

    def __init__(
        self,
        store: Store,
        subscriptions: Subscriptions,
        parsing: Parsing,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._subscriptions = subscriptions
        self._parsing = parsing
        self._clock = clock

    def parse(self, body: Body) -> ParsedFeed:
        """The feed in a document. Raises ImportItemError."""
        latest = self._clock() + FUTURE
        return self._parsing.parse_feed(
            body.data, url=body.url, charset=body.charset, latest=latest
        )

    def read(self, body: Body) -> ParsedFeed | Failed:
        """The feed in a document, or why there is none."""
        try:
            return self.parse(body)
        except ImportItemError as error:
            return failure_of(error)

    def note(self, feed: Feed, answer: Answer, every: int) -> Feed:
        """Keep how a feed answered; the feed as it is then.

        Nothing is kept where it was removed, or given another address, while it was asked.
        """
        current = self._store.feeds.get(feed.id)
        if current.url != feed.url or current.state is FeedState.REMOVED:
            return current
        noted = after(current, answer, self._clock(), every=every or EVERY, jitter=random())  # noqa: S311
        noted = self._moved(noted)
        self._store.feeds.note(noted)
        return noted

    def note_all(self, answers: Iterable[tuple[Feed, Answer]], every: int) -> list[Feed]:
        """Keep how feeds answered, in one transaction; the feeds as they are then."""
        with self._subscriptions.transaction():
            return [self.note(feed, answer, every) for feed, answer in answers]

    def keep(self, feed: Feed, body: Body, parsed: ParsedFeed, every: int) -> Kept:
        """Store the entries of a feed, and note that it answered."""
        with self._subscriptions.transaction():
            noted = self.note(feed, body, every)
            if noted.url not in (feed.url, noted.moved_to) or noted.state is FeedState.REMOVED:
                return Kept(noted)
            if parsed.site and not noted.site:
                noted = replace(noted, site=public_words(parsed.site))
                self._store.feeds.note(noted)
            if noted.untitled and parsed.title:
                title = public_words(parsed.title)
                noted = self._store.feeds.give_title(noted.id, title)
            saved = [
                self._store.articles.save(replace(draft, feed=noted.url)) for draft in parsed.drafts
            ]
        outcomes = [outcome for _, outcome in saved]
        return Kept(
            noted,
            outcomes.count(Outcome.ADDED),
            outcomes.count(Outcome.UPDATED),
            tuple(id_ for id_, outcome in saved if outcome is not Outcome.DUPLICATE),
            parsed.failures,
        )

    def _moved(self, feed: Feed) -> Feed:
        """The feed at the address where its server says it is for good, if that is certain."""
        url = should_move(feed)
        if not url or url == feed.url:
            return feed
        try:
            moved = self._subscriptions.moved(feed, url)
        except FeedExistsError:
            return feed
        return replace(feed, url=url, private=moved.private)


def failure_of(error: ImportItemError) -> Failed:
    """What a document that could not be read means for its feed."""
    if error.reason == Problem.TOO_COSTLY:
        return Failed(Problem.TOO_COSTLY)
    if error.reason == Reason.NOT_FEED:
        return Failed(Problem.NOT_A_FEED)
    return Failed(Problem.UNREADABLE, error.reason)
