"""What an entry says, whatever the format of its feed, and the draft that is made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.feed.text import Body, fullest, is_teaser
from reader.ingest.html import MOST_ATTACHMENTS, Reading, lead_of, read_html
from reader.ingest.reasons import Reason
from reader.ingest.titles import derive_title
from reader.model import Attachment, Draft, MarkupKind, Published, Span

GUID_LIMIT = 300
MOST_AUTHORS = 20


@dataclass(frozen=True, slots=True)
class Parts:
    """The facts of an entry; text is clean but for the bodies, addresses are absolute.

    `anything` is whatever an entry holds that nothing is known of: it can name the entry
    where nothing else does.
    """

    title: str = ""
    bodies: tuple[Body, ...] = ()
    url: str = ""
    guid: str = ""
    published: Published | None = None
    authors: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    lang: str = ""
    anything: str = ""


def clean_guid(written: str) -> str:
    """Return an id on one line, the digest of one that is too long."""
    guid = clean_line(written, 1 << 20)
    # A cut id would be that of another article as well.
    return guid if len(guid) <= GUID_LIMIT else hashlib.sha256(guid.encode()).hexdigest()


def clean_attachments(found: Iterable[tuple[str, str]]) -> tuple[Attachment, ...]:
    """Return (absolute address, media type) as attachments, each address once."""
    kept: dict[str, Attachment] = {}
    for url, media_type in found:
        if url and len(kept) < MOST_ATTACHMENTS:
            kept.setdefault(url, Attachment(url, clean_line(media_type, 100)))
    return tuple(kept.values())


def clean_authors(names: Iterable[str]) -> tuple[str, ...]:
    """Return names on one line each, none twice."""
    cleaned = dict.fromkeys(clean_line(name, 200) for name in names)
    return tuple(name for name in cleaned if name)[:MOST_AUTHORS]


def make_draft(parts: Parts, *, feed: str, place: str, latest: datetime) -> Draft:
    """Make the draft of an entry. Raises ImportItemError when there is nothing in it."""
    reading, whole = _read(parts)
    title = parts.title or derive_title(lead_of(reading))
    title = title or _fallback(parts)
    if not title and not reading.text:
        raise ImportItemError("", Reason.NO_CONTENT)
    shown = ((one.url, one.media_type) for one in reading.shown)
    draft = Draft(
        title=title,
        title_derived=not parts.title,
        text=reading.text,
        headings=reading.headings,
        markup=reading.markup,
        published=parts.published,
        url=parts.url,
        guid=parts.guid,
        authors=parts.authors,
        attachments=clean_attachments(
            (*((one.url, one.media_type) for one in parts.attachments), *shown)
        ),
        lang=parts.lang,
        origin=f"{clean_line(feed, 500)}, {place}" if feed else place,
        feed=feed,
        partial=bool(parts.url) and not whole and is_teaser(reading.text),
    )
    return take_dateline(draft, reading.opening, latest)


def _read(parts: Parts) -> tuple[Reading, bool]:
    """Read the fullest body that has text, and what others without text show; tell whether it
    is the whole."""
    readings = _readings(parts)
    shown: tuple[Attachment, ...] = ()
    for reading in readings:
        if reading.text:
            others = [*shown, *(one for other in readings for one in other.shown)]
            reading = replace(reading, shown=(*reading.shown, *others))
            return reading, any(body.whole for body in parts.bodies)
        shown += reading.shown
    return replace(read_html(""), shown=shown), False


def _readings(parts: Parts) -> Iterator[Reading]:
    found = False
    for body in fullest(parts.bodies):
        # Of a further body only what it shows counts, and what has text has its own.
        if not found or not body.size:
            reading = read_html(body.html, base=body.base or parts.url)
            found = found or bool(reading.text)
            yield reading


def _fallback(parts: Parts) -> str:
    date = parts.published.iso if parts.published else ""
    link = parts.attachments[0].url if parts.attachments else ""
    author = ", ".join(parts.authors)
    return clean_line(parts.url or parts.guid or link or date or author or parts.anything)


def take_dateline(draft: Draft, opening: Span, latest: datetime) -> Draft:
    """Cut the dateline off the paragraph that opens a draft; everything else keeps its place."""
    first = draft.text[opening.start : opening.end]
    if not first or _is_special(draft, opening):
        return draft
    found = find_dateline(first, latest)
    if found is None or not found.end:
        return draft
    rest = draft.text[opening.start + found.end :]
    cut = len(draft.text) - opening.start - len(rest.lstrip())
    is_all = opening.start + cut >= len(draft.text)
    return draft if is_all else _without(draft, opening.start, cut, found)


def _is_special(draft: Draft, opening: Span) -> bool:
    """Tell whether a paragraph is a heading, a list, a table or the like."""
    kinds = (MarkupKind.PRE, MarkupKind.ITEM, MarkupKind.TABLE, MarkupKind.QUOTE)
    marks = (Span(one.start, one.end) for one in draft.markup if one.kind in kinds)
    return any(
        one.start < opening.end and one.end > opening.start for one in (*draft.headings, *marks)
    )


def _without(draft: Draft, at: int, cut: int, found: Dateline) -> Draft:
    """The draft without the dateline that it has at `at`."""

    def moved(offset: int) -> int:
        return offset if offset <= at else max(at, offset - cut)

    headings = (Span(moved(span.start), moved(span.end)) for span in draft.headings)
    markup = (replace(m, start=moved(m.start), end=moved(m.end)) for m in draft.markup)
    return replace(
        draft,
        text=draft.text[:at] + draft.text[at + cut :],
        headings=tuple(span for span in headings if span.start < span.end),
        markup=tuple(mark for mark in markup if mark.start < mark.end),
        published=draft.published or found.published,
        dateline=clean_line(found.raw),
        place=clean_line(found.place),
        agency=clean_line(found.agency),
    )
