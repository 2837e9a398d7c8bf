"""Where the answers of Whoosh's own searcher are not ours, which are those of the reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import query as wq

from index.api import Document
from index.factory import open_index
from index.query import And, Not, Prefix, Query, Term
from tests.index.whoosh_pairs import Pair, make_pair


def make_small(folder: Path) -> Pair:
    texts = ("deal", "grain deal", "grain", "grain grade", "deal gram")
    return make_pair(folder, [[Document(d, "", text, d) for d, text in enumerate(texts)]], [])


def ask_both(pair: Pair, query: wq.Query) -> list[dict[int, float]]:
    """What Whoosh answers in our index and in its own."""
    return [
        {int(hit["id"]): hit.score for hit in index.searcher().search(query, limit=None)}
        for index in (pair.ours, pair.theirs)
    ]


def ask_us(pair: Pair, query: Query) -> dict[int, float]:
    """Our answer, which is that of the reference."""
    page = open_index(pair.folder).search(query)
    assert page == pair.reference.search(query)
    return {match.id: match.score for match in page.matches}


def test_whoosh_leaks_a_document_that_is_excluded(tmp_path: Path) -> None:
    """Where the first excluded document comes before the first that matches, Whoosh does not
    look whether that one is excluded too."""
    pair = make_small(tmp_path)
    grain, deal = wq.Term("text", "grain"), wq.Term("text", "deal")
    assert [set(found) for found in ask_both(pair, wq.AndNot(grain, deal))] == [{1, 2, 3}] * 2
    assert ask_us(pair, And((Term("grain"), Not(Term("deal"))))).keys() == {2, 3}


def test_whoosh_adds_to_the_score_for_what_is_not_there(tmp_path: Path) -> None:
    pair = make_small(tmp_path)
    grain, deal = wq.Term("text", "grain"), wq.Term("text", "deal")
    plain, negated = ask_both(pair, grain), ask_both(pair, wq.And([grain, wq.Not(deal)]))
    for scores, changed in zip(plain, negated, strict=True):
        assert changed == {doc: pytest.approx(scores[doc] + 1.0) for doc in (2, 3)}
    assert ask_us(pair, And((Term("grain"), Not(Term("deal"))))) == {
        doc: score for doc, score in ask_us(pair, Term("grain")).items() if doc in (2, 3)
    }


def test_whoosh_scores_a_prefix_by_how_many_words_it_has(tmp_path: Path) -> None:
    """One word with the prefix scores as itself, several by a constant, and each is another
    posting list for Whoosh to read; ours are always worth the same."""
    pair = make_small(tmp_path)
    alone = ask_both(pair, wq.Prefix("text", "grad"))
    assert alone == [pytest.approx(found) for found in ask_both(pair, wq.Term("text", "grade"))]
    for found in ask_both(pair, wq.Prefix("text", "gra")):
        assert found == {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}
    short = wq.Prefix("text", "")
    for index in (pair.ours, pair.theirs):
        assert len(list(short._btexts(index.reader()))) == 4
    assert ask_us(pair, Prefix("grad")) == {3: 1.0}
    assert ask_us(pair, Prefix("gra")) == {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}
