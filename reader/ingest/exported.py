"""Records that this program exported: taken as they are, without the rules for plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from reader.clean import clean_line, clean_text
from reader.errors import ImportItemError
from reader.ingest.headers import Meta, clean_url
from reader.ingest.reasons import Reason
from reader.ingest.values import list_of, string_of
from reader.model import Attachment, Draft, Mark, Markup, MarkupKind, Span

_MARKS = {"read": Mark.READ, "starred": Mark.STARRED, "archived": Mark.ARCHIVED}


def read_exported(record: Mapping[str, object], meta: Meta, text: str) -> Draft:
    """An article of this program: its text was arranged when it came in first."""
    return Draft(
        title=meta.title,
        title_derived=record.get("title_derived") is True,
        text=text,
        headings=tuple(_spans(record.get("headings"), len(text))),
        related=tuple(clean_line(string_of(line)) for line in list_of(record.get("related"))),
        published=meta.published,
        dateline=" ".join(clean_text(string_of(record.get("dateline"))).split()),
        place=meta.place,
        agency=clean_line(string_of(record.get("agency"))),
        source=meta.source,
        url=meta.url,
        guid=meta.guid,
        authors=meta.authors,
        lang=meta.lang,
        tags=meta.tags,
        markup=tuple(_markup(record.get("markup"), len(text))),
        attachments=tuple(_attachments(record.get("attachments"))),
        partial=record.get("partial") is True,
        marks=frozenset(mark for key, mark in _MARKS.items() if record.get(key) is True),
    )


def _spans(value: object, length: int) -> Iterable[Span]:
    """Spans in order inside a text of `length`; refuses all else."""
    before = 0
    for pair in list_of(value):
        match pair:
            case [int(start), int(end)] if before <= start < end <= length:
                yield Span(int(start), int(end))
                before = end
            case _:
                raise ImportItemError("", Reason.BAD_FIELD)


def _markup(value: object, length: int) -> Iterable[Markup]:
    """Markup as [start, end, kind] or [start, end, "link", target]."""
    for one in list_of(value):
        match one:
            case [int(start), int(end), str(kind), *rest] if 0 <= start < end <= length:
                target = string_of(rest[0]) if rest else ""
                with suppress(ValueError):
                    yield Markup(int(start), int(end), MarkupKind(kind), clean_url(target))
            case _:
                raise ImportItemError("", Reason.BAD_FIELD)


def _attachments(value: object) -> Iterable[Attachment]:
    """Attachments as {"url": ..., "media_type": ...}."""
    for one in list_of(value):
        match one:
            case {"url": str(url), **rest}:
                yield Attachment(clean_url(url), clean_line(string_of(rest.get("media_type"))))
            case _:
                raise ImportItemError("", Reason.BAD_FIELD)
