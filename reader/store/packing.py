"""Sets of article ids as compact bytes."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable
from itertools import accumulate


def pack_ids(ids: Iterable[int]) -> bytes:
    """Ascending ids as packed differences: a hundred thousand neighbours take about a kilobyte."""
    differences = array("q")
    before = 0
    for one in ids:
        differences.append(one - before)
        before = one
    return zlib.compress(little_endian(differences).tobytes())


def unpack_ids(packed: bytes) -> array[int]:
    differences = array("q")
    differences.frombytes(zlib.decompress(packed))
    return array("q", accumulate(little_endian(differences)))


def little_endian(numbers: array[int]) -> array[int]:
    """Libraries may be carried from one machine to another."""
    if sys.byteorder == "big":  # pragma: no cover
        numbers.byteswap()
    return numbers
