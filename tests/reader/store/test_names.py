"""Entities by what has been typed of their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.words import starts_like
from reader.model import EntityKind
from reader.store import Store, names
from reader.store.names import one_edit_away
from tests.reader.store.helpers import add, entity


@pytest.fixture
def named(store: Store) -> Store:
    """Ann Lee in three articles, Lee County in two, Annika Öst and Лев Ан in one."""
    ids = add(store, "one", "two", "three")
    lee = entity("Ann Lee", (0, 1), aliases="lee")
    county = entity("Lee County", (1, 2), kind=EntityKind.LOC)
    others = [entity("Annika Öst", (2, 3)), entity("Лев Ан", (3, 4)), entity("Joe O'Brien", (4, 5))]
    for article_id, found in zip(ids, ([lee], [lee, county], [lee, county, *others]), strict=True):
        store.entities.replace_mentions(article_id, found)
    store.entities.replace_mentions(add(store, "four")[0], [entity("Anders Gone", (0, 1))])
    store.entities.replace_mentions(4, [])
    return store


def told(found: object) -> list[str]:
    return [count.entity.name for count in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("lead", "kind", "expected"),
    [
        ("lee", None, ["Ann Lee", "Lee County"]),
        ("LEE", None, ["Ann Lee", "Lee County"]),
        ("lee", EntityKind.LOC, ["Lee County"]),
        ("ann", None, ["Ann Lee", "Annika Öst"]),
        ("ann le", None, ["Ann Lee"]),
        ("ost", None, ["Annika Öst"]),
        ("o'br", None, ["Joe O'Brien"]),
        ("obr", None, ["Joe O'Brien"]),
        ("лев", None, ["Лев Ан"]),
        ("anders", None, []),
        ("xyz", None, []),
    ],
)
def test_names_and_words_of_names_that_begin_so(
    named: Store, lead: str, kind: EntityKind | None, expected: list[str]
) -> None:
    assert told(named.names.starting(lead, kind, 5)) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("leex", ["Ann Lee", "Lee County"]),
        ("annn", ["Ann Lee", "Annika Öst"]),
        ("anika", ["Annika Öst"]),
        ("anikka", []),
        ("xnnika", []),
        ("cuonty", ["Lee County"]),
        ("conty", ["Lee County"]),
        ("coxnty", ["Lee County"]),
        ("леф", ["Лев Ан"]),
        ("中", []),
    ],
)
def test_names_that_begin_with_something_one_edit_away(
    named: Store, lead: str, expected: list[str]
) -> None:
    assert told(named.names.like(lead, None, 5)) == expected


def test_frequent_entities_of_a_kind(named: Store) -> None:
    assert told(named.names.frequent(None, 2)) == ["Ann Lee", "Lee County"]
    assert told(named.names.frequent(EntityKind.LOC, 5)) == ["Lee County"]


def test_of_a_beginning_that_many_have_frequent_entities_come_first(
    named: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "MOST", 1)
    assert told(named.names.starting("lee", None, 1)) == ["Ann Lee"]
    assert told(named.names.starting("ann", None, 5)) == ["Ann Lee", "Annika Öst"]
    monkeypatch.setattr(names, "FREQUENT", 1)
    assert told(named.names.starting("lee", None, 5)) == ["Ann Lee"]
    assert told(named.names.starting("county", None, 5)) == ["Lee County"]


@given(st.text("abc", min_size=1, max_size=5), st.text("abc", max_size=7))
def test_one_edit_is_what_the_index_takes_for_one(lead: str, word: str) -> None:
    found = any(word.startswith(other) for other in one_edit_away(lead))
    like = word[:1] == lead[0] and starts_like(word, lead)
    if len(lead) > 1 and not word.startswith(lead):
        assert found == like
