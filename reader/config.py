"""Where things are on this machine, and the settings file.

The settings file is TOML: `theme = "dateline-dark"`, under `[keys]` an action and its keys
(`"article.tag" = "t"`), under `[feeds]` how often they are asked (`every = "1h"`).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from reader.durations import EVERY, seconds_of
from reader.errors import SettingsError

LIBRARY_VARIABLE = "DATELINE_LIBRARY"
SETTINGS_VARIABLE = "DATELINE_CONFIG"

THEME_FILE = "theme"
"""Beside the library: the name of the theme chosen last."""


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """`every` is the time between two fetches of a feed in seconds, where it has none of its
    own; with 0 the open screen asks nothing by itself."""

    every: int = EVERY


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader may choose. An empty theme leaves the choice to the terminal."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    feeds: FeedSettings = FeedSettings()


def library_folder(option: str | None, environment: Mapping[str, str]) -> Path:
    """The folder of the library: the option, else the variable, else the platform's own."""
    chosen = option or environment.get(LIBRARY_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("dateline")


def settings_file(environment: Mapping[str, str]) -> Path:
    """The settings file, which need not exist."""
    chosen = environment.get(SETTINGS_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_config_path

    return user_config_path("dateline") / "config.toml"


def remembered_theme(folder: Path) -> str:
    """The theme chosen last over the library in `folder`; "" when there is none to read."""
    try:
        with (folder / THEME_FILE).open(encoding="utf-8") as file:
            return file.read(100).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def remember_theme(folder: Path, name: str) -> None:
    """Keep the name of a theme; it is on the disk on return. Raises OSError."""
    unfinished = folder / f"{THEME_FILE}.{os.getpid()}"
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / THEME_FILE)


def seeds_folder() -> Path:
    """The sample articles: inside an installed package, beside it in a source tree."""
    package = Path(__file__).parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"


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
    return Settings(theme, MappingProxyType(keys), _feed_settings(path, text, feeds))


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
