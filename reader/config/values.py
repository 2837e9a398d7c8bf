"""What the reader may choose, and what stands where nothing was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reader.durations import EVERY


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """`every` is the time between two fetches of a feed in seconds, where it has none of its
    own; with 0 the open screen asks nothing by itself."""

    every: int = EVERY


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How an article stands on the screen. `measure` is in cells, `line_spacing` and
    `paragraph_spacing` in blank lines."""

    measure: int = 76
    line_spacing: int = 0
    paragraph_spacing: int = 1
    words_per_minute: int = 230
    progress: bool = True
    open_marks_read: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader may choose. An empty theme leaves the choice to the terminal, an empty
    browser to the system.

    `keys` are keys by the name of an action or by a command line that begins with ":", `commands`
    templates of commands by their names.
    """

    theme: str = ""
    keymap: str = "default"
    entity_colours: str = "theme"
    pictures: str = "off"
    browser: str = ""
    tour: bool = True
    keys: Mapping[str, str] = field(default_factory=_nothing)
    feeds: FeedSettings = FeedSettings()
    reading: ReadingSettings = ReadingSettings()
    commands: Mapping[str, str] = field(default_factory=_nothing)
