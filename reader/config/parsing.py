"""The settings file read: what can be used of it, and what is wrong with the rest."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from reader.config.scanning import find_places
from reader.config.table import (
    BY_NAME,
    SECTIONS,
    TABLES,
    Kind,
    Setting,
    Value,
    ValueFault,
    flat,
    settings_of,
    value_of,
)
from reader.config.values import Settings
from reader.errors import SettingsError

Mark = tuple[int, int, int]
"""What changes with a file: when it was written (ns), its size (bytes), and which it is."""

MOST_BYTES = 16_000_000
"""A longer file is none of settings."""

MOST_NEAREST = 20
"""Problems for which it is looked up what was perhaps meant: that takes a while."""

_AT = re.compile(r" \(at line ([0-9]+), column ([0-9]+)\)$")
_AT_END = " (at end of document)"
_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
_LONG_NUMBER = re.compile(r"[0-9_]{4000,}")
_DEEP = 100
"""Brackets in brackets that are certainly too many."""


DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A settings file as read. `lines` has the lines of what is set in it by name, `mark` tells
    one state of the file from another; a file that is not TOML `is_broken`."""

    settings: Settings = DEFAULTS
    problems: tuple[SettingsError, ...] = ()
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    path: Path | None = None
    mark: Mark | None = None
    is_broken: bool = False


def read_settings(path: Path, before: Settings | None = None) -> Loaded:
    """Read a settings file; a missing one is all defaults.

    What cannot be used is among the problems, and stays as `before`.
    """
    before = before or DEFAULTS
    mark, text = None, ""
    try:
        with open(path, "rb", opener=_at_once) as file:
            mark = _mark(os.fstat(file.fileno()))
            text = _whole(file).decode("utf-8-sig")
    except FileNotFoundError:
        return Loaded(path=path)
    except OSError as error:
        problem = SettingsError(path, 0, "", error.strerror or str(error))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = SettingsError(path, line, "", "this is not UTF-8")
    else:
        return parse_settings(path, text, before, mark)
    return Loaded(before, (problem,), path=path, mark=mark, is_broken=True)


def parse_settings(
    path: Path, text: str, before: Settings = DEFAULTS, mark: Mark | None = None
) -> Loaded:
    """What the text of a settings file says, as `read_settings` has it."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        problem = syntax_error(path, text, error)
        return Loaded(before, (problem,), path=path, mark=mark, is_broken=True)
    return _Reading(path, text, before).loaded(table, mark)


def mark_of(path: Path) -> Mark | None:
    """The mark of a file as it is now, None when there is none to be seen."""
    try:
        return _mark(path.stat())
    except OSError:
        return None


def _mark(found: os.stat_result) -> Mark:
    return found.st_mtime_ns, found.st_size, found.st_ino


def _at_once(path: str, flags: int) -> int:
    # A pipe that nobody writes to would be waited for.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _whole(file: BinaryIO) -> bytes:
    found = file.read(MOST_BYTES + 1) or b""
    if len(found) > MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return found


def syntax_error(path: Path, text: str, error: ValueError | RecursionError) -> SettingsError:
    """Why `tomllib` cannot read `text`, with the line."""
    told = str(error)
    if isinstance(error, RecursionError):
        return SettingsError(path, _line_of_depth(text), "", "brackets stand too deep in brackets")
    if not isinstance(error, tomllib.TOMLDecodeError):
        found = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 0
        return SettingsError(path, line, "", "a number is too long")
    if (at := _AT.search(told)) is None:
        line = text.count("\n") + 1 if told.endswith(_AT_END) else 0
        return SettingsError(path, line, "", told.removesuffix(_AT_END))
    told = told[: at.start()]
    if (twice := _TWICE.match(told)) is not None:
        table = ".".join(re.findall(r"""(?:'|")(.*?)(?:'|"),?""", twice[1]))
        told = f"the table [{table}] stands there twice; put all of it in one place"
    return SettingsError(path, int(at[1]), "", f"{told} (column {at[2]})")


def _line_of_depth(text: str) -> int:
    """The line in which brackets in brackets become too many; 0 when that cannot be told."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        for sign in line:
            depth += (sign in "[{") - (sign in "]}")
            if depth > _DEEP:
                return number
    return 0


class _Reading:
    """`text` is TOML."""

    def __init__(self, path: Path, text: str, before: Settings) -> None:
        self._path = path
        self._before = before
        self._places = find_places(text)
        self._problems: list[SettingsError] = []

    def loaded(self, table: Mapping[str, object], mark: Mark | None) -> Loaded:
        values = {name: value for name, value in self._values(table) if value is not None}
        lines = {".".join(path): place.line for path, place in self._places.values.items()}
        self._problems.sort(key=lambda problem: problem.line)
        return Loaded(
            settings_of(values),
            tuple(self._problems),
            MappingProxyType(lines),
            self._path,
            mark,
        )

    def _values(self, table: Mapping[str, object]) -> Iterator[tuple[str, Value | None]]:
        for key, value in table.items():
            if key not in SECTIONS:
                yield key, self._value(key, (key,), value)
            elif not isinstance(value, dict):
                self._report((key,), "not a table", f"it is written as [{key}]")
            else:
                for inner, one in value.items():
                    yield f"{key}.{inner}", self._value(f"{key}.{inner}", (key, inner), one)

    def _value(self, name: str, path: tuple[str, ...], value: object) -> Value | None:
        setting = BY_NAME.get(name)
        if setting is None:
            known = [one for one in BY_NAME if one.startswith(name.rpartition(".")[0])]
            near = self._nearest_table(name) if isinstance(value, dict) else self._nearest(name)
            self._report(path, "unknown setting", f"there are: {', '.join(known)}", near)
            return None
        if setting.kind is Kind.TABLE and isinstance(value, dict):
            return self._table(setting, flat(value))
        try:
            return setting.checked(value)
        except ValueFault:
            self._report(path, *setting.fault(value))
            return value_of(self._before, name)

    def _nearest(self, name: str) -> str:
        return nearest(name) if len(self._problems) < MOST_NEAREST else ""

    def _nearest_table(self, name: str) -> str:
        near = get_close_matches(name, TABLES, n=1)
        return f"[{near[0]}]" if near else self._nearest(name)

    def _table(self, setting: Setting, table: dict[str, object]) -> Value:
        good = {}
        for key, value in table.items():
            if isinstance(value, str):
                good[key] = value
            else:
                self._report((setting.name, key), "not a text between quotes")
        return setting.checked(good)

    def _report(
        self, path: tuple[str, ...], reason: str, suggestion: str = "", nearest: str = ""
    ) -> None:
        line, key = self._places.line(path), ".".join(path)
        self._problems.append(SettingsError(self._path, line, key, reason, suggestion, nearest))


def nearest(name: str) -> str:
    """The setting that was perhaps meant by a name; "" when none is near."""
    last = name.rpartition(".")[2]
    same = [known for known in BY_NAME if known.rpartition(".")[2] == last]
    near = same or get_close_matches(name, BY_NAME, n=1)
    near = near or [
        known for known in BY_NAME if get_close_matches(last, [known.rpartition(".")[2]], n=1)
    ]
    return near[0] if near else ""
