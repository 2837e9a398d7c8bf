"""Pages as articles, whole texts where a feed tells only the beginning, and pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from reader.errors import (
    FeedNotPageError,
    ImportItemError,
    NoLinkError,
    NotFetchedError,
    PictureError,
)
from reader.feeds import FeedState, Problem
from reader.fetch.addresses import looks_local
from reader.fetch.hiding import public_form
from reader.fetch.policy import words_of
from reader.fetch.values import Body, Failed, Request
from reader.model import Article, ArticleId, Draft, Outcome, Pixels
from reader.service.entries import FUTURE
from reader.service.network import Stop, never
from reader.service.robots import Robots
from reader.service.subscriptions import host_of, place_of, typed_address

if TYPE_CHECKING:
    from reader.service.network import Network
    from reader.service.parsing import Parsing
    from reader.store import Store

PICTURE = 8 * 1024 * 1024
"""Bytes of a picture."""

_PICTURES = "image/avif,image/webp,image/png,image/jpeg,image/*;q=0.8,*/*;q=0.1"

_BEGINNING = 2000
"""Bytes of a document in which a page says that it is one."""


class Saving:
    """Fetches pages, as far as their sites let programs do that."""

    def __init__(
        self, store: Store, network: Network, parsing: Parsing, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._network = network
        self._parsing = parsing
        self._clock = clock
        self._robots = Robots(network, clock)

    def save_page(
        self, url: str, *, private: bool = False, stop: Stop = never
    ) -> tuple[ArticleId, Outcome]:
        """Keep the page at `url` as an article; where a feed or a file told of it, as the full
        text of that one.

        Raises NotFetchedError, FeedNotPageError for a feed, and FetchStoppedError.

        `private` allows an address of this machine or the local network that does not look like
        one.
        """
        address = typed_address(url)
        allowed = private or looks_local(host_of(address))
        draft = self._read(Request(address, private=allowed), stop)
        known = self._known(address, draft)
        if known is None:
            return self._store.articles.save(draft)
        taken = self._take(known, draft)
        return known.row.id, Outcome.UPDATED if taken else Outcome.DUPLICATE

    def read_full_text(self, article_id: int, *, stop: Stop = never) -> bool:
        """Read the page that an article leads to, and let its text take the place of that of
        the feed, which is kept as a version; whether it did: a page with less text does not.

        Raises ArticleNotFoundError, NoLinkError, and as `save_page` does.
        """
        article = self._store.articles.get_article(ArticleId(article_id))
        if not article.url:
            raise NoLinkError(article_id)
        draft = self._read(
            Request(article.url, private=self._may_be_private(article.row.source, article.url)),
            stop,
        )
        return self._take(article, draft)

    def read_picture(self, article_id: int, url: str, *, stop: Stop = never) -> Pixels:
        """A picture that goes with an article, small enough for a screen; nothing is kept.

        Raises ArticleNotFoundError, PictureError and FetchStoppedError.
        """
        article = self._store.articles.get_article(ArticleId(article_id))
        try:
            private = self._may_be_private(article.row.source, url)
            request = Request(url, private=private, accept=_PICTURES, limit=PICTURE)
            body = self._fetch(request, stop)
            return self._parsing.read_picture(body.data, url=body.url)
        except (NotFetchedError, ImportItemError) as error:
            raise PictureError(public_form(url), error.reason) from error

    def _known(self, address: str, draft: Draft) -> Article | None:
        """The article that links to a page, unless it is the page itself, kept earlier."""
        articles = self._store.articles
        links = (public_form(address), draft.url)
        article_id = next(filter(None, map(articles.find_by_link, links)), None)
        article = None if article_id is None else articles.get_article(article_id)
        if article is None or _is_page(article, draft):
            return None
        return article

    def _take(self, article: Article, draft: Draft) -> bool:
        """Let the text of its page take the place of that of an article, if it is longer."""
        if len(draft.text) <= len(article.text):
            return False
        self._store.articles.replace_text(article.row.id, draft)
        return True

    def _may_be_private(self, source: str, url: str) -> bool:
        """An article may lead to the local network only on the server of its own feed."""
        feed = self._store.feeds.find_by_source(source)
        if feed is None or not feed.private or feed.state is not FeedState.ACTIVE:
            return False
        return place_of(feed.url) == place_of(url)

    def _fetch(self, request: Request, stop: Stop) -> Body:
        """What is at an address, as far as its site lets programs have it."""
        self._robots.check(request, stop)
        answer = self._network.fetch(request, stop)
        shown = public_form(request.url)
        if not isinstance(answer, Body):
            reason = words_of(answer) if isinstance(answer, Failed) else Problem.BROKEN
            raise NotFetchedError(shown, reason)
        self._check_end(request, answer, stop)
        return answer

    def _read(self, request: Request, stop: Stop) -> Draft:
        answer, shown = self._fetch(request, stop), public_form(request.url)
        if self._is_feed(answer):
            raise FeedNotPageError(shown)
        try:
            draft = self._parsing.read_page(
                answer.data,
                url=answer.url,
                charset=answer.charset,
                latest=self._clock() + FUTURE,
            )
        except ImportItemError as error:
            raise NotFetchedError(shown, error.reason) from error
        return replace(draft, url=draft.url or answer.url)

    def _check_end(self, request: Request, body: Body, stop: Stop) -> None:
        """Heed the wishes of the site to which a redirect led, too."""
        if body.url != public_form(request.url):
            private = request.private and place_of(body.url) == place_of(request.url)
            self._robots.check(Request(body.url, private=private), stop)

    def _is_feed(self, body: Body) -> bool:
        if b"<html" in body.data[:_BEGINNING].lower():
            return False
        try:
            self._parsing.parse_feed(
                body.data, url=body.url, charset=body.charset, latest=self._clock()
            )
        except ImportItemError:
            return False
        return True


def _is_page(article: Article, draft: Draft) -> bool:
    """Whether an article came from its page, as far as can be told: no feed gave it an id, no
    list a link alone."""
    return bool(article.text) and not article.guid and article.row.source == draft.source
