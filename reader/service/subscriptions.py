"""Taking feeds into the library; what is secret in their addresses is kept elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import NotFetchedError
from reader.feeds import Feed, FeedState, Problem, Subscription
from reader.fetch.addresses import literal, looks_local
from reader.fetch.ending import FetchError
from reader.fetch.hiding import public_form, split_secrets
from reader.fetch.urls import parse_target
from reader.fetch.values import Request
from reader.service.source_names import folder_path

if TYPE_CHECKING:
    from reader.fetch.secrets import Secrets
    from reader.store import Store

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORT = re.compile(r"[^/?#]*:[0-9]+(?:[/?#]|$)")
_WORD = re.compile(r"\S+")

_LISTED: tuple[IPv4Network | IPv6Network, ...] = (
    *map(IPv4Network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")),
    *map(IPv6Network, ("::1/128", "fc00::/7")),
)
"""Addresses near this machine that a list of feeds may name (RFC 1918, RFC 4193, loopback)."""


class Subscriptions:
    """Adds feeds. The library holds public addresses only."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._depth = 0
        self._taken: dict[str, str] = {}
        self._left: list[str] = []

    @cached_property
    def _secrets(self) -> Secrets:
        from reader.fetch.secrets import Secrets  # few libraries have any

        return Secrets(self._folder)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction of the library in which feeds are added or move.

        Whatever happens in between, a feed has its secrets: those of addresses that it gets are
        on disk before the outermost block is, and those of addresses that it leaves are
        forgotten afterwards.
        """
        self._depth += 1
        try:
            with self._store.transaction():
                yield
                if self._depth == 1 and self._taken:
                    self._secrets.put_many(self._taken.items())
            if self._depth == 1:
                self._forget_left()
        finally:
            self._depth -= 1
            if not self._depth:
                self._taken.clear()
                self._left.clear()

    def add(
        self,
        subscription: Subscription,
        *,
        private: bool | None = None,
        by_reader: bool = True,
    ) -> tuple[Feed, bool]:
        """Subscribe; the feed, and whether it was not subscribed to before. It can be undone
        where the reader named this very feed.

        `private` allows an address of this machine or the local network; None allows it where
        the address looks like one that may stand in a list. The secrets of a feed that is
        subscribed to already stay. Raises NotFetchedError for what is no address.
        """
        host = host_of(subscription.url)
        public, whole = split_secrets(subscription.url)
        allowed = _may_be_listed(host) if private is None else private
        named = replace(
            subscription,
            url=public,
            title=public_words(subscription.title),
            site=public_words(subscription.site),
            folder=folder_path(subscription.folder),
        )
        with self.transaction():
            feed, is_new = self._store.feeds.add(named, private=allowed, by_reader=by_reader)
            if is_new and whole:
                self._taken[public] = whole
        return feed, is_new

    def move(self, feed: Feed, url: str, *, private: bool) -> Feed:
        """Let a feed be at another address, as the reader says. Raises FeedExistsError."""
        public, whole = split_secrets(url)
        with self.transaction():
            if public != feed.url:
                feed = self._store.feeds.move(feed.id, public, private=private)
            elif private and not feed.private:
                feed = self._store.feeds.set(feed.id, private=True)
            if whole:
                self._taken[public] = whole
        return feed

    def is_known(self, url: str) -> bool:
        """Whether there is a feed with this address that is not removed. Raises
        NotFetchedError for what is no address."""
        host_of(url)
        feed = self._store.feeds.find_by_address(public_form(url))
        return feed is not None and feed.state is not FeedState.REMOVED

    def request_for(self, feed: Feed) -> Request | None:
        """What to ask for news of a feed, None where its secret cannot be read now."""
        whole = self._secrets.get(feed.url)
        return Request(whole, feed.etag, feed.modified, feed.private) if whole else None

    def moved(self, feed: Feed, url: str) -> Feed:
        """Let a feed and its secrets be where its server says. Raises FeedExistsError."""
        with self.transaction():
            moved = self._store.feeds.move(feed.id, url, by_reader=False)
            if self._secrets.copy(feed.url, url):
                self._left.append(feed.url)
        return moved

    def _forget_left(self) -> None:
        for url in self._left:
            self._secrets.forget(url)


def shown_address(url: str) -> str:
    """An address as it may be shown: without what is secret in it."""
    return public_form(url)


def host_of(url: str) -> str:
    """The host of an address. Raises NotFetchedError for what is none of HTTP."""
    try:
        return parse_target(url).host
    except FetchError as error:
        detail = f": {error.failed.detail}" if error.failed.detail else ""
        reason = f"{Problem.BAD_ADDRESS}{detail}"
        raise NotFetchedError(public_form(url), reason) from error


def place_of(url: str) -> tuple[str, int]:
    """Host and port of an address. Raises NotFetchedError for what is none of HTTP."""
    host_of(url)
    target = parse_target(url)
    return target.host, target.port


def public_words(text: str) -> str:
    """A text in which what looks like an address has its public form."""
    return _WORD.sub(lambda word: _public_word(word[0]), text)


def _public_word(word: str) -> str:
    return public_form(word) if any(sign in word for sign in ("//", "=", "@")) else word


def _may_be_listed(host: str) -> bool:
    """Whether a list may name a host near this machine: a name that looks local, this machine,
    or a private network; nothing that only means something to the machine itself."""
    address = literal(host)
    if address is None:
        return looks_local(host)
    return any(address in block for block in _LISTED)


def typed_address(text: str) -> str:
    """What a person types for an address as an address: "feed:" goes, a scheme comes."""
    address = text.strip()
    for prefix in ("feed://", "feed:"):
        if address.lower().startswith(prefix):
            address = address[len(prefix) :]
    if _SCHEME.match(address) and not _PORT.match(address):
        return address
    host = re.split("[/?#:]", address, maxsplit=1)[0]
    return f"{'http' if looks_local(host) else 'https'}://{address}"
