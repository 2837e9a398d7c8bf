"""From what the reader wrote to what the index knows.

`tag:`, `in:`, `is:`, `has:`, `note:`, `rule:`, `id:` and `change:` become sets of article ids,
names of entities become entity ids. What is left of a query without words of the index can be
answered by the library alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Protocol, TypeAlias

from index.query import And, Everything, IdSet, InSet, Not, Or, Prefix, Query, Range, Term
from reader.model import EntityKind

ENTITY_FIELDS: Mapping[str, EntityKind | None] = {
    "entity": None,
    "who": EntityKind.PER,
    "org": EntityKind.ORG,
    "where": EntityKind.LOC,
}

STATE_FIELDS = ("tag", "in", "is", "has", "note", "rule", "id", "change")
"""Fields whose values the library knows without looking into texts."""

Leaf: TypeAlias = Term | Prefix

_NUMBERED = re.compile(r"#([0-9]{1,18})")


class StateLookup(Protocol):
    """What the library knows of its articles besides their text."""

    def tagged(self, name: str) -> IdSet: ...
    def tagged_under(self, prefix: str) -> IdSet: ...
    def tagged_at_all(self) -> IdSet: ...
    def within(self, name: str) -> IdSet: ...
    def within_under(self, prefix: str) -> IdSet: ...
    def sourced(self, *, feeding: bool) -> IdSet: ...
    def marked(self, mark: str) -> IdSet: ...
    def noted(self) -> IdSet: ...
    def highlighted(self) -> IdSet: ...
    def noted_with(self, words: str) -> IdSet: ...
    def noted_like(self, prefix: str) -> IdSet: ...
    def ruled(self, name: str) -> IdSet: ...
    def ruled_under(self, prefix: str) -> IdSet: ...
    def changed(self, event_id: int) -> IdSet: ...
    def named(self, name: str, kind: EntityKind | None) -> Iterable[int]: ...
    def named_like(self, prefix: str, kind: EntityKind | None) -> Iterable[int]: ...
    def unheard(self, entity_ids: Collection[int]) -> tuple[IdSet, IdSet]:
        """The articles that wait for the index and name one of these entities, and those that
        name none: the index may know them by what was before a correction."""


def numbered(name: str) -> int | None:
    """The id of an entity that is written instead of a name, as in "#12"; None for a name."""
    found = _NUMBERED.fullmatch(name.strip())
    return int(found[1]) if found else None


def resolve(query: Query, lookup: StateLookup) -> Query:
    """The same question in terms the index and the set algebra understand."""
    match query:
        case And(clauses):
            return And(tuple(resolve(clause, lookup) for clause in clauses))
        case Or(clauses):
            return Or(tuple(resolve(clause, lookup) for clause in clauses))
        case Not(clause):
            return Not(resolve(clause, lookup))
        case Term() | Prefix() if query.field in _RESOLVERS:
            return _RESOLVERS[query.field](query, lookup)
        case _:
            return query


def wanted_entities(query: Query, lookup: StateLookup) -> frozenset[int]:
    """The entities an unresolved query asks for, those under a Not left out.

    Nothing else of the query is looked up.
    """
    match query:
        case And(clauses) | Or(clauses):
            return frozenset().union(*(wanted_entities(clause, lookup) for clause in clauses))
        case Term() | Prefix() if query.field in ENTITY_FIELDS:
            return frozenset(_entity_ids(query, lookup))
        case _:
            return frozenset()


def asks_the_index(query: Query) -> bool:
    """Whether the answer to an unresolved query depends on what has been indexed.

    Names do too: they are found in articles when these are indexed.
    """
    match query:
        case And(clauses) | Or(clauses):
            return any(asks_the_index(clause) for clause in clauses)
        case Not(clause):
            return asks_the_index(clause)
        case Everything() | InSet() | Range():
            return False
        case _:
            return query.field not in STATE_FIELDS


def answered_by_state(query: Query) -> bool:
    """Whether a resolved query needs no index."""
    match query:
        case And(clauses) | Or(clauses):
            return all(answered_by_state(clause) for clause in clauses)
        case Not(clause):
            return answered_by_state(clause)
        case Everything() | InSet() | Range():
            return True
        case _:
            return False


def _tag(leaf: Leaf, lookup: StateLookup) -> Query:
    if isinstance(leaf, Prefix):
        return InSet(f"tag:{leaf.text}*", lookup.tagged_under(leaf.text))
    return InSet(f"tag:{leaf.text}", lookup.tagged(leaf.text))


def _in(leaf: Leaf, lookup: StateLookup) -> Query:
    if isinstance(leaf, Prefix):
        return InSet(f"in:{leaf.text}*", lookup.within_under(leaf.text))
    return InSet(f"in:{leaf.text}", lookup.within(leaf.text))


def _is(leaf: Leaf, lookup: StateLookup) -> Query:
    if leaf.text == "unread":
        return Not(InSet("is:read", lookup.marked("read")))
    if leaf.text == "tagged":
        return InSet("is:tagged", lookup.tagged_at_all())
    return InSet(f"is:{leaf.text}", lookup.marked(leaf.text))


def _has(leaf: Leaf, lookup: StateLookup) -> Query:
    match leaf.text:
        case "note":
            ids = lookup.noted()
        case "highlight":
            ids = lookup.highlighted()
        case _:
            ids = lookup.sourced(feeding=leaf.text == "feed")
    return InSet(f"has:{leaf.text}", ids)


def _rule(leaf: Leaf, lookup: StateLookup) -> Query:
    if isinstance(leaf, Prefix):
        return InSet(f"rule:{leaf.text}*", lookup.ruled_under(leaf.text))
    return InSet(f"rule:{leaf.text}", lookup.ruled(leaf.text))


def _note(leaf: Leaf, lookup: StateLookup) -> Query:
    if isinstance(leaf, Prefix):
        return InSet(f"note:{leaf.text}*", lookup.noted_like(leaf.text))
    return InSet(f"note:{leaf.text}", lookup.noted_with(leaf.text))


def _id(leaf: Leaf, _lookup: StateLookup) -> Query:
    return InSet(f"id:{leaf.text}", IdSet((int(leaf.text),)))


def _change(leaf: Leaf, lookup: StateLookup) -> Query:
    return InSet(f"change:{leaf.text}", lookup.changed(int(leaf.text)))


def _entity_ids(leaf: Leaf, lookup: StateLookup) -> tuple[int, ...]:
    find = lookup.named_like if isinstance(leaf, Prefix) else lookup.named
    return tuple(find(leaf.text, ENTITY_FIELDS[leaf.field]))


def _entity(leaf: Leaf, lookup: StateLookup) -> Query:
    ids = _entity_ids(leaf, lookup)
    if not ids:
        return InSet(f"{leaf.field}:{leaf.text}", IdSet())
    terms = tuple(Term(str(entity_id), field="entity") for entity_id in ids)
    indexed = terms[0] if len(terms) == 1 else Or(terms)
    naming, others = lookup.unheard(ids)
    if not (naming or others):
        return indexed
    # The indexed ones stay among them for their scores.
    label = f"{leaf.field}:{leaf.text}"
    return And((Or((indexed, InSet(label, naming))), Not(InSet(label, others))))


_RESOLVERS: Mapping[str, Callable[[Leaf, StateLookup], Query]] = {
    "tag": _tag,
    "in": _in,
    "is": _is,
    "has": _has,
    "note": _note,
    "rule": _rule,
    "id": _id,
    "change": _change,
} | dict.fromkeys(ENTITY_FIELDS, _entity)
