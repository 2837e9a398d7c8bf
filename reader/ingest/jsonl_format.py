"""JSON Lines: one article a line."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO, NoReturn

from reader.clean import clean_line, clean_text
from reader.errors import ImportItemError
from reader.ingest.article import make_draft
from reader.ingest.dates import read_value
from reader.ingest.decode import decode
from reader.ingest.headers import Meta, clean_url, split_authors
from reader.ingest.paragraphs import split_blocks
from reader.ingest.reasons import Reason
from reader.model import Draft, Span

ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name"),
    "text": ("text", "content", "body", "article", "maintext", "articleBody"),
    "published": (
        "published",
        "date",
        "published_at",
        "date_publish",
        "pubDate",
        "datePublished",
        "timestamp",
    ),
    "url": ("url", "link", "source_url", "canonical_url"),
    "source": ("source", "publisher", "outlet", "domain", "source_domain"),
    "authors": ("authors", "author", "byline"),
    "place": ("place", "location"),
    "lang": ("lang", "language"),
    "guid": ("guid", "id", "uuid"),
}
"""The keys of a record that are understood; of several the first that is present counts."""

EXPORTED, EXPORTED_FORM = "exported", "dateline 1"
"""The key and the value that tell a record written by this program, to be taken as it is."""

_GUID_LIMIT = 300
# Without a source only what nobody else will use can tell articles apart: no counting number.
_UNIQUE = re.compile(r"\S*://\S+|urn:\S+|tag:\S+|\S{16,}")


def read_lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank with their numbers from 1; None for one over `limit` bytes."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(file)
            yield number, None
        elif line.strip():
            yield number, line


def _skip_line(file: BinaryIO) -> None:
    while (part := file.readline(1 << 20)) and not part.endswith(b"\n"):
        pass


def read_record(line: bytes, latest: datetime) -> Draft:
    """Read one article from one line. Raises ImportItemError when there is none in it."""
    record = _load(decode(line))
    values = {field: _first(record, names) for field, names in ALIASES.items()}
    source = clean_line(_string(values["source"], "name"))
    meta = Meta(
        title=clean_line(_string(values["title"])),
        source=source,
        published=read_value(values["published"], latest),
        authors=_authors(values["authors"]),
        place=clean_line(_string(values["place"])),
        url=clean_url(_string(values["url"])),
        lang=clean_line(_string(values["lang"])),
    )
    text = clean_text(_string(values["text"]))
    if record.get(EXPORTED) == EXPORTED_FORM:
        draft = _as_exported(record, meta, text)
    else:
        draft = make_draft(meta, split_blocks(text), name="", latest=latest)
    if not draft.text and not draft.title:
        raise ImportItemError("", Reason.NO_CONTENT)
    return replace(draft, guid=_guid(values["guid"]))


def _as_exported(record: Mapping[str, object], meta: Meta, text: str) -> Draft:
    """An article of this program: its text was arranged when it came in first."""
    return Draft(
        title=meta.title,
        title_derived=record.get("title_derived") is True,
        text=text,
        headings=_headings(record.get("headings"), len(text)),
        related=tuple(clean_line(_string(line)) for line in _list(record.get("related"))),
        published=meta.published,
        dateline=" ".join(clean_text(_string(record.get("dateline"))).split()),
        place=meta.place,
        agency=clean_line(_string(record.get("agency"))),
        source=meta.source,
        url=meta.url,
        authors=meta.authors,
        lang=meta.lang,
    )


def _headings(value: object, length: int) -> tuple[Span, ...]:
    """Spans in order inside a text of `length`; refuses all else."""
    spans = []
    before = 0
    for pair in _list(value):
        match pair:
            case [int(start), int(end)] if before <= start < end <= length:
                spans.append(Span(int(start), int(end)))
                before = end
            case _:
                raise ImportItemError("", Reason.BAD_FIELD)
    return tuple(spans)


def _list(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ImportItemError("", Reason.BAD_FIELD)
    return value


def is_unique(guid: str) -> bool:
    """Tell whether an id tells articles apart without a source beside it."""
    return _UNIQUE.fullmatch(guid) is not None


def _load(line: str) -> Mapping[str, object]:
    try:
        record: object = json.loads(line, parse_constant=_refuse)
    except RecursionError as error:
        raise ImportItemError("", Reason.TOO_DEEP) from error
    except ValueError as error:
        raise ImportItemError("", Reason.NOT_JSON) from error
    if not isinstance(record, dict):
        raise ImportItemError("", Reason.NOT_OBJECT)
    return record


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _first(record: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((record[name] for name in names if record.get(name) is not None), None)


def _string(value: object, key: str | None = None) -> str:
    """Return a string, "" for None, the string under `key` of an object; refuse the rest."""
    if key is not None and isinstance(value, dict):
        value = value.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ImportItemError("", Reason.BAD_FIELD)
    return value


def _authors(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return split_authors(_string(value, "name"))
    names = (clean_line(_string(name, "name")) for name in value)
    return tuple(dict.fromkeys(name for name in names if name))


def _guid(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    guid = clean_line(_string(value), 1 << 20)
    # A cut id would be that of another article as well.
    return guid if len(guid) <= _GUID_LIMIT else hashlib.sha256(guid.encode()).hexdigest()
