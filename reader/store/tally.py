"""What articles name, counted: the difference that a batch makes, and writing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from reader.store.database import Database
from reader.store.naming import LEAST, NOBODY, Naming
from reader.store.together import Pairs, Togethers


class Tally:
    """Differences of the tables that are made from packed mentions.

    `roots` says what the entities of the batch are part of, and `tabled` which roots have rows
    in `together`.
    """

    def __init__(self, roots: Mapping[int, int], tabled: Collection[int]) -> None:
        self._roots = roots
        self._tabled = frozenset(tabled)
        self._rows: Counter[tuple[int, int]] = Counter()
        self._forms: Counter[tuple[int, str]] = Counter()
        self._articles: Counter[int] = Counter()
        self._mentions: Counter[int] = Counter()
        self._pairs: Pairs = Counter()

    def add(self, article_id: int, text: str, naming: Naming, sign: int) -> None:
        """Count the mentions of an article in (`sign` 1) or out (-1)."""
        counted = Counter(naming.counted())
        for entity_id, n in counted.items():
            self._rows[entity_id, article_id] += sign * n
            self._mentions[self._roots.get(entity_id, entity_id)] += sign * n
        for root in {self._roots.get(one, one) for one in counted}:
            self._articles[root] += sign
        for one in naming.mentions():
            if one.sure >= LEAST and one.entity_id != NOBODY:
                self._forms[one.entity_id, text[one.start : one.end]] += sign
        self._add_pairs(naming, sign)

    def _add_pairs(self, naming: Naming, sign: int) -> None:
        roots, tabled = self._roots, self._tabled
        for inside in naming.sentences():
            if len(inside) > 1:
                named = {roots.get(one, one) for one in inside}
                for one in named & tabled:
                    for other in named - {one}:
                        self._pairs[one, other] += sign

    def write(self, database: Database, togethers: Togethers) -> None:
        """Bring the tables up to date, in the running transaction."""
        self._write_rows(database)
        self._write_forms(database)
        changed = sorted(self._articles.keys() | self._mentions.keys())
        database.run_many(
            "UPDATE entity SET articles = articles + ?, mentions = mentions + ? WHERE id = ?",
            [(self._articles[one], self._mentions[one], one) for one in changed],
        )
        togethers.add(self._pairs)

    def _write_rows(self, database: Database) -> None:
        database.run_many(
            "INSERT INTO article_entity (entity_id, article_id, n) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            sorted((*row, n) for row, n in self._rows.items() if n),
        )
        database.run_many(
            "DELETE FROM article_entity WHERE entity_id = ? AND article_id = ? AND n = 0",
            [row for row, n in self._rows.items() if n < 0],
        )

    def _write_forms(self, database: Database) -> None:
        database.run_many(
            "INSERT INTO form (entity_id, text, n) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            sorted((*form, n) for form, n in self._forms.items() if n and form[1]),
        )
        database.run_many(
            "DELETE FROM form WHERE entity_id = ? AND text = ? AND n = 0",
            [form for form, n in self._forms.items() if n < 0],
        )
