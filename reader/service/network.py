"""The way of one library to servers, opened when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from reader.errors import FetchStoppedError
from reader.feeds import FeedId
from reader.fetch.values import Answer, Request

if TYPE_CHECKING:
    from reader.fetch.client import Client

Stop = Callable[[], bool]


def never() -> bool:
    """For what nobody stops."""
    return False


def open_client() -> Client:
    """A client with the proxies of the environment."""
    from reader.fetch.client import Client

    return Client()


class Network:
    """Fetches, one document or many at once."""

    def __init__(self, connect: Callable[[], Client] = open_client) -> None:
        self._connect = connect

    @cached_property
    def _client(self) -> Client:
        return self._connect()

    def fetch(self, request: Request, stop: Stop = never) -> Answer:
        """What comes of one request. Raises FetchStoppedError once `stop` is true."""
        answer = self._client.fetch(request, stop)
        if stop():
            raise FetchStoppedError
        return answer

    def fetch_all(
        self, requests: Iterable[tuple[FeedId, Request]], stop: Stop
    ) -> Iterator[tuple[FeedId, Answer]]:
        """What comes of many, as it comes."""
        from reader.fetch.crowd import fetch_all

        return fetch_all(self._client, requests, stop=stop)
