"""Articles by what named them: which are to be named anew, newest first."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.store import Store, open_store
from tests.reader.store.helpers import add, database_of, draft, published


def stamp(store: Store, article_id: int, by: str | None) -> None:
    with store.transaction():
        database_of(store).run("UPDATE article SET recogniser = ? WHERE id = ?", (by, article_id))


def taken(store: Store, by: str | None, limit: int = 9) -> list[int]:
    return [item.article_id for item in store.stale.take(by, limit)]


def test_what_something_else_named_is_stale_newest_first(store: Store) -> None:
    for name, year in (("old", 2001), ("new", 2021), ("mid", 2011), ("last", 2022)):
        store.articles.save(draft(name, published=published(year, 1, 1)))
    for article_id, by in ((1, "a 1"), (2, "b 7"), (3, "a 2")):
        stamp(store, article_id, by)
    assert taken(store, "a 2") == [4, 2, 1]
    assert taken(store, "a 2", 2) == [4, 2]
    assert taken(store, "c 1") == [4, 2, 3, 1]
    assert taken(store, None) == [4]
    counts = [store.stale.count(one) for one in ("a 2", "a 1", "c 1", None)]
    assert counts == [3, 3, 4, 1]


def test_items_carry_the_number_of_the_text(store: Store) -> None:
    add(store, "one")
    store.articles.save(draft("one", text="Changed."))
    (item,) = store.stale.take("a 1", 9)
    assert (item.article_id, item.version, item.needs_entities) == (1, 2, True)


def test_a_library_without_articles(store: Store) -> None:
    assert taken(store, "a 1") == taken(store, None) == []
    assert store.stale.count("a 1") == store.stale.count(None) == 0


STAMPS = st.sampled_from([None, "", "a 1", "a 2", "b 1"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(STAMPS, st.integers(2001, 2009)), max_size=9), STAMPS, st.integers(1, 9))
def test_every_article_is_either_named_or_stale(
    articles: list[tuple[str | None, int]], by: str | None, limit: int
) -> None:
    folder = TemporaryDirectory()
    store = open_store(Path(folder.name))
    for number, (stamped, year) in enumerate(articles, 1):
        store.articles.save(draft(str(number), published=published(year, 1, 1)))
        stamp(store, number, stamped)
    expected = sorted(
        ((year, number) for number, (stamped, year) in enumerate(articles, 1)
         if (stamped is None if by is None else stamped != by)),
        reverse=True,
    )  # fmt: skip
    assert store.stale.count(by) == len(expected)
    assert taken(store, by, limit) == [number for _, number in expected[:limit]]
    store.close()
    folder.cleanup()
