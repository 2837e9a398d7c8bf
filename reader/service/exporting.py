"""Articles out again, one at a time, as JSON Lines or Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.ingest import EXPORTED, EXPORTED_FORM
from reader.model import Article, ArticleId, Markup

if TYPE_CHECKING:
    from reader.store import Store


class ExportFormat(StrEnum):
    JSONL = "jsonl"
    MARKDOWN = "markdown"


class Exporting:
    """Exports of whole articles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def export(self, ids: Iterable[int], form: ExportFormat) -> Iterator[str]:
        """One article after another as text; a JSONL record imported again is the same
        article, with its tags and marks."""
        write = _jsonl if form is ExportFormat.JSONL else _markdown
        for article_id in ids:
            yield write(self._store.articles.get_article(ArticleId(article_id)))


def _jsonl(article: Article) -> str:
    row = article.row
    record = {
        EXPORTED: EXPORTED_FORM,
        "title": row.title,
        "title_derived": row.title_derived,
        "text": article.text,
        "headings": [[span.start, span.end] for span in article.headings],
        "related": list(article.related),
        "published": row.published.iso if row.published else None,
        "dateline": article.dateline,
        "place": article.place,
        "agency": article.agency,
        "source": row.source,
        "url": article.url,
        "guid": article.guid,
        "authors": list(article.authors),
        "lang": article.lang,
        "markup": [_markup(one) for one in article.markup],
        "attachments": [
            {"url": one.url, "media_type": one.media_type} for one in article.attachments
        ],
        "partial": article.partial,
        "tags": list(row.tags),
        "read": row.read,
        "starred": row.starred,
        "archived": row.archived,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _markup(markup: Markup) -> list[int | str]:
    stretch: list[int | str] = [markup.start, markup.end, markup.kind]
    return [*stretch, markup.target] if markup.target else stretch


def _markdown(article: Article) -> str:
    row = article.row
    facts = [row.source, row.published.iso if row.published else "", article.place]
    facts += [", ".join(article.authors), " ".join(f"#{tag}" for tag in row.tags), article.url]
    head = [f"# {_escape(row.title)}", " · ".join(_escape(fact) for fact in facts if fact)]
    related = "\n".join(f"- {_escape(line)}" for line in article.related)
    blocks = [*head, *_paragraphs(article), related]
    return "\n\n".join(block for block in blocks if block) + "\n\n"


def _paragraphs(article: Article) -> Iterator[str]:
    headings = {span.start for span in article.headings}
    start = 0
    for paragraph in article.text.split("\n\n"):
        yield ("## " if start in headings else "") + _escape(paragraph)
        start += len(paragraph) + 2


def _escape(text: str) -> str:
    """Text as Markdown shows it literally."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)
