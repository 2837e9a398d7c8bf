"""Taking feeds into the library; what is secret in their addresses is kept elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import NotFetchedError
from reader.feeds import Feed, FeedState, Problem, Subscription
from reader.fetch.addresses import looks_local
from reader.fetch.ending import FetchError
from reader.fetch.hiding import public_form, split_secrets
from reader.fetch.urls import parse_target
from reader.fetch.values import Request

if TYPE_CHECKING:
    from reader.fetch.secrets import Secrets
    from reader.store import Store

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORT = re.compile(r"[^/?#]*:[0-9]+(?:[/?#]|$)")


class Subscriptions:
    """Adds feeds. The library holds public addresses only."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder

    @cached_property
    def _secrets(self) -> Secrets:
        from reader.fetch.secrets import Secrets  # few libraries have any

        return Secrets(self._folder)

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
        the address looks like one, which is right for those that a person wrote. Raises
        NotFetchedError for what is no address.
        """
        host = host_of(subscription.url)
        public = self.hide(subscription.url)
        allowed = looks_local(host) if private is None else private
        named = replace(subscription, url=public)
        return self._store.feeds.add(named, private=allowed, by_reader=by_reader)

    def hide(self, url: str) -> str:
        """The public form of an address, whose secrets are kept for when it is asked."""
        public, whole = split_secrets(url)
        if whole:
            self._secrets.put(public, whole)
        return public

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

    def moved(self, url: str, new: str) -> None:
        """Let the secrets of a feed go along to where its server says that it is."""
        self._secrets.rename(url, new)


def host_of(url: str) -> str:
    """The host of an address. Raises NotFetchedError for what is none of HTTP."""
    try:
        return parse_target(url).host
    except FetchError as error:
        detail = f": {error.failed.detail}" if error.failed.detail else ""
        reason = f"{Problem.BAD_ADDRESS}{detail}"
        raise NotFetchedError(public_form(url), reason) from error


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
