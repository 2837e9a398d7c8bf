"""The values of who and what articles name. Offsets are code points, half open.

`reader.model` is the place to import them from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol

ArticleId = NewType("ArticleId", int)
EntityId = NewType("EntityId", int)

SURE = 0.4
"""The confidence from which on a mention counts."""


class EntityKind(StrEnum):
    """What an entity is."""

    PER = "PER"
    LOC = "LOC"
    ORG = "ORG"
    MISC = "MISC"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text that names something; `name` is the name of its entity.

    `confidence` lies in 0..1. Below SURE a mention is kept, but neither counted nor shown unless
    somebody asks for it.
    """

    start: int
    end: int
    text: str
    kind: EntityKind
    entity_id: EntityId
    name: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something named in articles."""

    id: EntityId
    name: str
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class EntityCount:
    """How often an entity is named, and in how many articles, within some scope."""

    entity: Entity
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way in which articles write the name of an entity, and how often."""

    text: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Together:
    """An entity that is named in the same sentences as another, and in how many of them."""

    entity: Entity
    sentences: int


class CorrectionKind(StrEnum):
    """What a reader can say of an entity that was recognised or linked wrongly."""

    RENAME = "rename"
    KIND = "kind"
    IGNORE = "ignore"
    MERGE = "merge"
    SPLIT = "split"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction in terms that hold in any library: by names, not by ids.

    `name` and `kind` tell the entity it is about. RENAME has the name it gets in `to`, KIND the
    kind in `to_kind`, MERGE the entity it becomes part of in both. SPLIT gives the name written
    as `form` an entity of its own, and MENTION gives one place to another entity, `to` and
    `to_kind` ("" for no entity at all): the `place`-th time (from 0) that the text of the article
    with the identity `article` (hexadecimal) has `form`.
    """

    correction: CorrectionKind
    name: str
    kind: EntityKind
    to: str = ""
    to_kind: EntityKind | None = None
    form: str = ""
    article: str = ""
    place: int = 0


class Placed(Protocol):
    """A stretch of a text that names something, with a confidence of 0..1."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def confidence(self) -> float: ...


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """One entity of an article on its way into the library.

    `key` is the folded name, by which it is found again among those of its kind. An alias key
    of several words finds it too; one of a single word only helps looking it up. With an
    `entity_id` it is decided already which entity of the library it is.
    """

    name: str
    kind: EntityKind
    key: str
    alias_keys: tuple[str, ...]
    mentions: Sequence[Placed]
    entity_id: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What a recogniser of this name and version found in the text `version` of an article
    (OutboxItem.version; None for the text it has)."""

    article_id: ArticleId
    version: int | None
    recogniser: str
    entities: tuple[StoredEntity, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity of the library that bears one of the names asked for.

    `keys` are its own key and those of all that was made part of it, as far as these are of the
    kind asked for, `aliases` the folded names of all of these, keys among them, each with the
    one of these that bears it: itself if it does. The reader may have corrected it (renamed,
    merged, ignored, or given it another kind), or just ignore it.
    """

    id: EntityId
    key: str
    kind: EntityKind
    name: str
    articles: int
    keys: tuple[str, ...]
    aliases: Mapping[str, EntityId]
    ignored: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A sentence of an article, and those of its mentions that were asked for, in order."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
