"""The same articles and questions in plain Whoosh: its own analysis, writer and searcher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from whoosh import fields, qparser, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.index import create_in, exists_in, open_dir
from whoosh.query import And, NumericRange, Query, Term

from benchmarks.documents import is_tagged
from benchmarks.peer import FACET_LIMIT, LIMIT, TITLE_BOOST, Deed, Found, folder_size
from benchmarks.queries import Ask, Form, Task
from index.api import Document, month_of
from index.query import Sort

_TAGGED = "yes"

_FORMS: Mapping[Form, Callable[[tuple[str, ...]], str]] = {
    Form.WORD: lambda words: words[0],
    Form.ALL: " AND ".join,
    Form.ANY: " OR ".join,
    Form.PHRASE: lambda words: f'"{" ".join(words)}"',
    Form.NEAR: lambda words: f'"{" ".join(words)}"~5',
    Form.PREFIX: lambda words: f"{words[0]}*",
    Form.WILDCARD: lambda words: words[0],
    Form.FUZZY: lambda words: f"{words[0]}~",
}


class Whoosh:
    """A stock Whoosh index of one folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        known = exists_in(folder)
        self._index = open_dir(folder) if known else create_in(folder, _schema())
        self._searcher = self._index.searcher()
        self._parser = qparser.MultifieldParser(
            ["title", "text"], self._index.schema, fieldboosts={"title": TITLE_BOOST}
        )
        self._parser.add_plugin(qparser.FuzzyTermPlugin())

    def parts(self) -> Mapping[str, Callable[[Sequence[Document]], None]]:
        return {"text": self._add}

    def endings(self) -> Mapping[str, Callable[[], None]]:
        return {}

    def deed(self, ask: Ask) -> Deed | None:
        """As `Engine.deed`; texts are not stored here, so there are no snippets."""
        if ask.form not in _FORMS or ask.task not in (Task.SEARCH, Task.ORDER, Task.FACETS):
            return None
        query = self._query(ask)
        match ask.task:
            case Task.ORDER:
                return lambda: self._search(query, None)
            case Task.FACETS:
                return lambda: self._facets(query)
            case _:
                order = "date" if ask.sort is Sort.NEWEST else None
                return lambda: self._search(query, LIMIT, order)

    def close(self) -> None:
        self._searcher.close()
        self._index.close()

    def _add(self, documents: Sequence[Document]) -> None:
        writer = self._index.writer()
        for one in documents:
            writer.add_document(
                id=one.id,
                title=one.title,
                text=one.text,
                date=one.published or 0,
                month=month_of(one.published or 0),
                source=one.source,
                entities=" ".join(map(str, one.entities)),
                tagged=_TAGGED if is_tagged(one.id) else "",
            )
        writer.commit()

    def _query(self, ask: Ask) -> Query:
        clauses = [self._parser.parse(_FORMS[ask.form](ask.words))]
        if ask.tagged:
            clauses.append(Term("tagged", _TAGGED))
        if ask.between:
            clauses.append(NumericRange("date", *ask.between, endexcl=True))
        return And(clauses) if len(clauses) > 1 else clauses[0]

    def _search(self, query: Query, limit: int | None, order: str | None = None) -> Found:
        found = self._searcher.search(query, limit=limit, sortedby=order, reverse=bool(order))
        return len(found), [hit["id"] for hit in found]

    def _facets(self, query: Query) -> list[tuple[str, int]]:
        facets = sorting.Facets()
        for name in ("entities", "source", "month"):
            facet = sorting.FieldFacet(name, allow_overlap=name == "entities")
            facets.add_facet(name, facet)
        found = self._searcher.search(query, limit=1, groupedby=facets, maptype=sorting.Count)
        counts = [list(found.groups(name).items()) for name in ("entities", "source", "month")]
        ranked = [sorted(some, key=lambda item: -item[1]) for some in counts]
        return [*ranked[0][:FACET_LIMIT], *ranked[1][:FACET_LIMIT], *ranked[2]]


def whoosh_sizes(folder: Path) -> dict[str, int]:
    """Bytes of all files."""
    return {"size": folder_size(folder)}


def _schema() -> fields.Schema:
    return fields.Schema(
        id=fields.NUMERIC(stored=True, bits=64),
        title=fields.TEXT(analyzer=StemmingAnalyzer()),
        text=fields.TEXT(analyzer=StemmingAnalyzer()),
        date=fields.NUMERIC(bits=64, sortable=True),
        month=fields.ID(sortable=True),
        source=fields.ID(sortable=True),
        entities=fields.KEYWORD,
        tagged=fields.ID,
    )
