"""The values of the reader. Times are aware UTC, offsets are code points, half open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from reader.kept import Note
from reader.named import (
    SURE,
    ArticleId,
    Candidate,
    Correction,
    CorrectionKind,
    Entity,
    EntityCount,
    EntityId,
    EntityKind,
    Mention,
    Named,
    NamedSentence,
    NameForm,
    Placed,
    StoredEntity,
    Together,
)

__all__ = [
    "SURE",
    "Article",
    "ArticleId",
    "ArticleRow",
    "Attachment",
    "Candidate",
    "Change",
    "Correction",
    "CorrectionKind",
    "Draft",
    "Duplicate",
    "Entity",
    "EntityCard",
    "EntityCount",
    "EntityId",
    "EntityKind",
    "Event",
    "EventKind",
    "Evidence",
    "Hit",
    "ImportFailure",
    "ImportReport",
    "Jump",
    "LibraryCounts",
    "Mark",
    "Markup",
    "MarkupKind",
    "Mention",
    "NameCount",
    "NameForm",
    "Named",
    "NamedSentence",
    "NotedRow",
    "OutboxItem",
    "Outcome",
    "Page",
    "Placed",
    "PlacedNote",
    "Precision",
    "Published",
    "Span",
    "StoredEntity",
    "Tagged",
    "Together",
    "Version",
    "iso_second",
]

T = TypeVar("T")


class Precision(StrEnum):
    """How exactly a moment is known."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Mark(StrEnum):
    """What the reader can say of an article besides tags."""

    READ = "read"
    UNREAD = "unread"
    STARRED = "starred"
    UNSTARRED = "unstarred"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"


class Outcome(StrEnum):
    """What became of one imported item."""

    ADDED = "added"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


def iso_second(moment: datetime) -> str:
    """A moment in UTC as "2023-07-23T14:05:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note and where it lies in the text as it is now: None when its words are gone, an empty
    stretch at the start for a note on the whole article."""

    note: Note
    span: Span | None


class AmountKind(StrEnum):
    """What an amount is."""

    DATE = "DATE"
    MONEY = "MONEY"
    PERCENT = "PERCENT"
    QUANTITY = "QUANTITY"


@dataclass(frozen=True, slots=True)
class Amount:
    """A date, sum of money, percentage or quantity in a text."""

    start: int
    end: int
    kind: AmountKind


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published: `at` is the start of the known period."""

    at: datetime
    precision: Precision

    @property
    def iso(self) -> str:
        """ISO 8601, no longer than what is known: "2023-07-23", or a second of UTC."""
        return iso_second(self.at) if self.precision is Precision.SECOND else self._date()

    def _date(self) -> str:
        length = {Precision.YEAR: 4, Precision.MONTH: 7}.get(self.precision, 10)
        return self.at.date().isoformat()[:length]


class MarkupKind(StrEnum):
    """What a stretch of a text is besides words."""

    LINK = "link"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    PRE = "pre"
    QUOTE = "quote"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Markup:
    """A stretch of a text with its kind; `target` is the address of a link.

    LINK, EMPHASIS, STRONG and CODE lie inside one paragraph; PRE, QUOTE and TABLE cover whole
    paragraphs or lines, ITEM one item of a list, its mark included.
    """

    start: int
    end: int
    kind: MarkupKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that goes with an article: its address and its media type, or ""."""

    url: str
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture: three bytes a point, for red, green and blue, row by row from the top left."""

    width: int
    height: int
    points: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A parsed article that has no id yet. All text is clean.

    `headings` lie in `text`; `related` are link headlines kept out of it. `dateline` is the
    stretch cut off the first paragraph, as written. `origin` names the file, and the line of
    a record in it, fit to be shown. `file` is the whole path, as the system has it, of a file
    that holds this article alone: never shown, only compared.

    `feed` is the address of the feed that told of it, "" for none. `partial` says that the
    text is only the beginning or a summary of what `url` leads to. `tags`, `marks` and `added`
    are what another reader knew of it: each tag and mark counts once for its article.
    """

    title: str
    text: str
    title_derived: bool = False
    headings: tuple[Span, ...] = ()
    related: tuple[str, ...] = ()
    published: Published | None = None
    dateline: str = ""
    place: str = ""
    agency: str = ""
    source: str = ""
    url: str = ""
    guid: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    origin: str = ""
    file: bytes = b""
    markup: tuple[Markup, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    partial: bool = False
    feed: str = ""
    tags: tuple[str, ...] = ()
    marks: frozenset[Mark] = frozenset()
    added: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """What another program knew of an article of no feed, told by the id that its source gave
    it: as in a draft each tag and mark counts once."""

    guid: str
    tags: tuple[str, ...] = ()
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of a list: no body."""

    id: ArticleId
    title: str
    title_derived: bool
    source: str
    published: Published | None
    added: datetime
    read: bool
    starred: bool
    archived: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotedRow:
    """A note with the line of its article."""

    note: Note
    row: ArticleRow


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article. `version` counts the texts it has had, from 1; `guid` is the id its
    source gave it."""

    row: ArticleRow
    text: str
    headings: tuple[Span, ...]
    related: tuple[str, ...]
    dateline: str
    place: str
    agency: str
    url: str
    authors: tuple[str, ...]
    lang: str
    version: int
    guid: str = ""
    markup: tuple[Markup, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article; `spans` lie in `snippet`. `score` is None where order is not rank."""

    row: ArticleRow
    score: float | None
    snippet: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of `total` items; `cursor` asks for those after them, None when there are none."""

    items: tuple[T, ...]
    cursor: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that names an entity: `spans` are its mentions in `sentence`, `offset` is where
    the first of them begins in the text of the article (code points)."""

    row: ArticleRow
    sentence: str
    spans: tuple[Span, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class EntityCard:
    """What the library knows of an entity.

    `forms` are its names as written, most frequent first; `first` and `last` the oldest and the
    newest article with a date that name it; `months` its articles by month ("2023-07"), newest
    first; `together` who and what else stands in the same sentences, `places` those of them
    that are places. `related` are its country or its demonyms. `articles` and `mentions` count
    once what was merged.
    """

    entity: Entity
    articles: int
    mentions: int
    forms: tuple[NameForm, ...]
    first: ArticleRow | None
    last: ArticleRow | None
    months: tuple[NameCount, ...]
    together: tuple[Together, ...]
    places: tuple[Together, ...]
    tags: tuple[NameCount, ...]
    related: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class NameCount:
    """A tag or a source and its number of articles within some scope."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one act of the reader did: `matched` articles, of which `changed` differ now. Of those
    archived so many were marked `read_too`."""

    matched: int
    changed: int
    read_too: int = 0


class EventKind(StrEnum):
    TAG = "tag"
    MARK = "mark"
    SOURCE = "source"
    ENTITY = "entity"
    NOTE = "note"
    SEARCH = "search"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Event:
    """One change the reader made. `detail` is what was asked ("+war -draft", "read"); `query`
    said of which articles, where it was not those at hand, and `title` is that of the article of
    a change of one.

    One that is `undone` can be done again, unless it is `dropped` too: something else was done
    since then. One made in `passing` came of reading, and undoing goes on to the one before.
    """

    id: int
    at: datetime
    kind: EventKind
    detail: str
    changed: int
    undone: bool
    dropped: bool = False
    passing: bool = False
    query: str = ""
    title: str = ""


TOOK_BACK = "took back: "
"""Before the `detail` of a change in that of the one that took it back alone."""


@dataclass(frozen=True, slots=True)
class Single:
    """A change that was taken back or made again alone: `kept` of the `total` articles, notes,
    searches and sources it was about stayed, as they were changed since then."""

    event: Event
    total: int
    kept: int


@dataclass(frozen=True, slots=True)
class Jump:
    """How many changes were taken back and how many made again to come to a moment."""

    undone: int = 0
    redone: int = 0


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """A file, or an `item` in it (a line number), that did not become an article."""

    path: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `ids` are the articles added, updated or found again, in order;
    `subscribed` counts feeds that were not known before, `retagged` those found again that got
    tags or states from a list of these.

    `failed` names what could not be read, `passed` what by design is not taken: of very many the
    first ones only. `failed_total` and `passed_total` count them all.
    """

    added: int = 0
    updated: int = 0
    duplicate: int = 0
    failed: tuple[ImportFailure, ...] = ()
    ids: tuple[ArticleId, ...] = ()
    interrupted: bool = False
    subscribed: int = 0
    retagged: int = 0
    passed: tuple[ImportFailure, ...] = ()
    failed_total: int = 0
    passed_total: int = 0


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """An article that waits for the index. `revision` counts its changes while it waits,
    `version` the texts it has had."""

    article_id: ArticleId
    revision: int
    version: int
    needs_entities: bool


@dataclass(frozen=True, slots=True)
class LibraryCounts:
    """Articles in the library; `pending` of them are not in the index yet."""

    articles: int
    unread: int
    starred: int
    archived: int
    pending: int


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of an article, kept when a later one came at `replaced`."""

    number: int
    title: str
    text: str
    replaced: datetime


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another place where the text of an article was found, first at `seen`."""

    origin: str
    source: str
    url: str
    seen: datetime
