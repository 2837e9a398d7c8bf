"""What an entry says, whatever the format of its feed, and the draft that is made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.feed.text import Body, fullest, is_teaser
from reader.ingest.html import Reading, read_html
from reader.ingest.reasons import Reason
from reader.ingest.titles import derive_title
from reader.model import Attachment, Draft, MarkupKind, Published, Span

GUID_LIMIT = 300
MOST_ATTACHMENTS = 50
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
    title = parts.title or derive_title(reading.text.partition("\n")[0])
    title = title or _fallback(parts)
    if not title and not reading.text:
        raise ImportItemError("", Reason.NO_CONTENT)
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
        attachments=parts.attachments,
        lang=parts.lang,
        origin=f"{clean_line(feed, 500)}, {place}" if feed else place,
        feed=feed,
        partial=bool(parts.url) and not whole and is_teaser(reading.text),
    )
    return take_dateline(draft, latest)


def _read(parts: Parts) -> tuple[Reading, bool]:
    """Read the fullest body that has text; tell whether it is the whole."""
    for body in fullest(parts.bodies):
        reading = read_html(body.html, base=body.base or parts.url)
        if reading.text:
            return reading, any(other.whole for other in parts.bodies)
    return read_html(""), False


def _fallback(parts: Parts) -> str:
    date = parts.published.iso if parts.published else ""
    link = parts.attachments[0].url if parts.attachments else ""
    author = ", ".join(parts.authors)
    return clean_line(parts.url or parts.guid or link or date or author or parts.anything)


def take_dateline(draft: Draft, latest: datetime) -> Draft:
    """Cut the dateline off the first paragraph of a draft; everything else keeps its place."""
    first = draft.text.partition("\n\n")[0]
    if not first or _is_special(draft, len(first)):
        return draft
    found = find_dateline(first, latest)
    if found is None or not found.end:
        return draft
    rest = draft.text[found.end :]
    cut = len(draft.text) - len(rest.lstrip())
    return _without(draft, cut, found) if cut < len(draft.text) else draft


def _is_special(draft: Draft, end: int) -> bool:
    """Tell whether the first paragraph is a heading, a list, a table or the like."""
    kinds = (MarkupKind.PRE, MarkupKind.ITEM, MarkupKind.TABLE, MarkupKind.QUOTE)
    return any(span.start < end for span in draft.headings) or any(
        mark.start < end and mark.kind in kinds for mark in draft.markup
    )


def _without(draft: Draft, cut: int, found: Dateline) -> Draft:
    return replace(
        draft,
        text=draft.text[cut:],
        headings=tuple(
            Span(max(0, span.start - cut), span.end - cut)
            for span in draft.headings
            if span.end > cut
        ),
        markup=tuple(
            replace(mark, start=max(0, mark.start - cut), end=mark.end - cut)
            for mark in draft.markup
            if mark.end > cut
        ),
        published=draft.published or found.published,
        dateline=clean_line(found.raw),
        place=clean_line(found.place),
        agency=clean_line(found.agency),
    )
