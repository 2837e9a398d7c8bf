"""Questions are answered by the arrays alone: while the index is asked, no code of Whoosh runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import get_args

import pytest
import whoosh
from whoosh.index import open_dir
from whoosh.query import And as WhooshAnd
from whoosh.query import Term as WhooshTerm

from index.api import SearchIndex
from index.factory import open_index
from index.query import (
    And,
    Everything,
    Fuzzy,
    IdSet,
    InSet,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Sort,
    Term,
    Wildcard,
)
from index.whoosh_backend.schema import STEMMED
from tests.index.whoosh_pairs import DELETED, make_batches

WHOOSH = str(Path(whoosh.__file__).parent)

KINDS: tuple[Query, ...] = (
    Everything(),
    Term("ba"),
    Term("babas", exact=True),
    Term("en", "lang"),
    Term("7", "entity"),
    Phrase(("ba", "baba")),
    Near(("ba", "bedor"), 5),
    Prefix("be"),
    Wildcard("b?d*"),
    Fuzzy("bedro"),
    Range("date", 100, 5000),
    InSet("tag:x", IdSet(range(0, 300, 7))),
    And((Term("ba"), Not(Term("baba")))),
    Or((Term("ba"), Prefix("do"), InSet("tag:x", IdSet((1, 2))))),
    Not(Term("ba")),
    *(Term("baba", field) for field in STEMMED),
    *(Term("babe", field) for field in ("source", "author", "place")),
)
"""Every kind of query, and every field of words."""

QUESTIONS: tuple[Callable[[SearchIndex, Query], object], ...] = (
    *(lambda index, query, sort=sort: index.search(query, sort=sort) for sort in Sort),
    *(lambda index, query, sort=sort: index.order(query, sort=sort) for sort in Sort),
    lambda index, query: index.ids(query),
    lambda index, query: index.facets(query),
)
"""Everything that can be asked of a query."""


@contextmanager
def code_of_whoosh() -> Iterator[set[str]]:
    """The functions of Whoosh that run in the block, named by module."""
    met: set[str] = set()

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(WHOOSH):
            met.add(f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}")

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield met
    finally:
        sys.setprofile(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of several segments, with deleted documents."""
    path = tmp_path_factory.mktemp("asked")
    index = open_index(path, create=True)
    for batch in make_batches():
        index.apply(batch)
    index.apply([], remove=list(DELETED))
    index.close()
    return path


@pytest.fixture
def opened(folder: Path) -> Iterator[SearchIndex]:
    """The index when its last commit has been read."""
    index = open_index(folder)
    assert index.status().segments > 1
    yield index
    index.close()


def test_no_kind_of_query_is_missing() -> None:
    assert {type(query) for query in KINDS} == set(get_args(Query))


@pytest.mark.parametrize("query", KINDS, ids=repr)
def test_a_query_is_answered_without_whoosh(opened: SearchIndex, query: Query) -> None:
    with code_of_whoosh() as met:
        for ask in QUESTIONS:
            ask(opened, query)
    assert met == set()
    assert opened.search(query).total


def test_words_are_offered_without_whoosh(opened: SearchIndex) -> None:
    with code_of_whoosh() as met:
        offered = [opened.suggest("bedro"), opened.complete("be"), opened.complete("bdo")]
        assert opened.document_ids()
    assert met == set()
    assert all(offered)


def test_a_searcher_of_whoosh_is_noticed(folder: Path) -> None:
    """What shows that the tests above can fail."""
    query = WhooshAnd([WhooshTerm("text", "ba"), WhooshTerm("lang", "en")])
    with open_dir(str(folder)).searcher() as searcher, code_of_whoosh() as met:
        assert searcher.search(query)
    assert {name.split(".")[1] for name in met} >= {"matching", "query", "searching"}
