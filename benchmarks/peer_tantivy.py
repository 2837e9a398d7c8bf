"""The same articles and questions in tantivy, when it is installed.

Titles and texts are stemmed, with positions; the rest are fast fields. Texts are stored for
snippets. Prefixes, wildcards and misspelt words meet stems there, not written words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.documents import is_tagged
from benchmarks.peer import (
    FACET_LIMIT,
    LIMIT,
    SNIPPET_WIDTH,
    TITLE_BOOST,
    Deed,
    Found,
    folder_size,
)
from benchmarks.queries import Ask, Form, Task
from index.api import Document, month_of
from index.query import Sort

_HEAP = 256_000_000  # bytes: one large buffer, so that few segments come to be
_TEXTS = ("title", "text")
_BOOSTS = {"title": TITLE_BOOST, "text": 1.0}
_ALL_MONTHS = 10_000

_FACETS = {
    "entities": {"terms": {"field": "entities", "size": FACET_LIMIT}},
    "sources": {"terms": {"field": "source", "size": FACET_LIMIT}},
    "months": {"terms": {"field": "month", "size": _ALL_MONTHS}},
}

_FORMS: Mapping[Form, Callable[[tuple[str, ...]], str]] = {
    Form.WORD: lambda words: words[0],
    Form.ALL: " AND ".join,
    Form.ANY: " OR ".join,
    Form.PHRASE: lambda words: f'"{" ".join(words)}"',
    Form.NEAR: lambda words: f'"{" ".join(words)}"~4',
}


def is_installed() -> bool:
    """Whether there is a tantivy to compare with."""
    return find_spec("tantivy") is not None


class Tantivy:
    """A tantivy index of one folder, written by one thread."""

    def __init__(self, folder: Path) -> None:
        # Imported by name: it need not be there.
        self._tantivy: Any = import_module("tantivy")
        folder.mkdir(exist_ok=True)
        self._schema = _schema(self._tantivy)
        self._index = self._tantivy.Index(self._schema, path=str(folder))
        self._writer: Any = None
        self._searcher = self._index.searcher()

    def create(self) -> Tantivy:
        """Be ready to write."""
        self._writer = self._index.writer(_HEAP, 1)
        return self

    def parts(self) -> Mapping[str, Callable[[Sequence[Document]], None]]:
        return {"text": self._add}

    def endings(self) -> Mapping[str, Callable[[], None]]:
        return {"committing": self._commit}

    def deed(self, ask: Ask) -> Deed | None:
        if ask.form is Form.EXACT or ask.task in (Task.SUGGEST, Task.COMPLETE):
            return None
        query = self._query(ask)
        match ask.task:
            case Task.ORDER:
                every = max(1, self._searcher.num_docs)
                return lambda: self._search(query, every)
            case Task.FACETS:
                return lambda: self._searcher.aggregate(query, _FACETS)
            case Task.SNIPPETS:
                hits = self._searcher.search(query, limit=LIMIT).hits
                return lambda: self._snippets(query, hits)
            case Task.ROWS:
                return lambda: self._rows(query)
            case _:
                order = "date" if ask.sort is Sort.NEWEST else None
                return lambda: self._search(query, LIMIT, order)

    def close(self) -> None:
        self._searcher = self._index = None

    def _add(self, documents: Sequence[Document]) -> None:
        for one in documents:
            record = self._tantivy.Document()
            record.add_text("title", one.title)
            record.add_text("text", one.text)
            record.add_text("source", one.source)
            record.add_integer("id", one.id)
            record.add_integer("date", one.published or 0)
            record.add_integer("month", int(month_of(one.published or 0).replace("-", "")))
            record.add_boolean("tagged", is_tagged(one.id))
            for entity in one.entities:
                record.add_integer("entities", entity)
            self._writer.add_document(record)

    def _commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()

    def _query(self, ask: Ask) -> Any:
        query = self._words(ask)
        for condition in self._conditions(ask):
            must = self._tantivy.Occur.Must
            # A condition adds nothing to a score.
            flat = self._tantivy.Query.const_score_query(condition, 0.0)
            query = self._tantivy.Query.boolean_query([(must, query), (must, flat)])
        return query

    def _words(self, ask: Ask) -> Any:
        make = self._tantivy.Query
        word = ask.words[0]
        match ask.form:
            case Form.PREFIX:
                return self._either(lambda name: make.regex_query(self._schema, name, f"{word}.*"))
            case Form.WILDCARD:
                pattern = word.replace("?", ".").replace("*", ".*")
                return self._either(lambda name: make.regex_query(self._schema, name, pattern))
            case Form.FUZZY:
                return self._either(lambda name: make.fuzzy_term_query(self._schema, name, word))
            case _:
                text = _FORMS[ask.form](ask.words)
                return self._index.parse_query(text, list(_TEXTS), field_boosts=_BOOSTS)

    def _either(self, make: Callable[[str], Any]) -> Any:
        should = self._tantivy.Occur.Should
        return self._tantivy.Query.boolean_query([(should, make(name)) for name in _TEXTS])

    def _conditions(self, ask: Ask) -> list[Any]:
        make, found = self._tantivy.Query, []
        if ask.tagged:
            found.append(make.term_query(self._schema, "tagged", True))
        if ask.between:
            kind = self._tantivy.FieldType.Integer
            found.append(make.range_query(self._schema, "date", kind, *ask.between, True, False))
        return found

    def _search(self, query: Any, limit: int, order: str | None = None) -> Found:
        found = self._searcher.search(query, limit=limit, count=True, order_by_field=order)
        places = [place for _, place in found.hits]
        return found.count, self._searcher.fast_field_values("id", places)

    def _rows(self, query: Any) -> list[str]:
        found = self._searcher.search(query, limit=LIMIT, count=True)
        self._searcher.fast_field_values("id", [place for _, place in found.hits])
        return self._snippets(query, found.hits)

    def _snippets(self, query: Any, hits: Sequence[tuple[float, Any]]) -> list[str]:
        make = self._tantivy.SnippetGenerator
        cutter = make.create(self._searcher, query, self._schema, "text")
        cutter.set_max_num_chars(SNIPPET_WIDTH)
        documents = (self._searcher.doc(place) for _, place in hits)
        return [cutter.snippet_from_doc(one).fragment() for one in documents]


def tantivy_sizes(folder: Path) -> dict[str, int]:
    """Bytes of all files, and of those without the stored texts."""
    return {"size": folder_size(folder), "index_size": folder_size(folder, without=".store")}


def _schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("source", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    builder.add_integer_field("entities", indexed=True, fast=True)
    builder.add_boolean_field("tagged", indexed=True, fast=True)
    return builder.build()
