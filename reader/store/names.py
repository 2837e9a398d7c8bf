"""Entities by what has been typed of any of their names, in a bounded amount of work."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping

from reader.model import EntityCount, EntityKind
from reader.store.database import Database, json_ids
from reader.store.entity_lookup import IS_BORNE, LAST_CHARACTER, begin_with, renamed
from reader.store.entity_rows import SHOWN, counts_of
from reader.store.rows import kept_strings
from reader.store.words import name_words

MOST = 1000
"""Names that are looked at one by one. Of a beginning that more have, those of frequent
entities are looked at first."""

FREQUENT = 2000
"""How many entities, those of most articles, count as frequent."""

_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґўј")


class Names:
    """Entities that some article names, by the beginning of one of their names or of a word
    in it: as a folded name, and in any case.

    Answers are most articles first, then by name.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def frequent(self, kind: EntityKind | None, limit: int) -> tuple[EntityCount, ...]:
        """Frequent entities of a kind."""
        return self._counts(_FREQUENT, kind, limit, {"frequent": FREQUENT})

    def starting(self, lead: str, kind: EntityKind | None, limit: int) -> tuple[EntityCount, ...]:
        """Entities with a name that begins with `lead`, or with a word that does."""
        words = name_words(lead)
        aliases = self._by_word(words) if len(words) == 1 else self._by_key(lead)
        if len(aliases) < MOST:
            return self._of(aliases, kind, limit, self._renamed(words))
        frequent = self._counts(
            _FREQUENT_STARTING, kind, limit, {"frequent": FREQUENT, "lead": lead}
        )
        others = self._of(aliases, kind, limit) if len(frequent) < limit else ()
        return tuple(dict.fromkeys((*frequent, *others)))[:limit]

    def like(self, lead: str, kind: EntityKind | None, limit: int) -> tuple[EntityCount, ...]:
        """Entities with a name whose word begins with something one edit away from `lead`, its
        first letter being right; `lead` is one word."""
        return self._of(self._by_word(one_edit_away(lead)), kind, limit)

    def _by_word(self, leads: Iterable[str]) -> array[int]:
        """Aliases with a word that begins with one of `leads`, at most MOST."""
        return self._database.ids(
            "SELECT DISTINCT w.alias_id FROM json_each(:leads) l CROSS JOIN alias_word w"
            " ON w.word >= l.value AND w.word < l.value || :last LIMIT :most",
            {"leads": kept_strings(leads), "last": LAST_CHARACTER, "most": MOST},
        )

    def _by_key(self, lead: str) -> array[int]:
        return self._database.ids(
            "SELECT id FROM alias WHERE key >= ? AND key < ? LIMIT ?",
            (lead, lead + LAST_CHARACTER, MOST),
        )

    def _of(
        self,
        aliases: Iterable[int],
        kind: EntityKind | None,
        limit: int,
        renamed: Iterable[int] = (),
    ) -> tuple[EntityCount, ...]:
        values = {"aliases": json_ids(aliases), "renamed": json_ids(renamed)}
        return self._counts(_OF_ALIASES, kind, limit, values)

    def _renamed(self, words: Collection[str]) -> list[int]:
        return renamed(self._database, lambda known: bool(words) and begin_with(words, known))

    def _counts(
        self, scope: str, kind: EntityKind | None, limit: int, values: Mapping[str, object]
    ) -> tuple[EntityCount, ...]:
        rows = self._database.rows(
            f"SELECT {SHOWN} FROM {scope} AND e.articles > 0 AND NOT e.ignored"  # noqa: S608
            " AND (:kind IS NULL OR coalesce(e.reader_kind, e.kind) = :kind)"
            " ORDER BY e.articles DESC, coalesce(e.reader_name, e.name), e.id LIMIT :limit",
            {"kind": kind, "limit": limit, **values},
        )
        return counts_of(rows)


_FREQUENT = "(SELECT * FROM entity ORDER BY articles DESC LIMIT :frequent) e WHERE 1"

_FREQUENT_STARTING = (
    _FREQUENT + " AND e.id IN (SELECT coalesce(o.root, o.id) FROM"  # noqa: S608
    " (SELECT * FROM entity ORDER BY articles DESC LIMIT :frequent) r"
    " CROSS JOIN entity o ON o.id = r.id OR o.root = r.id"
    " CROSS JOIN alias a ON a.entity_id = o.id WHERE instr(' ' || a.key, ' ' || :lead))"
)

_OF_ALIASES = f"""entity e WHERE e.id IN (
    SELECT coalesce(o.root, o.id) FROM alias a CROSS JOIN entity o ON o.id = a.entity_id
    WHERE a.id IN (SELECT value FROM json_each(:aliases)) AND {IS_BORNE}
    UNION ALL SELECT value FROM json_each(:renamed)
)"""  # noqa: S608


def one_edit_away(lead: str) -> list[str]:
    """What one edit makes of `lead`, its first letter and it itself left out.

    An edit inserts, deletes or replaces a letter or swaps two neighbours. New letters are
    those of the alphabet in which `lead` is written, if it is one that is known here.
    """
    letters = next((known for known in _ALPHABETS if lead[-1:] in known), "")
    made: dict[str, None] = {}
    for at in range(1, len(lead)):
        before, after = lead[:at], lead[at:]
        made[before + after[1:2] + after[0] + after[2:]] = None
        made[before + after[1:]] = None
        made |= dict.fromkeys(before + letter + after[1:] for letter in letters)
        made |= dict.fromkeys(before + letter + after for letter in letters)
    return [other for other in made if not other.startswith(lead)]
