"""What the screen says of highlights and notes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.clean import clean_line
from reader.kept import Note
from reader.model import ArticleRow, PlacedNote
from reader.text import count
from reader.ui.format import Line, fit, format_date
from reader.ui.live_keys import key_of
from reader.ui.wording import UNDO

BREAK = "⏎"
"""Stands for the end of a line in a note while it is edited in one."""

NOTHING = "-"
"""Written in the place of words it takes them away."""

NO_TEXT = "there is no text to select here"
NO_NOTE = f"no highlight has been gone to: {key_of('note.next')} goes to the next one"
NO_WORDS = f"no note to it: {key_of('note.write')} writes one"
OTHER_TEXT = f"highlights go into the full text: {key_of('article.full_text')} shows it"
REMOVED = f"removed · {UNDO}"
CHANGED = f"changed the note · {UNDO}"
LOST = "no longer in the text"
GONE = f"what was highlighted is {LOST}"
WHOLE = "on the whole article"

_SHOWN = 40
"""Code points of a stretch that are told."""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note in a list; a lost one has no place in the text of its article any more."""

    note: Note
    row: ArticleRow
    is_lost: bool = False

    def has(self, wanted: str) -> bool:
        """Whether folded words stand in it, in its stretch or in the title of its article."""
        texts = (self.note.words, self.note.anchor.quote, self.row.title)
        return any(wanted in text.casefold() for text in texts)


def in_one_line(words: str) -> str:
    """A note as it is edited."""
    return words.replace("\n", f" {BREAK} ")


def from_one_line(text: str) -> str:
    """What was typed, as it is kept."""
    lines = (line.strip() for line in text.split(BREAK))
    return "\n".join(lines).strip()


def tell_kept(note: Note, *, is_different: bool) -> str:
    """What highlighting or writing did."""
    if not is_different:
        return "that is highlighted already" if note.anchor.quote else "nothing to change"
    if not note.words:
        return f"highlighted · {UNDO}"
    return f"noted · {UNDO}" if note.anchor.quote else f"noted on the whole article · {UNDO}"


def tell_about(quote: str) -> str:
    """What a note that is being written is on."""
    return f"on {_quoted(clean_line(quote, _SHOWN))}: " if quote else f"{WHOLE}: "


def tell_place(notes: Sequence[PlacedNote], current: PlacedNote | None, lost: int) -> str:
    """Which of the highlights the reader has gone to: "highlight 2 of 5"."""
    gone = f"{count(lost, 'highlight')} {LOST}: {key_of('note.list')} lists them" if lost else ""
    if current is None:
        return gone or f"no highlights in this article: {key_of('quote.start')} selects text"
    at = next(n for n, one in enumerate(notes, 1) if one.note.id == current.note.id)
    return " · ".join(filter(None, (f"highlight {at} of {len(notes)}", gone)))


def tell_notes(total: int, *, of_article: bool, query: str, wanted: str) -> str:
    """The heading of a list of notes."""
    where = "in this article" if of_article else "in the library"
    if query and not of_article:
        where = f"in articles that answer {clean_line(query, _SHOWN)}"
    found = f" with “{clean_line(wanted, _SHOWN)}”" if wanted else ""
    return f"{count(total, 'note')} {where}{found}"


def note_lines(entry: NoteEntry, width: int, now: datetime) -> tuple[Line, ...]:
    """The three lines of a note in a list: what it is on, its words, and where that stands."""
    quote = entry.note.anchor.quote
    lost = f"  {LOST}" if entry.is_lost else ""
    room = width - len(lost)
    head = fit(_quoted(clean_line(quote)) if quote else WHOLE, room)
    first: Line = ((head, "quote" if quote else "origin"), (lost, "lost"))
    date = format_date(entry.row.published, now)
    parts = (date, clean_line(entry.row.source), clean_line(entry.row.title))
    origin: Line = ((fit("  " + " · ".join(filter(None, parts)), width), "origin"),)
    if not entry.note.words:
        return first, origin, ()
    words = clean_line(in_one_line(entry.note.words), 1000)
    return first, (("* ", "mark"), (fit(words, width - 2), "words")), origin


def quote_with_source(text: str, citation: str) -> str:
    """A stretch as it is put into another text: in quotation marks, its source below it."""
    return f"{_quoted(text.strip())}\n{citation}"


def _quoted(text: str) -> str:
    """A text in quotation marks; one that begins or ends with them has enough of them."""
    begins, ends = text.startswith(("“", '"')), text.endswith(("”", '"'))
    return text if begins or ends else f"“{text}”"
