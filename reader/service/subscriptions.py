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

    def add(self, subscription: Subscription, *, private: bool = False) -> tuple[Feed, bool]:
        """Subscribe; the feed, and whether it was not subscribed to before.

        An address of this machine or the local network is asked only where `private` says so
        or where it looks like one. Raises NotFetchedError for what is no address.
        """
        host = host_of(subscription.url)
        public, whole = split_secrets(subscription.url)
        if whole:
            # First: a feed without its secret would be refused by its server.
            self._secrets.put(public, whole)
        return self._store.feeds.add(
            replace(subscription, url=public), private=private or looks_local(host)
        )

    def is_known(self, url: str) -> bool:
        """Whether there is a feed with this address that is not removed. Raises
        NotFetchedError for what is no address."""
        host_of(url)
        feed = self._store.feeds.find_by_address(public_form(url))
        return feed is not None and feed.state is not FeedState.REMOVED

    def whole_address(self, feed: Feed) -> str:
        """The address of a feed with its secrets. For those who fetch alone."""
        return self._secrets.get(feed.url) or feed.url


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
