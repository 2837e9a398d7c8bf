"""What the reader adds to its index: the way of a search from its text to rows with snippets.

Everything is unread; then every second article is read.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks import measure
from benchmarks.asking import cpu_ms, figure, repeats
from benchmarks.documents import Corpus, is_tagged
from benchmarks.engine import INDEX_FOLDER
from benchmarks.peer import LIMIT
from benchmarks.queries import NOW, TAG, Ask
from index.api import SearchIndex
from index.factory import open_index
from index.parser import parse
from index.query import And, IdSet, InSet, Not, Query, Sort
from reader.model import Mark
from reader.service.library import Library

Figures = dict[str, float]
Search = tuple[str, Query]
"""What the reader wrote, and what the index is asked for it."""

_ROUNDS = 5

PLAIN = (
    "rare word", "frequent word", "two words", "one of three frequent", "phrase", "prefix",
    "word in a month", "word newest first",
)  # fmt: skip
"""Kinds of question that the reader is asked as the index is."""


def follow_reader(folder: str, corpus: str, count: str) -> Figures:
    """For every kind of search, milliseconds of the whole way from text to rows, of the search of
    the index alone and of rows and snippets alone; of the way to all ids, as the screen goes it,
    and of the index alone in that."""
    asks = Corpus(Path(corpus)).draw_asks(int(count))
    library = Library.open(Path(folder))
    index = open_index(Path(folder) / INDEX_FOLDER)
    ids = range(1, library.reading.counts().articles + 1)
    library.tagging.mark(ids, Mark.UNREAD)
    tagged = InSet(f"tag:{TAG}", IdSet(one for one in ids if is_tagged(one)))
    found: Figures = {}
    for kind, searches in _plain(asks, tagged).items():
        found |= _compare(kind, library, index, searches)
    for state, read in (("", ()), (" half read", ids[::2])):
        library.tagging.mark(read, Mark.READ)
        unread = Not(InSet("is:read", IdSet(read)))
        found |= _compare(f"unread{state}", library, index, [("is:unread", unread)])
        searches = [_with(ask, "is:unread", unread) for ask in asks["frequent word"]]
        found |= _compare(f"word and unread{state}", library, index, searches)
    library.tagging.mark(ids, Mark.UNREAD)
    index.close()
    library.close()
    return found


def use_reader(folder: str, corpus: str, count: str) -> Figures:
    """The memory of a process that has asked all of it of the library, the rest of what the
    screen asks included."""
    asks = Corpus(Path(corpus)).draw_asks(int(count))
    library = Library.open(Path(folder))
    texts = [ask.text for kind in PLAIN for ask in asks[kind]]
    unread = [f"{ask.text} is:unread" for ask in asks["frequent word"]]
    for text in [*texts, *unread, f"tag:{TAG}", "is:unread"]:
        library.searching.search(text, limit=LIMIT)
        library.searching.view(text)
    library.searching.facets(asks["facets"][0].text)
    memory = measure.memory()
    library.close()
    return memory


def _plain(asks: Mapping[str, Sequence[Ask]], tagged: InSet) -> dict[str, list[Search]]:
    """The same searches as the reader writes them and as the index is asked."""
    found: dict[str, list[Search]] = {
        kind: [(ask.text, parse(ask.text, now=NOW).query) for ask in asks[kind]] for kind in PLAIN
    }
    words = asks["frequent word"]
    found["word and tag"] = [_with(ask, f"tag:{TAG}", tagged) for ask in words]
    found["tag"] = [(f"tag:{TAG}", tagged)]
    return found


def _with(ask: Ask, text: str, condition: Query) -> Search:
    return f"{ask.text} {text}", And((parse(ask.text, now=NOW).query, condition))


def _compare(
    kind: str, library: Library, index: SearchIndex, searches: Sequence[Search]
) -> Figures:
    used = dict.fromkeys(("way", "engine", "rows", "view", "order"), 0.0)
    for text, query in searches:
        for name, milliseconds in _in_turn(_steps(text, query, library, index)).items():
            used[name] += milliseconds / len(searches)
    name = figure(kind, "reader")
    return {f"{name}.{what}": round(milliseconds, 4) for what, milliseconds in used.items()}


def _steps(
    text: str, query: Query, library: Library, index: SearchIndex
) -> Mapping[str, Callable[[], object]]:
    sort = parse(text, now=NOW).sort or Sort.RELEVANCE
    first = library.searching.search(text, limit=LIMIT)
    return {
        "way": partial(library.searching.search, text, limit=LIMIT),
        "engine": partial(index.search, query, sort=sort, limit=LIMIT),
        "rows": partial(library.searching.hits, text, [hit.row.id for hit in first.page.items]),
        "view": partial(library.searching.view, text),
        "order": partial(index.order, query, sort=sort),
    }


def _in_turn(steps: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The least milliseconds of each: their differences are small beside the noise."""
    times = {name: repeats(cpu_ms(step)) for name, step in steps.items()}
    gc.collect()
    rounds = [
        {name: cpu_ms(step, times[name]) for name, step in steps.items()} for _ in range(_ROUNDS)
    ]
    return {name: min(one[name] for one in rounds) for name in steps}
