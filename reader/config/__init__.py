"""Where things are on this machine, and the settings file."""

from __future__ import annotations

from reader.config.editing import editor
from reader.config.parsing import MOST_NEAREST, Loaded, mark_of, read_settings
from reader.config.places import (
    LIBRARY_VARIABLE,
    SETTINGS_VARIABLE,
    THEME_FILE,
    library_folder,
    remember_theme,
    remembered_theme,
    seeds_folder,
    settings_file,
)
from reader.config.showing import Shown, show_settings
from reader.config.table import BY_NAME, SETTINGS, Kind, Setting, toml_value, value_of
from reader.config.values import FeedSettings, ReadingSettings, Settings
from reader.config.writing import example, plain_about, write_setting, write_whole

__all__ = [
    "BY_NAME",
    "LIBRARY_VARIABLE",
    "MOST_NEAREST",
    "SETTINGS",
    "SETTINGS_VARIABLE",
    "THEME_FILE",
    "FeedSettings",
    "Kind",
    "Loaded",
    "ReadingSettings",
    "Setting",
    "Settings",
    "Shown",
    "editor",
    "example",
    "library_folder",
    "mark_of",
    "plain_about",
    "read_settings",
    "remember_theme",
    "remembered_theme",
    "seeds_folder",
    "settings_file",
    "show_settings",
    "toml_value",
    "value_of",
    "write_setting",
    "write_whole",
]
