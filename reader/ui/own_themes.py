"""The colours of our own themes, and hues that are fitted to whatever theme there is."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

_DARK = Theme(
    name="dateline-dark",
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
    name="dateline-light",
    dark=False,
    primary="#2f5d87",
    secondary="#6a558f",
    accent="#8f5a1e",
    foreground="#24292e",
    background="#f7f5f0",
    surface="#fdfcf9",
    panel="#ebe7de",
    success="#3f6b2a",
    warning="#835f0f",
    error="#a33a3a",
    variables={
        "header-dim": "#5b6167",
        "hint-key": "#87541a",
        "chip-background": "#d8e2ec",
        "chip-foreground": "#1d3a54",
        "pane-line": "#ddd8cd",
        "pane-line-focused": "#2f5d87",
        "block-cursor-text-style": "none",
    },
)

_CONTRAST = Theme(
    name="dateline-contrast",
    dark=True,
    primary="#8fd0ff",
    secondary="#d9b3ff",
    accent="#ffd24a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#101418",
    success="#8cf08c",
    warning="#ffd24a",
    error="#ff9c9c",
    variables={
        "header-dim": "#d8dde2",
        "text-muted": "#d8dde2",
        "hint-key": "#ffd24a",
        "chip-background": "#ffd24a",
        "chip-foreground": "#000000",
        "pane-line": "#8b949e",
        "pane-line-focused": "#ffffff",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
    },
)

OWN_THEMES = (_DARK, _LIGHT, _CONTRAST)

Hues = Mapping[str, Mapping[str, str]]
"""Colours by name, on dark and on light."""

TAG_HUES: Hues = {
    "dark": {
        "red": "#e06c6c",
        "orange": "#de8f4e",
        "yellow": "#d4b545",
        "green": "#86b86a",
        "cyan": "#58b5b5",
        "blue": "#6c9fe0",
        "purple": "#a58be0",
        "pink": "#d982b8",
    },
    "light": {
        "red": "#b3261e",
        "orange": "#a34a00",
        "yellow": "#7a5f00",
        "green": "#3c6e1f",
        "cyan": "#006a6a",
        "blue": "#1f5fae",
        "purple": "#6b45b0",
        "pink": "#a8327e",
    },
}
"""What the colours of tags are made from in a theme of many colours."""

SAFE: Hues = {
    "dark": {
        "person": "#c38700",
        "place": "#4999c6",
        "organisation": "#f6f097",
        "other": "#26ac88",
    },
    "light": {
        "person": "#7e5700",
        "place": "#003e61",
        "organisation": "#000000",
        "other": "#006e50",
    },
}
"""Names in shades of colours of Okabe and Ito (https://jfly.uni-koeln.de/color/): those that stay
farthest apart for eyes that lack red or green, among all that can be read on our grounds."""

SAFE_ANSI = {
    "dark": {
        "person": "ansi_bright_yellow",
        "place": "ansi_bright_blue",
        "organisation": "ansi_default",
        "other": "ansi_magenta",
    },
    "light": {
        "person": "ansi_red",
        "place": "ansi_blue",
        "organisation": "ansi_default",
        "other": "ansi_magenta",
    },
}

ANSI_VARIABLES = {
    "header-dim": "ansi_default",
    "chip-background": "ansi_blue",
    "chip-foreground": "ansi_bright_white",
    "pane-line": "ansi_default",
    "tag-red": "ansi_red",
    "tag-orange": "ansi_bright_red",
    "tag-yellow": "ansi_yellow",
    "tag-green": "ansi_green",
    "tag-cyan": "ansi_cyan",
    "tag-blue": "ansi_blue",
    "tag-purple": "ansi_magenta",
    "tag-pink": "ansi_bright_magenta",
}

ANSI_GROUNDS = {
    "dark": {
        "primary": "ansi_bright_blue",
        "hint-key": "ansi_cyan",
        "pane-line-focused": "ansi_cyan",
        "entity-organisation": "ansi_bright_blue",
    },
    "light": {
        "hint-key": "ansi_blue",
        "pane-line-focused": "ansi_blue",
        "entity-place": "ansi_magenta",
        "entity-other": "ansi_default",
    },
}
"""What can be read on one ground alone: blue is next to black in many terminals, and green, cyan
and yellow are next to white."""
