"""Highlighting text and writing notes on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from reader.clean import clean_line, clean_text
from reader.kept import Note
from reader.model import ArticleId, PlacedNote, Span
from reader.ui.actions import Place
from reader.ui.note_gate import NoteGate
from reader.ui.note_words import (
    CHANGED,
    NO_NOTE,
    NO_TEXT,
    NO_WORDS,
    NOTHING,
    OTHER_TEXT,
    REMOVED,
    NoteEntry,
    from_one_line,
    in_one_line,
    quote_with_source,
    tell_about,
    tell_kept,
    tell_place,
)
from reader.ui.quoting import Passages, Quote
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.noted import Noted
from reader.ui.wording import cite

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.gateway import Opened
    from reader.ui.screens.main import MainScreen

_NO_PASSAGES = Passages("")
_WHOLE = Span(0, 0)

_PATIENCE = 8.0
"""Seconds that a change which is being taken back is waited for."""


class Noting(Verbs):
    """Works on what is selected, on the highlight that the reader has gone to, or on the whole
    article. Every change can be undone."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.gate = NoteGate(screen.gateway)
        self.noted = Noted(screen)
        self._passages = _NO_PASSAGES
        # Where the last selection began, by the id of its article.
        self._last: tuple[int, int] | None = None

    @property
    def _opened(self) -> Opened | None:
        return self.screen.reading.opened

    # Selecting

    @does("quote.start")
    def select(self) -> None:
        """Select a sentence, in sight of the reader."""
        self._in_sight(self._begin)

    def _in_sight(self, act: Callable[[], None]) -> None:
        if self.screen.article_shown:
            if self.screen.pane is not Place.ARTICLE:
                self.screen.go(Place.ARTICLE)
            act()
        else:
            self.screen.go(Place.ARTICLE)
            # Its lines are broken when it is drawn.
            self.screen.call_after_refresh(act)

    def _begin(self) -> None:
        opened = self._opened
        if opened is None or not opened.article.text.strip():
            self.screen.say(NO_TEXT)
        elif self.screen.reading.shows_other_text:
            self.screen.say(OTHER_TEXT)
        else:
            self._passages = Passages(opened.article.text)
            self.screen.article.deselect()
            self.screen.article.set_quote(self._first())
            self.screen.go(Place.QUOTE)

    def take_dragged(self) -> None:
        """Go on with keys from what the mouse has selected of the text. Only so does it last: a
        line that is opened gives up what Textual holds as selected."""
        screen, opened = self.screen, self._opened
        dragged = screen.article.dragged
        if dragged is None or opened is None or screen.reading.shows_other_text:
            return
        if screen.place is Place.ARTICLE or screen.place is Place.QUOTE:
            self._passages = Passages(opened.article.text)
            screen.article.deselect()
            screen.article.set_quote(Quote(dragged.start, dragged.end))
            screen.go(Place.QUOTE)

    def _first(self) -> Quote | None:
        """What is selected first: where the reader has gone to, or was, or the top of the view."""
        view = self.screen.article
        seen, place = view.stretch_in_view, view.place_in_view
        if place is None and self._last is not None:
            article_id, at = self._last
            same = article_id == self.screen.reading.article_id
            place = at if same and seen.start <= at < seen.end else None
        if place is not None:
            return self._passages.over(place)
        return self._passages.within(seen.start, seen.end)

    def _change_quote(self, change: Callable[[Quote], Quote]) -> None:
        quote = self.screen.article.quote
        if quote is None:
            # Another article came in its place.
            self.leave()
        else:
            self.screen.article.set_quote(change(quote))

    @does("quote.more")
    def more(self) -> None:
        self._change_quote(lambda quote: self._passages.by_sentence(quote, 1))

    @does("quote.less")
    def less(self) -> None:
        self._change_quote(lambda quote: self._passages.by_sentence(quote, -1))

    @does("quote.word_more")
    def word_more(self) -> None:
        self._change_quote(lambda quote: self._passages.by_word(quote, 1))

    @does("quote.word_less")
    def word_less(self) -> None:
        self._change_quote(lambda quote: self._passages.by_word(quote, -1))

    @does("quote.next")
    def next_sentence(self) -> None:
        self._change_quote(lambda quote: self._passages.beside(quote, 1))

    @does("quote.previous")
    def previous_sentence(self) -> None:
        self._change_quote(lambda quote: self._passages.beside(quote, -1))

    @does("quote.other_end")
    def other_end(self) -> None:
        self._change_quote(lambda quote: quote.exchanged())

    @does("quote.paragraph")
    def paragraph(self) -> None:
        self._change_quote(self._passages.paragraph)

    @does("quote.leave")
    def leave(self) -> None:
        """Select nothing any more."""
        view, article_id = self.screen.article, self.screen.reading.article_id
        if view.quote is not None and article_id is not None:
            self._last = article_id, view.quote.start
        view.set_quote(None)
        view.deselect()
        if self.screen.place is Place.QUOTE:
            self.screen.go(self.screen.pane)

    def _stretch(self) -> Span | None:
        """What is selected, with the mouse or with keys."""
        quote = self.screen.article.quote
        if self._opened is None or self.screen.reading.shows_other_text:
            return None
        return Span(quote.start, quote.end) if quote is not None else None

    # Taking it

    @does("quote.accept")
    def accept(self) -> None:
        self.highlight()

    @does("note.highlight")
    def highlight(self) -> None:
        """Highlight what is selected; where nothing is, select."""
        opened, stretch = self._opened, self._stretch()
        if opened is None or stretch is None:
            self.select()
        else:
            self.leave()
            self.screen.work("change", self._keep, opened.article.row.id, stretch, None)

    @runs("highlight")
    def highlight_with(self, line: Command) -> None:
        self.run_note(line)

    @does("note.write")
    def write(self) -> None:
        """Open the command line for a note, with the words that it has."""
        if self._opened is None:
            return
        placed = None if self._stretch() else self.screen.article.current_note or self._whole
        words = in_one_line(placed.note.words) if placed is not None else ""
        self.screen.commanding.write(f"note {words}")

    def about(self, verb: str) -> str:
        """What a line that begins so is a note on; "" for others."""
        if verb != "note" or self._opened is None:
            return ""
        stretch, placed = self._stretch(), self.screen.article.current_note
        if stretch is not None:
            return tell_about(self._opened.article.text[stretch.start : stretch.end])
        return tell_about(placed.note.anchor.quote if placed is not None else "")

    @property
    def _whole(self) -> PlacedNote | None:
        """The note on the whole article."""
        notes = self._opened.notes if self._opened is not None else ()
        return next((one for one in notes if not one.note.anchor.quote), None)

    @runs("note")
    def run_note(self, line: Command) -> None:
        """Keep a note; "-" takes the words of one away."""
        opened, stretch = self._opened, self._stretch()
        if opened is None:
            return
        words = "" if line.text == NOTHING else from_one_line(line.text)
        placed = self.screen.article.current_note
        if stretch is not None or placed is None:
            self.leave()
            article_id = opened.article.row.id
            self.screen.work("change", self._keep, article_id, stretch or _WHOLE, words)
        else:
            self.screen.work("change", self.change, placed.note, words)

    async def _keep(self, article_id: ArticleId, span: Span, words: str | None) -> None:
        if span == _WHOLE and not words:
            if self._whole is not None:
                await self.remove(self._whole.note)
            return
        kept = await self.gate.keep(article_id, span, words)
        self.screen.say(tell_kept(kept.note, is_different=kept.is_different))
        await self.refresh()
        if article_id == self.screen.reading.article_id and span != _WHOLE:
            self.screen.article.go_to_span(span)

    async def change(self, note: Note, words: str) -> None:
        """Give a note other words."""
        kept = await self.gate.change(note, words)
        is_new = bool(words) and not note.words
        told = CHANGED
        if is_new or not kept.is_different:
            told = tell_kept(kept.note, is_different=kept.is_different)
        self.screen.say(told)
        await self.refresh()

    async def remove(self, note: Note) -> None:
        """Take a note away, and what it highlights is text as before."""
        await self.gate.remove(note.id)
        self.screen.say(REMOVED)
        await self.refresh()

    @does("note.remove")
    def remove_current(self) -> None:
        placed = self.screen.article.current_note
        if placed is None:
            self.screen.say(NO_NOTE)
        else:
            self.screen.work("change", self.remove, placed.note)

    # Copying

    @does("quote.copy")
    def copy(self) -> bool:
        """Copy what is selected; False where nothing is."""
        text = self._selected_text()
        if text:
            self._take(text)
        return bool(text)

    @does("quote.cite")
    def copy_with_source(self) -> bool:
        """Copy what is selected with where it stands; False where nothing is."""
        text, opened = self._selected_text(), self._opened
        if text and opened is not None:
            citation = cite(opened.article, datetime.now().astimezone())
            self._take(quote_with_source(text, citation))
        return bool(text)

    def _selected_text(self) -> str:
        stretch, opened = self._stretch(), self._opened
        if stretch is None or opened is None:
            return self.screen.article.dragged_text
        return clean_text(opened.article.text[stretch.start : stretch.end])

    def _take(self, text: str) -> None:
        self.screen.app.copy_to_clipboard(text)
        self.leave()
        self.screen.say(f"copied {clean_line(text)}")

    # Going to highlights

    @does("note.next")
    def next_note(self) -> None:
        self._go_to_next(1)

    @does("note.previous")
    def previous_note(self) -> None:
        self._go_to_next(-1)

    def _go_to_next(self, direction: int) -> None:
        """Go to a highlight; where there is none, stay and say so."""
        if self.screen.article.highlights:
            self._in_sight(lambda: self._step(direction))
        else:
            self._tell_place()

    def _step(self, direction: int) -> None:
        self.screen.article.next_highlight(direction)
        self._tell_place()

    def _tell_place(self) -> None:
        view = self.screen.article
        notes = self._opened.notes if self._opened is not None else ()
        lost = sum(one.span is None for one in notes)
        self.screen.say(tell_place(view.highlights, view.current_note, lost))

    def reached(self) -> None:
        """Show the note on the highlight that the reader has gone to."""
        placed, panel = self.screen.article.current_note, self.screen.note_panel
        if placed is None:
            panel.hide()
        else:
            panel.show(placed.note.words, self.screen.with_keys(NO_WORDS))

    def edit_current(self) -> bool:
        """Change the note on the highlight that the reader has gone to; False without one."""
        if self.screen.pane is not Place.ARTICLE or self.screen.article.current_note is None:
            return False
        self.write()
        return True

    async def refresh(self) -> None:
        """Show the notes of the article as they are now."""
        article_id = self.screen.reading.article_id
        if article_id is None:
            return
        notes = await self.gate.of_article(ArticleId(article_id))
        opened = self._opened
        if opened is not None and opened.article.row.id == article_id:
            self.screen.reading.opened = replace(opened, notes=notes)
            if not self.screen.reading.shows_other_text:
                self.screen.article.update_notes(notes)

    @property
    def here(self) -> Sequence[NoteEntry]:
        """The notes of the article that is shown, the lost ones at the end."""
        if self._opened is None:
            return ()
        row = self._opened.article.row
        return [NoteEntry(one.note, row, one.span is None) for one in self._opened.notes]

    async def turn(self, action: str) -> None:
        """Undo or redo the last change, whatever it was."""
        self.screen.perform(action)
        await self.screen.finish(("change",), _PATIENCE)

    # The list

    @does("note.list")
    def show_list(self) -> None:
        """List the notes of this article, or those of the library where it has none."""
        self._push_list("", None)

    @runs("notes")
    def show_list_of(self, line: Command) -> None:
        self.screen.latest("list", self._find_list, line.text)

    async def _find_list(self, query: str) -> None:
        self._push_list(query, await self.gateway.find_ids(query))

    def _push_list(self, query: str, ids: Sequence[int] | None) -> None:
        from reader.ui.screens.notes import NotesScreen

        self.screen.app.push_screen(NotesScreen(self, query, ids))
