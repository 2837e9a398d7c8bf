"""What the list of notes does with the articles that they are on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.kept import Note
from reader.model import ArticleId
from reader.ui.links import safe_url
from reader.ui.note_words import GONE, quote_with_source
from reader.ui.selection_gate import SelectionGate
from reader.ui.state import Asked
from reader.ui.verbs.base import Verbs
from reader.ui.wording import cite

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Noted(Verbs):
    """Goes to them, and takes things out. All that waits raises ReaderError."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._article = SelectionGate(screen.gateway).article

    async def cited(self, text: str, article_id: ArticleId) -> str:
        """A text with where it stands."""
        article = await self._article(article_id)
        return quote_with_source(text, cite(article, datetime.now().astimezone()))

    async def browse(self, article_id: ArticleId) -> None:
        """Open the link of an article as links are opened."""
        if url := safe_url((await self._article(article_id)).url):
            self.screen.linking.go_to(url)
        else:
            self.screen.say("this article has no link")

    def write_out(self, query: str) -> None:
        """Open the line that writes the notes of articles into a file."""
        name = self.screen.exporting.suggested("notes")
        self.screen.commanding.write(f"export notes {name} on {query}")

    def go_to(self, note: Note) -> None:
        """Open the article of a note at its stretch."""
        self.screen.latest("list", self._go_to, note)

    async def _go_to(self, note: Note) -> None:
        listing = self.screen.listing
        if listing.current != note.article_id:
            at = listing.shown.find(note.article_id)
            if at is None:
                await listing.ask(Asked((f"id:{note.article_id}",)), push=True)
            else:
                self.screen.rows.go_to(at)
        self.screen.reading.open()
        await self.screen.reading.show_current()
        self.screen.call_after_refresh(self._go_to_stretch, note)

    def _go_to_stretch(self, note: Note) -> None:
        for placed in self.screen.article.highlights:
            if placed.note.id == note.id and placed.span is not None:
                self.screen.article.go_to_span(placed.span)
                return
        if note.anchor.quote:
            self.screen.say(GONE)
