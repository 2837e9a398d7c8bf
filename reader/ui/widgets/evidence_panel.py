"""The sentence behind the line under the cursor of a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.clean import clean_line
from reader.model import Evidence, Span
from reader.ui.format import fit, format_date
from reader.ui.highlight import Runs, hit_paints, merge
from reader.ui.safety import shown_line
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.row_list import local_now
from reader.ui.widgets.wrap import Block, Lines, wrap

_BEFORE = 40
"""Code points that are kept before the first name of a sentence too long to be shown whole."""


class EvidencePanel(Widget):
    """A sentence with the names in it marked, and below it where it stands; or a note."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"evidence--dim", "evidence--hit"}
    DEFAULT_CSS = """
    EvidencePanel {
        height: 4;
        background: $panel;
        & > .evidence--dim { color: $text-muted; }
        & > .evidence--hit { color: $foreground; text-style: bold underline; }
        &:ansi, &:nocolor {
            & > .evidence--dim { text-style: dim; }
            & > .evidence--hit { color: ansi_default; text-style: bold underline; }
        }
    }
    """

    note: reactive[str] = reactive("")

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._ink = Ink(self, "evidence")
        self._evidence: Evidence | None = None

    def show(self, evidence: Evidence | None, note: str = "") -> None:
        """Show a sentence, or a note where there is none."""
        self._evidence, self.note = evidence, note
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def render_line(self, y: int) -> Strip:
        width, height = self.size.width, self.size.height
        room = max(1, width - 3)
        if self._evidence is None:
            text = fit(f" {self.note}", width) if y == 0 else ""
            return self._strip([Segment(text, self._ink("dim"))], width)
        rows = max(1, height - 1) if height > 2 else height
        if y == rows and height > 2:
            return self._strip([Segment(_origin(self._evidence, room), self._ink("dim"))], width)
        lead = "“" if y == 0 else " "
        return self._strip(
            [Segment(f" {lead}", self._ink("dim")), *self._sentence(self._evidence, y, room, rows)],
            width,
        )

    def _strip(self, segments: Sequence[Segment], width: int) -> Strip:
        return Strip(segments).adjust_cell_length(width, self._ink())

    def _sentence(self, evidence: Evidence, y: int, room: int, rows: int) -> list[Segment]:
        text, runs, lines = set_sentence(evidence.sentence, evidence.spans, room, rows)
        if y >= min(rows, len(lines)):
            return []
        line = lines[y]
        segments = [
            Segment(text[run.start : run.end], self._ink(*run.styles))
            for run in runs.within(line.start, line.end)
        ]
        cut = y == rows - 1 and y < len(lines) - 1
        end = "…" if cut else "”" if y == len(lines) - 1 else ""
        return [*segments, Segment(end, self._ink("dim"))]


def _origin(evidence: Evidence, room: int) -> str:
    row = evidence.row
    date = format_date(row.published, local_now())
    parts = (date, clean_line(row.source), clean_line(row.title))
    return "  " + fit(" · ".join(part for part in parts if part), room)


def set_sentence(
    sentence: str, spans: Sequence[Span], width: int, rows: int
) -> tuple[str, Runs, Lines]:
    """A sentence as it is drawn, its looks, and its lines of `width` cells.

    Of one that has more than `rows` lines the beginning gives way to the first of `spans`.
    """
    text = shown_line(sentence).rstrip()
    lines = wrap(text, [Block(0, len(text))], width)
    first = min((span.start for span in spans), default=0)
    last = max((span.end for span in spans), default=0)
    if len(lines) > rows and lines.line_of(last) >= rows and first > _BEFORE:
        cut = text.find(" ", first - _BEFORE, first) + 1 or first
        text = "… " + text[cut:]
        spans = [Span(span.start - cut + 2, span.end - cut + 2) for span in spans]
        lines = wrap(text, [Block(0, len(text))], width)
    return text, merge(len(text), [hit_paints(spans, 0)]), lines
