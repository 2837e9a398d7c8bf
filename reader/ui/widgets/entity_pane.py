"""The entity pane: who and what the article on the screen names, or all articles of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.model import Entity, EntityCount, EntityKind
from reader.ui.format import Line, entity_line, facet_line, fit, uncertain_line
from reader.ui.highlight import KIND_STYLES
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.pane import Pane

HEADINGS = {
    EntityKind.PER: "People",
    EntityKind.LOC: "Places",
    EntityKind.ORG: "Organisations",
    EntityKind.MISC: "Other",
}
NOTHING_NAMED = "No names found in this article"


@dataclass(frozen=True, slots=True)
class NameRow:
    """One entity: its mentions in the article and its articles in the library; of a whole list,
    `mentions` is None and `articles` those of the list."""

    entity: Entity
    mentions: int | None
    articles: int
    is_uncertain: bool = False

    def line(self, width: int) -> Line:
        """The line of it, but for the cells of the cursor."""
        if self.mentions is None:
            return facet_line(self.entity.name, self.articles, width)
        if self.is_uncertain:
            return uncertain_line(self.entity.name, self.mentions, width)
        return entity_line(EntityCount(self.entity, self.mentions, self.articles), width)


class EntityPane(Pane, can_focus=True, inherit_bindings=False):
    """Lists entities by kind, the most mentioned first, with a cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "entities--person", "entities--place", "entities--organisation", "entities--other",
        "entities--name", "entities--mentions", "entities--articles", "entities--cursor",
        "entities--cursor-here", "entities--bar", "entities--bar-here", "entities--message",
        "entities--uncertain", "entities--title",
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

        & > .entities--person { color: $entity-person; text-style: $person-style; }
        & > .entities--place { color: $entity-place; text-style: $place-style; }
        & > .entities--organisation {
            color: $entity-organisation; text-style: $organisation-style;
        }
        & > .entities--other { color: $entity-other; text-style: $other-style; }
        & > .entities--articles, & > .entities--message, & > .entities--uncertain,
        & > .entities--title { color: $text-muted; }
        & > .entities--cursor { background: $foreground 8%; }
        & > .entities--bar { color: $foreground 40%; }
        & > .entities--cursor-here { background: $primary 30%; }
        & > .entities--bar-here { color: $primary; }
        &:ansi, &:nocolor {
            & > .entities--articles, & > .entities--message, & > .entities--uncertain,
            & > .entities--title { text-style: dim; }
            & > .entities--cursor, & > .entities--cursor-here { background: ansi_default; }
            & > .entities--cursor-here { text-style: reverse; }
        }
    }
    """

    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    @dataclass
    class Chosen(Message):
        """An entity was clicked."""

        entity: Entity

    @dataclass
    class Moved(Message):
        """The cursor is on another entity."""

        entity: Entity

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._ink = Ink(self, "entities")
        self._rows: list[NameRow] = []
        self._title = ""
        # A title, a heading, the number of a row, or nothing.
        self._lines: list[str | EntityKind | int | None] = []
        self._line_of: list[int] = []
        self._message = ""

    # What is shown

    def show(
        self,
        counts: Sequence[EntityCount],
        uncertain: Sequence[EntityCount] = (),
        *,
        keep: bool = False,
    ) -> None:
        """List the entities of an article by kind, the cursor on the first, or where it was."""
        rows = [NameRow(one.entity, one.mentions, one.articles) for one in counts]
        rows += [NameRow(one.entity, one.mentions, 0, is_uncertain=True) for one in uncertain]
        self._fill(rows, "" if rows else NOTHING_NAMED, keep=keep)

    def show_facets(self, title: str, facets: Sequence[tuple[Entity, int]]) -> None:
        """List those whom a whole list names, each with so many of its articles, under a title;
        the cursor stays where it is."""
        keep = self.is_of_list
        rows = [NameRow(entity, None, articles) for entity, articles in facets]
        self._fill(rows, "" if rows else title, title, keep=keep)

    def clear(self) -> None:
        """Show nothing."""
        self._fill((), "")

    @property
    def is_of_list(self) -> bool:
        """Whether it shows whom a whole list names."""
        return bool(self._title)

    @property
    def current(self) -> Entity | None:
        """The entity under the cursor."""
        return self._rows[self.cursor].entity if self._rows else None

    @property
    def current_articles(self) -> int:
        """How many articles, of the library or of the list, name it."""
        return self._rows[self.cursor].articles if self._rows else 0

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by `delta` entities, as far as there are any."""
        self.cursor += delta

    # Changes

    def draw_cursor(self) -> None:
        """Draw the row under the cursor."""
        for line in self._line_of[self.cursor : self.cursor + 1]:
            self.refresh_lines(line)

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        for index in (old, new):
            self.refresh_lines(self._line_of[index])
        self._show_cursor()
        self.post_message(self.Moved(self._rows[new].entity))

    def on_resize(self) -> None:
        self._fit()
        self._show_cursor()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        number = -1 if place is None else place.y + self.scroll_offset.y
        if 0 <= number < len(self._lines) and isinstance(index := self._lines[number], int):
            self.cursor = index
            self.post_message(self.Chosen(self._rows[index].entity))

    # Drawing

    def render_line(self, y: int) -> Strip:
        region = self.scrollable_content_region
        number = y + self.scroll_offset.y
        if not self._rows:
            said = message_lines(self._message, region.width, region.height)
            segments = [Segment("".join(said[y : y + 1]), self._ink("message"))]
            return Strip(segments).adjust_cell_length(region.width, self._ink())
        line = self._lines[number] if number < len(self._lines) else None
        if isinstance(line, int):
            return self._entity_strip(line, region.width)
        return self._heading_strip(line, region.width)

    def _heading_strip(self, heading: str | None, width: int) -> Strip:
        plain = self._ink()
        if heading is None:
            return Strip.blank(width, plain)
        if isinstance(heading, EntityKind):
            text, style = HEADINGS[heading], KIND_STYLES[heading]
        else:
            text, style = fit(heading, max(0, width - 1)), "title"
        segments = [Segment(" ", plain), Segment(text, self._ink(style))]
        return Strip(segments).adjust_cell_length(width, plain)

    def _entity_strip(self, index: int, width: int) -> Strip:
        cursor = self.here("cursor") if index == self.cursor else ""
        ink, below = self._ink, (cursor,) if cursor else ()
        bar = Segment("▌", ink(cursor, self.here("bar"))) if cursor else Segment(" ", ink())
        segments = [
            Segment(text, ink(*below, style))
            for text, style in ((" ", "name"), *self._rows[index].line(width))
            if text
        ]
        return Strip([bar, *segments]).adjust_cell_length(width, ink(*below))

    # Layout

    def _fill(
        self, rows: Sequence[NameRow], message: str, title: str = "", *, keep: bool = False
    ) -> None:
        before, at = self.current, self.cursor
        self._message, self._title = message, title
        kinds = list(HEADINGS)
        self._rows = sorted(
            rows,
            key=lambda row: (
                kinds.index(row.entity.kind), row.is_uncertain, -(row.mentions or row.articles),
                row.entity.name,
            ),
        )  # fmt: skip
        self._set_lines()
        cursor = self._kept(before, at) if keep else 0
        self.set_reactive(EntityPane.cursor, cursor)
        self._lay_out()
        if keep:
            self._show_cursor()
        elif self.size:
            self.scroll_to(y=0, animate=False, force=True)

    def _set_lines(self) -> None:
        self._lines, self._line_of = [self._title, None] if self._title else [], []
        for index, row in enumerate(self._rows):
            kind = row.entity.kind
            if not index or self._rows[index - 1].entity.kind is not kind:
                self._lines += [None, kind] if index else [kind]
            self._line_of.append(len(self._lines))
            self._lines.append(index)

    def _kept(self, entity: Entity | None, at: int) -> int:
        """Where an entity is now, or what stands in the place it had."""
        places = [n for n, row in enumerate(self._rows) if entity and row.entity.id == entity.id]
        return places[0] if places else max(0, min(at, len(self._rows) - 1))

    def _lay_out(self) -> None:
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        set_content_size(self, Size(self.scrollable_content_region.width, len(self._lines)))

    def _show_cursor(self) -> None:
        """Scroll as little as shows the cursor, with the heading above the first of a kind."""
        if not self._rows or not self.size:
            return
        line, y = self._line_of[self.cursor], self.scroll_offset.y
        top = line - 1 if not isinstance(self._lines[line - 1], int) else line
        top = 0 if not self.cursor else top
        y = max(y, line + 1 - self.scrollable_content_region.height)
        self.scroll_to(y=max(0, min(y, top)), animate=False, force=True)
