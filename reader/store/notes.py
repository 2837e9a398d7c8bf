"""Notes: stretches of articles that the reader highlighted, and what they wrote on them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from reader.errors import NoteNotFoundError
from reader.kept import Anchor, Note, NoteId
from reader.model import ArticleId, EventKind
from reader.store.database import Database, Row
from reader.store.note_terms import FORM
from reader.store.row_changes import Kept, RowChange, RowChanges
from reader.store.times import from_seconds, to_seconds

_COLUMNS = 'id, article_id, start, "end", quote, before, behind, words, made_at, changed_at'

_AFTER_ALL = "\U0010ffff"
"""Sorts after everything that can follow in a word."""


class Written(NamedTuple):
    """What a note says and highlights."""

    article_id: ArticleId
    words: str
    quote: str


class Notes:
    """Notes by article and by word. Every change is one event."""

    def __init__(
        self, database: Database, changes: RowChanges, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._changes = changes
        self._clock = clock

    def get(self, note_id: int) -> Note:
        """Raises NoteNotFoundError."""
        found = self.get_many((note_id,))
        if not found:
            raise NoteNotFoundError(note_id)
        return found[0]

    def get_many(self, note_ids: Sequence[int]) -> list[Note]:
        """Those of some notes that exist, in the order of their ids."""
        rows = (
            self._database.row(f"SELECT {_COLUMNS} FROM note WHERE id = ?", (one,))  # noqa: S608
            for one in note_ids
        )
        return [_note(row) for row in rows if row is not None]

    def of_article(self, article_id: int) -> tuple[Note, ...]:
        """The notes of an article in the order in which they stood in its text."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM note WHERE article_id = ? ORDER BY start, id",  # noqa: S608
            (article_id,),
        )
        return tuple(map(_note, rows))

    def newest(self) -> list[tuple[int, NoteId, ArticleId]]:
        """When each note was made (seconds since 1970 UTC), its id and its article, newest
        first."""
        return self._database.rows(
            "SELECT made_at, id, article_id FROM note ORDER BY made_at DESC, id DESC"
        )

    def article_ids(self, *, quoting: bool = False) -> array[int]:
        """The articles that have a note, or one that highlights something, ascending."""
        where = "WHERE quote <> '' " if quoting else ""
        return self._database.ids(
            f"SELECT DISTINCT article_id FROM note {where}ORDER BY article_id"  # noqa: S608
        )

    def with_stems(self, stems: Collection[str]) -> list[Written]:
        """The notes that hold a word of every one of some stems."""
        first, *others = sorted(set(stems))
        also = "".join(
            " AND EXISTS (SELECT 1 FROM note_term WHERE term = ? AND note_id = n.id)"
            for _ in others
        )
        return self._written("t.term = ?" + also, (first, *others))

    def with_form(self, lead: str) -> list[Written]:
        """The notes that hold a folded word that begins so."""
        return self._written("t.term >= ? AND t.term < ?", (FORM + lead, FORM + lead + _AFTER_ALL))

    def add(self, article_id: int, anchor: Anchor, words: str, detail: str) -> Note:
        """`detail` is what the event is told as, here and below."""
        now = from_seconds(to_seconds(self._clock()))
        with self._database.transaction():
            note_id = NoteId(self._changes.free_id(Kept.NOTE))
            note = Note(note_id, ArticleId(article_id), anchor, words, now, now)
            self._changes.make(EventKind.NOTE, detail, [note_change(note)])
        return note

    def change(self, note: Note, words: str, detail: str) -> Note:
        """Give a note other words; the note as it is then."""
        changed = replace(note, words=words, changed=from_seconds(to_seconds(self._clock())))
        self._changes.make(EventKind.NOTE, detail, [note_change(changed)])
        return changed

    def remove(self, note: Note, detail: str) -> None:
        self._changes.make(EventKind.NOTE, detail, [RowChange(Kept.NOTE, note.id, None)])

    def _written(self, where: str, params: Sequence[str]) -> list[Written]:
        rows = self._database.rows(
            "SELECT DISTINCT n.article_id, n.words, n.quote FROM note_term t"  # noqa: S608
            f" CROSS JOIN note n ON n.id = t.note_id WHERE {where}",
            params,
        )
        return [Written(*row) for row in rows]


def note_change(note: Note) -> RowChange:
    """What makes the row of a note what the note is."""
    anchor = note.anchor
    return RowChange(
        Kept.NOTE,
        note.id,
        {
            "article_id": note.article_id,
            "start": anchor.start,
            "end": anchor.end,
            "quote": anchor.quote,
            "before": anchor.before,
            "behind": anchor.behind,
            "words": note.words,
            "made_at": to_seconds(note.made),
            "changed_at": to_seconds(note.changed),
        },
    )


def _note(row: Row) -> Note:
    note_id, article_id, start, end, quote, before, behind, words, made, changed = row
    return Note(
        NoteId(note_id),
        ArticleId(article_id),
        Anchor(start, end, quote, before, behind),
        words,
        from_seconds(made),
        from_seconds(changed),
    )
