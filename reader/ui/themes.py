"""The colours: dateline's own dark and light, and the terminal's sixteen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from textual.theme import BUILTIN_THEMES, Theme

DARK = "dateline-dark"
LIGHT = "dateline-light"
ANSI_DARK = "ansi-dark"
ANSI_LIGHT = "ansi-light"

NAMES = (DARK, LIGHT, ANSI_DARK, ANSI_LIGHT)
"""What can be chosen, in the order in which `screen.theme` goes through it."""

WORDS = tuple(name.removeprefix("dateline-") for name in NAMES)
"""The same, as written on the command line."""

_DARK = Theme(
    name=DARK,
    dark=True,
    primary="#7fa7c9",
    secondary="#9a8fbf",
    accent="#d9a86c",
    foreground="#d5d8dc",
    background="#16191d",
    surface="#1b1f24",
    panel="#242a31",
    success="#8fb573",
    warning="#d9b36c",
    error="#d98080",
    variables={
        "header-dim": "#8b949e",
        "hint-key": "#d9a86c",
        "chip-background": "#33414f",
        "chip-foreground": "#dbe5ee",
        "pane-line": "#2c333b",
        "pane-line-focused": "#7fa7c9",
        "block-cursor-text-style": "none",
    },
)

_LIGHT = Theme(
    name=LIGHT,
    dark=False,
    primary="#2f5d87",
    secondary="#6a558f",
    accent="#8f5a1e",
    foreground="#24292e",
    background="#f7f5f0",
    surface="#fdfcf9",
    panel="#ebe7de",
    success="#3f6b2a",
    warning="#8a6410",
    error="#a33a3a",
    variables={
        "header-dim": "#63696f",
        "hint-key": "#8f5a1e",
        "chip-background": "#d8e2ec",
        "chip-foreground": "#1d3a54",
        "pane-line": "#ddd8cd",
        "pane-line-focused": "#2f5d87",
        "block-cursor-text-style": "none",
    },
)

_ANSI_VARIABLES = {
    "header-dim": "ansi_default",
    "hint-key": "ansi_cyan",
    "chip-background": "ansi_blue",
    "chip-foreground": "ansi_bright_white",
    "pane-line": "ansi_default",
    "pane-line-focused": "ansi_cyan",
}


def themes() -> tuple[Theme, ...]:
    """Every theme that can be chosen, complete with the names of this stylesheet."""
    return (_DARK, _LIGHT, _terminal(ANSI_DARK), _terminal(ANSI_LIGHT))


def named(word: str) -> str:
    """The theme a word means, as written in the settings or on the command line, else ""."""
    for name, short in zip(NAMES, WORDS, strict=True):
        if word in (name, short):
            return name
    return ""


def choose(wanted: str, environment: Mapping[str, str], remembered: str = "") -> str:
    """The theme to begin with: the wanted one, else the remembered one as far as it shows here.

    Without either the terminal says whether it is light and how many colours it has. Sixteen
    cannot keep the names of our own themes apart, so there the theme is its own.
    """
    if name := named(wanted):
        return name
    kept = named(remembered)
    light = kept in (LIGHT, ANSI_LIGHT) if kept else _is_light(environment)
    if _has_few_colours(environment):
        return ANSI_LIGHT if light else ANSI_DARK
    return kept or (LIGHT if light else DARK)


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


def _terminal(name: str) -> Theme:
    theme = BUILTIN_THEMES[name]
    return Theme(**{**vars(theme), "variables": {**theme.variables, **_ANSI_VARIABLES}})
