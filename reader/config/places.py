"""Where things are on this machine, and the theme that was chosen last."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

LIBRARY_VARIABLE = "DATELINE_LIBRARY"
SETTINGS_VARIABLE = "DATELINE_CONFIG"

THEME_FILE = "theme"
"""Beside the library: the name of the theme chosen last."""

TOUR_FILE = "tour"
"""Beside it, once the tour has been offered."""


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


def tour_is_known(folder: Path) -> bool:
    """Whether the tour has been offered over the library in `folder`."""
    return (folder / TOUR_FILE).exists()


def remember_tour(folder: Path) -> None:
    """Keep that the tour has been offered. Raises OSError."""
    (folder / TOUR_FILE).touch()


def seeds_folder() -> Path:
    """The sample articles: inside an installed package, beside it in a source tree."""
    package = Path(__file__).parents[1]
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"
