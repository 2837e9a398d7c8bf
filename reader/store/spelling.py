"""The name under which an entity is shown: as articles write it most often."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable

from reader.model import EntityKind
from reader.store.database import Database, json_ids

_SHORT = 4
"""Places of so many capitals may be initials."""


def spell_names(database: Database, ids: Collection[int]) -> None:
    """Give these entities, in the running transaction, the spelling that most mentions have."""
    forms: dict[tuple[int, str, str], list[tuple[str, int]]] = defaultdict(list)
    for entity_id, kind, name, form, n in database.rows(
        "SELECT e.id, e.kind, e.name, f.text, f.n FROM form f"
        " CROSS JOIN entity e ON e.id = f.entity_id"
        " WHERE f.entity_id IN (SELECT value FROM json_each(?))",
        (json_ids(ids),),
    ):
        forms[entity_id, kind, name].append((form, n))
    spelled = ((best_spelling(name, kind, some), one) for (one, kind, name), some in forms.items())
    database.run_many(
        "UPDATE entity SET name = ?1 WHERE id = ?2 AND name <> ?1",
        [(name, one) for name, one in spelled],
    )


def best_spelling(name: str, kind: str, forms: Iterable[tuple[str, int]]) -> str:
    """The spelling of a name that is most frequent among the forms seen, each with its count.

    Forms of other words ("UN", "Burma") are no spellings of it. One in capitals gives way to any
    other; a place that is only seen so, in datelines, is spelled like others.
    """
    alike = [(form, n) for form, n in forms if _is_alike(form, name, kind)]
    if not alike:
        return name
    alike += [
        (form.title(), 0)
        for form, _ in alike
        if kind == EntityKind.LOC and form.isupper() and len(form) > _SHORT
    ]
    return min(alike, key=lambda one: (_is_shouted(one[0], kind), -one[1], one[0] != name, one))[0]


def _is_alike(form: str, name: str, kind: str) -> bool:
    if form == name:
        return True
    if form.split() != form.split(" ") or form.endswith(("'s", "’s")) or name == f"{form}'s":
        return False
    if kind == EntityKind.MISC:
        # "Poles" is another word than "Polish".
        return form.casefold() == name.casefold()
    return _initials(form) == _initials(name)


def _initials(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return [word[0] for word in plain.split()]


def _is_shouted(form: str, kind: str) -> bool:
    """Whether a form in capitals is hardly one of initials, as "NATO" is."""
    return form.isupper() and (" " in form or kind in (EntityKind.LOC, EntityKind.PER))
