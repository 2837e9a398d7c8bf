"""The one table of what can be set: checking, writing, showing and `docs/settings.md` read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from reader.config.theme_names import THEME_NAMES, theme_named
from reader.config.values import FeedSettings, ReadingSettings, Settings
from reader.durations import duration_text, seconds_of
from reader.nearest import nearest

Value = str | int | bool | Mapping[str, str]
"""What a setting can be."""


class Kind(Enum):
    """What a setting takes."""

    TEXT = "any text"
    CHOICE = "one of several words"
    NUMBER = "a number"
    SWITCH = "true or false"
    TIME = "a time"
    TABLE = "names and texts"


class ValueFault(Exception):  # noqa: N818
    """A value that a setting cannot have, or the one named `key` of its table."""

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set. `choices` are the words it takes, `least` and `most` the ends
    of a number; `about` is its line in the documentation, `example` what stands there for a
    table."""

    name: str
    kind: Kind
    about: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    example: str = ""

    @property
    def default(self) -> Value:
        """What holds where nothing is set."""
        return value_of(Settings(), self.name)

    @property
    def takes(self) -> str:
        """What can be given, in words."""
        match self.kind:
            case Kind.CHOICE:
                return ", ".join(self.choices)
            case Kind.NUMBER:
                return f"a number from {self.least} to {self.most}"
            case Kind.TIME:
                return 'a time from 5 minutes to a year: "30m", "2h", "1d", "1w"; "never"'
            case _:
                return str(self.kind.value)

    def checked(self, value: object) -> Value:
        """The value as the program uses it. Raises ValueFault."""
        match self.kind:
            case Kind.SWITCH:
                return _switch(value)
            case Kind.NUMBER:
                return self._number(value)
            case Kind.TABLE:
                return _table(value)
        if not isinstance(value, str):
            raise ValueFault
        if self.kind is Kind.TIME:
            return _time(value)
        return self._choice(value) if self.kind is Kind.CHOICE else value

    def parsed(self, text: str) -> Value:
        """What a text typed for it means. Raises ValueFault."""
        match self.kind:
            case Kind.SWITCH:
                return _switch(_SWITCHES.get(text.lower()))
            case Kind.NUMBER:
                return self._number(int(text) if re.fullmatch("[0-9]{1,9}", text) else text)
        return self.checked(text)

    def fault(self, value: object) -> tuple[str, str, str]:
        """Why it cannot be this value, what it could be, and what was perhaps meant."""
        if self.kind is not Kind.CHOICE:
            return f"this takes {self.takes}", "", ""
        near = nearest(value, self.choices) if isinstance(value, str) else ""
        return "there is no such word", f"there are: {self.takes}", near

    def _number(self, value: object) -> int:
        if type(value) is not int or not self.least <= value <= self.most:
            raise ValueFault
        return value

    def _choice(self, value: str) -> str:
        if self.name == "theme" and (name := theme_named(value)):
            return name
        if value not in (*self.choices, self.default):
            raise ValueFault
        return value


_SWITCHES = {
    **dict.fromkeys(("true", "on", "yes"), True),
    **dict.fromkeys(("false", "off", "no"), False),
}


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueFault
    return value


def _time(value: str) -> int:
    try:
        return seconds_of(value)
    except ValueError as error:
        raise ValueFault from error


def _table(value: object) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueFault
    for key, one in value.items():
        if not isinstance(one, str):
            raise ValueFault(key)
    return MappingProxyType(dict(value))


def flat(table: Mapping[str, object], before: str = "", levels: int = 20) -> dict[str, object]:
    """A table with the names of the tables in it before their keys: without quotes the name of
    an action is written as one. What lies below so many `levels` stays a table."""
    found: dict[str, object] = {}
    for key, value in table.items():
        inner = value if isinstance(value, dict) and value and levels else None
        name = f"{before}{key}"
        found.update(flat(inner, f"{name}.", levels - 1) if inner else {name: value})
    return found


SETTINGS = (
    Setting(
        "theme",
        Kind.CHOICE,
        "The colours. Without it they are those chosen last, else what suits the terminal",
        choices=THEME_NAMES,
    ),
    Setting(
        "entity_colours",
        Kind.CHOICE,
        "Colours of people, places and organisations: those of the theme, or `safe` ones that "
        "differ for everybody's eyes and by their underline",
        choices=("theme", "safe"),
    ),
    Setting(
        "keymap",
        Kind.CHOICE,
        "The keys to begin with; `[keys]` changes single ones",
        choices=("default", "newsboat", "vim", "emacs", "arrows"),
    ),
    Setting(
        "pictures",
        Kind.CHOICE,
        "Whether pictures are shown in the terminal when they are asked for (from the next start)",
        choices=("off", "on demand"),
    ),
    Setting(
        "browser",
        Kind.TEXT,
        "The command that opens a link, `{url}` in it; empty: the browser of the system",
    ),
    Setting("tour", Kind.SWITCH, "Whether the tour is offered at the first start"),
    Setting("feeds.every", Kind.TIME, "How often a feed is asked for news"),
    Setting(
        "reading.measure",
        Kind.NUMBER,
        "The widest a line of an article gets, in columns",
        least=30,
        most=200,
    ),
    Setting(
        "reading.line_spacing",
        Kind.NUMBER,
        "Empty lines between the lines of a paragraph",
        most=1,
    ),
    Setting("reading.paragraph_spacing", Kind.NUMBER, "Empty lines between paragraphs", most=2),
    Setting(
        "reading.words_per_minute",
        Kind.NUMBER,
        "How fast you read, for the reading time of an article",
        least=50,
        most=2000,
    ),
    Setting("reading.progress", Kind.SWITCH, "Whether it is shown how far you have read"),
    Setting("reading.open_marks_read", Kind.SWITCH, "Whether opening an article marks it read"),
    Setting(
        "keys",
        Kind.TABLE,
        'Keys of actions by the names in [Keys](keys.md), or of a command line: `":tag +war" = '
        '"alt+w"`. Several are parted by a comma and a space, the keys of a sequence by a space',
        example='"article.tag" = "T, alt+t"',
    ),
    Setting(
        "commands",
        Kind.TABLE,
        "Commands of your own by name, with `{url}`, `{title}`, `{id}`, `{source}`, `{date}` and "
        "`{citation}` of the article; no shell takes part",
        example='later = "wallabag add {url}"',
    ),
)
"""Every setting, in the order of the documentation."""

BY_NAME = {setting.name: setting for setting in SETTINGS}

SECTIONS = ("feeds", "reading")
"""Tables whose keys are settings of their own."""

TABLES = (*SECTIONS, *(setting.name for setting in SETTINGS if setting.kind is Kind.TABLE))
"""Whatever is written as a table."""


def value_of(settings: Settings, name: str) -> Value:
    """What a setting is. Raises KeyError for a name there is none of."""
    section, _, rest = name.rpartition(".")
    owner: object = getattr(settings, section) if section else settings
    value: Value = getattr(owner, rest)
    return value


def settings_of(values: Mapping[str, Value]) -> Settings:
    """Settings with these values by name; the defaults for the rest."""
    plain = {name: value for name, value in values.items() if "." not in name}
    feeds = _below("feeds", values)
    reading = _below("reading", values)
    return Settings(
        **plain,  # type: ignore[arg-type]
        feeds=FeedSettings(**feeds),  # type: ignore[arg-type]
        reading=ReadingSettings(**reading),  # type: ignore[arg-type]
    )


def _below(section: str, values: Mapping[str, Value]) -> dict[str, Value]:
    start = f"{section}."
    return {
        name.removeprefix(start): value for name, value in values.items() if name.startswith(start)
    }


def toml_value(setting: Setting, value: Value) -> str:
    """A value as the file has it, without those of tables, which are lines of their own."""
    if isinstance(value, bool):
        return str(value).lower()
    if setting.kind is Kind.TIME and isinstance(value, int):
        value = duration_text(value)
    return toml_text(value) if isinstance(value, str) else str(value)


def toml_text(text: str) -> str:
    """A text between quotes, whatever is in it."""
    escaped = "".join(_ESCAPES.get(sign) or _plain(sign) for sign in text)
    return f'"{escaped}"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _plain(sign: str) -> str:
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
