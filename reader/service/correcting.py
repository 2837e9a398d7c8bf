"""What the reader says of entities that were recognised or linked wrongly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.entities import fold_name
from reader.model import (
    ArticleId,
    Correction,
    Entity,
    EntityCount,
    EntityId,
    EntityKind,
    Event,
    ImportFailure,
)
from reader.service.correction_lines import read_correction
from reader.service.lookup import find_named
from reader.service.resolve import numbered

if TYPE_CHECKING:
    from reader.store import Store


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction came to: the entity there is now, None for nobody, and how many
    articles and mentions it was about. Where `changed` is false it was so already, and there is
    nothing to undo. `namesakes` are others that are called as this one is now."""

    entity: EntityCount | None
    articles: int
    mentions: int
    changed: bool = True
    namesakes: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What taking corrections over came to: how many hold, how many of these did before, which
    are about a name that no article has yet, and the lines that could not be taken over."""

    applied: int
    unchanged: int
    waiting: tuple[Correction, ...]
    failed: tuple[ImportFailure, ...]


class Correcting:
    """Corrections: each is one event, on disk when the method returns.

    All raise EntityNotFoundError for an id of nobody.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def rename(self, entity_id: int, name: str) -> Corrected:
        """Show an entity under another name; it is found by all of them. Raises ValueError for
        a name of nothing but blanks."""
        new = _cleaned(name)
        with self._store.transaction():
            last = self._last()
            self._store.corrections.rename(entity_id, new)
            return replace(self._about(entity_id, last), namesakes=self._namesakes(entity_id, new))

    def set_kind(self, entity_id: int, kind: EntityKind) -> Corrected:
        """Say what an entity is. Where another of that name and kind is there, it becomes part
        of that one. The counts are those of what was there before."""
        with self._store.transaction():
            before, last = self._store.entities.get(entity_id), self._last()
            self._store.corrections.set_kind(entity_id, kind)
            about = self._about(entity_id, last)
            return replace(about, articles=before.articles, mentions=before.mentions)

    def ignore(self, entity_id: int) -> Corrected:
        """Say that this is no name of anybody or anything: it is shown nowhere any more."""
        with self._store.transaction():
            before = self._store.entities.get(entity_id)
            self._store.corrections.ignore(entity_id)
        return Corrected(None, before.articles, before.mentions)

    def restore(self, entity_id: int) -> Corrected:
        """Show an ignored entity again."""
        with self._store.transaction():
            last = self._last()
            self._store.corrections.restore(entity_id)
            return self._about(entity_id, last)

    def find_ignored(self, name: str) -> tuple[Entity, ...]:
        """The ignored entities that bear a name; "#12" is the one with that id."""
        entities, key = self._store.entities, fold_name(name)
        if (number := numbered(name)) is not None:
            bearers = set(entities.canonical([number]).values())
        else:
            bearers = {one.id for one in entities.candidates([key])}
        ignored = self._store.corrections.ignored()
        return tuple(one for one in ignored if one.id in bearers or fold_name(one.name) == key)

    def merge(self, entity_id: int, into: int) -> Corrected:
        """Make one entity part of another. The counts are those of what became part. Raises
        SameEntityError where it is already."""
        with self._store.transaction():
            before = self._store.entities.get(entity_id)
            self._store.corrections.merge(entity_id, into)
            return Corrected(self._store.entities.get(into), before.articles, before.mentions)

    def split(self, entity_id: int, form: str) -> Corrected:
        """Give the name that is written as `form` an entity of its own. Where very many articles
        write it so, it gets the rest of them in the background, or by `finish`. Raises
        FormNotFoundError where no article does."""
        with self._store.transaction():
            last = self._last()
            return self._about(self._store.corrections.split(entity_id, form), last)

    def finish(self) -> None:
        """Let names that were split off, or are no longer, take hold in all articles."""
        while self._store.corrections.waiting():
            self._store.corrections.apply_waiting()

    def split_everywhere(self, entity_id: int, form: str) -> Corrected:
        """The same as `split`, and finished."""
        last = self._last()
        corrected = self._store.corrections.split(entity_id, form)
        self.finish()
        return self._about(corrected, last)

    def reassign(
        self,
        article_id: int,
        start: int,
        end: int,
        to: EntityId | None,
        name: str = "",
        kind: EntityKind | None = None,
    ) -> Corrected:
        """Say that a place of an article (code points of its text) names the entity `to`; one
        called `name`, of a `kind`, which may be new; or, with neither, nobody. Raises
        ArticleNotFoundError, PlaceNotFoundError, and ValueError for a `name` that nothing can
        be found by."""
        new = _cleaned(name) if name else ""
        if new and not is_name(new):
            raise ValueError("a name of signs alone")
        with self._store.transaction():
            last = self._last()
            found = self._store.corrections.reassign(article_id, start, end, to, new, kind)
            entity = None if found is None else self._store.entities.get(found)
            return Corrected(entity, 1, 1, self._last() != last)

    def list_all(self) -> tuple[Correction, ...]:
        """The corrections that stand, in terms that hold in any library."""
        return self._store.corrections.list()

    def article_of(self, correction: Correction) -> ArticleId | None:
        """The article in which a correction is about one place; None when it is not here."""
        return self._store.corrections.find_article(correction.article)

    def apply_lines(self, lines: Iterable[str], path: str) -> Applied:
        """Make the corrections of some lines of JSON, also of names that this library does not
        have yet. A line that cannot be taken over is told, with its number (from 1) in the file
        at `path`, and does not keep the others back."""
        applied, unchanged = 0, 0
        waiting, failed = list[Correction](), list[ImportFailure]()
        with self._store.transaction():
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                last = self._last()
                try:
                    correction = read_correction(line)
                    waits = self._store.corrections.waits(correction)
                    self._apply(correction)
                except ValueError as error:
                    failed.append(ImportFailure(path, str(number), str(error)))
                    continue
                applied += 1
                unchanged += self._last() == last
                waiting += [correction] * waits
        return Applied(applied, unchanged, tuple(waiting), tuple(failed))

    def _apply(self, correction: Correction) -> None:
        for one in self._store.corrections.apply([correction]):
            raise ValueError(one.reason)

    def _about(self, entity_id: int, last: tuple[Event, ...]) -> Corrected:
        """What there is of an entity now, where `last` was the last event before."""
        now = self._store.entities.get(entity_id)
        return Corrected(now, now.articles, now.mentions, self._last() != last)

    def _last(self) -> tuple[Event, ...]:
        return self._store.events.list_events(1)

    def _namesakes(self, entity_id: int, name: str) -> tuple[Entity, ...]:
        """Others that are shown under a name, most articles first."""
        own, key = self._store.entities.get(entity_id).entity.id, fold_name(name)
        ids = [one for one in find_named(self._store, name) if one != own]
        named = self._store.entities.get_entities(ids)
        return tuple(
            named[one] for one in ids if one in named and fold_name(named[one].name) == key
        )


def is_name(text: str) -> bool:
    """Whether somebody or something can be found by it: there is more to it than signs."""
    return bool(fold_name(text))


def _cleaned(name: str) -> str:
    cleaned = clean_line(name)
    if not cleaned:
        raise ValueError("a name of nothing")
    return cleaned
