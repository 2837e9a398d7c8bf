"""The colours: dateline's own themes, the terminal's sixteen, and those of Textual.

The stylesheet uses names that only our own themes have; `complete` gives them to any theme, in
shades that can be read on its grounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from reader.config.theme_names import FULL_NAMES, OWN, TERMINAL, THEME_NAMES, theme_named
from reader.ui.colours import STRONG, TEXT, readable
from reader.ui.own_themes import (
    ANSI_GROUNDS,
    ANSI_VARIABLES,
    OWN_THEMES,
    SAFE,
    SAFE_ANSI,
    TAG_HUES,
)

DARK, LIGHT, CONTRAST = OWN
ANSI_DARK, ANSI_LIGHT = TERMINAL

NAMES = (*OWN, *TERMINAL)
"""Those that `screen.theme` goes through, in this order."""

ALL = FULL_NAMES
"""All that can be chosen."""

WORDS = THEME_NAMES
"""The same, as written on the command line."""

named = theme_named

GROUNDS = ("background", "surface", "panel")
"""What text stands on."""

_MEANINGS = ("primary", "secondary", "accent", "success", "warning", "error")


def own_themes() -> tuple[Theme, ...]:
    """The themes that Textual does not bring along."""
    return OWN_THEMES


def complete(theme: Theme) -> Theme:
    """A theme with every name of the stylesheet; what it has itself stays."""
    missing = _missing_of_few(theme) if theme.ansi else _missing(theme)
    return Theme(**{**vars(theme), "variables": {**missing, **theme.variables, **_STYLES}})


def _ground(theme: Theme) -> str:
    return "dark" if theme.dark else "light"


def least_contrast(theme: Theme) -> float:
    """How far text stands out from its ground in a theme."""
    return STRONG if theme.name == CONTRAST else TEXT


def _missing_of_few(theme: Theme) -> dict[str, str]:
    return {**_entities(theme), **ANSI_VARIABLES, **ANSI_GROUNDS[_ground(theme)]}


def _missing(theme: Theme) -> dict[str, str]:
    made = {**theme.to_color_system().generate(), **theme.variables}
    background, surface, panel = (Color.parse(made[name]) for name in GROUNDS)
    text, primary = Color.parse(made["foreground"]), Color.parse(made["primary"])
    grounds = (background, surface, panel)
    # The row under the cursor has small print too.
    cursor = (*grounds, surface.blend(primary, 0.3))
    least = least_contrast(theme)

    def shade(colour: str) -> str:
        return readable(Color.parse(colour), grounds, least).hex

    muted = readable(panel.blend(text, 0.66), cursor, least).hex
    chip = panel.blend(primary, 0.35)
    return {
        "foreground": shade(made["foreground"]),
        "text-muted": muted,
        "header-dim": muted,
        "hint-key": shade(made["accent"]),
        "chip-background": chip.hex,
        "chip-foreground": readable(text, [chip], least).hex,
        "pane-line": panel.hex,
        "pane-line-focused": shade(made["primary"]),
        "block-cursor-text-style": "none",
        **{name: shade(colour) for name, colour in _entities(theme).items()},
        **{f"tag-{name}": shade(hue) for name, hue in TAG_HUES[_ground(theme)].items()},
        # Ours are made so that they can be read; others make up for it here.
        **{name: shade(made[name]) for name in _MEANINGS},
    }


def _entities(theme: Theme) -> dict[str, str]:
    made = theme.to_color_system().generate()
    return {
        "entity-person": made["warning"],
        "entity-place": made["success"],
        "entity-organisation": made["primary"],
        "entity-other": made["secondary"],
    }


_STYLES = {
    "person-style": "underline",
    "place-style": "italic",
    "organisation-style": "bold",
    "other-style": "italic underline",
}

_SAFE_STYLES = {
    "person-style": "underline",
    "place-style": "uu",
    "organisation-style": "bold",
    "other-style": "italic overline",
}


def safe_entities(variables: Mapping[str, str], theme: Theme) -> dict[str, str]:
    """Colours and lines of names that everybody can tell from one another in this theme, whose
    `variables` say what they stand on."""
    if theme.ansi:
        colours: Mapping[str, str] = SAFE_ANSI[_ground(theme)]
    else:
        grounds = [Color.parse(variables[name]) for name in GROUNDS]
        hues = SAFE[_ground(theme)]
        least = least_contrast(theme)
        colours = {
            name: readable(Color.parse(hue), grounds, least).hex for name, hue in hues.items()
        }
    return {**{f"entity-{name}": colour for name, colour in colours.items()}, **_SAFE_STYLES}


def choose(wanted: str, environment: Mapping[str, str], remembered: str = "") -> str:
    """The theme to begin with: the wanted one, else the remembered one as far as it shows here.

    Without either the terminal says whether it is light and how many colours it has. Sixteen
    cannot keep the names of our own themes apart, so there the theme is its own.
    """
    if name := named(wanted):
        return name
    kept = named(remembered)
    light = not _is_dark(kept) if kept else _is_light(environment)
    if _has_few_colours(environment):
        return ANSI_LIGHT if light else ANSI_DARK
    return kept or (LIGHT if light else DARK)


def _is_dark(name: str) -> bool:
    own = {theme.name: theme for theme in OWN_THEMES}
    return (own.get(name) or BUILTIN_THEMES[name]).dark


def _has_few_colours(environment: Mapping[str, str]) -> bool:
    if "NO_COLOR" in environment:
        return True
    # Who asks as the drawing does never disagrees with what is drawn.
    system: Any = environment.get("TEXTUAL_COLOR_SYSTEM", "auto")
    console = Console(color_system=system, force_terminal=True, _environ=environment)
    return console.color_system not in ("256", "truecolor")


def _is_light(environment: Mapping[str, str]) -> bool:
    """Whether the background is white, where the terminal tells ("0;15": black on white)."""
    return environment.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


def following(name: str) -> str:
    """The theme after `name`."""
    at = NAMES.index(name) if name in NAMES else -1
    return NAMES[(at + 1) % len(NAMES)]
