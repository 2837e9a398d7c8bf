"""Where keys and values stand in a TOML file that was read without fault.

`tomllib` gives no places (docs/decisions/0020-settings-in-their-own-words.md). Of the grammar
(https://toml.io/en/v1.0.0) only as much is followed as parts keys and values from one another:
what does not keep to it has been refused before.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass

Path = tuple[str, ...]
"""The keys that lead to a value, from the top."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key stands: its line, counted from 1, and the code points of its value."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Places:
    """`values` are the keys with a value, `tables` the heads of tables, and `ends` where the
    last line of each table ends that can be written on below."""

    values: dict[Path, Place]
    tables: dict[Path, Place]
    ends: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a key, else of the nearest one it lies in; 0 when there is none."""
        while path:
            place = self.values.get(path) or self.tables.get(path)
            if place is not None:
                return place.line
            path = path[:-1]
        return 0


_STRING = re.compile(
    r'''
    """(?:\\.|[^\\])*?"{3,5} | \'{3}.*?\'{3,5} |   # of several lines
    "(?:\\.|[^"\\\n])*" | \'[^\'\n]*\'
    ''',
    re.DOTALL | re.VERBOSE,
)
_COMMENT = re.compile(r"#[^\n]*")
_SPACE = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^=\]"'\n])+""")
_HEAD = re.compile(r"\[\[?")


def find_places(text: str) -> Places:
    """Where everything stands in `text`, which `tomllib` can read."""
    return _Scan(text).document()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._at = 0
        self._places = Places({}, {}, {})

    def document(self) -> Places:
        table: Path = ()
        self._places.ends[()] = 0
        while self._skip_to_next():
            if self._text[self._at] == "[":
                table = self._head()
            else:
                self._pair(table)
            self._places.ends[table] = self._end_of_line()
        return self._places

    def _skip_to_next(self) -> bool:
        self._at = self._after(_SPACE, self._at)
        return self._at < len(self._text)

    def _after(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self._text, at)
        return found.end() if found else at

    def _end_of_line(self) -> int:
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end + 1

    def _line(self, at: int) -> int:
        return bisect_left(self._breaks, at) + 1

    def _head(self) -> Path:
        start = self._at
        self._at = self._after(_HEAD, start)
        path = self._key()
        self._places.tables[path] = Place(self._line(start), start, self._at)
        self._at = self._text.index("]", self._at) + 1
        self._at = self._after(re.compile(r"\]"), self._at)
        return path

    def _key(self) -> Path:
        start = self._at
        self._at = self._after(_KEY, start)
        written: object = tomllib.loads(f"{self._text[start : self._at].strip()} = 0")
        path: Path = ()
        while isinstance(written, dict):
            ((key, written),) = written.items()
            path += (key,)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line(self._at)
        path = table + self._key()
        self._at = self._after(_SPACE, self._at + 1)
        start = self._at
        if self._text[start] == "{":
            self._inline(path)
        else:
            self._value()
        self._places.values[path] = Place(line, start, self._at)

    def _inline(self, table: Path) -> None:
        self._at = self._after(_SPACE, self._at + 1)
        while self._text[self._at] != "}":
            self._pair(table)
            self._at = self._after(re.compile(r"[\s,]*"), self._at)
        self._at += 1

    def _value(self) -> None:
        depth, start = 0, self._at
        while self._at < len(self._text):
            sign = self._text[self._at]
            if depth == 0 and sign in ",}\n#":
                break
            if sign in "\"'":
                self._at = self._after(_STRING, self._at)
            elif sign == "#":
                self._at = self._after(_COMMENT, self._at)
            else:
                depth += (sign in "[{") - (sign in "]}")
                self._at += 1
        if depth == 0:
            self._at = start + len(self._text[start : self._at].rstrip(" \t\r"))
