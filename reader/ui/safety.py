"""The last door before the terminal: whatever slipped through is taken out here.

Texts are cleaned when they come in; nothing below relies on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor

from reader.clean import strip_unsafe

NOTHING = "\u200b"
"""Stands in for a character that is not shown: no cell wide, one code point long."""

_UNEVEN = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


_NO_COLOUR = NoColor()


class SafeFilter(LineFilter):
    """Deletes control codes and bidirectional controls from every segment that is drawn."""

    # Drawn lines are kept by filter: with all filters alike, a new one does not cost them all.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, SafeFilter)

    def __hash__(self) -> int:
        return hash(SafeFilter)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return `segments` with nothing in their text that a terminal would obey."""
        return [_harmless(segment) for segment in segments]


def safe_filters(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """Return the filters of an app as ours must have them, the safe one last.

    Under NO_COLOR Textual decides for greys or for no colour at all before a theme can be
    chosen, and its greys turn the terminal's own colours into black on black: here it is none.
    """
    kept = [_NO_COLOUR if isinstance(one, Monochrome) else one for one in filters]
    return [*kept, SafeFilter()]


def shown(text: str) -> str:
    """Return `text` as it may be drawn, code point for code point: every offset stays true.

    Unsafe characters become `NOTHING`, tabs become spaces, line ends stay.
    """
    return "\n".join(_shown_line(line) for line in text.split("\n"))


def shown_line(text: str) -> str:
    """Return `text` as it may be drawn in one row, code point for code point.

    Beyond `shown`: line ends become spaces, and the emoji modifiers terminals disagree about
    the width of (variation selectors, skin tones) become `NOTHING`.
    """
    return _UNEVEN.sub(NOTHING, _shown_line(text.replace("\n", " ")))


def _shown_line(line: str) -> str:
    line = line.replace("\t", " ")
    if strip_unsafe(line) == line:
        return line
    return "".join(strip_unsafe(character) or NOTHING for character in line)


def _harmless(segment: Segment) -> Segment:
    text, style, control = segment
    safe = strip_unsafe(text)
    return segment if safe is text else Segment(safe, style, control)
