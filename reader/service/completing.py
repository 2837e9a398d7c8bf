"""What a query that is being written could go on with: fields, values, names and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from index.analysis.tokens import fold
from index.completion import (
    SHORTEST_LIKE,
    Lead,
    Slot,
    begins,
    known_values,
    lead_at,
    likeness,
    month_before,
    written_field,
)
from index.fields import FIELDS, IS_VALUES
from index.query import ANYWHERE
from reader.entities import fold_name
from reader.errors import SearchUnavailableError
from reader.model import EntityCount, EntityKind, NameCount
from reader.service.browsing import Browsing
from reader.service.resolve import ENTITY_FIELDS

if TYPE_CHECKING:
    from reader.service.index_access import IndexAccess
    from reader.store import Store

T = TypeVar("T")

LIMIT = 8
"""Completions offered at once."""

FEW = 3
"""While fewer begin just so, what does within one typo is offered too, up to as many."""

MOST = 2000
"""Tags and sources that are looked at, those of most articles."""

_SHORTEST = 2
"""Letters of a word from which on it is completed."""

_SHORTEST_NAME = 3
"""Letters of a word from which on it may be the beginning of a name."""

_SHORTEST_MISSPELLED = 4
"""Letters from which on a word or a name may be misspelled: there are many of both."""

_WORD_FIELDS = (ANYWHERE, "title", "text")
_KNOWN = {"is": "state", "has": "state", "sort": "order", "date": "date", "added": "date"}
_KINDS = {
    EntityKind.PER: "person",
    EntityKind.ORG: "organisation",
    EntityKind.LOC: "place",
    EntityKind.MISC: "name",
}
_FIELD_OF = {kind: name for name, kind in ENTITY_FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that could be written. `label` is how it is shown and `kind` what it is;
    `articles` have it, None where that is not known. `text` takes the place of the code points
    of the query from `start` up to `end`."""

    label: str
    kind: str
    articles: int | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Offer:
    """The same before it is known how it is written."""

    name: str
    kind: str
    articles: int | None = None
    field: str = ""


class Completing:
    """Completions of a query at the cursor."""

    def __init__(self, store: Store, index: IndexAccess) -> None:
        self._store = store
        self._index = index
        browsing = Browsing(store)
        self._listed: dict[str, Callable[..., tuple[NameCount, ...]]] = {
            "tag": browsing.list_tags,
            "source": browsing.list_sources,
            "folder": store.sources.list_folders,
        }
        self._token: int | None = None
        self._lists: dict[str, tuple[NameCount, ...]] = {}

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """At most LIMIT things that could be written at `cursor` (code points of `text`).

        What begins with what has been typed comes first, then what does within one typo. What
        is there already is no completion. Words are left out while the index cannot be used.
        """
        lead = lead_at(text, cursor)
        if lead is None:
            return ()
        found: dict[str, Completion] = {}
        for one in (*_dated(text, lead), *self._completions(lead)):
            found.setdefault(one.text.casefold(), one)
        found.pop(text[lead.start : lead.end].casefold(), None)
        return tuple(islice(found.values(), LIMIT))

    def _completions(self, lead: Lead) -> Iterator[Completion]:
        for offer in self._offers(lead):
            name = written_field(offer.field) if offer.field else ""
            value = lead.written(offer.name) if offer.name else ""
            label, count = offer.name or name, offer.articles
            yield Completion(label, offer.kind, count, name + value, lead.start, lead.end)

    def _offers(self, lead: Lead) -> Iterable[_Offer]:
        match lead.slot:
            case Slot.FIELD:
                return _fields(lead.text)
            case Slot.CONDITION:
                return self._conditions(lead.text) if len(lead.text) >= _SHORTEST else ()
            case _:
                return self._values(lead)

    def _conditions(self, typed: str) -> list[_Offer]:
        """Words above all, and the best of everything else that begins just so."""
        fields = _fields(typed)
        begun = [one for one in fields if begins(one.field, typed)][:2]
        like = [] if begun or len(typed) < _SHORTEST_MISSPELLED else fields[:1]
        others = [*self._begun_names(typed), *self._begun_places(typed)]
        states = [_Offer(one, "state", field="is") for one in IS_VALUES if one == fold(typed)]
        words = self._words(typed)[: LIMIT - len(begun) - len(others) - len(states)]
        return [*begun, *words, *others, *like, *states]

    def _begun_names(self, typed: str) -> Iterator[_Offer]:
        if len(typed) >= _SHORTEST_NAME:
            for count in self._store.names.starting(fold_name(typed), None, 2):
                yield _name(count, _FIELD_OF.get(count.entity.kind, "entity"))

    def _begun_places(self, typed: str) -> Iterator[_Offer]:
        for field in ("tag", "source"):
            begun = (one for one in self._counted(field) if begins(one.name, typed))
            for count in islice(begun, 1):
                yield _Offer(count.name, field, count.articles, field)

    def _values(self, lead: Lead) -> list[_Offer]:
        field = lead.field
        if field in _WORD_FIELDS:
            return self._words(lead.text) if len(lead.text) >= _SHORTEST else []
        if field in ENTITY_FIELDS:
            return [_name(count) for count in self._names(lead.text, ENTITY_FIELDS[field])]
        if field in ("tag", "source"):
            ranked = _ranked(self._counted(field), lead.text)
            return [_Offer(count.name, field, count.articles) for count in ranked]
        if field == "in":
            return self._places(lead.text)
        if field in ("saved", "rule"):
            return self._saved(lead.text, rules=field == "rule")
        values = [NameCount(value, 0) for value in known_values(lead)]
        return [_Offer(one.name, _KNOWN[field]) for one in _ranked(values, lead.text)]

    def _saved(self, typed: str, *, rules: bool) -> list[_Offer]:
        saved = self._store.saved_searches.list()
        names = [NameCount(one.name, 0) for one in saved if one.deeds or not rules]
        kind = "rule" if rules else "saved search"
        return [_Offer(one.name, kind) for one in _ranked(names, typed)]

    def _places(self, typed: str) -> list[_Offer]:
        """Sources and folders; one that is both is offered as the folder."""
        folders = {count.name for count in self._counted("folder")}
        both = {one.name: one for one in (*self._counted("source"), *self._counted("folder"))}
        counted = sorted(both.values(), key=lambda one: (-one.articles, one.name))
        return [
            _Offer(one.name, "folder" if one.name in folders else "source", one.articles)
            for one in _ranked(counted, typed)
        ]

    def _words(self, typed: str) -> list[_Offer]:
        lead = fold(typed)
        try:
            with self._index.asking() as index:
                words = index.complete(typed, limit=LIMIT + 1)
        except SearchUnavailableError:
            return []
        begun = [word for word in words if word.startswith(lead)]
        like = words[len(begun) :] if _may_be_misspelled(lead, begun, _SHORTEST_MISSPELLED) else ()
        return [_Offer(word, "word") for word in _filled(begun, like)]

    def _names(self, typed: str, kind: EntityKind | None) -> list[EntityCount]:
        lead, names = fold_name(typed), self._store.names
        if not lead:
            return list(names.frequent(kind, LIMIT))
        begun = names.starting(lead, kind, LIMIT + 1)
        keys = [fold_name(count.entity.name) for count in begun]
        if not _may_be_misspelled(lead, keys, _SHORTEST_MISSPELLED):
            return list(begun)
        return _filled(begun, names.like(lead, kind, LIMIT))

    def _counted(self, field: str) -> tuple[NameCount, ...]:
        """Tags, sources or folders, those of most articles first; asked again after a change."""
        token = self._store.change_token()
        if token != self._token:
            self._token, self._lists = token, {}
        if field not in self._lists:
            self._lists[field] = self._listed[field](limit=MOST)
        return self._lists[field]


def _dated(text: str, lead: Lead) -> Iterator[Completion]:
    """A month that is written in words."""
    month = month_before(text, lead)
    if month is not None:
        written = written_field(month.field) + month.text
        yield Completion(written, "date", None, written, month.start, month.end)


def _fields(typed: str) -> list[_Offer]:
    names = _ranked([NameCount(name, 0) for name in FIELDS], typed)
    return [_Offer("", "field", field=one.name) for one in names]


def _name(count: EntityCount, field: str = "") -> _Offer:
    entity = count.entity
    return _Offer(entity.name, _KINDS[entity.kind], count.articles, field)


def _ranked(names: Iterable[NameCount], typed: str) -> list[NameCount]:
    """Those of `names` that go on from what has been typed, in their order where they do so
    equally well."""
    ranked = [(rank, one) for one in names if (rank := likeness(one.name, typed)) is not None]
    begun = [one for wanted in (0, 1) for rank, one in ranked if rank == wanted]
    if not _may_be_misspelled(fold(typed), [fold(one.name) for one in begun], SHORTEST_LIKE):
        return begun
    return _filled(begun, [one for wanted in (2, 3) for rank, one in ranked if rank == wanted])


def _may_be_misspelled(lead: str, begun: Sequence[str], shortest: int) -> bool:
    """Whether something like `lead` may be meant: it is not one of those that begin with it."""
    return len(lead) >= shortest and len(begun) < FEW and lead not in begun


def _filled(begun: Sequence[T], like: Iterable[T]) -> list[T]:
    """All that `begun` so, and some that are `like` it until there are a FEW."""
    found = dict.fromkeys(begun)
    for one in like:
        if len(found) < FEW:
            found[one] = None
    return list(found)
