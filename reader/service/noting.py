"""Highlights and notes: made, found again in a changed text, listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.query import IdSet
from reader.anchoring import anchor, find_again
from reader.clean import clean_line, clean_text
from reader.errors import CursorError, PlaceNotFoundError, QuoteNotFoundError
from reader.kept import Anchor, Note
from reader.model import Article, NotedRow, Page, PlacedNote, Span

if TYPE_CHECKING:
    from reader.store import Store

_SHOWN = 40
"""Code points of a stretch or a title in what the log of changes tells."""


class Noting:
    """What the reader highlights and writes. Every change is one event, on disk when its method
    returns; it can be undone."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, article_id: int, start: int, end: int, words: str = "") -> Note:
        """Highlight a stretch of the text as it is now, or note `words` on it; an empty stretch
        stands for the whole article.

        A stretch that has a note keeps it: words that it does not say yet are written below its
        own. Raises ArticleNotFoundError and PlaceNotFoundError.
        """
        words = clean_text(words).strip()
        with self._store.transaction():
            article = self._store.articles.get_article(article_id)
            if not 0 <= start <= end <= len(article.text):
                raise PlaceNotFoundError(article_id, start, end)
            span = Span(0, 0) if start == end else Span(start, end)
            there = (one.note for one in self._placed(article) if one.span == span)
            note = next(there, None)
            if note is not None:
                return self._write(article, note, _joined(note.words, words))
            made = anchor(article.text, start, end)
            verb = "wrote a note on" if words or not made.quote else "highlighted"
            detail = f"{verb} {_told(article, made.quote)}"
            return self._store.notes.add(article_id, made, words, detail)

    def find_quote(self, article_id: int, quote: str) -> Span:
        """Where an article says something first, small differences allowed. Raises
        ArticleNotFoundError and QuoteNotFoundError."""
        text = self._store.articles.get_article(article_id).text
        found = find_again(text, Anchor(0, len(quote), quote)) if quote else None
        if found is None:
            raise QuoteNotFoundError(article_id, quote)
        return found

    def change(self, note_id: int, words: str) -> Note:
        """Give a note other words, "" for none. Raises NoteNotFoundError."""
        with self._store.transaction():
            note = self._store.notes.get(note_id)
            article = self._store.articles.get_article(note.article_id)
            return self._write(article, note, clean_text(words).strip())

    def remove(self, note_id: int) -> None:
        """Raises NoteNotFoundError."""
        with self._store.transaction():
            note = self._store.notes.get(note_id)
            article = self._store.articles.get_article(note.article_id)
            what = "note on" if note.words else "highlight of"
            detail = f"removed the {what} {_told(article, note.anchor.quote)}"
            self._store.notes.remove(note, detail)

    def get(self, note_id: int) -> Note:
        """Raises NoteNotFoundError."""
        return self._store.notes.get(note_id)

    def of_article(self, article_id: int) -> tuple[PlacedNote, ...]:
        """The notes of an article: those on the whole of it first, then in the order of its
        text, at the end those whose words are gone. Raises ArticleNotFoundError."""
        with self._store.snapshot():
            if not self._store.notes.of_article(article_id):
                return ()
            return self._placed(self._store.articles.get_article(article_id))

    def list(
        self, ids: IdSet | None = None, limit: int = 100, after: str | None = None
    ) -> Page[NotedRow]:
        """The notes of some articles, of all of them for None, newest first.

        `after` is the cursor of the page before. Raises CursorError for another text.
        """
        with self._store.snapshot():
            found = [
                (made, note_id)
                for made, note_id, article_id in self._store.notes.newest()
                if ids is None or article_id in ids
            ]
            start = 0 if after is None else _start(found, after)
            shown = found[start : start + limit]
            notes = self._store.notes.get_many([note_id for _, note_id in shown])
            rows = self._store.articles.get_rows({note.article_id for note in notes})
        more = bool(shown) and start + limit < len(found)
        cursor = f"{shown[-1][0]}.{shown[-1][1]}" if more else None
        return Page(
            tuple(NotedRow(note, rows[note.article_id]) for note in notes), cursor, len(found)
        )

    def _placed(self, article: Article) -> tuple[PlacedNote, ...]:
        notes = self._store.notes.of_article(article.row.id)
        placed = [PlacedNote(one, find_again(article.text, one.anchor)) for one in notes]
        end = len(article.text)
        return tuple(
            sorted(placed, key=lambda one: (one.span.start, one.span.end) if one.span else (end,))
        )

    def _write(self, article: Article, note: Note, words: str) -> Note:
        if words == note.words:
            return note
        verb = "changed the note on" if note.words and words else "wrote a note on"
        if not words:
            verb = "took away the words on"
        detail = f"{verb} {_told(article, note.anchor.quote)}"
        return self._store.notes.change(note, words, detail)


def _joined(words: str, more: str) -> str:
    if not more or more in words.split("\n"):
        return words
    return f"{words}\n{more}" if words else more


def _told(article: Article, quote: str) -> str:
    """A stretch, or an article as a whole, as the log of changes calls it."""
    return f'"{clean_line(quote or article.row.title, _SHOWN)}"'


def _start(found: Sequence[tuple[int, int]], cursor: str) -> int:
    made, dot, note_id = cursor.partition(".")
    parts = (made.removeprefix("-"), note_id)
    if not dot or not all(one.isascii() and one.isdigit() and len(one) < 19 for one in parts):
        raise CursorError(cursor)
    last = int(made), int(note_id)
    return sum(1 for one in found if one >= last)
