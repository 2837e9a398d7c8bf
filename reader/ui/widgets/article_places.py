"""What lies where in an article: names, highlights, links, what is being selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.geometry import Offset
from textual.selection import Selection

from reader.clean import clean_text
from reader.model import Article, EntityId, Mention, PlacedNote, Span
from reader.ui.highlight import Paint, lying_over
from reader.ui.quoting import Quote, trimmed
from reader.ui.widgets.body import PageLink
from reader.ui.widgets.marked import CURRENT_HIGHLIGHT, CURRENT_MENTION
from reader.ui.widgets.page_view import PageView


class ArticlePlaces(PageView, can_focus=True, inherit_bindings=False):
    """Tells what of an article is where, and goes there. What is not said to be of the page are
    code points of the text of the article."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._article: Article | None = None
        self._quote: Quote | None = None
        self._margin = 0
        """Cells at the left of the text."""
        self._top = 0
        self._letters: Mapping[int, str] = {}

    # Where the reader is

    @property
    def anchor(self) -> int:  # type: ignore[override]  # a page never sticks to its end
        """The code point of the text at the top of the view, 0 while the head is there."""
        body = self._marked.page.body
        return max(0, min(self._top, body.end) - body.start)

    @property
    def words(self) -> int:
        """Words of the text, about."""
        return self._marked.page.words

    @property
    def progress(self) -> int:
        """How much of the article was shown, in percent."""
        if self.max_scroll_y <= 0:
            return 100
        return round(100 * self.scroll_offset.y / self.max_scroll_y)

    def next_mention(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) mention, around the end; False without one."""
        return self._step(self._marked.mentions, direction, CURRENT_MENTION)

    def jump_to_entity(self, entity_id: EntityId, direction: int = 1) -> bool:
        """Go to the next (1) or previous (-1) mention of an entity, around the end; False without
        one."""
        return self._step(
            self._marked.mentions,
            direction,
            CURRENT_MENTION,
            lambda one: one.entity_id == entity_id,
        )

    def go_to_mention(self, offset: int) -> None:
        """Go to the mention that lies over a code point of the text, or to that place."""
        mention = self._marked.mention_at(offset + self._marked.page.body.start)
        start, end = (mention.start, mention.end) if mention else (offset, offset)
        shift = self._marked.page.body.start
        self._mark(Paint(start + shift, end + shift, CURRENT_MENTION))

    @property
    def current_mention(self) -> Mention | None:
        """The mention that the reader has gone to."""
        current = self._marked.current
        if current is None or current.style != CURRENT_MENTION:
            return None
        return self._marked.mention_at(current.start)

    def mentions_in_view(self) -> list[tuple[int, Mention]]:
        """The mentions of which something is in view, from the top, each with where it starts on
        the page."""
        shift, first, end = self._marked.page.body.start, *self._ends_in_view()
        return [
            (one.start + shift, one)
            for one in self._marked.mentions.over(first, end)
            if one.start + shift >= first
        ]

    # Highlights, and what is being selected

    @property
    def current_note(self) -> PlacedNote | None:
        """The highlight that the reader has gone to."""
        return self._marked.current_note

    @property
    def highlights(self) -> Sequence[PlacedNote]:
        """Those that have their place in the text, in order."""
        return self._marked.notes

    def next_highlight(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) highlight, around the end; False without one."""
        return self._step(self._marked.highlights, direction, CURRENT_HIGHLIGHT)

    def go_to_span(self, span: Span) -> None:
        """Go to a highlight, by where it lies in the text."""
        shift = self._marked.page.body.start
        self._mark(Paint(span.start + shift, span.end + shift, CURRENT_HIGHLIGHT))

    @property
    def quote(self) -> Quote | None:
        """What is being selected with keys, in code points of the text."""
        return self._quote

    def set_quote(self, quote: Quote | None) -> None:
        """Show another stretch as being selected, the end that moves in view; what the reader had
        gone to before is left."""
        before, self._quote = self._quote, quote
        if quote is not None and self._marked.current is not None:
            self._choose(None)
            self._tell_note()
        self._redraw_quote(before, quote)
        if quote is not None:
            at = quote.end - 1 if quote.moves_end else quote.start
            self._bring_into_view(at + self._marked.page.body.start)

    def _redraw_quote(self, before: Quote | None, after: Quote | None) -> None:
        """Draw the lines anew that are selected now and were not before, or the other way."""
        shift = self._marked.page.body.start
        places = [(one.start, one.end) for one in (before, after) if one is not None]
        if len(places) == 2:
            places = [(min(ends), max(ends)) for ends in zip(*places, strict=True)]
        for start, end in places:
            if start < end:
                first = self._lines.line_of(start + shift)
                self.refresh_lines(first, self._lines.line_of(end + shift) - first + 1)

    @property
    def place_in_view(self) -> int | None:
        """Where in the text the reader has gone to; None where that is not in view."""
        current, body = self._marked.current, self._marked.page.body
        if current is None or current.start < body.start or not self._in_view(current.start):
            return None
        return current.start - body.start

    @property
    def stretch_in_view(self) -> Span:
        """What of the text is in view."""
        body = self._marked.page.body
        first, end = self._ends_in_view()
        return Span(*(min(max(at, body.start), body.end) - body.start for at in (first, end)))

    def _ends_in_view(self) -> tuple[int, int]:
        """Where on the page what is in view begins and ends."""
        first = self._lines.offset_of(self.scroll_offset.y)
        last = self.scroll_offset.y + self._height
        return first, self._lines.offset_of(last) if last < len(self._lines) else len(
            self._marked.page.drawn
        )

    # Selection with the mouse

    @property
    def dragged(self) -> Span | None:
        """What of the text was selected with the mouse; None for nothing."""
        selection = self.text_selection if self.is_attached else None
        if selection is None or self._article is None:
            return None
        body = self._marked.page.body
        start, end = (min(max(at, body.start), body.end) for at in self._ends(selection))
        start, end = trimmed(self._article.text, start - body.start, end - body.start)
        return Span(start, end) if start < end else None

    @property
    def dragged_text(self) -> str:
        """What was selected with the mouse, be it of the text or of what stands around it."""
        selection = self.text_selection if self.is_attached else None
        found = self.get_selection(selection) if selection is not None else None
        return found[0].strip() if found is not None else ""

    def deselect(self) -> None:
        """Give up what was selected with the mouse."""
        self._deselect()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what was selected as it stands in the article, not as it was wrapped."""
        start, end = self._ends(selection)
        return clean_text(self._marked.page.original[start:end]), "\n"

    def _ends(self, selection: Selection) -> tuple[int, int]:
        start, end = 0, len(self._marked.page.original)
        if selection.start is not None:
            start = self._offset_under(selection.start)
        if selection.end is not None:
            end = self._offset_under(selection.end)
        return start, end

    def _deselect(self) -> None:
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def _offset_under(self, place: Offset) -> int:
        return self._lines.offset_at(place.y, place.x - self._margin)

    # Links

    @property
    def has_links(self) -> bool:
        """Whether the article has a link anywhere."""
        return bool(self._marked.page.links)

    def links_in_view(self) -> list[PageLink]:
        """The links of which something is in view, from the top, each from where it is."""
        first, end = self._ends_in_view()
        return [
            PageLink(max(link.start, first), link.end, link.target)
            for link in lying_over(self._marked.page.links, first, end)
        ]

    @property
    def has_letters(self) -> bool:
        """Whether letters lie over the text."""
        return bool(self._letters)

    def show_letters(self, letters: Mapping[int, str]) -> None:
        """Lay letters over the text, each from a code point of the page on; none: take them
        away."""
        self._letters = letters
        self._redraw()
