"""From texts to entities of the library: recognise names, link them, decide whose they are."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from reader.entities import Found, Recogniser, link
from reader.entities.owners import Owner, asked_keys, find_owner, needs_owner, stored_keys
from reader.entities.persons import is_bare, lookup_keys
from reader.entities.values import Linked
from reader.model import (
    Article,
    ArticleId,
    Candidate,
    EntityId,
    EntityKind,
    Named,
    OutboxItem,
    StoredEntity,
)
from reader.store.collecting import uncollected

log = logging.getLogger(__name__)

RELINKED = 1000
"""Articles named again at most because a bare name of theirs has an owner now."""

_ASKED_AT_ONCE = 500

T = TypeVar("T")


class NamedEntities(Protocol):
    """What naming asks of the entities of the library."""

    def candidates(
        self, keys: Collection[str], kind: EntityKind | None = None
    ) -> tuple[Candidate, ...]: ...
    def article_ids(self, entity_id: int, limit: int = -1) -> Sequence[int]: ...
    def replace_many(self, batch: Sequence[Named]) -> None: ...


class Texts(Protocol):
    def get_article(self, article_id: int) -> Article: ...


class NamedStore(Protocol):
    """The parts of the store that naming works on."""

    @property
    def entities(self) -> NamedEntities: ...
    @property
    def articles(self) -> Texts: ...


class Naming:
    """Names the articles of one run. It remembers whose surnames it met, so that bare names
    stored before their owner was known are found again by `relink`."""

    def __init__(self, store: NamedStore, recogniser: Recogniser) -> None:
        self._store = store
        self._recogniser = recogniser
        self._met: set[str] = set()
        self._relinked: set[tuple[EntityId, int]] = set()

    @property
    def stamp(self) -> str:
        """What found the entities of a text; another stamp means to look again."""
        return f"{self._recogniser.name} {self._recogniser.version}"

    def batch(
        self, items: Sequence[OutboxItem], texts: Mapping[ArticleId, str]
    ) -> tuple[Named, ...]:
        """Who and what the articles name of those items whose text is given. Writes nothing."""
        versions = {item.article_id: item.version for item in items if item.article_id in texts}
        return self._named({one: texts[one] for one in versions}, versions)

    def relink(self, limit: int = RELINKED) -> int:
        """Name articles again that have a bare name whose owner is known since; how many.

        To be called when a run has stored all its batches. What is over `limit` waits for the
        next run that meets its owner. No article is named again twice for one name: the reader
        may have said that it is somebody else.
        """
        again: dict[ArticleId, None] = {}
        for keys in _some(sorted(self._met), _ASKED_AT_ONCE):
            for entity in self._owned_now(keys):
                left = limit - len(again)
                if left <= 0:
                    break
                for article in self._store.entities.article_ids(entity, left):
                    if (entity, article) not in self._relinked:
                        self._relinked.add((entity, article))
                        again[ArticleId(article)] = None
        self._met.clear()
        for ids in _some(list(again), _ASKED_AT_ONCE):
            # Text and version at once: others may give an article another text meanwhile.
            articles = {one: self._store.articles.get_article(one) for one in ids}
            texts = {one: article.text for one, article in articles.items()}
            versions = {one: article.version for one, article in articles.items()}
            self._store.entities.replace_many(self._named(texts, versions))
        return len(again)

    def _owned_now(self, keys: Sequence[str]) -> Iterator[EntityId]:
        """Entities of a bare name that somebody else owns."""
        owners = _Owners(self._store.entities)
        bare = [Linked(key, key, EntityKind.PER, (), ()) for key in keys]
        asked = [asked_keys(one) for one in bare]
        owners.learn(zip(bare, asked, strict=True))
        for one, names in zip(bare, asked, strict=True):
            exact = owners.exact(one)
            owner = owners.find(one, names) if exact is not None else None
            if exact is not None and exact.id is not None and owner not in (None, exact):
                yield exact.id

    def _named(
        self, texts: Mapping[ArticleId, str], versions: Mapping[ArticleId, int]
    ) -> tuple[Named, ...]:
        with uncollected():
            linked = _linked_in(texts, self._recogniser)
            decided = _decide(linked, _Owners(self._store.entities))
        for entities in linked.values():
            for one in entities:
                if one.kind is EntityKind.PER and not is_bare(one.key):
                    self._met.update(lookup_keys(one.key)[-1:])
        return tuple(
            Named(one, versions[one], self.stamp, entities) for one, entities in decided.items()
        )


class _Owners:
    """Entities that may own the names of a batch: those of the library, and those that the batch
    brings, which it does not know yet."""

    def __init__(self, entities: NamedEntities) -> None:
        self._entities = entities
        self._by_key: dict[tuple[EntityKind, str], list[Owner]] = defaultdict(list)

    def learn(self, linked: Iterable[tuple[Linked, Sequence[str]]]) -> None:
        """Ask the library for owners under the `asked_keys` of each, once for each kind."""
        asked: dict[EntityKind, set[str]] = defaultdict(set)
        for one, keys in linked:
            asked[one.kind].update(keys)
        for kind, names in asked.items():
            for known in self._entities.candidates(sorted(names), kind):
                self._add(_owner_of(known, kind))

    def exact(self, one: Linked) -> Owner | None:
        known = self._by_key.get((one.kind, one.key), ())
        return next((owner for owner in known if one.key in owner.own), None)

    def find(self, one: Linked, keys: Sequence[str]) -> Owner | None:
        """The owner of an entity with these `asked_keys`."""
        found = [owner for key in keys for owner in self._by_key.get((one.kind, key), ())]
        return find_owner(one, list({id(owner): owner for owner in found}.values()))

    def count(self, one: Linked, owner: Owner | None, keys: Sequence[str]) -> Owner:
        """Note that one more article names an owner, a new one if there is none, so that it is
        found under these keys as well."""
        if owner is None:
            owner = Owner(one.key, one.kind, one.name, own=(one.key,))
        owner.articles += 1
        for key in set(keys) - owner.keys:
            self._by_key[owner.kind, key].append(owner)
        owner.keys.update(keys)
        return owner

    def _add(self, owner: Owner) -> None:
        for key in owner.keys:
            self._by_key[owner.kind, key].append(owner)


def _owner_of(known: Candidate, kind: EntityKind) -> Owner:
    return Owner(
        key=known.key,
        kind=kind,
        name=known.name,
        articles=known.articles,
        id=known.id,
        keys={known.key, *known.aliases},
        own=known.keys,
        ignored=known.ignored,
        corrected=known.corrected,
        bearers=known.aliases,
    )


def _decide(
    linked: Mapping[ArticleId, Sequence[Linked]], owners: _Owners
) -> dict[ArticleId, tuple[StoredEntity, ...]]:
    """Full names first, so that it does not matter which article comes first."""
    every = [
        (article, one, asked_keys(one)) for article, entities in linked.items() for one in entities
    ]
    owners.learn((one, asked) for _, one, asked in every)
    stored: dict[ArticleId, list[StoredEntity]] = {article: [] for article in linked}
    for article, one, asked in sorted(every, key=lambda each: needs_owner(each[1])):
        keys = stored_keys(one)
        owner = owners.count(one, owners.find(one, asked), keys)
        stored[article].append(_stored(one, owner, asked, keys))
    return {article: tuple(entities) for article, entities in stored.items()}


def _stored(one: Linked, owner: Owner, asked: Sequence[str], keys: tuple[str, ...]) -> StoredEntity:
    # By its own key the store finds it, also when the reader made it part of another.
    exact = one.key in owner.own
    return StoredEntity(
        name=one.name if exact else owner.name,
        kind=one.kind,
        key=one.key if exact else owner.key,
        alias_keys=keys,
        mentions=one.mentions,
        entity_id=None if exact else owner.bearer(asked),
    )


def _linked_in(
    texts: Mapping[ArticleId, str], recogniser: Recogniser
) -> dict[ArticleId, tuple[Linked, ...]]:
    found = _found_in(texts, recogniser)
    return {one: link(text, found[one]) for one, text in texts.items()}


def _found_in(
    texts: Mapping[ArticleId, str], recogniser: Recogniser
) -> dict[ArticleId, list[Found]]:
    """The names in each text. A text with which a recogniser cannot cope has none, and costs
    the others nothing: recognisers may come from outside, so this is a boundary."""
    try:
        recognised = recogniser.recognise(list(texts.values()))
        return {
            one: _usable(text, found)
            for (one, text), found in zip(texts.items(), recognised, strict=True)
        }
    except Exception:
        if len(texts) == 1:
            log.exception("no names recognised in article %s", *texts)
            return {one: [] for one in texts}
    return {
        one: names
        for article, text in texts.items()
        for one, names in _found_in({article: text}, recogniser).items()
    }


def _usable(text: str, found: Iterable[Found]) -> list[Found]:
    """What of it is as a recogniser promises, and has a letter or a digit to be known by."""
    usable: list[Found] = []
    end = 0
    for one in sorted(found, key=lambda each: each.start):
        is_placed = end <= one.start < one.end <= len(text)
        is_known = isinstance(one.kind, EntityKind) and 0 <= one.confidence <= 1
        if is_placed and is_known and any(map(str.isalnum, text[one.start : one.end])):
            usable.append(one)
            end = one.end
    return usable


def _some(many: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), size):
        yield many[start : start + size]
