"""Pages as articles, and the whole texts of articles of which a feed tells only the beginning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from reader.errors import ImportItemError, NoLinkError, NotFetchedError
from reader.feeds import Problem
from reader.fetch.addresses import looks_local
from reader.fetch.hiding import public_form
from reader.fetch.policy import words_of
from reader.fetch.values import Body, Failed, Request
from reader.model import Article, ArticleId, Draft, Outcome
from reader.service.entries import FUTURE
from reader.service.network import Stop, never
from reader.service.robots import Robots
from reader.service.subscriptions import host_of, typed_address

if TYPE_CHECKING:
    from reader.service.network import Network
    from reader.service.parsing import Parsing
    from reader.store import Store


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
        """Keep the page at `url` as an article. Raises NotFetchedError.

        `private` allows an address of this machine or the local network that does not look like
        one.
        """
        address = typed_address(url)
        allowed = private or looks_local(host_of(address))
        draft = self._read(Request(address, private=allowed), stop)
        return self._store.articles.save(draft)

    def read_full_text(self, article_id: int, *, stop: Stop = never) -> bool:
        """Read the page that an article leads to, and let its text take the place of that of
        the feed, which is kept as a version; whether it did: a page with less text does not.

        Raises ArticleNotFoundError, NoLinkError and NotFetchedError.
        """
        article = self._store.articles.get_article(ArticleId(article_id))
        if not article.url:
            raise NoLinkError(article_id)
        draft = self._read(Request(article.url, private=self._may_be_private(article)), stop)
        if len(draft.text) <= len(article.text):
            return False
        self._store.articles.replace_text(article.row.id, draft)
        return True

    def _may_be_private(self, article: Article) -> bool:
        """An article may lead to the local network only on the host of its own feed."""
        feed = self._store.feeds.find_by_source(article.row.source)
        return feed is not None and feed.private and host_of(feed.url) == host_of(article.url)

    def _read(self, request: Request, stop: Stop) -> Draft:
        self._robots.check(request, stop)
        answer = self._network.fetch(request, stop)
        shown = public_form(request.url)
        if not isinstance(answer, Body):
            reason = words_of(answer) if isinstance(answer, Failed) else Problem.BROKEN
            raise NotFetchedError(shown, reason)
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
