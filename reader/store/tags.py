"""Tags: names the reader gave to articles."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from reader.errors import TagNameError
from reader.model import Mark, NameCount
from reader.store.database import Database, json_ids
from reader.store.packed import PackedSet, PackedSets
from reader.store.sets import SetChange
from reader.store.tag_names import TagProblem, fold_tag, tag_name

_TAGGED = "tagged"
"""The key of the articles with any tag."""

_AFTER_ALL = "\U0010ffff"
"""Sorts after everything that can follow in a name."""

_BLOCKS_AT_ONCE = 4096
"""Two megabytes of bits."""

_EACH = """
SELECT x.key, t.name, x.block, x.bits FROM tag_block x CROSS JOIN tag t ON t.id = x.key
WHERE (x.key, x.block) > (?, ?) ORDER BY x.key, x.block LIMIT ?
"""


class Tags:
    """Which article has which tags."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._packed = PackedSets(database, "tag_block")
        self._united = PackedSets(database, "mark_block")

    def packed(self, name: str) -> PackedSet:
        """The articles tagged `name`."""
        row = self._database.row("SELECT id FROM tag WHERE name = ?", (fold_tag(name),))
        return self._packed.get(row[0]) if row else PackedSet(())

    def packed_under(self, prefix: str) -> PackedSet:
        """The articles with a tag that starts with `prefix` ("war/")."""
        return PackedSet(
            self._database.rows(
                "SELECT x.block, x.bits FROM tag t CROSS JOIN tag_block x ON x.key = t.id"
                " WHERE t.name >= ? AND t.name < ?",
                _under(prefix),
            )
        )

    def packed_tagged(self) -> PackedSet:
        """The articles with any tag."""
        return self._united.get(_TAGGED)

    def packed_each(self) -> Iterator[list[tuple[str, int, bytes]]]:
        """The blocks of every tag, with its name, some at a time: there may be a block for
        each article. What changes meanwhile is told as it was or as it is."""
        after = (0, -1)
        while rows := self._database.rows(_EACH, (*after, _BLOCKS_AT_ONCE)):
            yield [row[1:] for row in rows]
            after = (rows[-1][0], rows[-1][2])

    def count_unread(self) -> dict[str, int]:
        """How many articles of each tag in use are unread; none where a tag is not among them."""
        read = {
            block: int.from_bytes(bits, "little")
            for block, bits in self._united.get(Mark.READ).blocks
        }
        counts: dict[str, int] = {}
        for name, block, bits in chain.from_iterable(self.packed_each()):
            left = int.from_bytes(bits, "little") & ~read.get(block, 0)
            counts[name] = counts.get(name, 0) + left.bit_count()
        return counts

    def apply(
        self, ids: Collection[int], add: Sequence[str], remove: Sequence[str]
    ) -> list[SetChange]:
        """Tag and untag those articles that exist; what differs now, empty changes left out.

        Raises TagNameError, also when a name is in both.
        """
        adding, removing = _names(add), _names(remove)
        for name in adding:
            if name in removing:
                raise TagNameError(name, TagProblem.BOTH)
        with self._database.transaction():
            changes = [SetChange(name, True, self.put(name, ids)) for name in adding]
            changes += [SetChange(name, False, self.take(name, ids)) for name in removing]
        return [change for change in changes if change.ids]

    def put(self, name: str, ids: Iterable[int]) -> array[int]:
        """Give a valid name to articles; the ids that did not have it, ascending."""
        with self._database.transaction():
            self._database.run("INSERT OR IGNORE INTO tag (name) VALUES (?)", (name,))
            changed = self._database.changed_ids(
                "INSERT OR IGNORE INTO article_tag (tag_id, article_id)"
                " SELECT (SELECT id FROM tag WHERE name = ?), id FROM article"
                " WHERE id IN (SELECT value FROM json_each(?)) RETURNING article_id",
                (name, json_ids(ids)),
            )
            self._packed.put(self._id(name), changed)
            self._united.put(_TAGGED, changed)
        return changed

    def take(self, name: str, ids: Iterable[int]) -> array[int]:
        """Take a name from articles; the ids that had it, ascending."""
        with self._database.transaction():
            changed = self._database.changed_ids(
                "DELETE FROM article_tag WHERE tag_id = (SELECT id FROM tag WHERE name = ?)"
                " AND article_id IN (SELECT value FROM json_each(?)) RETURNING article_id",
                (name, json_ids(ids)),
            )
            if changed:
                self._packed.take(self._id(name), changed)
                self._united.take(_TAGGED, self._without_any(changed))
        return changed

    def move(self, names: Mapping[str, str]) -> list[SetChange]:
        """Let the articles of tags have others instead, all at once: a tag may become what
        another one is that becomes a third. What differs now, empty changes left out."""
        with self._database.transaction():
            before = {
                name: set(self.packed(name).ids()) for name in {*names.keys(), *names.values()}
            }
            after = {name: set() if name in names else set(ids) for name, ids in before.items()}
            for name, to in names.items():
                after[to] |= before[name]
            changes = [
                SetChange(name, True, self.put(name, sorted(after[name] - before[name])))
                for name in sorted(before)
            ]
            changes += [
                SetChange(name, False, self.take(name, sorted(before[name] - after[name])))
                for name in sorted(before)
            ]
        return [change for change in changes if change.ids]

    def list_counts(self, limit: int) -> tuple[NameCount, ...]:
        """Tags in use by number of articles, most first, then by name."""
        rows = self._database.rows(
            "SELECT name, articles FROM tag WHERE articles > 0"
            " ORDER BY articles DESC, name LIMIT ?",
            (limit,),
        )
        return tuple(NameCount(*row) for row in rows)

    def names_starting(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Tags in use that start with `prefix`, those of most articles first."""
        rows = self._database.rows(
            "SELECT name FROM tag WHERE name >= ? AND name < ? AND articles > 0"
            " ORDER BY articles DESC, name LIMIT ?",
            (*_under(prefix), limit),
        )
        return tuple(name for (name,) in rows)

    def _id(self, name: str) -> int:
        return int(self._database.value("SELECT id FROM tag WHERE name = ?", (name,)))

    def _without_any(self, ids: Iterable[int]) -> array[int]:
        return self._database.ids(
            "SELECT value FROM json_each(?)"
            " WHERE NOT EXISTS (SELECT 1 FROM article_tag WHERE article_id = value) ORDER BY 1",
            (json_ids(ids),),
        )


def _names(written: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(tag_name, written)))


def _under(prefix: str) -> tuple[str, str]:
    first = fold_tag(prefix)
    return first, first + _AFTER_ALL
