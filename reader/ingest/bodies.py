"""HTML of an article whose facts are stated beside it -> Draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.headers import Meta
from reader.ingest.html import Reading, read_html
from reader.ingest.titles import derive_title
from reader.model import Draft, Markup, Span

_BETWEEN = "\n\n"


def make_html_draft(meta: Meta, html: str, *, latest: datetime, base: str = "") -> Draft:
    """Make the draft of an article whose text is HTML. `base` is where its links start from,
    the address of the article unless it is given. Text and title are empty when there is
    nothing to see."""
    reading = read_html(html, base=base or meta.url)
    found = _dateline(reading, latest)
    text = reading.text[found.end :].lstrip() if found else reading.text
    cut = len(reading.text) - len(text)
    published = meta.published or (found.published if found else None)
    return Draft(
        title=meta.title or derive_title(text.partition(_BETWEEN)[0]),
        title_derived=not meta.title,
        text=text,
        headings=tuple(_moved_span(one, cut) for one in reading.headings if one.start >= cut),
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
        markup=tuple(_moved(one, cut) for one in reading.markup if one.end > cut),
        attachments=reading.images,
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
        headings=tuple(_moved_span(one, cut) for one in draft.headings[1:]),
        markup=tuple(_moved(one, cut) for one in draft.markup if one.end > cut),
    )


def _words(line: str) -> list[str]:
    return line.casefold().split()


def _dateline(reading: Reading, latest: datetime) -> Dateline | None:
    """The dateline before the text of the first paragraph, if it is a paragraph of words."""
    first = reading.text.partition(_BETWEEN)[0]
    if any(span.start == 0 for span in reading.headings) or "\n" in first:
        return None
    found = find_dateline(first, latest)
    return found if found is not None and found.end < len(first) else None


def _moved_span(span: Span, cut: int) -> Span:
    return Span(span.start - cut, span.end - cut)


def _moved(markup: Markup, cut: int) -> Markup:
    return replace(markup, start=max(0, markup.start - cut), end=markup.end - cut)
