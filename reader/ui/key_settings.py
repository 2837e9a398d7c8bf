"""The keys and commands of the settings file: a keymap, and what of them cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reader.config import Loaded
from reader.errors import SettingsError
from reader.ui.keymap import Keymap, KeyTrouble, Trouble, split_keys
from reader.ui.own_commands import TemplateError, parse_template
from reader.ui.wording import tell_trouble

MOST_PROBLEMS = 200
"""Problems of a settings file that the screen lists or logs; `dateline config check` tells all."""


def keymap_of(loaded: Loaded) -> tuple[Keymap, tuple[SettingsError, ...]]:
    """The keys that a settings file leads to, and all its problems by their lines."""
    settings = loaded.settings
    keys = {name: split_keys(value) for name, value in settings.keys.items()}
    keymap = Keymap(keys, preset=settings.keymap)
    troubles = (problem_of(trouble, loaded) for trouble in keymap.troubles)
    problems = (*loaded.problems, *troubles, *_templates(loaded))
    return keymap, tuple(sorted(problems, key=lambda problem: problem.line))


def problems_of(loaded: Loaded) -> tuple[SettingsError, ...]:
    """All that is wrong in a settings file."""
    return keymap_of(loaded)[1]


def _templates(loaded: Loaded) -> Iterator[SettingsError]:
    path, settings = loaded.path or Path("config.toml"), loaded.settings
    written = {f"commands.{name}": text for name, text in settings.commands.items()}
    if settings.browser:
        written["browser"] = settings.browser
    for name, text in written.items():
        try:
            parse_template(text)
        except TemplateError as error:
            yield SettingsError(path, loaded.lines.get(name, 0), name, error.text)


def problem_of(trouble: KeyTrouble, loaded: Loaded) -> SettingsError:
    """What is wrong with a binding, as the other mistakes of a settings file are told."""
    # A default key that is taken stands in no line, but what took it does.
    names = (trouble.action, trouble.other)
    line = next((found for name in names if (found := loaded.lines.get(f"keys.{name}"))), 0)
    near = trouble.other if trouble.trouble is Trouble.UNKNOWN_ACTION else ""
    path = loaded.path or Path("config.toml")
    return SettingsError(path, line, f"keys.{trouble.action}", tell_trouble(trouble), nearest=near)
