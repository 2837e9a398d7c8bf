"""A quiet list beside a line that is typed in: what the line could go on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.format import Line, pad, pad_left
from reader.ui.safety import shown_line
from reader.ui.widgets.ink import Ink

_GAP = "  "
_RULE = 1
"""Lines of the rule between the list and what it lies over."""
_ROOMIER = 2
"""Times the lines that are shown, up to which the list stays as high as it is."""
_AROUND = 5
"""Lines of the screen that the list leaves free at least, and as many as it covers."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line: what could be written, what it is, and how many articles have it, if known."""

    label: str
    kind: str
    articles: int | None = None


def suggestion_lines(suggestions: Sequence[Suggestion], width: int) -> tuple[Line, ...]:
    """The lines in columns, all equally wide, at most `width` cells."""
    counts = ["" if one.articles is None else f"{one.articles:,}" for one in suggestions]
    labels = [shown_line(one.label) for one in suggestions]
    count_width = max(map(cell_len, counts), default=0)
    kind_width = max((cell_len(one.kind) for one in suggestions), default=0)
    beside = len(_GAP) * (2 if count_width else 1) + kind_width + count_width + 2
    room = min(max(map(cell_len, labels), default=0), max(0, width - beside))
    return tuple(
        (
            (f" {pad(label, room)}{_GAP}", "label"),
            (pad(one.kind, kind_width), "kind"),
            ((_GAP if count_width else "") + pad_left(count, count_width) + " ", "count"),
        )
        for one, label, count in zip(suggestions, labels, counts, strict=True)
    )


def lines_that_fit(height: int) -> int:
    """How many lines the list may have on a screen `height` lines high."""
    return max(1, (height - _AROUND + 1) // 2)


class Suggestions(Widget):
    """Lies over the panes, so that nothing moves when it comes and goes, as wide as the screen,
    so that nothing of them stands beside it. Hidden when empty."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "suggestions--label", "suggestions--kind", "suggestions--count", "suggestions--chosen",
    }  # fmt: skip
    DEFAULT_CSS = """
    Suggestions {
        overlay: screen;
        width: 100%;
        background: $panel;
        border-bottom: hkey $pane-line-focused;
        &.-above { border-bottom: none; border-top: hkey $pane-line-focused; }
        & > .suggestions--kind, & > .suggestions--count { color: $text-muted; }
        & > .suggestions--chosen { background: $primary 30%; }
        &:ansi, &:nocolor {
            & > .suggestions--kind, & > .suggestions--count { text-style: dim; }
            & > .suggestions--chosen {
                color: ansi_default;
                background: ansi_default;
                text-style: reverse;
            }
        }
    }
    """

    def __init__(self, *, above: bool) -> None:
        super().__init__(classes="-above" if above else "")
        self.visible = False
        self._above = above
        self._room = 0
        self._left = 0
        self._lines: tuple[Line, ...] = ()
        self._chosen: int | None = None
        self._ink = Ink(self, "suggestions")

    def offer(self, suggestions: Sequence[Suggestion], column: int) -> None:
        """Show these, as many as fit, from `column` of the screen on."""
        screen = self.screen.size
        shown = suggestions[: lines_that_fit(screen.height)]
        self._lines = suggestion_lines(shown, screen.width - 2)
        self._chosen = None
        if self._lines:
            width = sum(cell_len(text) for text, _ in self._lines[0])
            self._left = max(0, min(column - 1, screen.width - width))
        self._take_room(len(self._lines), lines_that_fit(screen.height))
        self.refresh()

    def _take_room(self, lines: int, most: int) -> None:
        """Be as high as what is shown, and rather higher than of another height with each
        letter: everything would be laid out anew, and what lies below would jump."""
        if lines <= self._room <= min(_ROOMIER * lines, most):
            return
        self._room = lines
        # Not by a class: the list would be styled anew.
        self.visible = bool(lines)
        self.styles.height = self.lines
        self.styles.offset = (0, -self.lines if self._above else 0)

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def lines(self) -> int:
        """How many lines of the screen are covered."""
        return self._room + _RULE if self._room else 0

    def choose(self, at: int | None) -> None:
        """Mark a line, or none."""
        self._chosen = at
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def render_line(self, y: int) -> Strip:
        at = y - (self._room - len(self._lines) if self._above else 0)
        if not 0 <= at < len(self._lines):
            return Strip.blank(self.size.width, self._ink())
        chosen = ("chosen",) if at == self._chosen else ()
        line = [Segment(text, self._ink(name, *chosen)) for text, name in self._lines[at]]
        plain = self._ink()
        return Strip([Segment(" " * self._left, plain), *line]).adjust_cell_length(
            self.size.width, plain
        )
