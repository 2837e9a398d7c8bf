"""Draws one line of an article: what stands beside the text, the text in its looks, letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.ui.format import fit
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.marked import MarkedPage
from reader.ui.widgets.wrap import TextLine, end_of_cells

_PARTS = ": "

NOTED = "*"
"""Stands in the margin where a highlight with words to it begins."""
_GAP = 1
"""Cells between it and the text, where there is room."""


class LineArtist:
    """Draws lines of a page."""

    def __init__(self, marked: MarkedPage, ink: Ink) -> None:
        self._marked = marked
        self._ink = ink

    def draw(self, line: TextLine, margin: int, measure: int, letters: Mapping[int, str]) -> Strip:
        """The strip of a line behind `margin` cells, filled to `measure` where it is to be;
        `letters` lie over the text, each from a code point of the page on."""
        segments = (*self._beside(line, margin), *self._text(line, letters))
        strip = Strip([segment for segment in segments if segment.text])
        if line.gutter.fill:
            strip = strip.adjust_cell_length(margin + measure, self._ground(line))
        return strip

    def _beside(self, line: TextLine, margin: int) -> Iterator[Segment]:
        yield from self._margin(line, margin)
        if line.indent:
            lead = line.gutter.lead[: line.indent]
            mark = _fitted(line.gutter.mark, line.indent - len(lead))
            between = " " * (line.indent - len(lead) - cell_len(mark))
            yield Segment(lead, self._ink("text", "quote-bar"))
            yield Segment(between, self._ground(line))
            yield Segment(mark, self._ink("text", *filter(None, (line.gutter.fill,)), "mark"))

    def beside(self, line: TextLine, margin: int) -> int:
        """Code points that stand before the text of a line, `margin` cells counted in."""
        return sum(len(segment.text) for segment in self._beside(line, margin))

    def _margin(self, line: TextLine, margin: int) -> Iterator[Segment]:
        if not margin or not self._marked.is_noted(line.start, line.end):
            yield Segment(" " * margin, self._ink("text"))
            return
        behind = min(_GAP, margin - 1)
        yield Segment(" " * (margin - behind - 1), self._ink("text"))
        yield Segment(NOTED, self._ink("text", "note-mark"))
        yield Segment(" " * behind, self._ink("text"))

    def _ground(self, line: TextLine) -> Style:
        return self._ink("text", line.gutter.fill) if line.gutter.fill else self._ink("text")

    def _text(self, line: TextLine, letters: Mapping[int, str]) -> Iterator[Segment]:
        at = line.start
        for offset in [one for one in letters if line.start <= one < line.end]:
            first, label = max(at, offset), letters[offset]
            yield from self._runs(at, first)
            at, cells = end_of_cells(self._marked.page.drawn, first, line.end, len(label))
            yield Segment(label + " " * (cells - len(label)), self._ink("text", "letter"))
        yield from self._runs(at, line.end)

    def _runs(self, start: int, end: int) -> Iterator[Segment]:
        for run in self._marked.within(start, end):
            text = self._marked.page.drawn[run.start : run.end]
            yield Segment(text, self._ink("text", *run.styles))


def _fitted(mark: str, room: int) -> str:
    """A mark within `room` cells; what parts it from the text stays, where that can be."""
    if cell_len(mark) <= room or room <= len(_PARTS):
        return fit(mark, room)
    return fit(mark.removesuffix(_PARTS), room - len(_PARTS)) + _PARTS
