"""The dictionary from stems to forms of one segment: a file beside Whoosh's own.

The lines "stem NUL form", sorted by their bytes, are searched as they lie in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from index.analysis import stem
from index.whoosh_backend.schema import STEMMED, from_term, to_term

EXTENSION = ".stems"
_SIZE = 8  # bytes
_CHECK = 4  # bytes


def write_lexicon(storage: Any, segment: Any, forms: Mapping[str, Iterable[bytes]]) -> None:
    """Write the dictionary of a segment from the terms of its stemmed fields."""
    file = segment.create_file(storage, EXTENSION)
    for field in STEMMED:
        lines = sorted(to_term(stem(from_term(form))) + b"\0" + form for form in forms[field])
        section = b"\n".join([b"", *lines, b""])
        data = len(section).to_bytes(_SIZE, "little") + section
        file.write(crc32(data).to_bytes(_CHECK, "little") + data)
    file.close()


class Lexicon:
    """The dictionary of a segment. Raises ValueError for a file that is damaged."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = segment.open_file(storage, EXTENSION)
        self._sections: dict[str, tuple[int, int]] = {}
        at = 0
        for field in STEMMED:
            check = int.from_bytes(self._file.get(at, _CHECK), "little")
            size = int.from_bytes(self._file.get(at + _CHECK, _SIZE), "little")
            start = at + _CHECK + _SIZE
            data = self._file.get(at + _CHECK, _SIZE + size)
            if crc32(data) != check or len(data) != _SIZE + size:
                raise ValueError("dictionary of stems is damaged")
            at = start + size
            self._sections[field] = start, at

    def close(self) -> None:
        self._file.close()

    def forms(self, field: str, stem: str) -> list[bytes]:
        """The forms of a stem that stand in a field."""
        lead = b"\n" + to_term(stem) + b"\0"
        at = self._first(field, lead)
        found = []
        data, (_, end) = self._file.file, self._sections[field]
        while data[at : at + len(lead)] == lead:
            line_end = data.find(b"\n", at + 1, end)
            found.append(data[at + len(lead) : line_end])
            at = line_end
        return found

    def _first(self, field: str, lead: bytes) -> int:
        """Where the first line not below `lead` begins, with the line feed before it."""
        data = self._file.file
        low, high = self._sections[field]
        high -= 1
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2 + 1)
            following = data.find(b"\n", middle + 1)
            if data[middle:following] < lead:
                low = following
            else:
                high = middle
        return low
