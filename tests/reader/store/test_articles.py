"""Reading articles back, and their order."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.analysis import fold
from index.api import Document
from index.query import Sort
from reader.model import ArticleId, ArticleRow, Draft, Mark
from reader.store import Store, open_store
from reader.store.times import to_seconds
from tests.reader.store.helpers import NOON, Clock, add, draft, entity, published


def test_rows_of_those_that_exist(store: Store) -> None:
    one, two = map(ArticleId, add(store, "one", "two"))
    store.tags.apply([two], ["b", "a/c"], [])
    store.marks.apply([two], Mark.STARRED)
    assert store.articles.get_rows([two, one, 77, 10**30]) == {
        one: ArticleRow(one, "Title one", False, "Gazette", None, NOON, False, False, False, ()),
        two: ArticleRow(
            two, "Title two", False, "Gazette", None, NOON, False, True, False, ("a/c", "b")
        ),
    }
    assert store.articles.get_rows([]) == {}


def test_more_rows_than_a_statement_has_parameters(store: Store) -> None:
    with store.transaction():
        ids = add(store, *map(str, range(1200)))
    assert list(store.articles.get_rows(array("q", ids))) == ids
    assert list(store.articles.get_texts(ids)) == ids
    assert store.articles.count_existing([*ids, 5000]) == 1200


def test_texts(store: Store) -> None:
    add(store, "one", "two")
    assert store.articles.get_texts([2, 3]) == {2: "Text of two."}


def test_documents_for_the_index(store: Store) -> None:
    known = {
        "published": published(2023, 7, 1),
        "authors": ("Ann Lee", "Bo Ek"),
        "place": "Minsk",
        "lang": "en",
    }
    add(store, "one", **known)
    add(store, "two")
    store.entities.replace_mentions(1, [entity("B", (0, 1), (2, 3)), entity("A", (5, 6))])
    assert store.articles.documents([2, 1, 3]) == [
        Document(
            id=1,
            title="Title one",
            text="Text of one.",
            added=to_seconds(NOON),
            published=to_seconds(published(2023, 7, 1).at),
            source="Gazette",
            authors=("Ann Lee", "Bo Ek"),
            place="Minsk",
            lang="en",
            entities=(1, 2),
        ),
        Document(2, "Title two", "Text of two.", to_seconds(NOON), source="Gazette"),
    ]


def test_ids_ascend(store: Store) -> None:
    add(store, *"abcde")
    assert list(store.articles.ids()) == [1, 2, 3, 4, 5]


def test_moments_of_all_articles(store: Store, clock: Clock) -> None:
    add(store, "first", published=published(2023, 7, 1))
    clock.pass_time(seconds=1)
    add(store, "unknown")
    articles, july_1, noon = store.articles, to_seconds(published(2023, 7, 1).at), to_seconds(NOON)
    assert moments(store, "date") == [(july_1, 1)]
    assert moments(store, "sort") == [(july_1, 1), (noon + 1, 2)]
    assert moments(store, "added") == [(noon, 1), (noon + 1, 2)]
    assert moments(store, "added", after=1) == [(noon + 1, 2)]
    assert articles.moments("date", after=1) == ("", "")
    with pytest.raises(KeyError):
        articles.moments("read")


def moments(store: Store, column: str, after: int = 0) -> list[tuple[int, int]]:
    pair = (map(int, one.split(",")) for one in store.articles.moments(column, after))
    return sorted(zip(*pair, strict=True))


def test_another_place_in_an_order_is_another_edition(store: Store) -> None:
    assert store.articles.edition() == (0, 0)
    store.articles.save(draft("one", guid="1"))
    assert store.articles.edition() == (1, 0)
    store.articles.save(draft("one", guid="1", text="another text"))
    assert store.articles.edition()[0] == 1
    assert store.articles.edition()[1] > 0
    before = store.articles.edition()
    store.marks.apply([1], Mark.READ)
    store.entities.replace_mentions(1, [])
    assert store.articles.edition() == before


def test_the_first_of_an_order(store: Store) -> None:
    add(store, *"abc")
    assert list(store.articles.order(limit=2)) == [3, 2]


drafts = st.builds(
    Draft,
    title=st.sampled_from(["", "a", "B", "b", "Ä", "z", "10", "9"]),
    text=st.just(""),
    source=st.sampled_from(["", "Post", "post", "Zeit"]),
    published=st.one_of(st.none(), st.integers(1, 28).map(lambda day: published(2023, 7, day))),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(drafts, st.integers(0, 3))))
def test_orders_agree_with_plain_sorting(
    tmp_path_factory: pytest.TempPathFactory, given: list[tuple[Draft, int]]
) -> None:
    clock = Clock(published(2023, 7, 14).at)
    store = open_store(tmp_path_factory.mktemp("library"), clock=clock)
    kept: list[tuple[int, datetime, Draft]] = []
    with store.transaction():
        for number, (one, hours) in enumerate(given, start=1):
            clock.pass_time(hours=hours)
            when = one.published.at if one.published else clock.now
            numbered = Draft(
                one.title, "", published=one.published, source=one.source, guid=f"{number}"
            )
            assert store.articles.save(numbered)[0] == number
            kept.append((number, when, one))

    def by(*leading: Callable[[tuple[int, datetime, Draft]], object]) -> list[int]:
        def key(item: tuple[int, datetime, Draft]) -> tuple[object, ...]:
            number, when, _ = item
            return (*(part(item) for part in leading), to_seconds(when) * -1, -number)

        return [item[0] for item in sorted(kept, key=key)]

    expected = {
        Sort.RELEVANCE: by(),
        Sort.NEWEST: by(),
        Sort.OLDEST: by(lambda item: item[1]),
        Sort.SOURCE: by(lambda item: fold(item[2].source)),
        Sort.TITLE: by(lambda item: fold(item[2].title)),
    }
    assert {sort: list(store.articles.order(sort)) for sort in expected} == expected
    store.close()


def test_a_late_arrival_stands_where_it_was_published(store: Store, clock: Clock) -> None:
    add(store, "undated")
    clock.pass_time(days=1)
    add(store, "old", published=published(2023, 7, 1))
    assert list(store.articles.order()) == [1, 2]
    assert store.articles.get_rows([1])[1].published is None  # type: ignore[index]
    clock.now += timedelta(days=1)
    store.articles.save(draft("undated", text="Changed."))
    assert list(store.articles.order()) == [1, 2]


def test_sources_are_counted(store: Store) -> None:
    add(store, "a", "b", source="Post")
    add(store, "c", source="Äther")
    add(store, "d", source="")
    counts = [(one.name, one.articles) for one in store.sources.list_counts(None, 9)]
    assert counts == [("Post", 2), ("", 1), ("Äther", 1)]
    counts = [(one.name, one.articles) for one in store.sources.list_counts([3, 2, 4, 9], 2)]
    assert counts == [("", 1), ("Post", 1)]


def test_positions(store: Store) -> None:
    add(store, "one")
    assert store.positions.get(1) == 0
    store.positions.save(1, 120)
    store.positions.save(1, 80)
    store.positions.save(2, 5)
    assert (store.positions.get(1), store.positions.get(2)) == (80, 0)
