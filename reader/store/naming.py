"""The mentions of one article as compact bytes, about five for each.

A head, then columns of numbers, little endian, each as wide as its largest number needs:

    head       widths of the columns gaps, lengths, codes and ids, two bits each; flags; the numbers
               of mentions and of entities
    gaps       start of each mention less that of the one before (code points)
    lengths    end less start
    codes      twice the place of its entity in `ids`, and 1 where a sentence begins that the
               mention before is not in
    sure       confidence in hundredths
    told       only where rules of the reader have changed something: the place in `ids` of the
               entity that the recogniser told
    ids        entities, ascending: each less the one before. 0 stands for no entity

A column of single bytes is read without any copying: articles are taken apart by the thousand.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from reader.model import SURE
from reader.store.packing import little_endian

NOBODY = 0
"""In place of an entity: the reader said that this names nothing, or the recogniser did not."""

LEAST = round(SURE * 100)

_CODES = "BHI"
_LARGEST = (0xFF, 0xFFFF, 0xFFFFFFFF)
_HAS_TOLD = 1
_IS_LONG = 2
_SHORT, _LONG = struct.Struct("<BBHH"), struct.Struct("<BBII")


class Kept(NamedTuple):
    """One mention as it is kept: `entity_id` is the one that counts, `told` the one that was
    recognised, before the rules of the reader. `sure` is the confidence in hundredths."""

    start: int
    end: int
    entity_id: int
    sure: int
    told: int


@dataclass(frozen=True, slots=True)
class Naming:
    """The columns of one article. `codes` and `ids` are as they are kept, `ids` as they are."""

    gaps: Sequence[int]
    lengths: Sequence[int]
    codes: Sequence[int]
    sure: Sequence[int]
    told: Sequence[int]
    ids: Sequence[int]

    def mentions(self) -> Iterator[Kept]:
        """All of them in order, those of nobody too."""
        entity = [self.ids[code >> 1] for code in self.codes]
        told = [self.ids[at] for at in self.told] if self.told else entity
        starts = accumulate(self.gaps)
        return (
            Kept(start, start + length, *rest)
            for start, length, *rest in zip(
                starts, self.lengths, entity, self.sure, told, strict=True
            )
        )

    def sentences(self) -> Iterator[list[int]]:
        """The entities that count in each sentence that has any, once for each mention."""
        ids = self.ids
        inside: list[int] = []
        for code, sure in zip(self.codes, self.sure, strict=True):
            if code & 1 and inside:
                yield inside
                inside = []
            if sure >= LEAST and (one := ids[code >> 1]):
                inside.append(one)
        if inside:
            yield inside

    def counted(self) -> list[int]:
        """The entities that count, once for each mention."""
        return [
            one
            for code, sure in zip(self.codes, self.sure, strict=True)
            if sure >= LEAST and (one := self.ids[code >> 1])
        ]


def pack(mentions: Sequence[Kept], sentence_starts: Sequence[int]) -> bytes:
    """Mentions, sorted, of a text whose sentences begin at `sentence_starts`."""
    ids = sorted({one for kept in mentions for one in (kept.entity_id, kept.told)})
    places = {one: place for place, one in enumerate(ids)}
    columns = (
        _gaps([kept.start for kept in mentions]),
        [kept.end - kept.start for kept in mentions],
        _codes(mentions, places, sentence_starts),
        _gaps(ids),
    )
    widths = [_width(column) for column in columns]
    flags, told = 0, b""
    if any(kept.entity_id != kept.told for kept in mentions):
        flags |= _HAS_TOLD
        by_place = [places[kept.told] for kept in mentions]
        widths[2] = max(widths[2], _width(by_place))
        told = _column(by_place, widths[2])
    gaps, lengths, codes, kept_ids = map(_column, columns, widths)
    longest = max(len(mentions), len(ids))
    head = _SHORT if longest <= _LARGEST[1] else _LONG
    flags |= _IS_LONG if head is _LONG else 0
    bits = sum(width << 2 * place for place, width in enumerate(widths))
    return b"".join(
        (
            head.pack(bits, flags, len(mentions), len(ids)),
            gaps,
            lengths,
            codes,
            bytes([kept.sure for kept in mentions]),
            told,
            kept_ids,
        )
    )


def unpack(packed: bytes) -> Naming:
    """The columns of packed mentions. Raises ValueError for bytes that `pack` did not make."""
    try:
        head = _LONG if packed[1] & _IS_LONG else _SHORT
        bits, flags, mentions, entities = head.unpack_from(packed)
    except (IndexError, struct.error) as error:
        raise ValueError("a head is cut off") from error
    at = head.size
    columns: list[Sequence[int]] = []
    told = mentions if flags & _HAS_TOLD else 0
    sizes = (mentions, mentions, mentions, mentions, told, entities)
    for size, shift in zip(sizes, _SHIFTS, strict=True):
        width = 0 if shift is None else bits >> shift & 3
        end = at + (size << width)
        columns.append(_numbers(packed[at:end], width))
        at = end
    if at != len(packed):
        raise ValueError("columns of a wrong length")
    gaps, lengths, codes, sure, told_places, ids = columns
    return Naming(gaps, lengths, codes, sure, told_places, list(accumulate(ids)))


_SHIFTS = (0, 2, 4, None, 4, 6)


def _numbers(packed: bytes, width: int) -> Sequence[int]:
    if not width:
        return packed
    if width >= len(_CODES):
        raise ValueError("columns of an unknown width")
    numbers = array(_CODES[width])
    numbers.frombytes(packed)
    return little_endian(numbers)


def _column(numbers: Sequence[int], width: int) -> bytes:
    return little_endian(array(_CODES[width], numbers)).tobytes() if width else bytes(numbers)


def _width(numbers: Sequence[int]) -> int:
    largest = max(numbers, default=0)
    return next(width for width, most in enumerate(_LARGEST) if largest <= most)


def _gaps(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in zip([0, *numbers], numbers, strict=False)]


def _codes(
    mentions: Sequence[Kept], places: dict[int, int], sentence_starts: Sequence[int]
) -> list[int]:
    """Both rise, so one walk over the sentences is enough."""
    codes = []
    following = 0
    for kept in mentions:
        is_new = 0
        while following < len(sentence_starts) and sentence_starts[following] <= kept.start:
            following += 1
            is_new = 1
        codes.append(places[kept.entity_id] << 1 | is_new)
    return codes
