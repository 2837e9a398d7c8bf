"""A library whose articles name what a test says: no recogniser is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.factory import open_index
from reader.entities import fold_name
from reader.model import (
    ArticleId,
    Draft,
    EntityId,
    EntityKind,
    Named,
    Precision,
    Published,
    StoredEntity,
)
from reader.service.library import Library


@dataclass(frozen=True, slots=True)
class Place:
    """One mention."""

    start: int
    end: int
    confidence: float = 1.0


def told(text: str) -> tuple[str, list[tuple[str, EntityKind, str, Place]]]:
    """A text without its marks, "[PER:Anna Berg|Berg]", and what these say: the entity "Anna Berg",
    written as "Berg"; the same for both without a bar. "?" before the kind: an uncertain one."""
    plain, found = "", []
    while "[" in text:
        before, _, rest = text.partition("[")
        mark, _, text = rest.partition("]")
        kind, _, names = mark.partition(":")
        name, _, form = names.partition("|")
        plain += before
        place = Place(len(plain), len(plain) + len(form or name), 0.2 if kind[0] == "?" else 1.0)
        found.append((name, EntityKind(kind.lstrip("?")), form or name, place))
        plain += form or name
    return plain + text, found


def add(library: Library, *texts: str, date: str = "", title: str = "A report") -> list[ArticleId]:
    """Articles in the library, in order, named and in the index; `date` is "2023-07-23" or ""."""
    ids = []
    for text in texts:
        plain, found = told(text)
        published = (
            Published(datetime.fromisoformat(date).replace(tzinfo=UTC), Precision.DAY)
            if date
            else None
        )
        number = library.reading.counts().articles
        draft = Draft(title=title, text=plain, guid=f"guid {number}", published=published)
        article_id, _ = library.store.articles.save(draft)
        library.store.entities.replace_many([Named(article_id, None, "told", _stored(found))])
        ids.append(article_id)
    index_what_waits(library)
    return ids


def index_what_waits(library: Library) -> None:
    """Bring the index up to date without looking for names."""
    waiting = library.store.outbox.take(10_000)
    index = open_index(library.folder / "index", create=True)
    index.apply(library.store.articles.documents([one.article_id for one in waiting]))
    index.close()
    library.store.outbox.done(waiting)


def _stored(found: Sequence[tuple[str, EntityKind, str, Place]]) -> tuple[StoredEntity, ...]:
    places: dict[tuple[str, EntityKind], list[Place]] = defaultdict(list)
    forms: dict[tuple[str, EntityKind], set[str]] = defaultdict(set)
    for name, kind, form, place in found:
        places[name, kind].append(place)
        forms[name, kind].add(fold_name(form))
    return tuple(
        StoredEntity(name, kind, fold_name(name), tuple(forms[name, kind]), some)
        for (name, kind), some in places.items()
    )


def the(library: Library, name: str) -> EntityId:
    """The id of the entity that is called just so."""
    (found,) = (one for one in library.cards.find(name) if one.name == name)
    return found.id
