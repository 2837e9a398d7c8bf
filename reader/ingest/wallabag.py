"""What wallabag exports as JSON: saved pages with their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.addresses import host_of, is_web
from reader.ingest.bodies import make_html_draft
from reader.ingest.dates import read_value
from reader.ingest.headers import Meta, clean_url
from reader.ingest.links import make_link_draft, read_moment
from reader.ingest.records import read_tags
from reader.ingest.values import list_of, string_of
from reader.model import Draft, Mark

_STATES = {"is_archived": (Mark.ARCHIVED, Mark.READ), "is_starred": (Mark.STARRED,)}
_TRUE = (True, 1, "1", "true")


def is_wallabag(record: Mapping[str, object]) -> bool:
    """Tell an entry of wallabag from other records."""
    return "is_archived" in record and "url" in record


def read_saved(record: Mapping[str, object], latest: datetime) -> Draft:
    """Make the draft of an entry; without a text it is but a link. Raises ImportItemError
    when it has no address, or values of other types than wallabag writes."""
    url = clean_url(string_of(record.get("given_url")) or string_of(record.get("url")))
    url = url if is_web(url) else clean_url(string_of(record.get("url")))
    title = clean_line(string_of(record.get("title")))
    link = make_link_draft(
        url,
        title,
        added=read_moment(record.get("created_at"), latest),
        tags=read_tags(record.get("tags")),
        marks=[m for key, marks in _STATES.items() if record.get(key) in _TRUE for m in marks],
    )
    meta = Meta(
        title="" if link.title_derived else title,
        source=host_of(url) or clean_line(string_of(record.get("domain_name"))),
        published=read_value(record.get("published_at"), latest),
        authors=_authors(record.get("published_by")),
        url=url,
        lang=clean_line(string_of(record.get("language"))),
    )
    draft = make_html_draft(meta, string_of(record.get("content")), latest=latest)
    if not draft.text:
        return link
    return replace(draft, tags=link.tags, marks=link.marks, added=link.added)


def _authors(value: object) -> tuple[str, ...]:
    names = (clean_line(one) for one in list_of(value) if isinstance(one, str))
    return tuple(name for name in names if name)
