"""One column of an entity card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.ui.card_lines import CardLine, Target
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink


class CardColumn(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows lines, and the cursor on those of one target. Targets are counted from the top."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card--text", "card--dim", "card--heading", "card--spark", "card--count", "card--tag",
        "card--title", "card--unread", "card--sentence", "card--marked", "card--person",
        "card--place", "card--organisation", "card--other", "card--name-person",
        "card--name-place", "card--name-organisation", "card--name-other", "card--cursor",
        "card--bar",
    }  # fmt: skip
    DEFAULT_CSS = """
    CardColumn {
        background: $surface;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $surface;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .card--dim, & > .card--sentence, & > .card--count { color: $text-muted; }
        & > .card--heading { color: $foreground; text-style: bold; }
        & > .card--spark { color: $primary; }
        & > .card--tag { color: $success; }
        & > .card--unread { text-style: bold; }
        & > .card--marked { color: $foreground; text-style: underline; }
        & > .card--person { color: $entity-person; text-style: $person-style; }
        & > .card--place { color: $entity-place; text-style: $place-style; }
        & > .card--organisation { color: $entity-organisation; text-style: $organisation-style; }
        & > .card--other { color: $entity-other; text-style: $other-style; }
        & > .card--name-person { color: $entity-person; text-style: bold; }
        & > .card--name-place { color: $entity-place; text-style: bold; }
        & > .card--name-organisation { color: $entity-organisation; text-style: bold; }
        & > .card--name-other { color: $entity-other; text-style: bold; }
        & > .card--cursor { background: $primary 30%; }
        & > .card--bar { color: $primary; }
        &:ansi, &:nocolor {
            & > .card--dim, & > .card--sentence, & > .card--count { text-style: dim; }
            & > .card--marked { color: ansi_default; text-style: underline; }
            & > .card--spark { color: ansi_cyan; }
            & > .card--cursor { background: ansi_default; text-style: reverse; }
        }
    }
    """

    @dataclass
    class Clicked(Message):
        """A target was clicked."""

        column: CardColumn
        number: int

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._ink = Ink(self, "card")
        self._lines: Sequence[CardLine] = ()
        # The number of the target each line stands for, None where it has none.
        self._numbers: list[int | None] = []
        self._cursor: int | None = None

    def show(self, lines: Sequence[CardLine]) -> list[Target]:
        """Show lines; the targets in them, in order."""
        targets: list[Target] = []
        self._lines, self._numbers = lines, []
        for line in lines:
            if line.target is not None and (not targets or targets[-1] is not line.target):
                targets.append(line.target)
            self._numbers.append(None if line.target is None else len(targets) - 1)
        set_content_size(self, Size(self.scrollable_content_region.width, len(lines)))
        self.refresh()
        return targets

    def put_cursor(self, number: int | None) -> None:
        """Put the cursor on a target, or nowhere, and show it."""
        self._cursor = number
        self.refresh()
        if number is not None and self.size:
            self._show_cursor(number)

    def _show_cursor(self, number: int) -> None:
        first = self._numbers.index(number)
        last = len(self._numbers) - 1 - self._numbers[::-1].index(number)
        height = self.scrollable_content_region.height
        # With the first target all that stands above it, with another its heading.
        top = 0 if not number else first - (first > 0 and self._lines[first - 1].is_heading)
        y = max(self.scroll_offset.y, last + 1 - height)
        self.scroll_to(y=max(0, min(y, top, first)), animate=False, force=True)

    def on_resize(self) -> None:
        if self._cursor is not None and self._numbers:
            self._show_cursor(self._cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        number = -1 if place is None else place.y + self.scroll_offset.y
        if 0 <= number < len(self._numbers) and (target := self._numbers[number]) is not None:
            self.post_message(self.Clicked(self, target))

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, self._ink())
        here = self._numbers[number]
        current = here is not None and here == self._cursor
        ink, below = self._ink, ("cursor",) if current else ()
        bar = Segment("▌", ink("cursor", "bar")) if current else Segment(" ", ink())
        segments = [
            Segment(text, ink(*below, style)) for text, style in self._lines[number].pieces if text
        ]
        return Strip([bar, *segments]).adjust_cell_length(width, ink(*below))
