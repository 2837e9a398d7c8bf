"""A short text set in the middle of a pane."""

from __future__ import annotations

from rich.cells import cell_len

from reader.ui.format import fit
from reader.ui.safety import shown
from reader.ui.widgets.wrap import Block, wrap

_MARGIN = 2


def message_lines(message: str, width: int, height: int) -> list[str]:
    """Return the lines of a pane of `width` by `height` cells that say `message`.

    Each line of the message is centred; the whole stands a little above the middle.
    """
    room = max(1, width - 2 * _MARGIN)
    said: list[str] = []
    for text in shown(message).split("\n"):
        lines = wrap(text, [Block(0, len(text))], room)
        said += [text[lines[n].start : lines[n].end] for n in range(len(lines))]
    centred = [" " * ((width - cell_len(text)) // 2) + fit(text, width) for text in said]
    return [""] * max(0, (height - len(said)) // 3) + centred
