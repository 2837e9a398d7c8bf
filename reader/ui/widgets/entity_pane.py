"""The entity pane: who and what the article on the screen names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.model import Entity, EntityCount, EntityKind
from reader.ui.format import entity_line
from reader.ui.highlight import KIND_STYLES
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.message_lines import message_lines

HEADINGS = {
    EntityKind.PER: "People",
    EntityKind.LOC: "Places",
    EntityKind.ORG: "Organisations",
    EntityKind.MISC: "Other",
}
NOTHING_NAMED = "No names found in this article"


class EntityPane(ScrollView, can_focus=True, inherit_bindings=False):
    """Lists entities by kind, the most mentioned first, with a cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entities--person", "entities--place", "entities--organisation", "entities--other",
        "entities--name", "entities--mentions", "entities--articles", "entities--cursor",
        "entities--bar", "entities--message",
    }  # fmt: skip
    DEFAULT_CSS = """
    EntityPane {
        background: $surface;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $surface;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .entities--person { color: $warning; text-style: underline; }
        & > .entities--place { color: $success; text-style: italic; }
        & > .entities--organisation { color: $primary; text-style: bold; }
        & > .entities--other { color: $secondary; text-style: italic underline; }
        & > .entities--articles, & > .entities--message { color: $text-muted; }
        & > .entities--cursor { background: $foreground 8%; }
        & > .entities--bar { color: $foreground 40%; }
        &:focus > .entities--cursor { background: $primary 30%; }
        &:focus > .entities--bar { color: $primary; }
        &:ansi, &:nocolor {
            & > .entities--articles, & > .entities--message { text-style: dim; }
            & > .entities--cursor { background: ansi_default; }
            &:focus > .entities--cursor { text-style: reverse; }
        }
    }
    """

    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    @dataclass
    class Jump(Message):
        """An entity was chosen."""

        entity: Entity

    @dataclass
    class Moved(Message):
        """The cursor is on another entity."""

        entity: Entity

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._ink = Ink(self, "entities")
        self._counts: list[EntityCount] = []
        self._lines: list[EntityKind | int | None] = []
        self._line_of: list[int] = []
        self._message = ""

    # What is shown

    def show(self, counts: Sequence[EntityCount]) -> None:
        """List entities by kind, the cursor on the first."""
        self._fill(counts, "" if counts else NOTHING_NAMED)

    def clear(self) -> None:
        """Show nothing."""
        self._fill((), "")

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor."""
        return self._counts[self.cursor].entity if self._counts else None

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by `delta` entities, as far as there are any."""
        self.cursor += delta

    def jump(self) -> None:
        """Choose the entity under the cursor, if there is one."""
        if self.current is not None:
            self.post_message(self.Jump(self.current))

    # Changes

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, len(self._counts) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        for index in (old, new):
            self.refresh_lines(self._line_of[index])
        self._show_cursor()
        self.post_message(self.Moved(self._counts[new].entity))

    def on_resize(self) -> None:
        self._lay_out()
        self._show_cursor()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        number = -1 if place is None else place.y + self.scroll_offset.y
        if 0 <= number < len(self._lines) and isinstance(index := self._lines[number], int):
            self.cursor = index
            self.jump()

    # Drawing

    def render_line(self, y: int) -> Strip:
        region = self.scrollable_content_region
        number = y + self.scroll_offset.y
        if not self._counts:
            said = message_lines(self._message, region.width, region.height)
            segments = [Segment("".join(said[y : y + 1]), self._ink("message"))]
            return Strip(segments).adjust_cell_length(region.width, self._ink())
        line = self._lines[number] if number < len(self._lines) else None
        if isinstance(line, int):
            return self._entity_strip(line, region.width)
        return self._heading_strip(line, region.width)

    def _heading_strip(self, kind: EntityKind | None, width: int) -> Strip:
        plain = self._ink()
        if kind is None:
            return Strip.blank(width, plain)
        segments = [Segment(" ", plain), Segment(HEADINGS[kind], self._ink(KIND_STYLES[kind]))]
        return Strip(segments).adjust_cell_length(width, plain)

    def _entity_strip(self, index: int, width: int) -> Strip:
        current = index == self.cursor
        ink, below = self._ink, ("cursor",) if current else ()
        bar = Segment("▌", ink("cursor", "bar")) if current else Segment(" ", ink())
        segments = [
            Segment(text, ink(*below, style))
            for text, style in ((" ", "name"), *entity_line(self._counts[index], width))
            if text
        ]
        return Strip([bar, *segments]).adjust_cell_length(width, ink(*below))

    # Layout

    def _fill(self, counts: Sequence[EntityCount], message: str) -> None:
        self._message = message
        kinds = list(HEADINGS)
        self._counts = sorted(
            counts,
            key=lambda count: (
                kinds.index(count.entity.kind), -count.mentions, count.entity.name,
            ),
        )  # fmt: skip
        self._lines, self._line_of = [], []
        for index, count in enumerate(self._counts):
            if not index or self._counts[index - 1].entity.kind is not count.entity.kind:
                self._lines += [None, count.entity.kind] if index else [count.entity.kind]
            self._line_of.append(len(self._lines))
            self._lines.append(index)
        self.set_reactive(EntityPane.cursor, 0)
        self._lay_out()
        if self.size:
            self.scroll_to(y=0, animate=False, force=True)

    def _lay_out(self) -> None:
        set_content_size(self, Size(self.scrollable_content_region.width, len(self._lines)))
        self.refresh()

    def _show_cursor(self) -> None:
        """Scroll as little as shows the cursor, with the heading above the first of a kind."""
        if not self._counts or not self.size:
            return
        line, y = self._line_of[self.cursor], self.scroll_offset.y
        top = line - 1 if not isinstance(self._lines[line - 1], int) else line
        y = max(y, line + 1 - self.scrollable_content_region.height)
        self.scroll_to(y=max(0, min(y, top)), animate=False, force=True)
