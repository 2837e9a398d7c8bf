"""Sets of articles as bits, kept beside the rows they are made of.

A set of a million articles is read as 245 rows of 512 bytes, where its members one by one would
take a tenth of a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reader.store.database import Database

BLOCK = 4096
"""Articles of one block."""

BLOCK_BYTES = BLOCK // 8


@dataclass(frozen=True, slots=True)
class PackedSet:
    """A set of articles: bit k of block b stands for the article b * BLOCK + k.

    The lowest bit of a byte comes first. A block that is there several times counts with all
    the bits of all of them.
    """

    blocks: Sequence[tuple[int, bytes]]

    def ids(self) -> array[int]:
        """The articles, ascending."""
        return array(
            "q", (one for item in sorted(self._united().items()) for one in _members(*item))
        )

    def test(self) -> Callable[[int], bool]:
        """Tells of one article after the other whether it is in the set."""
        united = self._united()
        return lambda one: bool(united.get(one // BLOCK, 0) >> one % BLOCK & 1)

    def _united(self) -> dict[int, int]:
        united: dict[int, int] = {}
        for block, bits in self.blocks:
            united[block] = united.get(block, 0) | int.from_bytes(bits, "little")
        return united


class PackedSets:
    """The packed form of sets that one table holds, each under its key.

    What changes the rows of a set changes its bits in the same transaction.
    """

    def __init__(self, database: Database, table: str) -> None:
        self._database = database
        self._table = table

    def get(self, key: str | int) -> PackedSet:
        return PackedSet(
            self._database.rows(
                f"SELECT block, bits FROM {self._table} WHERE key = ? ORDER BY block",  # noqa: S608
                (key,),
            )
        )

    def put(self, key: str | int, ids: Iterable[int]) -> None:
        """Add articles, which ascend."""
        for block, members in _by_block(ids):
            self._write(key, block, self._read(key, block) | members)

    def take(self, key: str | int, ids: Iterable[int]) -> None:
        """Remove articles, which ascend."""
        for block, members in _by_block(ids):
            self._write(key, block, self._read(key, block) & ~members)

    def _read(self, key: str | int, block: int) -> int:
        row = self._database.row(
            f"SELECT bits FROM {self._table} WHERE key = ? AND block = ?",  # noqa: S608
            (key, block),
        )
        return int.from_bytes(row[0], "little") if row else 0

    def _write(self, key: str | int, block: int, members: int) -> None:
        if members:
            self._database.run(
                f"INSERT OR REPLACE INTO {self._table} (key, block, bits)"  # noqa: S608
                " VALUES (?, ?, ?)",
                (key, block, members.to_bytes(BLOCK_BYTES, "little")),
            )
        else:
            self._database.run(
                f"DELETE FROM {self._table} WHERE key = ? AND block = ?",  # noqa: S608
                (key, block),
            )


class BlockAggregate:
    """The SQL function `pack_block(article_id)`: the bits of the articles of one block."""

    def __init__(self) -> None:
        self._bits = bytearray(BLOCK_BYTES)

    def step(self, article_id: int) -> None:
        """One more member."""
        _set_bit(self._bits, article_id % BLOCK)

    def finalize(self) -> bytes:
        """The bits of all of them."""
        return bytes(self._bits)


def _by_block(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    for block, members in groupby(ids, key=lambda one: one // BLOCK):
        bits = bytearray(BLOCK_BYTES)
        for one in members:
            _set_bit(bits, one % BLOCK)
        yield block, int.from_bytes(bits, "little")


def _set_bit(bits: bytearray, at: int) -> None:
    bits[at >> 3] |= 1 << (at & 7)


def _members(block: int, members: int) -> Iterator[int]:
    # From the highest bit down, as text has them: taking bits off one by one would be quadratic.
    digits = f"{members:b}"[::-1]
    at = digits.find("1")
    while at >= 0:
        yield block * BLOCK + at
        at = digits.find("1", at + 1)
