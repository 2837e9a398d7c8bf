"""Tags of mail as `notmuch dump` writes them: the format batch-tag, notmuch-dump(1).

A line is `+TAG +TAG -- id:MESSAGE-ID`. In tags %nn stands for a byte in hexadecimal; an id with
blanks or brackets stands between quotation marks, those in it doubled. Lines with # before them
tell of settings and properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.decode import decode
from reader.ingest.entries import Content, Entry, Read, refused
from reader.ingest.jsonl_format import read_lines
from reader.ingest.reasons import Reason
from reader.ingest.records import clean_guid
from reader.model import Mark, Tagged

_LINE_LIMIT = 1 << 16
_MOST_TAGS = 100
_IN_VAIN = 10
"""Lines that say nothing, before any that does, after which a file is no such dump."""

_LINE = re.compile(
    r'(?P<tags>(?:[+-]\S* +)*)-- +id:(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<id>[^\s"]\S*))'
)
_OWN = frozenset({"attachment", "encrypted", "signed", "replied", "passed", "draft", "new"})
"""Tags that say what a message is or what mail programs did with it."""


def read_dump(content: Content) -> Iterator[Entry]:
    """Read what each line says of a message; where the first ones say nothing, no more of them.
    Raises ImportItemError where there is none."""
    empty, is_dump, vain = True, False, 0
    for number, line in read_lines(content.file, _LINE_LIMIT):
        if line is not None and line.startswith(b"#"):
            continue
        empty = False
        item = f"line {number}"
        yield Entry(item, refused(Reason.NO_TAGS) if line is None else _reading(line))
        is_dump = is_dump or (line is not None and _says_something(line))
        vain += not is_dump
        if vain == _IN_VAIN:
            yield Entry("", refused(Reason.HOPELESS))
            return
    if empty:
        raise ImportItemError("", Reason.NOTHING)


def _says_something(line: bytes) -> bool:
    return _LINE.fullmatch(decode(line).strip()) is not None


def _reading(line: bytes) -> Read:
    return lambda: _tagged(decode(line).strip())


def _tagged(line: str) -> Tagged:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ImportItemError("", Reason.NO_TAGS)
    names = [_plain(tag[1:]) for tag in found["tags"].split() if tag.startswith("+")]
    written = (found["quoted"] or "").replace('""', '"') or found["id"]
    marks = set() if "unread" in names else {Mark.READ}
    if "flagged" in names:
        marks.add(Mark.STARRED)
    tags = [name for name in names if name and name not in _OWN | {"unread", "flagged"}]
    return Tagged(clean_guid(written), tuple(tags[:_MOST_TAGS]), frozenset(marks))


def _plain(tag: str) -> str:
    return clean_line(decode(unquote_to_bytes(tag)))
