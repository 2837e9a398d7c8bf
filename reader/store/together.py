"""Who is named in the same sentences: kept for entities of many articles, counted for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reader.errors import LibraryDamagedError
from reader.store.database import Database, json_ids
from reader.store.naming import Naming, unpack
from reader.store.roots import Roots

TABLED = 400
"""An entity of as many articles has rows in `together`: counting anew takes 15 us an article."""

Pairs = Counter[tuple[int, int]]
"""Numbers of sentences by root and other root."""


class Togethers:
    """Numbers of sentences in which two entities are named, both of them roots."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._roots = Roots(database)

    def tabled(self, roots: Collection[int]) -> set[int]:
        """Those of `roots` that have rows."""
        return set(
            self._database.ids(
                "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?)) AND is_tabled",
                (json_ids(roots),),
            )
        )

    def partners(self, root: int) -> Counter[int]:
        """The others of an entity, and in how many sentences both are named."""
        if root not in self.tabled([root]):
            return self.count(root)
        rows = self._database.rows("SELECT other_id, n FROM together WHERE entity_id = ?", (root,))
        return Counter(dict(rows))

    def ranked(self, root: int, some: int) -> Iterator[Sequence[tuple[int, int]]]:
        """The partners of an entity in parts, most sentences first, then by id; the first part
        has `some`, each one more than the one before."""
        counted: list[tuple[int, int]] | None = None
        if root not in self.tabled([root]):
            counted = sorted(self.count(root).items(), key=lambda one: (-one[1], one[0]))
        start = 0
        while part := self._part(root, start, some) if counted is None else counted[start:][:some]:
            yield part
            start += some
            some *= 8

    def _part(self, root: int, start: int, some: int) -> Sequence[tuple[int, int]]:
        return self._database.rows(
            "SELECT other_id, n FROM together WHERE entity_id = ?"
            " ORDER BY n DESC, other_id LIMIT ? OFFSET ?",
            (root, some, start),
        )

    def count(self, root: int) -> Counter[int]:
        """The partners of an entity, counted in all articles that name it."""
        partners: Counter[int] = Counter()
        for named in self._sentences(root):
            partners.update(named)
        del partners[root]
        return partners

    def add(self, pairs: Pairs) -> None:
        """Add to rows of entities that have them, in the running transaction."""
        self._database.run_many(
            "INSERT INTO together (entity_id, other_id, n) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            sorted((*pair, n) for pair, n in pairs.items() if n),
        )
        self._database.run_many(
            "DELETE FROM together WHERE entity_id = ? AND other_id = ? AND n = 0",
            [pair for pair, n in pairs.items() if n < 0],
        )

    def table(self, roots: Iterable[int]) -> None:
        """Give rows to those of these roots that have come to many articles."""
        grown = self._database.ids(
            "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?))"
            " AND articles >= ? AND NOT is_tabled",
            (json_ids(roots), TABLED),
        )
        for root in grown:
            self.put(root, self.count(root))

    def put(self, root: int, partners: Mapping[int, int]) -> None:
        """Let these be all rows of an entity."""
        self.drop(root)
        self._database.run("UPDATE entity SET is_tabled = 1 WHERE id = ?", (root,))
        self._database.run_many(
            "INSERT INTO together (entity_id, other_id, n) VALUES (?, ?, ?)",
            sorted((root, other, n) for other, n in partners.items() if n),
        )

    def drop(self, root: int) -> None:
        """Take the rows of an entity away; it is counted again when somebody asks."""
        self._database.run("UPDATE entity SET is_tabled = 0 WHERE id = ?", (root,))
        self._database.run("DELETE FROM together WHERE entity_id = ?", (root,))

    def join(self, one: int, into: int) -> None:
        """Count one entity as part of another from now on; both are roots still."""
        of_one, of_other, of_both = self.partners(one), self.partners(into), self._both(one, into)
        gained = Counter({x: n - of_both[x] for x, n in of_one.items() if x != into})
        self._move(of_one, one, gained, into)
        if self.tabled([one, into]):
            del of_other[one]
            self.put(into, of_other + gained)
        self.drop(one)

    def part(self, one: int, other: int) -> None:
        """Count one entity apart from another again; both are roots again, and the rows are
        those of both together."""
        of_all = self.partners(other) if self.tabled([other]) else None
        articles: dict[int, int] = dict(
            self._database.rows("SELECT id, articles FROM entity WHERE id IN (?, ?)", (one, other))
        )
        few, many = sorted((one, other), key=articles.__getitem__)
        found, of_both = {few: self.count(few)}, self._both(one, other)
        if of_all is None:
            found[many] = self.count(many)
        else:
            found[many] = of_all - found[few] + of_both
            found[many][many], found[many][few] = 0, found[few][many]
        of_one = found[one]
        lost = Counter({x: n - of_both[x] for x, n in of_one.items() if x != other})
        self._move(lost, other, of_one, one)
        for root in (one, other):
            if articles[root] >= TABLED:
                self.put(root, found[root])
            else:
                self.drop(root)

    def _move(
        self, lost: Mapping[int, int], one: int, gained: Mapping[int, int], other: int
    ) -> None:
        """In the rows of others: take `lost` from one entity, and give `gained` to another."""
        tabled = self.tabled(lost.keys() | gained.keys()) - {one, other}
        pairs: Pairs = Counter()
        for x in tabled:
            pairs[x, one] -= lost.get(x, 0)
            pairs[x, other] += gained.get(x, 0)
        self.add(pairs)

    def _both(self, one: int, other: int) -> Counter[int]:
        """Who else is named in sentences that name both, and in how many."""
        found: Counter[int] = Counter()
        for named in self._sentences(one, other):
            found.update(named)
        del found[one], found[other]
        return found

    def _sentences(self, *wanted: int) -> Iterator[set[int]]:
        """The roots that are named in each sentence that names all of `wanted`, roots."""
        roots = self._roots.all()
        within = " INTERSECT ".join([_ARTICLES] * len(wanted))
        rows = self._database.rows(
            f"SELECT mentions FROM naming WHERE article_id IN ({within})",  # noqa: S608
            [json_ids(self._roots.members([one])) for one in wanted],
        )
        needed = set(wanted)
        for naming in unpacked(self._database, (packed for (packed,) in rows)):
            for inside in naming.sentences():
                named = {roots.get(one, one) for one in inside} if roots else set(inside)
                if needed <= named:
                    yield named


_ARTICLES = (
    "SELECT article_id FROM article_entity WHERE entity_id IN (SELECT value FROM json_each(?))"
)


def unpacked(database: Database, packed: Iterable[bytes]) -> Iterator[Naming]:
    """Packed mentions of articles; raises LibraryDamagedError."""
    for one in packed:
        try:
            yield unpack(one)
        except ValueError as error:
            raise LibraryDamagedError(database.path, str(error)) from error
