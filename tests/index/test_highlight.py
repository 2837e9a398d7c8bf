"""What in a text answers a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.api import Document
from index.highlight import find_spans, snippet
from index.memory import MemoryIndex
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
    Term,
    Wildcard,
)


def shown(query: Query, text: str, field: str = "text") -> list[str]:
    return [text[start:end] for start, end in find_spans(query, text, field=field)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        (Term("strike"), "Strikes, a strike", ["Strikes", "strike"]),
        (Term("strike", exact=True), "Strikes, a strike", ["strike"]),
        (Term("U.S."), "the U.S.’s US", ["U.S.", "US"]),
        (Term("russia"), "Russia’s", ["Russia"]),
        (Term("strasse"), "Die Straße", ["Straße"]),
        (Phrase(("oil", "deal")), "oil\ndeals, oil, deal of", ["oil\ndeals", "oil, deal"]),
        (Near(("deal", "grain"), 2), "grain of deals. far far grain", ["grain", "deals"]),
        (Near(("deal", "grain"), 1), "grain of deals", []),
        (Prefix("nuc"), "Nuclear nuclei nun", ["Nuclear", "nuclei"]),
        (Wildcard("te?t"), "text TEST teest", ["text", "TEST"]),
        (Fuzzy("grian"), "grain gain", ["grain"]),
        (And((Term("a"), Not(Term("b")))), "a b", ["a"]),
        (Or((Term("a"), Phrase(("a", "b")))), "a b a", ["a b", "a"]),
        (Or((Phrase(("a", "b")), Phrase(("b", "c")))), "a b c", ["a b c"]),
        (Term("a", "title"), "a", []),
        (Term("a", "lang"), "a", []),
        (And((Everything(), InSet("tag:x", IdSet((1,))), Range("date", 1, 2))), "a", []),
        (Term("—"), "a — b", []),
    ],
)  # fmt: skip
def test_spans_of_a_text(query: Query, text: str, expected: list[str]) -> None:
    assert shown(query, text) == expected


def test_each_field_has_its_own_hits() -> None:
    assert shown(Term("strike"), "Strikes", field="title") == ["Strikes"]
    assert shown(Term("strike"), "Strikes", field="source") == []
    assert shown(Term("strikes", "source"), "Strikes strike", field="source") == ["Strikes"]
    assert shown(Term("en", "lang"), "en", field="lang") == []


words = st.lists(st.sampled_from(("a", "b", "bs", "c", "Éa", "\n", "—", "U.S.")), max_size=30)
queries = st.sampled_from(
    (Term("a"), Phrase(("a", "b")), Near(("a", "c"), 3), Prefix("b"), Or((Term("b"), Term("us"))))
)


@given(queries, words.map(" ".join), st.integers(0, 60))
def test_spans_lie_in_the_text_and_are_there_when_the_index_finds_it(
    query: Query, text: str, width: int
) -> None:
    spans = find_spans(query, text)
    bounds = [bound for span in spans for bound in span]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    index = MemoryIndex()
    index.apply([Document(1, "", text, 0)])
    assert bool(spans) == (1 in index.ids(query))
    drawn = snippet(query, text, width=width)
    assert "\n" not in drawn.text
    assert "  " not in drawn.text
    assert bool(drawn.spans) == bool(spans)
    hits = {" ".join(text[start:end].split()) for start, end in spans}
    assert {drawn.text[start:end] for start, end in drawn.spans} <= hits
    longest = max((end - start for start, end in spans), default=0)
    assert len(drawn.text) <= max(width, longest, 1) + 2 or not spans


def test_a_snippet_shows_most_different_hits() -> None:
    text = "grain grain grain " + "filler " * 40 + "the grain deal was near " + "filler " * 40
    drawn = snippet(Or((Term("grain"), Term("deal"))), text, width=60)
    assert "grain deal" in drawn.text
    assert drawn.text.startswith("…filler")
    assert drawn.text.endswith("filler…")
    assert [drawn.text[start:end] for start, end in drawn.spans] == ["grain", "deal"]


def test_without_hits_a_snippet_is_the_beginning() -> None:
    assert snippet(Term("x"), "  one two\n\nthree four", width=12).text == "one two…"
    assert snippet(Term("x"), "short").text == "short"
    assert snippet(Term("x"), "").text == ""
    assert snippet(Term("x"), "y" * 50, width=10).text == "y" * 10 + "…"


def test_a_hit_longer_than_the_width_is_whole() -> None:
    drawn = snippet(Phrase(("alpha", "beta")), "x alpha beta y", width=3)
    assert [drawn.text[start:end] for start, end in drawn.spans] == ["alpha beta"]


def test_a_hit_at_the_end_is_shown_with_what_stands_before() -> None:
    drawn = snippet(Term("last"), "word " * 50 + "last", width=30)
    assert drawn.text == "…word word word word word last"
