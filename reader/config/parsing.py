"""The settings file: TOML with `theme`, `[keys]` and `[feeds]`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from reader.config.values import FeedSettings, Settings
from reader.durations import seconds_of
from reader.errors import SettingsError


def read_settings(path: Path) -> Settings:
    """Read a settings file; a missing one is all defaults.

    Raises SettingsError with the line and key of what cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, 0, "", str(error)) from error
    try:
        return _settings(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, 0, "", str(error)) from error


def _settings(path: Path, text: str, table: Mapping[str, object]) -> Settings:
    for key in table.keys() - {"theme", "keys", "feeds"}:
        raise SettingsError(path, _line_of(text, key), key, "unknown setting", "theme, keys, feeds")
    theme = table.get("theme", "")
    if not isinstance(theme, str):
        raise SettingsError(path, _line_of(text, "theme"), "theme", "not a string")
    keys = _strings(path, text, "keys", table.get("keys", {}))
    feeds = _strings(path, text, "feeds", table.get("feeds", {}))
    return Settings(
        theme=theme, keys=MappingProxyType(keys), feeds=_feed_settings(path, text, feeds)
    )


def _strings(path: Path, text: str, name: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict):
        raise SettingsError(path, _line_of(text, name), name, "not a table")
    for key, value in table.items():
        if not isinstance(value, str):
            raise SettingsError(path, _line_of(text, key), key, "not a string")
    return table


def _feed_settings(path: Path, text: str, table: Mapping[str, str]) -> FeedSettings:
    for key in table.keys() - {"every"}:
        raise SettingsError(path, _line_of(text, key), key, "unknown setting", "every")
    if "every" not in table:
        return FeedSettings()
    try:
        return FeedSettings(seconds_of(table["every"]))
    except ValueError as error:
        reason, forms = "not a time between 5 minutes and a year", '"30m", "2h", "1d", "never"'
        raise SettingsError(path, _line_of(text, "every"), "every", reason, forms) from error


def _line_of(text: str, key: str) -> int:
    """The first line that starts with `key`, counted from 1; 0 when there is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().lstrip("[\"'").startswith(key):
            return number
    return 0
