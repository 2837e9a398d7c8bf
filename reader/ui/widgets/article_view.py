"""The reading view: one article at a readable measure, with what is marked in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import Worker

from reader.config import ReadingSettings
from reader.kept import Colour
from reader.model import Article, ArticleRow, EntityId, Mention, PlacedNote, Span
from reader.ui.highlight import Paint
from reader.ui.quoting import Quote
from reader.ui.widgets.article_lines import LineArtist
from reader.ui.widgets.article_look import CLASSES, CSS
from reader.ui.widgets.article_places import ArticlePlaces
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink, restyled
from reader.ui.widgets.marked import CURRENT_MENTION
from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.page import BLANK
from reader.ui.widgets.row_list import local_now
from reader.ui.widgets.typesetting import LONG, Laid, Setting, Typesetter, lay_out
from reader.ui.widgets.wrap import Lines, TextLine, offset_in_cells


class ArticleView(ArticlePlaces, can_focus=True, inherit_bindings=False):
    """Shows an article. Positions are code points of its text, so they outlive a resize."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)
    DEFAULT_CSS = CSS

    @dataclass
    class EntityClicked(Message):
        """A mention of an entity was clicked."""

        entity_id: EntityId

    @dataclass
    class Scrolled(Message):
        """The reader moved the text of an article; `anchor` is the code point now at the top."""

        article_id: int
        anchor: int

    @dataclass
    class NoteReached(Message):
        """The reader has gone to a highlight, or left one: then it is None."""

        placed: PlacedNote | None

    @dataclass
    class QuoteClicked(Message):
        """The text was clicked while some of it was being selected."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = local_now,
        summary_note: str = "",
        tells: bool = True,
        typesetter: Typesetter | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._clock = clock
        self._tells = tells
        """Whether the screen hears what is done here."""
        self.summary_note = summary_note
        """Stands at the end of an article that is only a summary."""
        self.colour_of: Callable[[str], Colour | None] = lambda _tag: None
        """The colour that a tag is drawn in."""
        self._ink = Ink(self, "article")
        self._look = ReadingSettings()
        self._settling = False
        self._pressed: Offset | None = None
        self._also: Sequence[str] = ()
        self._notes: Sequence[PlacedNote] = ()
        self._message = ""
        self._reached: PlacedNote | None = None
        self._width = 0
        self._wrapped_in = 0
        self._laid: Laid | None = None
        self._typesetter = typesetter or Typesetter()
        self._wanted: Setting | None = None
        self._artist = LineArtist(self._marked, self._ink)

    # What is shown

    async def prepare(
        self, article: Article, also: Sequence[str] = (), notes: Sequence[PlacedNote] = ()
    ) -> Laid | None:
        """What `show` is to be given of a long article, laid out meanwhile; None for others."""
        setting = self._setting(article, also, notes)
        return await self._typesetter.lay_out(setting) if setting.is_long else None

    def show(
        self,
        article: Article,
        mentions: Sequence[Mention],
        title_hits: Sequence[Span],
        text_hits: Sequence[Span],
        position: int = 0,
        also: Sequence[str] = (),
        notes: Sequence[PlacedNote] = (),
        laid: Laid | None = None,
    ) -> None:
        """Show an article with the code point `position` of its text at the top of the view;
        `also` are other sources that told of it, `notes` those of the reader, `laid` is what was
        prepared of a long one.

        What is being selected stays where the text is the same."""
        before = self._article
        same = before is not None and (before.row.id, before.text) == (article.row.id, article.text)
        if not same:
            self._quote = None
        if before is None or before.row.id != article.row.id:
            self._sought = ""
        self._article, self._also, self._notes = article, also, notes
        self._wanted = None
        setting = self._setting(article, also, notes)
        laid = laid or lay_out(setting)
        self._marked.put(laid.page, mentions, title_hits, text_hits, notes)
        self._take(laid)
        if not laid.setting.looks_like(setting):
            # The look was changed while it was prepared.
            self._laid = None
        self._find_again()
        self._tell_note()
        self._letters = {}
        self._deselect()
        self._top = laid.page.body.start + position if position > 0 else 0
        self._redraw()
        self._lay_out()

    def show_message(self, text: str) -> None:
        """Say `text` in place of an article."""
        self._article, self._message, self._quote = None, text, None
        self._laid = self._wanted = None
        self._marked.put(BLANK)
        self._tell_note()
        self._letters, self._top = {}, 0
        self._redraw()
        self._lay_out()

    def update_hits(self, title_hits: Sequence[Span], text_hits: Sequence[Span]) -> None:
        """Mark other search hits in the article that is shown."""
        self._marked.set_hits(title_hits, text_hits)
        self._tell_note()
        self._redraw()

    def update_mentions(self, mentions: Sequence[Mention]) -> None:
        """Mark other mentions in the article that is shown."""
        self._marked.set_mentions(mentions)
        self._redraw()

    def update_notes(self, notes: Sequence[PlacedNote]) -> None:
        """Show other notes of the reader in the article that is shown."""
        if self._article is None or list(notes) == list(self._notes):
            return
        before, self._notes = _own_notes(self._notes), notes
        self._marked.set_notes(notes)
        self._tell_note()
        if _own_notes(notes) == before:
            self._redraw()
        else:
            self.look_again()

    def update_row(self, row: ArticleRow) -> None:
        """Show the tags and marks of `row`; the text stays where it is."""
        if self._article is None:
            return
        # Whether it was read is not to be seen here.
        is_same = row == replace(self._article.row, read=row.read)
        self._article = replace(self._article, row=row)
        if not is_same:
            self.look_again()

    def look_again(self) -> None:
        """Lay the article out anew: its tags have other colours, say."""
        self._laid = None
        self._set_anew()

    def set_look(self, look: ReadingSettings) -> None:
        """Set how wide a line of text may get and how far lines stand apart."""
        if look == self._look:
            return
        self._look = look
        self.look_again()

    # Events

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        moved = not self._settling and round(old_value) != round(new_value)
        if moved and self._article is not None:
            y = self.scroll_offset.y
            self._top = self._lines.offset_of(y) if y else 0
            if self._tells:
                self.post_message(self.Scrolled(self._article.row.id, self.anchor))

    def on_resize(self) -> None:
        if self._article and 0 < self.scrollable_content_region.width == self._wrapped_in:
            # A line came or went below: a long article is not broken into lines for that, nor
            # drawn more than once.
            self._fit()
        else:
            self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()
        self._strips.clear()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = event.get_content_offset(self)

    def on_click(self, event: events.Click) -> None:
        # A second click would otherwise select the whole article.
        event.prevent_default()
        place = event.get_content_offset(self)
        if place is None or place != self._pressed:
            return
        if self._quote is not None:
            self.post_message(self.QuoteClicked())
            return
        offset = self._text_under(place)
        if offset is None:
            return
        if (mention := self._marked.mention_at(offset)) is not None:
            shift = self._marked.page.body.start
            self._mark(Paint(mention.start + shift, mention.end + shift, CURRENT_MENTION))
            if self._tells:
                self.post_message(self.EntityClicked(mention.entity_id))
        elif (placed := self._marked.note_at(offset)) is not None and placed.span is not None:
            self.go_to_span(placed.span)

    # Drawing

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._drawn(number)
        if (selection := self.text_selection) is not None:
            strip = self._selected(strip, number, selection)
        elif self._quote is not None and number < len(self._lines):
            strip = self._quoted(strip, self._lines[number], self._quote)
        return strip.apply_offsets(0, number)

    def _quoted(self, strip: Strip, line: TextLine, quote: Quote) -> Strip:
        shift = self._marked.page.body.start
        start, end = max(line.start, quote.start + shift), min(line.end, quote.end + shift)
        if start >= end:
            return strip
        before = self._artist.beside(line, self._margin) - line.start
        return restyled(strip, start + before, end + before, self._ink("quote"))

    def _drawn(self, number: int) -> Strip:
        width = self.scrollable_content_region.width
        if self._article is None:
            style = self._ink("message")
            lines = message_lines(self._message, width, self._height)
            return Strip([Segment("".join(lines[number : number + 1]), style)]).adjust_cell_length(
                width, style
            )
        plain = self._ink("text")
        if number >= len(self._lines):
            return Strip.blank(width, plain)
        strip = self._artist.draw(self._lines[number], self._margin, self._width, self._letters)
        return strip.adjust_cell_length(width, plain)

    def _selected(self, strip: Strip, number: int, selection: Selection) -> Strip:
        span = selection.get_span(number)
        if span is None:
            return strip
        # That of the screen has a colour that is clear, and would be drawn as that of the ground.
        return restyled(strip, span[0], span[1], self._ink("quote"))

    # Layout

    def _lay_out(self) -> None:
        """Break the text into lines anew and put the same code point at the top."""
        width = self._wrapped_in = self.scrollable_content_region.width
        if width <= 0:
            return
        measure = self._width = self._measure_in(width)
        self._margin = (width - measure) // 2
        is_right = self._laid is not None and self._laid.setting.measure == measure
        if self._article is None:
            self._lines = Lines(())
        elif not is_right and self._set_anew():
            return
        self._settle()

    def _measure_in(self, width: int) -> int:
        """How wide a line of text is in so many cells."""
        least = 2 if width >= 40 else 1
        return max(1, min(self._look.measure, width - 2 * least))

    def _setting(
        self, article: Article, also: Sequence[str], notes: Sequence[PlacedNote]
    ) -> Setting:
        width, is_long = self.scrollable_content_region.width, len(article.text) >= LONG
        if width <= 0 and is_long and self.is_attached:
            # It is not seen yet: then it will have the width of the screen.
            width = self.app.size.width - 1
        return Setting(
            article,
            self._clock(),
            self.summary_note,
            also,
            _own_notes(notes),
            self._look,
            {tag: self.colour_of(tag) for tag in article.row.tags},
            self._measure_in(width) if width > 0 else 0,
        )

    def _set_anew(self) -> bool:
        """Lay the article out anew, a long one meanwhile: it is shown as it was until then. Tell
        whether it was done at once."""
        if self._article is None:
            return False
        setting = self._wanted = self._setting(self._article, self._also, self._notes)
        if setting.is_long and self.is_running:
            _: Worker[None] = self.run_worker(self._set_later, group="layout", exclusive=True)
            return False
        self._replace(lay_out(setting, self._laid))
        return True

    async def _set_later(self) -> None:
        if (setting := self._wanted) is None:
            return
        laid = await self._typesetter.lay_out(setting, self._laid)
        if self._wanted is setting:
            self._replace(laid)

    def _replace(self, laid: Laid) -> None:
        """Show the same article on another page, or in other lines."""
        before = self._marked.page
        if laid.page is not before:
            shift = self._marked.replace_page(laid.page)
            self._top += shift if self._top >= before.body.start else 0
        self._take(laid)
        if laid.page is not before:
            self._find_again()
        self._redraw()
        self._lay_out()

    def _take(self, laid: Laid) -> None:
        self._laid, self._lines = laid, laid.lines
        if laid.folded is not None:
            self._folded = laid.page, laid.folded

    def _settle(self) -> None:
        """Draw the lines, with the same code point at the top."""
        self._strips.clear()
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        """Have the size that the lines take, with the same code point at the top."""
        width = self._wrapped_in
        self._settling = True
        set_content_size(self, Size(width, len(self._lines) + 1 if len(self._lines) else 0))
        self.scroll_to(
            y=self._lines.line_of(self._top) if self._top else 0, animate=False, force=True
        )
        self._settling = False

    def _tell_note(self) -> None:
        """Say so when another highlight is the current one, or none is any more."""
        placed = self._marked.current_note
        if placed != self._reached and self.is_running and self._tells:
            self._reached = placed
            self.post_message(self.NoteReached(placed))

    def _text_under(self, place: Offset) -> int | None:
        """The code point of the page that is drawn at a place."""
        number = place.y + self.scroll_offset.y
        if number >= len(self._lines):
            return None
        line = self._lines[number]
        cell = place.x - self._margin - line.indent
        drawn = self._marked.page.drawn[line.start : line.end]
        return line.start + offset_in_cells(drawn, cell)


def _own_notes(notes: Sequence[PlacedNote]) -> list[str]:
    """What the reader has written of the whole article."""
    return [one.note.words for one in notes if not one.note.anchor.quote]
