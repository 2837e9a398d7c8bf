"""HTML of an article whose facts are stated beside it -> Draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.headers import Meta
from reader.ingest.html import Reading, lead_of, read_html
from reader.ingest.titles import derive_title
from reader.model import Draft, Markup, Span


def make_html_draft(meta: Meta, html: str, *, latest: datetime, base: str = "") -> Draft:
    """Make the draft of an article whose text is HTML. `base` is where its links start from,
    the address of the article unless it is given. Text and title are empty when there is
    nothing to see."""
    reading = read_html(html, base=base or meta.url)
    at = reading.opening.start
    found = _dateline(reading, latest)
    rest = reading.text[at + found.end :].lstrip() if found else reading.text[at:]
    text = reading.text[:at] + rest
    cut = len(reading.text) - len(text)
    published = meta.published or (found.published if found else None)
    return Draft(
        title=meta.title or derive_title(_lead(reading, found)),
        title_derived=not meta.title,
        text=text,
        headings=tuple(_moved_span(one, at, cut) for one in reading.headings),
        published=published,
        dateline=" ".join(filter(None, (meta.unread, found.raw if found else ""))),
        place=clean_line(meta.place or (found.place if found else "")),
        agency=clean_line(found.agency if found else ""),
        source=meta.source,
        url=meta.url,
        guid=meta.guid,
        authors=meta.authors,
        lang=meta.lang,
        tags=meta.tags,
        markup=_all_moved(reading.markup, at, cut),
        attachments=reading.shown,
    )


def without_title(draft: Draft) -> Draft:
    """The draft without a heading at the beginning of its text that only repeats the title."""
    first = next(iter(draft.headings), None)
    if first is None or first.start or _words(draft.text[: first.end]) != _words(draft.title):
        return draft
    text = draft.text[first.end :].lstrip()
    cut = len(draft.text) - len(text)
    return replace(
        draft,
        text=text,
        headings=tuple(_moved_span(one, 0, cut) for one in draft.headings[1:]),
        markup=_all_moved(draft.markup, 0, cut),
    )


def _words(line: str) -> list[str]:
    return line.casefold().split()


def _lead(reading: Reading, found: Dateline | None) -> str:
    opening = reading.opening
    if found is None:
        return lead_of(reading)
    return reading.text[opening.start + found.end : opening.end].lstrip()


def _dateline(reading: Reading, latest: datetime) -> Dateline | None:
    """The dateline before the text of the first paragraph, if it is a paragraph of words."""
    opening = reading.opening
    first = reading.text[opening.start : opening.end]
    if any(span.start == opening.start for span in reading.headings) or "\n" in first:
        return None
    found = find_dateline(first, latest)
    return found if found is not None and found.end < len(first) else None


def _moved_span(span: Span, at: int, cut: int) -> Span:
    return Span(_offset(span.start, at, cut), _offset(span.end, at, cut))


def _all_moved(markup: tuple[Markup, ...], at: int, cut: int) -> tuple[Markup, ...]:
    """The marks of a text when `cut` code points are taken out at `at`."""
    moved = (
        replace(one, start=_offset(one.start, at, cut), end=_offset(one.end, at, cut))
        for one in markup
    )
    return tuple(one for one in moved if one.start < one.end)


def _offset(offset: int, at: int, cut: int) -> int:
    return offset if offset <= at else max(at, offset - cut)
