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

_GAP = " … "
_AROUND = (10_000, 120, 60, 30, 12, 0)
"""Code points that are kept around the names of a sentence that is too long, tried in turn."""


class EvidencePanel(Widget):
    """A sentence with the names in it marked, and below it where it stands; or a note."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"evidence--dim", "evidence--hit"}
    DEFAULT_CSS = """
    EvidencePanel {
        height: 5;
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

    Where the last of `spans` would not be on the first `rows` lines, what stands far from all of
    them is left out; beyond it nothing need be.
    """
    whole = shown_line(sentence).rstrip()
    spans = sorted(spans, key=lambda span: span.start)
    for around in _AROUND:
        text, marked = _shortened(whole, spans, around)
        lines = wrap(text, [Block(0, len(text))], width)
        if not marked or lines.line_of(marked[-1].end - 1) < rows:
            break
    return text, merge(len(text), [hit_paints(marked)]), lines


def _shortened(text: str, spans: Sequence[Span], around: int) -> tuple[str, list[Span]]:
    """What of a text stands at most `around` code points from one of `spans`, as whole words,
    and where these are in it."""
    drawn, at, marked = "", 0, list[Span]()
    for number, span in enumerate(spans):
        start = max(at, text.rfind(" ", 0, max(0, span.start - around)) + 1)
        if start - at <= len(_GAP):
            start = at
        drawn += _GAP.lstrip() * (not number) + _GAP * (number > 0) if start > at else ""
        shift = len(drawn) - start
        last = number == len(spans) - 1
        end = len(text) if last else max(span.end, text.find(" ", span.end + around))
        end = min(end, spans[number + 1].start) if not last else end
        drawn += text[start:end]
        marked.append(Span(span.start + shift, span.end + shift))
        at = end
    return drawn or text, marked
