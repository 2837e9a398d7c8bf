"""Reading: lists, articles, names and the place where one left off."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import ArticleNotFoundError, VersionNotFoundError
from reader.model import AmountKind, LibraryCounts, Mark
from reader.service.reading import Reading
from reader.store import Store, open_store
from tests.reader.store.helpers import Clock, add, draft, entity, published


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "library", clock=Clock())
    add(store, "one", text="Ann met Bo.", published=published(2023, 7, 1))
    add(store, "two", published=published(2023, 7, 2))
    store.entities.replace_mentions(1, [entity("Ann", (0, 3)), entity("Bo", (8, 10))])
    yield store
    store.close()


@pytest.fixture
def reading(store: Store) -> Reading:
    return Reading(store)


def test_the_amounts_of_a_text(reading: Reading) -> None:
    text = "On Friday the port paid $3 million for 20 hectares, 5% less."
    assert [(text[one.start : one.end], one.kind) for one in reading.list_amounts(text)] == [
        ("Friday", AmountKind.DATE),
        ("$3 million", AmountKind.MONEY),
        ("20 hectares", AmountKind.QUANTITY),
        ("5%", AmountKind.PERCENT),
    ]


def test_an_article_with_its_names(reading: Reading) -> None:
    assert reading.get_article(1).text == "Ann met Bo."
    assert [mention.text for mention in reading.list_mentions(1)] == ["Ann", "Bo"]
    assert [(one.entity.name, one.articles) for one in reading.list_entities(1)] == [
        ("Ann", 1),
        ("Bo", 1),
    ]
    with pytest.raises(ArticleNotFoundError):
        reading.get_article(3)


def test_what_was_read_from_a_folder_and_is_not_archived(store: Store, reading: Reading) -> None:
    store.articles.save(draft("three", origin="/old/seeds/a.txt"))
    store.articles.save(draft("four", origin="/old/seeds/b.txt, line 2"))
    store.articles.save(draft("five", origin="/old/seeds-of-mine/c.txt"))
    assert reading.read_below(Path("/old/seeds/")) == (array("q", [3, 4]), None)
    assert reading.read_below(Path("/old/seeds"), limit=3) == (array("q", [3]), 3)
    assert reading.read_below(Path("/old/seeds"), 3, limit=3) == (array("q", [4]), None)
    store.marks.apply([3], Mark.ARCHIVED)
    assert reading.read_below(Path("/old/seeds"), 2, limit=1) == (array("q"), 3)


def test_earlier_texts(store: Store, reading: Reading) -> None:
    add(store, "one", text="Ann met Cy.")
    assert [one.text for one in reading.list_versions(1)] == ["Ann met Bo."]
    first = reading.get_version(1, 1)
    assert (first.text, first.version, first.row.id) == ("Ann met Bo.", 1, 1)
    assert reading.get_version(1, 2) == reading.get_article(1)
    with pytest.raises(VersionNotFoundError) as caught:
        reading.get_version(1, 3)
    assert caught.value.versions == (1, 2)


def test_the_list(reading: Reading) -> None:
    assert list(reading.newest()) == [2, 1]
    assert list(reading.newest(1)) == [2]
    assert {one: row.title for one, row in reading.rows([1, 2, 3]).items()} == {
        1: "Title one",
        2: "Title two",
    }


def test_the_next_unread_article(store: Store, reading: Reading) -> None:
    ids = [2, 1] * 300
    assert reading.find_unread(ids, 5, 1) == 5
    assert reading.find_unread(ids, 600, 1) is None
    assert reading.find_unread([], 0, 1) is None
    store.marks.apply([2], Mark.READ)
    assert reading.find_unread(ids, 2, 1) == 3
    assert reading.find_unread(ids, 2, -1) == 1
    store.marks.apply([1], Mark.READ)
    assert reading.find_unread(ids, 599, -1) is None


def test_counts_and_token_move(store: Store, reading: Reading) -> None:
    token = reading.change_token()
    assert reading.counts() == LibraryCounts(2, 2, 0, 0, 2)
    store.marks.apply([1], Mark.READ)
    assert reading.counts() == LibraryCounts(2, 1, 0, 0, 2)
    assert reading.change_token() != token


def test_the_place_in_a_text(reading: Reading) -> None:
    assert reading.get_position(1) == 0
    reading.save_position(1, 8)
    assert reading.get_position(1) == 8


def test_a_snapshot_holds_text_and_names_together(
    store: Store, reading: Reading, tmp_path: Path
) -> None:
    other = open_store(tmp_path / "library", clock=Clock())
    with reading.snapshot():
        article = reading.get_article(1)
        other.articles.save(draft("one", text="Quite another text."))
        assert [one.text for one in reading.list_mentions(1)] == ["Ann", "Bo"]
        assert reading.get_article(1) == article
    assert reading.get_article(1).text == "Quite another text."
    assert reading.list_mentions(1) == ()
    other.close()
