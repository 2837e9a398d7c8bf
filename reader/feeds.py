"""The values of feeds: what is subscribed, what was found in a document, what a fetch came to.

Addresses are public ones: user names, passwords and tokens have been taken out of them (see
`reader.fetch.secrets`). Times are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from reader.model import ArticleId, Draft, ImportFailure

FeedId = NewType("FeedId", int)


class FeedState(StrEnum):
    """Whether a feed is asked for news."""

    ACTIVE = "active"
    STOPPED = "stopped"
    """Its server says that it is gone for good."""
    REMOVED = "removed"
    """The reader does not want it any more; its articles stay."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed to subscribe to, as another reader or a person names it.

    `url` may hold credentials: it comes from outside. `folder` is a path like "News/World".
    """

    url: str
    title: str = ""
    site: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed feed. `source` is the name of its source, the one the reader may change.

    `every` is the least time between two fetches in seconds, 0 where the reader leaves it to
    the settings. `private` allows an address of this machine or the local network. `failures`
    counts fetches that failed since the last one that did not; `error` says why the last did.
    `moved_to` is where the server says it has gone for good, `moved_times` how often in a row.
    `etag`, `modified` and `digest` (of the bytes) belong to the last answer. `held` says that
    `due` is when its server wants to be asked again, and not earlier; `untitled` that its source
    has the name of its host, as nobody has given a title yet.
    """

    id: FeedId
    source: str
    url: str
    site: str = ""
    folder: str = ""
    state: FeedState = FeedState.ACTIVE
    every: int = 0
    private: bool = False
    added: datetime | None = None
    checked: datetime | None = None
    succeeded: datetime | None = None
    due: datetime | None = None
    failures: int = 0
    error: str = ""
    moved_to: str = ""
    moved_times: int = 0
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    held: bool = False
    untitled: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of the library with what is known of it; `feed` None where it has none."""

    name: str
    articles: int
    unread: int
    feed: Feed | None = None


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page names."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed document holds: entries in its order, and those that could not be read.

    `kind` is what it is, as in "Atom 1.0". `dropped` counts entries beyond the most that are
    taken of one document.
    """

    title: str
    site: str
    kind: str
    drafts: tuple[Draft, ...]
    failures: tuple[ImportFailure, ...] = ()
    dropped: int = 0


class Problem(StrEnum):
    """Why a fetch brought nothing. The words are shown to a person."""

    BAD_ADDRESS = "not an address that can be fetched"
    PRIVATE_ADDRESS = "an address of this machine or the local network"
    NO_HOST = "no such host"
    REFUSED = "no connection"
    TIMED_OUT = "no whole answer in time"
    TLS = "the connection is not secure"
    TOO_MANY_REDIRECTS = "too many redirects"
    TOO_LARGE = "larger than is taken"
    BROKEN = "the answer is broken"
    STATUS = "the server answered with an error"
    NEEDS_LOGIN = "the server wants another name or password"
    GONE = "gone for good"
    WAIT = "the server asks to wait"
    NOT_A_FEED = "not a feed"
    UNREADABLE = "cannot be read"
    TOO_COSTLY = "takes too much time or memory to read"


@dataclass(frozen=True, slots=True)
class FeedFailure:
    """A feed that could not be brought up to date, and when it is asked again."""

    source: str
    url: str
    reason: str
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What asking feeds for news did. `ids` are the articles added or changed.

    `waiting` were not asked, as their servers or earlier failures say to wait; `failures` are
    single entries that could not be read.
    """

    asked: int = 0
    unchanged: int = 0
    added: int = 0
    updated: int = 0
    failed: tuple[FeedFailure, ...] = ()
    waiting: tuple[FeedFailure, ...] = ()
    failures: tuple[ImportFailure, ...] = ()
    ids: tuple[ArticleId, ...] = ()
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """How far asking feeds is: feeds done of all, failed among them, new articles so far."""

    done: int
    total: int
    failed: int
    new: int
