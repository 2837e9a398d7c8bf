"""Rows of the tables as values, and texts of articles as they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from reader.model import (
    Article,
    ArticleId,
    ArticleRow,
    Attachment,
    Markup,
    MarkupKind,
    Precision,
    Published,
    Span,
)
from reader.store.database import Row
from reader.store.times import from_seconds

ROW_COLUMNS = """
    a.id, a.title, a.title_derived, s.name, a.published_at, a.published_precision, a.added_at,
    EXISTS (SELECT 1 FROM article_mark WHERE mark = 'read' AND article_id = a.id),
    EXISTS (SELECT 1 FROM article_mark WHERE mark = 'starred' AND article_id = a.id),
    EXISTS (SELECT 1 FROM article_mark WHERE mark = 'archived' AND article_id = a.id),
    (SELECT group_concat(t.name, ' ') FROM article_tag x JOIN tag t ON t.id = x.tag_id
     WHERE x.article_id = a.id)
"""
"""What `article_row` reads, of article `a` and source `s`. Names of tags hold no spaces."""

ROW_WIDTH = 11


def article_row(row: Row) -> ArticleRow:
    return ArticleRow(
        id=ArticleId(row[0]),
        title=row[1],
        title_derived=bool(row[2]),
        source=row[3],
        published=published_of(row[4], row[5]),
        added=from_seconds(row[6]),
        read=bool(row[7]),
        starred=bool(row[8]),
        archived=bool(row[9]),
        tags=tuple(sorted((row[10] or "").split())),
    )


BODY_COLUMNS = """
    b.text, b.headings, b.related, b.dateline, b.place, b.agency, b.url, b.authors, b.lang,
    a.version, b.guid, b.markup, b.attachments, b.partial
"""
"""What `article` reads after the columns of the row, of body `b` and article `a`."""


def article(row: Row) -> Article:
    text, headings, related, dateline, place, agency, url, authors, lang, *others = row[ROW_WIDTH:]
    version, guid, markup, attachments, partial = others
    return Article(
        row=article_row(row),
        text=text,
        headings=tuple(Span(start, end) for start, end in _list(headings)),
        related=strings_of(related),
        dateline=dateline,
        place=place,
        agency=agency,
        url=url,
        authors=strings_of(authors),
        lang=lang,
        version=version,
        guid=guid,
        markup=tuple(Markup(one[0], one[1], MarkupKind(one[2]), *one[3:]) for one in _list(markup)),
        attachments=tuple(Attachment(*one) for one in _list(attachments)),
        partial=bool(partial),
    )


def published_of(seconds: int | None, precision: str | None) -> Published | None:
    if seconds is None or precision is None:
        return None
    return Published(from_seconds(seconds), Precision(precision))


def strings_of(kept: str) -> tuple[str, ...]:
    return tuple(_list(kept))


def kept_strings(strings: Iterable[str]) -> str:
    return _kept(list(strings))


def kept_spans(spans: Iterable[Span]) -> str:
    return _kept([(span.start, span.end) for span in spans])


def kept_markup(markup: Iterable[Markup]) -> str:
    return _kept(
        [
            (one.start, one.end, one.kind, one.target)
            if one.target
            else (one.start, one.end, one.kind)
            for one in markup
        ]
    )


def kept_attachments(attachments: Iterable[Attachment]) -> str:
    return _kept([(one.url, one.media_type) for one in attachments])


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _kept(values: list[Any]) -> str:
    return _encode(values) if values else "[]"


def _list(kept: str) -> list[Any]:
    values: list[Any] = [] if kept == "[]" else json.loads(kept)
    return values
