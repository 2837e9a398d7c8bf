"""What is known of all articles keeps up with the library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query import Everything as All
from index.query import IdSet, InSet, Not, Range, Sort
from reader.errors import LibraryBusyError
from reader.model import Draft, Mark, Precision, Published
from reader.service.everything import Everything
from reader.service.masks import ids_of
from reader.store import Store, open_store

FIRST = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    one = open_store(tmp_path)
    yield one
    one.close()


def save(store: Store, guid: str, day: int | None = None) -> None:
    at = None if day is None else Published(FIRST + timedelta(days=day), Precision.DAY)
    store.articles.save(Draft(title=guid, text=guid, guid=guid, published=at))


def whole(everything: Everything, sort: Sort) -> list[int]:
    found, total = everything.select(All(), sort, None)
    assert total == len(found)
    return list(found)


def day(number: int) -> int:
    return int((FIRST + timedelta(days=number)).timestamp())


def dated(everything: Everything, start: int | None, end: int | None) -> list[int]:
    return list(ids_of(everything.find(Range("date", start, end))))


def test_a_library_without_articles(store: Store) -> None:
    everything = Everything(store)
    assert whole(everything, Sort.NEWEST) == []
    assert dated(everything, None, None) == []
    assert everything.select(Not(InSet("id:3", IdSet((3,)))), Sort.TITLE, 5)[1] == 0


def test_ranges_of_moments(store: Store) -> None:
    for number in (2, 1, 3, None):
        save(store, str(number), number)
    everything = Everything(store)
    assert dated(everything, None, None) == [1, 2, 3]
    assert dated(everything, day(2), None) == [1, 3]
    assert dated(everything, day(1), day(2)) == [2]
    assert dated(everything, -(10**30), 10**30) == [1, 2, 3]
    assert dated(everything, 10**30, None) == []
    assert list(ids_of(everything.find(Range("added", day(0), None)))) == [1, 2, 3, 4]


def test_what_arrives_and_what_moves_is_seen(store: Store) -> None:
    everything = Everything(store)
    save(store, "b", 5)
    assert whole(everything, Sort.NEWEST) == [1]
    assert dated(everything, None, None) == [1]
    save(store, "a", 3)
    save(store, "c", 7)
    assert whole(everything, Sort.NEWEST) == [3, 1, 2]
    assert whole(everything, Sort.TITLE) == [2, 1, 3]
    assert dated(everything, day(4), None) == [1, 3]
    store.articles.save(
        Draft(title="z", text="c", guid="c", published=Published(FIRST, Precision.DAY))
    )
    assert whole(everything, Sort.NEWEST) == [1, 2, 3]
    assert whole(everything, Sort.TITLE) == [2, 1, 3]
    assert dated(everything, day(4), None) == [1]


def test_what_fails_half_way_is_begun_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, "a", 1)
    everything = Everything(store)
    assert dated(everything, None, None) == [1]
    save(store, "b", 2)
    ask = store.articles.moments

    def ask_or_fail(column: str, after: int = 0) -> tuple[str, str]:
        if column == "date":
            raise LibraryBusyError(Path("library"))
        return ask(column, after)

    with monkeypatch.context() as patch:
        patch.setattr(store.articles, "moments", ask_or_fail)
        with pytest.raises(LibraryBusyError):
            everything.order(Sort.NEWEST)
    assert whole(everything, Sort.NEWEST) == [2, 1]


def test_a_mark_has_nothing_read_again(store: Store) -> None:
    save(store, "a", 1)
    everything = Everything(store)
    before = everything.order(Sort.NEWEST)
    store.marks.apply([1], Mark.READ)
    assert everything.order(Sort.NEWEST) is before


@settings(max_examples=25, deadline=None)
@given(
    batches=st.lists(
        st.lists(st.none() | st.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=4
    )
)
def test_every_order_is_that_of_the_store(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[int | None]]
) -> None:
    store = open_store(tmp_path_factory.mktemp("library"), clock=lambda: FIRST)
    everything, number = Everything(store), 0
    for batch in batches:
        for one in batch:
            number += 1
            save(store, f"{number % 3}-{number}", one)
        for sort in set(Sort) - {Sort.LONGEST}:
            assert whole(everything, sort) == list(store.articles.order(sort))
        assert dated(everything, None, None) == sorted(
            int(one) for one in store.articles.moments("date")[1].split(",") if one
        )
    store.close()


def test_months_of_some_articles(store: Store) -> None:
    for number in (0, 30, 31, -1, 800_000, None):
        save(store, str(number), number)
    store.articles.save(Draft(title="old", text="old", guid="old", published=Published(
        datetime(1, 1, 1, tzinfo=UTC), Precision.YEAR
    )))  # fmt: skip
    everything = Everything(store)
    counts = everything.count_months(IdSet(range(1, 99)))
    assert [(one.name, one.articles) for one in counts] == [
        ("4214-04", 1), ("2024-02", 1), ("2024-01", 2), ("2023-12", 1), ("0001-01", 1),
    ]  # fmt: skip
    assert [one.name for one in everything.count_months(IdSet((2, 6)))] == ["2024-01"]
    assert everything.count_months(IdSet()) == ()
