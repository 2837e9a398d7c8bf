"""Pictures of the screen as SVG that look the same everywhere and name no host."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
_PREFIX = re.compile(r"terminal-\d+-")
_LINE_CLIP = re.compile(r'<clipPath id="line-\d+">.*?</clipPath>\s*', re.DOTALL)
_CLIPPED = re.compile(r' clip-path="url\(#line-\d+\)"')
_GROUNDS = re.compile(r"(?:<rect [^>]*crispEdges[^>]*/>)+")
_GROUND = re.compile(
    r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
)
CELL = 12.2
"""Width of a character, in the units of the picture."""

LINE = 24.4
"""Height of a line."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A stretch of one colour behind the text."""

    fill: str
    x: float
    y: float
    width: float
    height: float


def tidy(svg: str) -> str:
    """The picture without fonts from elsewhere and what it can do without, and with every text
    where its first letter is.

    Blanks around a text are drawn by some programs and dropped by others.
    """
    svg = _FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("", _COMMENT.sub("", svg)))
    svg = _CLIPPED.sub("", _LINE_CLIP.sub("", _PREFIX.sub("", svg)))
    lines = _TEXT.sub(_split, _GROUNDS.sub(_merged, svg)).splitlines()
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
    return escape(text, quote=False).replace(" ", "\xa0")


def _merged(found: re.Match[str]) -> str:
    """Grounds of one colour side by side or on top of each other, as one."""
    grounds = [Ground(fill, *map(float, numbers)) for fill, *numbers in _GROUND.findall(found[0])]
    drawn = "".join(
        f'<rect fill="{one.fill}" x="{one.x:g}" y="{one.y:g}"'
        f' width="{one.width:g}" height="{one.height:g}"/>'
        for one in _stacked(_joined(grounds))
    )
    return f'<g shape-rendering="crispEdges">{drawn}</g>'


def _joined(grounds: Iterable[Ground]) -> Iterator[Ground]:
    last: Ground | None = None
    for one in grounds:
        if last is not None and _touch(last, one):
            last = replace(last, width=round(one.x + one.width - last.x, 2))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _touch(left: Ground, right: Ground) -> bool:
    is_beside = abs(left.x + left.width - right.x) < CELL / 2
    return is_beside and (left.fill, left.y) == (right.fill, right.y)


def _stacked(grounds: Iterable[Ground]) -> Iterable[Ground]:
    """They do not overlap but for the seam between two lines."""
    stacks: dict[tuple[str, float, float], Ground] = {}
    done = []
    for one in grounds:
        column = (one.fill, one.x, one.width)
        above = stacks.pop(column, None)
        if above is not None and one.y - (above.y + above.height) < 0:
            one = replace(above, height=round(one.y + one.height - above.y, 2))
        elif above is not None:
            done.append(above)
        stacks[column] = one
    return [*done, *stacks.values()]
