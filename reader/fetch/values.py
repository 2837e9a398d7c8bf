"""What is asked of a server, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from reader.feeds import Problem


@dataclass(frozen=True, slots=True)
class Request:
    """One document to fetch. `url` holds the credentials, if there are any.

    `private` allows an address of this machine or the local network, and only for the host of
    `url` itself. `accept` names the media types that are wanted, "" for feeds and pages; `limit`
    is how many bytes are taken at most, 0 for what the client takes.
    """

    url: str = field(repr=False)
    etag: str = ""
    modified: str = ""
    private: bool = False
    accept: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """A document. `url` is where it was in the end, without credentials; `charset` what the
    server says of its characters, or "". `moved_to` is where it has gone for good, or "".
    `fresh` is for how many seconds the server says that it does not change, 0 when it does not."""

    data: bytes
    url: str
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    moved_to: str = ""
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The document is as it was."""

    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing came. `detail` says more and holds no credentials; `retry_after` is how many
    seconds the server wants to be left alone, 0 when it does not say."""

    problem: Problem
    detail: str = ""
    retry_after: int = 0


Answer: TypeAlias = Body | Unchanged | Failed
