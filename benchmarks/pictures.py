"""Pictures of the screen as SVG that look the same everywhere and name no host."""

from __future__ import annotations

import re
from html import escape, unescape

from rich.cells import cell_len

FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_FAMILY = re.compile(r"font-family: [^;]*;")
_TEXT = re.compile(
    r'(<text[^>]*? x=")([\d.]+)("[^>]* textLength=")([\d.]+)("[^>]*>)([^<]*)(</text>)'
)
_RUN = re.compile(r"\S+(?: \S+)*")
CELL = 12.2
"""Width of a character, in the units of the picture."""


def tidy(svg: str) -> str:
    """The picture without fonts from elsewhere, and with every text where its first letter is.

    Blanks around a text are drawn by some programs and dropped by others.
    """
    svg = _FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("", _COMMENT.sub("", svg)))
    lines = _TEXT.sub(_split, svg).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _split(found: re.Match[str]) -> str:
    """The words of one text, each run of them where it belongs whatever the font."""
    start, x, middle, _, end, escaped, close = found.groups()
    text = unescape(escaped).replace("\xa0", " ")
    return "".join(
        f"{start}{float(x) + CELL * cell_len(text[: run.start()]):.1f}"
        f"{middle}{CELL * cell_len(run[0]):.1f}{end}{_escaped(run[0])}{close}"
        for run in _RUN.finditer(text)
    )


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace(" ", "&#160;")
