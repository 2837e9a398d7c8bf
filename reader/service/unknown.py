"""What a query names that is not there: tags, sources and folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.query import And, Or, Query, Term
from index.query_text import to_text
from reader.nearest import nearest

if TYPE_CHECKING:
    from reader.store import Store

MOST = 2000
"""Names of each kind that are looked at, those of most articles."""


def unknown_names(query: Query, store: Store) -> tuple[Term, ...]:
    """The conditions of an unresolved query, those under a Not left out, that nothing is called
    by."""
    found = (leaf for leaf in _leaves(query) if not _is_known(leaf, store))
    return tuple(dict.fromkeys(found))


def near_conditions(unknown: Sequence[Term], store: Store) -> tuple[str, ...]:
    """The same conditions, as they are written, with what was perhaps meant; those left out that
    nothing comes near."""
    near = ((one.field, nearest(one.text, _names(one.field, store))) for one in unknown)
    return tuple(to_text(Term(name, field)) for field, name in near if name)


def _leaves(query: Query) -> Iterator[Term]:
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _leaves(clause)
        case Term(field="tag" | "in"):
            yield query


def _is_known(leaf: Term, store: Store) -> bool:
    if leaf.field == "tag":
        return bool(store.tags.packed(leaf.text).blocks)
    return bool(store.sources.find_within(leaf.text))


def _names(field: str, store: Store) -> list[str]:
    if field == "tag":
        return [one.name for one in store.tags.list_counts(MOST)]
    sources, folders = store.sources.list_counts(None, MOST), store.sources.list_folders(MOST)
    return [one.name for one in (*folders, *sources)]
