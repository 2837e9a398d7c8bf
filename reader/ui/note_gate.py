"""What the screen asks of highlights and notes, and what it changes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.kept import Note, NoteId
from reader.model import ArticleId, NotedRow, Page, PlacedNote, Span
from reader.ui.note_words import NoteEntry

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.ui.gateway import Gateway

_PAGE = 1000
"""Notes that are looked through at a time."""


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note, and whether keeping it has changed anything."""

    note: Note
    is_different: bool = True


class NoteGate:
    """Every change is one event, on disk when it returns. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads, self._writes = gateway.reads, gateway.writes

    async def of_article(self, article_id: ArticleId) -> tuple[PlacedNote, ...]:
        """All notes of an article, each with its place in the text as it is now."""
        return await self._reads.run(lambda library: library.notes.of_article(article_id))

    async def keep(self, article_id: ArticleId, span: Span, words: str | None) -> KeptNote:
        """Highlight a stretch, or the whole article where it is empty; None leaves the words of
        a note that is there as they are."""

        def work(library: Library) -> KeptNote:
            for placed in library.notes.of_article(article_id):
                if placed.span == span:
                    return _changed(library, placed.note, words)
            return KeptNote(library.notes.add(article_id, span.start, span.end, words or ""))

        return await self._writes.finish(work)

    async def change(self, note: Note, words: str) -> KeptNote:
        """Give a note other words."""
        return await self._writes.finish(lambda library: _changed(library, note, words))

    async def remove(self, note_id: NoteId) -> None:
        await self._writes.finish(lambda library: library.notes.remove(note_id))

    async def find(
        self, wanted: str, ids: Sequence[int] | None, after: str | None, limit: int
    ) -> Page[NotedRow]:
        """Notes, the newest first, that have `wanted` in their stretch, their words or the title
        of their article; of some articles, or of all."""

        def work(library: Library) -> Page[NotedRow]:
            from index.query import IdSet

            within = None if ids is None else IdSet(ids)
            found: list[NotedRow] = []
            cursor = after
            while True:
                page = library.notes.list(within, _PAGE if wanted else limit, cursor)
                found += [
                    one for one in page.items if NoteEntry(one.note, one.row).has(wanted.casefold())
                ]
                cursor = page.cursor
                if cursor is None or len(found) >= limit:
                    return Page(tuple(found), cursor, page.total)

        return await self._reads.run(work)


def _changed(library: Library, note: Note, words: str | None) -> KeptNote:
    if words is None or words == note.words:
        return KeptNote(note, is_different=False)
    return KeptNote(library.notes.change(note.id, words))
