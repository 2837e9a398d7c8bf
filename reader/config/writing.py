"""One setting changed in the file, the rest of which stays as it was written."""

from __future__ import annotations

import copy
import errno
import os
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader.config.parsing import Loaded, nearest, parse_settings, syntax_error
from reader.config.scanning import Places, find_places
from reader.config.table import (
    BY_NAME,
    SETTINGS,
    TABLES,
    Kind,
    Setting,
    ValueFault,
    toml_text,
    toml_value,
)
from reader.errors import SettingsError

Keys = tuple[str, ...]
"""The keys that lead to a value, from the top."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")

_HEAD = """\
# The settings of dateline. What begins with # is a comment: take it away before a setting to
# change it. Each stands here with what it is anyway. `dateline config check` tells of mistakes.
"""


Check = Callable[[Loaded], Iterable[SettingsError]]
"""All that is wrong in a settings file."""


def _problems_of_file(loaded: Loaded) -> Iterable[SettingsError]:
    return loaded.problems


def write_setting(path: Path, name: str, text: str, check: Check = _problems_of_file) -> None:
    """Set `name` to what a person has typed; comments and the rest of the file stay. A new file
    has all other settings in it as comments.

    It is on the disk on return. Raises SettingsError when there is no such setting, when it
    cannot be this, what `check` has against it, or when the file as it is cannot be read; OSError
    when it cannot be written.
    """
    keys, setting = _target(path, name)
    try:
        f"{name}{text}".encode()
        value = text if setting.kind is Kind.TABLE else setting.parsed(text)
    except ValueFault:
        raise SettingsError(path, 0, name, *setting.fault(text)) from None
    except UnicodeEncodeError as error:
        raise SettingsError(path, 0, "", "this is not UTF-8") from error
    after = changed(path, _text_of(path), keys, toml_value(setting, value))
    for problem in check(parse_settings(path, after)):
        if problem.key == name:
            raise SettingsError(path, 0, name, problem.reason, problem.suggestion, problem.nearest)
    write_whole(path, after)


def _target(path: Path, name: str) -> tuple[Keys, Setting]:
    """The keys that lead to a setting, or to one entry of a table."""
    first, _, rest = name.partition(".")
    setting = BY_NAME.get(name) or (BY_NAME.get(first) if rest else None)
    if name in TABLES:
        entry = f"name what is in it: {name}.NAME"
        raise SettingsError(path, 0, name, "this is a table", entry)
    if setting is None:
        known = ", ".join(BY_NAME)
        raise SettingsError(path, 0, name, "unknown setting", f"there are: {known}", nearest(name))
    if setting.kind is Kind.TABLE:
        return (first, rest), setting
    return tuple(name.split(".")), setting


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        # Who opens it finds everything else that can be set.
        return example()
    except UnicodeDecodeError as error:
        raise SettingsError(path, 0, "", "this is not UTF-8") from error


def changed(path: Path, text: str, keys: Keys, value: str) -> str:
    """The text of a settings file with another value (as TOML) for the setting of `keys`.

    Raises SettingsError when the text is not TOML, or has no place for it.
    """
    try:
        before = _loads(text)
    except (ValueError, RecursionError) as error:
        broken = syntax_error(path, text, error)
        reason = f"the file cannot be read: {broken.reason}"
        raise SettingsError(path, broken.line, "", reason) from error
    places = find_places(text)
    new = tomllib.loads(f"x = {value}")["x"]
    for way, candidate in _candidates(text, places, keys, value):
        # Whatever way it was written, nothing else may mean anything else afterwards.
        with suppress(tomllib.TOMLDecodeError, RecursionError):
            if _loads(candidate) == _with(before, way, new):
                return candidate
    raise SettingsError(path, places.line(keys), ".".join(keys), "cannot be changed by itself")


def _loads(text: str) -> dict[str, Any]:
    """A file to compare with another one: `nan` equals nothing, its text does."""
    return tomllib.loads(text, parse_float=str)


def _with(table: dict[str, Any], keys: Keys, value: object) -> dict[str, Any]:
    table = copy.deepcopy(table)
    inner = table
    for key in keys[:-1]:
        found = inner.setdefault(key, {})
        if not isinstance(found, dict):
            return {}
        inner = found
    inner[keys[-1]] = value
    return table


def _candidates(text: str, places: Places, keys: Keys, value: str) -> Iterator[tuple[Keys, str]]:
    """Ways to write it, the best first, each with the keys that lead there then."""
    # Without quotes the name of an action is a table in a table.
    for way in (keys, (keys[0], *".".join(keys[1:]).split("."))):
        if (place := places.values.get(way)) is not None:
            yield way, text[: place.start] + value + text[place.end :]
    for candidate in _new(text, places, keys, value):
        yield keys, candidate


def _new(text: str, places: Places, keys: Keys, value: str) -> Iterator[str]:
    table, name = keys[:-1], _key(keys[-1])
    line = f"{name} = {value}\n"
    for comment in re.finditer(rf"^# ?{re.escape(name)} = .*\n", text, re.MULTILINE):
        yield text[: comment.start()] + line + text[comment.end() :]
    if table in places.ends:
        yield _inserted(text, places.ends[table], line)
    if (place := places.values.get(table)) is not None:
        inside = text[: place.end - 1].rstrip()
        comma = " " if inside.endswith("{") else ", "
        yield f"{inside}{comma}{name} = {value} " + text[place.end - 1 :]
    gap = "\n" if text.strip() else ""
    yield _inserted(text, len(text), f"{gap}[{'.'.join(map(_key, table))}]\n{line}")
    yield _inserted(text, places.ends[()], f"{'.'.join(map(_key, keys))} = {value}\n")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml_text(key)


def _inserted(text: str, at: int, lines: str) -> str:
    before = text[:at]
    if before and not before.endswith("\n"):
        before += "\n"
    return before + lines + text[at:]


def write_whole(path: Path, text: str) -> None:
    """Write a file so that at any moment it is the old one or the new one, whole. A link stays
    one. Raises OSError."""
    try:
        target = path.resolve()
    except RuntimeError:  # as Python up to 3.12 tells of links that lead to each other
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            if target.exists():
                unfinished.chmod(target.stat().st_mode & 0o777)
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def example() -> str:
    """A settings file in which everything stands as a comment."""
    lines = [_HEAD]
    section = ""
    for setting in SETTINGS:
        table, _, name = setting.name.rpartition(".")
        if setting.kind is Kind.TABLE:
            table, line = setting.name, setting.example
        else:
            line = f"{name} = {toml_value(setting, setting.default)}"
        if table != section:
            lines.append(f"[{table}]")
            section = table
        lines += [*_comment(setting), f"# {line}", ""]
    return "\n".join(lines)


def plain_about(setting: Setting) -> str:
    """What a setting is about, without the marks of the documentation."""
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", setting.about).replace("`", "")


def _comment(setting: Setting) -> list[str]:
    about = plain_about(setting)
    takes = "" if setting.kind in (Kind.TABLE, Kind.TEXT) else f" ({setting.takes})"
    return textwrap.wrap(
        f"{about}{takes}.", 96, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )
