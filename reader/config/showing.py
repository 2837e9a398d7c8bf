"""All settings as they are, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reader.config.parsing import Loaded
from reader.config.table import SETTINGS, Kind, Value, toml_text, toml_value, value_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as it is: `text` is the value as TOML, `line` where the file has it, 0 where the
    value is the default."""

    name: str
    value: Value
    text: str
    line: int


def show_settings(loaded: Loaded) -> Iterator[Shown]:
    """Every setting, and every entry of those that are tables."""
    unused = {problem.key for problem in loaded.problems}
    for setting in SETTINGS:
        value = value_of(loaded.settings, setting.name)
        if setting.kind is Kind.TABLE and isinstance(value, Mapping):
            for key, text in value.items():
                name = f"{setting.name}.{key}"
                yield Shown(name, text, toml_text(text), loaded.lines.get(name, 0))
        else:
            line = 0 if setting.name in unused else loaded.lines.get(setting.name, 0)
            yield Shown(setting.name, value, toml_value(setting, value), line)
