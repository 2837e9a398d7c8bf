"""Articles out again: as text, a piece at a time, or into a file."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from reader.errors import ExportEmptyError, ExportExistsError
from reader.export.citations import bibtex, citation_key, csl_item
from reader.export.flow import Flow, flow_of
from reader.export.html import article_html, page_foot, page_head
from reader.export.markdown import article_markdown, notes_markdown
from reader.ingest import EXPORTED, EXPORTED_FORM
from reader.model import Article, ArticleId, Markup, PlacedNote, iso_second

if TYPE_CHECKING:
    from reader.service.noting import Noting
    from reader.store import Store

TITLES = 1000
"""Titles that are looked up at once for a table of contents."""

Step = Callable[[int], None]
"""Told of each article that has been written, with how many there are so far."""


class ExportFormat(StrEnum):
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    HTML = "html"
    EPUB = "epub"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    NOTES = "notes"


class Exporting:
    """Exports of whole articles with their highlights and notes, of notes, and of citations."""

    def __init__(self, store: Store, noting: Noting) -> None:
        self._store = store
        self._noting = noting

    def export(
        self,
        ids: Iterable[int],
        form: ExportFormat,
        *,
        title: str = "",
        step: Step = lambda _: None,
    ) -> Iterator[str]:
        """The export in pieces of text, one article after the other; a JSONL record imported
        again is the same article, with its tags and marks. EPUB is no text: `write` it.

        Raises ArticleNotFoundError.
        """
        match form:
            case ExportFormat.HTML:
                yield from self._html(list(ids), title, step)
            case ExportFormat.BIBTEX:
                yield from self._cited(ids, bibtex, step)
            case ExportFormat.CSL_JSON:
                yield "["
                for number, item in enumerate(self._cited(ids, csl_item, step)):
                    yield f"{',' if number else ''}\n{item}"
                yield "\n]\n"
            case ExportFormat.EPUB:
                raise ValueError(form)
            case _:
                yield from self._articles(ids, form, step)

    def write(
        self,
        path: Path,
        ids: Iterable[int],
        form: ExportFormat,
        *,
        title: str = "",
        force: bool = False,
        step: Step = lambda _: None,
    ) -> int:
        """Write the export into a file, whole or not at all; how many articles it holds.

        Raises ExportExistsError unless `force`, ExportEmptyError for a book of nothing, OSError and
        what `export` raises.
        """
        written = 0

        def count(so_far: int) -> None:
            nonlocal written
            written = so_far
            step(so_far)

        if form is ExportFormat.EPUB:
            ids = list(ids)
            if not ids:
                raise ExportEmptyError(path)
            self._settle(path, lambda to: self._write_epub(to, ids, title, count), force)
        else:
            self.write_text(path, self.export(ids, form, title=title, step=count), force=force)
        return written

    def write_text(self, path: Path, pieces: Iterable[str], *, force: bool = False) -> None:
        """Write text into a file as `write` does."""

        def write(unfinished: Path) -> None:
            with unfinished.open("x", encoding="utf-8") as file:
                file.writelines(pieces)

        self._settle(path, write, force)

    def _settle(self, path: Path, write: Callable[[Path], None], force: bool) -> None:
        """Have a file written beside `path`, which takes its place once it is on the disk."""
        # A device must not become a file, not even when one asks for that.
        if path.exists() and not (force and path.is_file()):
            raise ExportExistsError(path)
        # A name that nobody can foresee: nothing is written through a link that waits there.
        unfinished = path.with_name(f".{path.name}.{token_hex(4)}")
        if os.path.lexists(unfinished):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(unfinished))
        try:
            write(unfinished)
            with unfinished.open("rb") as file:
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            # By the name that was asked for: the other one is ours.
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        finally:
            unfinished.unlink(missing_ok=True)

    # Formats

    def _articles(self, ids: Iterable[int], form: ExportFormat, step: Step) -> Iterator[str]:
        for number, (article, notes) in enumerate(self._read(ids), 1):
            match form:
                case ExportFormat.JSONL:
                    yield _jsonl(article, notes)
                case ExportFormat.MARKDOWN:
                    yield article_markdown(flow_of(article, notes))
                case _:
                    if text := notes_markdown(flow_of(article, notes)):
                        yield text
            step(number)

    def _html(self, ids: list[int], title: str, step: Step) -> Iterator[str]:
        yield from page_head(title or "Articles", self._titles(ids))
        for number, flow in enumerate(self._flows(ids), 1):
            yield article_html(flow, _anchor(flow.article))
            step(number)
        yield page_foot()

    def _titles(self, ids: list[int]) -> Iterator[tuple[str, str]]:
        for start in range(0, len(ids), TITLES):
            some = ids[start : start + TITLES]
            rows = self._store.articles.get_rows(some)
            for article_id in map(ArticleId, some):
                if article_id in rows:
                    yield f"a{article_id}", rows[article_id].title

    def _write_epub(self, path: Path, ids: Iterable[int], title: str, step: Step) -> None:
        # Loads its templates, which nothing else needs.
        from reader.export.epub import write_epub

        def told() -> Iterator[Flow]:
            for number, flow in enumerate(self._flows(ids), 1):
                yield flow
                step(number)

        write_epub(path, title or "Articles", told())

    def _cited(
        self, ids: Iterable[int], write: Callable[[Article, str], str], step: Step
    ) -> Iterator[str]:
        keys: set[str] = set()
        for number, article_id in enumerate(ids, 1):
            article = self._store.articles.get_article(ArticleId(article_id))
            key = citation_key(article, keys)
            keys.add(key)
            yield write(article, key)
            step(number)

    def _flows(self, ids: Iterable[int]) -> Iterator[Flow]:
        for article, notes in self._read(ids):
            yield flow_of(article, notes)

    def _read(self, ids: Iterable[int]) -> Iterator[tuple[Article, tuple[PlacedNote, ...]]]:
        """Articles with their notes, each as it is when its turn comes."""
        noted = frozenset(self._store.notes.article_ids())
        for article_id in map(ArticleId, ids):
            with self._store.snapshot():
                article = self._store.articles.get_article(article_id)
                notes = self._noting.of_article(article_id) if article_id in noted else ()
            yield article, notes


def _anchor(article: Article) -> str:
    return f"a{article.row.id}"


def _jsonl(article: Article, notes: Iterable[PlacedNote]) -> str:
    row = article.row
    record: dict[str, Any] = {
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
    if told := [_note(one) for one in notes]:
        record["notes"] = told
    return json.dumps(record, ensure_ascii=False) + "\n"


def _markup(markup: Markup) -> list[int | str]:
    stretch: list[int | str] = [markup.start, markup.end, markup.kind]
    return [*stretch, markup.target] if markup.target else stretch


def _note(placed: PlacedNote) -> dict[str, Any]:
    note = placed.note
    return {
        "span": [placed.span.start, placed.span.end] if placed.span else None,
        "quote": note.anchor.quote,
        "words": note.words,
        "made": iso_second(note.made),
    }
