"""The index of the product, asked through what callers of it may type against."""

from __future__ import annotations

from pathlib import Path

from benchmarks.documents import is_tagged
from benchmarks.peer import FACET_LIMIT, LIMIT, SNIPPET_WIDTH, Deed, Found
from benchmarks.queries import NOW, TAG, Ask, Task
from index.factory import open_index
from index.highlight import Highlighter
from index.parser import parse
from index.query import And, IdSet, InSet, Query
from reader.service.library import Library

INDEX_FOLDER = "index"


class Ours:
    """The index of a library folder; texts come from the store of the library."""

    def __init__(self, folder: Path) -> None:
        self._library = Library.open(folder)
        self.index = open_index(folder / INDEX_FOLDER)
        size = self.index.status().documents
        self._tagged = IdSet(one for one in range(1, size + 1) if is_tagged(one))

    def deed(self, ask: Ask) -> Deed:
        """As `Engine.deed`: everything can be asked here."""
        index, query, word = self.index, self._query(ask), ask.words[0]
        deeds: dict[Task, Deed] = {
            Task.SEARCH: lambda: self._search(query, ask),
            Task.ORDER: lambda: index.order(query),
            Task.FACETS: lambda: index.facets(query, limit=FACET_LIMIT),
            Task.ROWS: lambda: self._snippets(query, self._search(query, ask)[1]),
            Task.SUGGEST: lambda: index.suggest(word),
            Task.COMPLETE: lambda: index.complete(word),
        }
        if ask.task is Task.SNIPPETS:
            ids = self._search(query, ask)[1]
            return lambda: self._snippets(query, ids)
        return deeds[ask.task]

    def close(self) -> None:
        self.index.close()
        self._library.close()

    def _query(self, ask: Ask) -> Query:
        text = ask.text.removesuffix(f" tag:{TAG}")
        query = parse(text, now=NOW).query
        return And((query, InSet(f"tag:{TAG}", self._tagged))) if ask.tagged else query

    def _search(self, query: Query, ask: Ask) -> Found:
        page = self.index.search(query, sort=ask.sort, limit=LIMIT)
        return page.total, [match.id for match in page.matches]

    def _snippets(self, query: Query, ids: list[int]) -> list[str]:
        texts = self._library.store.articles.get_texts(ids)
        highlighter = Highlighter(query)
        return [highlighter.snippet(text, width=SNIPPET_WIDTH).text for text in texts.values()]
