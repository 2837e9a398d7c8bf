"""Where things are on this machine, and the settings file."""

from __future__ import annotations

from reader.config.parsing import read_settings
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
from reader.config.values import FeedSettings, ReadingSettings, Settings

__all__ = [
    "LIBRARY_VARIABLE",
    "SETTINGS_VARIABLE",
    "THEME_FILE",
    "FeedSettings",
    "ReadingSettings",
    "Settings",
    "library_folder",
    "read_settings",
    "remember_theme",
    "remembered_theme",
    "seeds_folder",
    "settings_file",
]
