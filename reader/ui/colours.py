"""Colours that can be told from what they stand on. Pure.

Contrast is that of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio), from 1 to 21.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.color import Color

TEXT = 4.5
"""The least contrast of text (level AA)."""

STRONG = 7.0
"""The least contrast of text for those who see little (level AAA)."""

_STEPS = 24


def contrast(one: Color, other: Color) -> float:
    """How far apart two colours are in light."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Color, grounds: Iterable[Color], least: float = TEXT) -> Color:
    """The colour, made lighter or darker as far as it takes to be read on all of the grounds.

    Where no shade is far enough from all of them it is the farthest.
    """
    grounds = tuple(grounds)
    steps = (step / _STEPS for step in range(1, _STEPS + 1))
    shades = [colour, *(colour.blend(end, step) for step in steps for end in (_WHITE, _BLACK))]

    def worst(shade: Color) -> float:
        return min((contrast(shade, ground) for ground in grounds), default=21.0)

    return next((one for one in shades if worst(one) >= least), max(shades, key=worst))


_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(part / 255) for part in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
