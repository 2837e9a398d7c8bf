"""The names of the themes, known without loading what draws them."""

from __future__ import annotations

OWN_PREFIX = "dateline-"

OWN = ("dateline-dark", "dateline-light", "dateline-contrast")
"""Our own."""

TERMINAL = ("ansi-dark", "ansi-light")
"""The terminal's sixteen colours."""

FRAMEWORK = (
    "atom-one-dark", "atom-one-light", "catppuccin-frappe", "catppuccin-latte",
    "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki", "gruvbox", "monokai",
    "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark",
    "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip
"""Those that come with Textual."""

FULL_NAMES = (*OWN, *TERMINAL, *FRAMEWORK)

THEME_NAMES = tuple(name.removeprefix(OWN_PREFIX) for name in FULL_NAMES)
"""The same as they are written: our own without `dateline-`."""


def theme_named(word: str) -> str:
    """The full name of the theme a word means, "" when there is none."""
    for name, short in zip(FULL_NAMES, THEME_NAMES, strict=True):
        if word in (name, short):
            return name
    return ""
