"""What the reader makes besides marks and tags: notes, saved searches with rules, looks of tags.

Times are aware UTC, offsets are code points, half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from reader.named import ArticleId

NoteId = NewType("NoteId", int)
SavedId = NewType("SavedId", int)

CONTEXT = 32
"""Code points kept from before and behind a highlighted stretch, to find it again."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of the text of an article, with what it says and what stands around it: by
    them it is found again in a changed text. A note on the whole article has an empty `quote`."""

    start: int = 0
    end: int = 0
    quote: str = ""
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A highlighted stretch, words on it, or both; `words` is empty for a highlight alone."""

    id: NoteId
    article_id: ArticleId
    anchor: Anchor
    words: str
    made: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a rule does to each article that answers it; `notify` is a command of the reader's
    own, started once for all that came together."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    notify: str = ""

    def __bool__(self) -> bool:
        return bool(self.add or self.remove or self.marks or self.notify)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name. With `deeds` it is a rule, which runs on what arrives while it is
    `active`. Levels of a name are separated by slashes; `place` counts from 0 in the order
    that the reader gave them."""

    id: SavedId
    name: str
    query: str
    place: int
    deeds: Deeds = Deeds()
    active: bool = True


@dataclass(frozen=True, slots=True)
class SavedCount:
    """A saved search with how much answers it; None while that is not known. `problem` tells
    what of its query is wrong."""

    saved: SavedSearch
    total: int | None = None
    unread: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RuleDeed:
    """What a rule, by the name it had then, did to an article that came in: "+" or "-" and a
    tag, or a mark; "" where nothing was left to do. The reader may have taken it back since."""

    saved_id: SavedId
    rule: str
    deed: str
    at: datetime
    taken_back: bool = False


class Colour(StrEnum):
    """Colours a tag can have; every theme draws each of them so that it can be read."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    CYAN = "cyan"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


@dataclass(frozen=True, slots=True)
class TagLook:
    """How a tag is shown and reached: `key` is the letter that sets it at once, "" for none.
    `unread` is known where it was asked for."""

    name: str
    articles: int = 0
    colour: Colour | None = None
    key: str = ""
    unread: int = 0
