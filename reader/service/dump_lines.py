"""The lines of a dump: JSON objects, each with a `fact` that tells what the rest is. Pure.

`article` names an article by what is known of it everywhere, and gives it a key; `mark`, `tag`,
`position`, `note`, `look`, `search` and `correction` are what the reader made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from reader.clean import clean_text, strip_unsafe
from reader.kept import Anchor, Colour, Deeds, Note, NoteId, SavedId, SavedSearch, TagLook
from reader.model import ArticleId, iso_second

HEAD = "dateline dump 1"
"""The first line: what it is, and the version of its form."""

END = "end"
"""Begins the last line, which tells how many lines stand between it and the first."""

MARKS = ("archived", "read", "starred")

LONGEST = 1_000_000
"""Code points of the longest text that is taken over, and the highest place in one."""

Record = Mapping[str, Any]


def line_of(record: Record) -> str:
    """A record as a line, without its end. What would steer a terminal is escaped: a line is the
    same wherever it goes."""
    line = json.dumps(record, ensure_ascii=False)
    if strip_unsafe(line) == line:
        return line
    return "".join(one if strip_unsafe(one) == one else json.dumps(one)[1:-1] for one in line)


def record_of(line: str) -> Record:
    """The record of a line. Raises ValueError with what is wrong, in words."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("no object of JSON") from error
    if not isinstance(record, dict) or not isinstance(record.get("fact"), str):
        raise ValueError('no object of JSON with a "fact"')
    return record


def note_record(note: Note, article: str) -> dict[str, Any]:
    """A note; `article` is the key of its article."""
    anchor = note.anchor
    return {
        "fact": "note",
        "article": article,
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.quote,
        "before": anchor.before,
        "behind": anchor.behind,
        "words": note.words,
        "made": iso_second(note.made),
        "changed": iso_second(note.changed),
    }


def read_note(record: Record, article_id: ArticleId) -> Note:
    """The note of a record, without an id. Raises ValueError."""
    start, end = number(record, "start"), number(record, "end")
    if end < start:
        raise ValueError('"end" lies before "start"')
    quote, before, behind = (text(record, key) for key in ("quote", "before", "behind"))
    anchor = Anchor(start, end, quote, before, behind)
    made, changed = moment(record, "made"), moment(record, "changed")
    return Note(NoteId(0), article_id, anchor, text(record, "words"), made, changed)


def look_record(look: TagLook) -> dict[str, Any]:
    record = {"fact": "look", "tag": look.name, "colour": look.colour or "", "letter": look.key}
    return {key: value for key, value in record.items() if value}


def read_look(record: Record) -> TagLook:
    """Raises ValueError."""
    colour = text(record, "colour")
    if colour and colour not in list(Colour):
        raise ValueError(f'"colour" is none of {", ".join(Colour)}')
    letter = text(record, "letter")
    if letter and not (len(letter) == 1 and letter.isalnum()):
        raise ValueError('"letter" is no letter or digit')
    return TagLook(text(record, "tag"), 0, Colour(colour) if colour else None, letter)


def search_record(search: SavedSearch) -> dict[str, Any]:
    """A saved search, with what its rule does; its place is that of its line."""
    deeds = search.deeds
    told = {
        "add": list(deeds.add),
        "remove": list(deeds.remove),
        "marks": list(deeds.marks),
        "notify": deeds.notify,
    }
    record: dict[str, Any] = {"fact": "search", "name": search.name, "query": search.query}
    record |= {key: value for key, value in told.items() if value}
    return record if search.active else {**record, "active": False}


def read_search(record: Record) -> SavedSearch:
    """A saved search without an id and a place. Raises ValueError."""
    add, remove, marks = (texts(record, key) for key in ("add", "remove", "marks"))
    deeds = Deeds(add, remove, marks, text(record, "notify"))
    active = record.get("active", True)
    if not isinstance(active, bool):
        raise ValueError('"active" is neither true nor false')
    return SavedSearch(SavedId(0), text(record, "name"), text(record, "query"), 0, deeds, active)


def text(record: Record, key: str) -> str:
    """A value that is text, cleaned; "" where there is none. Raises ValueError."""
    value = record.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError(f'"{key}" is no text')
    return clean_text(value)


def texts(record: Record, key: str) -> tuple[str, ...]:
    """A value that is a list of texts. Raises ValueError."""
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f'"{key}" is no list of texts')
    return tuple(value)


def number(record: Record, key: str) -> int:
    """A value that is a number from 0 on. Raises ValueError."""
    value = record.get(key)
    if type(value) is not int or not 0 <= value < 2**31:
        raise ValueError(f'"{key}" is no number from 0 on')
    return value


def digest(record: Record, key: str) -> str:
    """A value that is a digest in hexadecimal. Raises ValueError."""
    value = text(record, key)
    try:
        bytes.fromhex(value)
    except ValueError as error:
        raise ValueError(f'"{key}" is no identity') from error
    if not value:
        raise ValueError(f'"{key}" is missing')
    return value


def moment(record: Record, key: str) -> datetime:
    """A value that is a second of UTC, "2023-07-23T14:05:00Z". Raises ValueError."""
    try:
        found = datetime.fromisoformat(text(record, key))
        # Without a zone it is no moment; at either end of time another zone has none.
        moment = found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError) as error:
        raise ValueError(f'"{key}" is no moment') from error
    if moment is None:
        raise ValueError(f'"{key}" names no zone')
    return moment
