"""A record of named values -> Draft: what JSON, JSON Lines and CSV have in common. Pure."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from reader.clean import clean_line, clean_text, strip_unsafe
from reader.errors import ImportItemError
from reader.ingest.article import make_draft
from reader.ingest.dates import read_value
from reader.ingest.exported import read_exported
from reader.ingest.headers import Meta, clean_url, split_authors
from reader.ingest.paragraphs import split_blocks
from reader.ingest.reasons import Reason
from reader.ingest.values import list_of, string_of
from reader.model import Draft

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
    "tags": ("tags",),
}
"""The keys of a record that are understood; of several the first that is present counts."""

EXPORTED, EXPORTED_FORM = "exported", "dateline 1"
"""The key and the value that tell a record written by this program, to be taken as it is."""

KNOWN = frozenset(name for names in ALIASES.values() for name in names)

_GUID_LIMIT = 300
_MOST_TAGS = 100
_MOST_NAMED = 20
# Without a source only what nobody else will use can tell articles apart: no counting number.
_UNIQUE = re.compile(r"\S*://\S+|urn:\S+|tag:\S+|\S{16,}")
_BETWEEN_TAGS = re.compile(r"\s*[,;|]\s*")
_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|h[1-6]|li|blockquote)>|<(?:p|br)\s*/?>", re.IGNORECASE
)

_log = logging.getLogger(__name__)


class ColumnLog:
    """Tells once, in the log, which keys of the records of a file are not understood."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told = False

    def note(self, keys: Iterable[str]) -> None:
        """Look at the keys of the first record."""
        if self._told:
            return
        self._told = True
        keys = tuple(keys)
        unknown = [clean_line(str(key), 60) for key in keys if key not in KNOWN]
        if unknown and EXPORTED not in keys:
            named = ", ".join(unknown[:_MOST_NAMED])
            _log.warning("%s: columns passed over: %s", strip_unsafe(self._name), named)


def read_record(record: Mapping[str, object], latest: datetime) -> Draft:
    """Make the draft of a record. Raises ImportItemError when there is no article in it."""
    meta = _meta(record, latest)
    text = clean_text(string_of(_first(record, "text")))
    if record.get(EXPORTED) == EXPORTED_FORM:
        draft = read_exported(record, meta, text)
    elif "<" in text and _MARKUP.search(text):
        from reader.ingest.bodies import make_html_draft

        draft = make_html_draft(meta, text, latest=latest)
    else:
        draft = make_draft(meta, split_blocks(text), name="", latest=latest)
    if not draft.text and not draft.title:
        raise ImportItemError("", Reason.NO_CONTENT)
    return draft


def _meta(record: Mapping[str, object], latest: datetime) -> Meta:
    return Meta(
        title=clean_line(string_of(_first(record, "title"))),
        source=clean_line(string_of(_first(record, "source"), "name")),
        published=read_value(_first(record, "published"), latest),
        authors=_authors(_first(record, "authors")),
        place=clean_line(string_of(_first(record, "place"))),
        url=clean_url(string_of(_first(record, "url"))),
        lang=clean_line(string_of(_first(record, "lang"))),
        guid=_guid(_first(record, "guid")),
        tags=read_tags(record.get("tags")),
    )


def read_tags(value: object) -> tuple[str, ...]:
    """Return the tags in a list of strings or of objects with a `label`, or in a string with
    commas, semicolons or bars. What is no tag is passed over: it costs nobody an article."""
    if isinstance(value, str):
        value = _BETWEEN_TAGS.split(value)
    if not isinstance(value, list):
        return ()
    labels = (one.get("label") if isinstance(one, dict) else one for one in value)
    names = (clean_line(one) for one in labels if isinstance(one, str))
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_TAGS]


def is_unique(guid: str) -> bool:
    """Tell whether an id tells articles apart without a source beside it."""
    return _UNIQUE.fullmatch(guid) is not None


def clean_guid(written: str) -> str:
    """Return an id on one line; of one that is too long, its digest."""
    guid = clean_line(written, 1 << 20)
    # A cut id would be that of another article as well.
    return guid if len(guid) <= _GUID_LIMIT else hashlib.sha256(guid.encode()).hexdigest()


def _first(record: Mapping[str, object], field: str) -> object:
    for name in ALIASES[field]:
        value = record.get(name)
        if value is not None:
            return value
    return None


def _authors(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        return split_authors(string_of(value, "name"))
    names = (clean_line(string_of(name, "name")) for name in list_of(value))
    return tuple(dict.fromkeys(name for name in names if name))


def _guid(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return clean_guid(string_of(value))
