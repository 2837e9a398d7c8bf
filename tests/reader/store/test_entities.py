"""Entities: found again, looked up, counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

import reader.store.counting
import reader.store.entities
import reader.store.naming
import reader.store.tally
from reader.errors import LibraryDamagedError
from reader.model import EntityCount, EntityId, EntityKind, Mention
from reader.store import Store, open_store
from reader.store.words import name_words
from tests.reader.store.helpers import Place, add, database_of, draft, entities_of, entity

PER, ORG, LOC = EntityKind.PER, EntityKind.ORG, EntityKind.LOC


def counted(rows: tuple[EntityCount, ...]) -> list[tuple[str, int, int]]:
    return [(one.entity.name, one.mentions, one.articles) for one in rows]


def found(store: Store, name: str, kind: EntityKind | None = None) -> list[str]:
    ids = store.entities.find_ids(name, kind)
    return [entities_of(store)[one] for one in ids]


def test_mentions_come_back_in_order(store: Store) -> None:
    add(store, "one", text="\U0001f600 Anna Berg met Bo. Berg left.")
    store.entities.replace_mentions(
        1, [entity("Anna Berg", (2, 11), (20, 24), aliases="berg"), entity("Bo", (16, 18))]
    )
    assert store.entities.list_mentions(1) == (
        Mention(2, 11, "Anna Berg", PER, EntityId(1), "Anna Berg"),
        Mention(16, 18, "Bo", PER, EntityId(2), "Bo"),
        Mention(20, 24, "Berg", PER, EntityId(1), "Anna Berg"),
    )
    assert store.entities.list_mentions(2) == ()


def test_mentions_are_replaced_and_entities_stay(store: Store) -> None:
    add(store, "one")
    store.entities.replace_mentions(1, [entity("Ann", (0, 3)), entity("Bo", (4, 6))])
    store.entities.replace_mentions(1, [entity("Bo", (0, 3), (4, 6))])
    assert counted(store.entities.article_counts(1)) == [("Bo", 2, 1)]
    assert counted(store.entities.list_counts(None, 9)) == [("Bo", 2, 1)]
    assert entities_of(store) == {1: "Ann", 2: "Bo"}
    store.entities.replace_mentions(1, [entity("Ann", (0, 3))])
    assert [one.entity_id for one in store.entities.list_mentions(1)] == [1]


def test_an_entity_is_found_again_by_its_key_among_its_kind(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(
        1, [entity("Jordan", (0, 3)), entity("Jordan", (4, 6), kind=LOC)]
    )
    store.entities.replace_mentions(2, [entity("Jordan", (0, 3), kind=LOC)])
    assert [one.entity_id for one in store.entities.list_mentions(2)] == [2]


def test_an_entity_is_found_again_by_no_other_name(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(1, [entity("Anna Berg", (0, 4), aliases="berg, a berg")])
    store.entities.replace_mentions(2, [entity("Berg", (0, 4)), entity("A Berg", (5, 7))])
    assert counted(store.entities.list_counts(None, 9)) == [
        ("A Berg", 1, 1),
        ("Anna Berg", 1, 1),
        ("Berg", 1, 1),
    ]


def test_who_an_entity_is_may_be_decided_before(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(1, [entity("Anna Berg", (0, 4))])
    decided = replace(entity("Berg", (0, 4), aliases="a berg"), entity_id=EntityId(1))
    store.entities.replace_mentions(2, [decided])
    assert counted(store.entities.list_counts(None, 9)) == [("Anna Berg", 2, 2)]
    assert found(store, "A. Berg") == ["Anna Berg"]


def test_two_names_of_one_entity_in_one_article_are_one(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(1, [entity("Anna Berg", (0, 4))])
    other = replace(entity("Anna Maria Berg", (5, 9), (0, 4)), entity_id=EntityId(1))
    store.entities.replace_mentions(2, [entity("Anna Berg", (0, 4)), other])
    assert counted(store.entities.article_counts(2)) == [("Anna Berg", 2, 2)]


def test_mentions_of_a_text_that_is_gone_are_refused(store: Store) -> None:
    add(store, "one")
    (item,) = store.outbox.take(1)
    store.articles.save(draft("one", text="Changed."))
    found = [entity("Ann", (0, 3))]
    assert not store.entities.replace_mentions(1, found, version=item.version)
    assert store.entities.list_mentions(1) == ()
    assert not store.entities.replace_mentions(9, found)
    assert store.entities.replace_mentions(1, found, version=2)
    assert store.entities.replace_mentions(1, found)


def test_new_mentions_wait_for_the_index(store: Store) -> None:
    add(store, "one")
    store.outbox.done(store.outbox.take(9))
    store.entities.replace_mentions(1, [])
    assert store.outbox.pending() == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Vladimir Putin", ("putin", "vladimir")),
        ("U.S. Army", ("army", "us")),
        ("al-Assad", ("al", "assad")),
        ("Łukasz Żak", ("zak", "łukasz")),
        ("O'Brien O’Neil", ("obrien", "oneil")),
        ("Berg BERG", ("berg",)),
        ("\udc80 --", ()),
    ],
)
def test_words_of_names(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


def test_looking_up_by_any_name(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(
        1,
        [
            entity("Anna Berg", (0, 1), aliases="berg,a berg"),
            entity("Adam Berg", (2, 3), aliases="berg"),
            entity("Berg", (4, 5), kind=LOC),
            entity("U.S. Army", (6, 7), kind=ORG),
            entity("José Núñez", (8, 9)),
        ],
    )
    store.entities.replace_mentions(2, [entity("Adam Berg", (2, 3))])
    assert found(store, "berg") == ["Adam Berg", "Anna Berg", "Berg"]
    assert found(store, "BERG", PER) == ["Adam Berg", "Anna Berg"]
    assert found(store, "Berg Anna") == ["Anna Berg"]
    assert found(store, "A. Berg") == ["Anna Berg"]
    assert found(store, "us army") == ["U.S. Army"]
    assert found(store, "nunez") == ["José Núñez"]
    assert found(store, "ber") == found(store, "Anna Adam") == found(store, " ") == []


def test_those_no_article_names_are_not_looked_up(store: Store) -> None:
    add(store, "one")
    store.entities.replace_mentions(1, [entity("Anna Berg", (0, 1))])
    store.entities.replace_mentions(1, [])
    assert found(store, "berg") == []


def test_looking_up_by_beginnings(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(
        1,
        [
            entity("Anna Berg", (0, 1), aliases="berg"),
            entity("Bergen", (2, 3), kind=LOC),
            entity("Ada Lee", (4, 5)),
        ],
    )
    store.entities.replace_mentions(2, [entity("Bergen", (0, 1), kind=LOC)])

    def starting(prefix: str, kind: EntityKind | None = None) -> list[int]:
        return list(store.entities.find_ids_starting(prefix, kind))

    assert starting("Ber") == [2, 1]
    assert starting("ber", PER) == [1]
    assert starting("a be") == [1]
    assert starting("a") == [1, 3]
    assert starting("ber lee") == starting("x") == starting("--") == []


def test_counts_within_a_scope(store: Store) -> None:
    add(store, "one", "two", "three")
    store.entities.replace_mentions(1, [entity("Ann", (0, 1), (2, 3)), entity("Bo", (4, 5))])
    store.entities.replace_mentions(2, [entity("Bo", (0, 1)), entity("Cy", (4, 5), (6, 7))])
    store.entities.replace_mentions(3, [entity("Cy", (0, 1))])
    counts = store.entities.list_counts
    assert counted(counts(None, 9)) == [("Bo", 2, 2), ("Cy", 3, 2), ("Ann", 2, 1)]
    assert counted(counts(None, 1)) == [("Bo", 2, 2)]
    assert counted(counts([2, 3], 9)) == [("Cy", 3, 2), ("Bo", 1, 1)]
    assert counted(counts([], 9)) == []
    assert {one.id: one.name for one in store.entities.get_entities([3, 1, 99]).values()} == {
        1: "Ann",
        3: "Cy",
    }
    assert counted(store.entities.article_counts(2)) == [("Cy", 2, 2), ("Bo", 1, 2)]


def test_entities_are_found_by_how_their_names_begin(store: Store) -> None:
    add(store, "one", "two")
    store.entities.replace_mentions(
        1, [entity("Anna Berg", (0, 3)), entity("Annaba", (4, 6), kind=LOC)]
    )
    store.entities.replace_mentions(2, [entity("Annaba", (0, 3), kind=LOC)])
    assert store.entities.find_ids_starting("ANN") == (2, 1)
    assert store.entities.find_ids_starting("ann", PER) == (1,)
    assert store.entities.find_ids_starting("be an") == (1,)
    assert store.entities.find_ids_starting("bo") == ()
    assert store.entities.find_ids_starting("...") == ()


def test_places_of_some_entities_in_some_articles(store: Store) -> None:
    add(store, "1", "2", "3")
    for article_id in (1, 2, 3):
        found = [entity("Ann", (5, 6), (0, 3)), entity("Bo", (3, 4))]
        store.entities.replace_mentions(article_id, found[: 4 - article_id])
    store.entities.replace_mentions(2, [entity("Bo", (1, 2))])
    assert store.entities.list_places([1, 2], [1]) == {1: ((0, 3), (5, 6))}
    assert store.entities.list_places([2, 1, 9], [1, 2]) == {
        1: ((0, 3), (3, 4), (5, 6)),
        2: ((1, 2),),
    }
    assert store.entities.list_places([], [1]) == {}


def test_mentions_are_counted_anew_where_another_confidence_was_enough(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = replace(entity("Ann", (0, 3)), mentions=(Place(0, 3, 0.45),))
    with monkeypatch.context() as before:
        for module in (reader.store.naming, reader.store.tally, reader.store.entities):
            before.setattr(module, "LEAST", 50)
        before.setattr(reader.store.counting, "SURE", 0.5)
        store = open_store(folder)
        add(store, "one", "two")
        store.entities.replace_mentions(1, [found, entity("Bo", (4, 6))])
        store.entities.replace_mentions(2, [entity("Bo", (4, 6))])
        assert counted(store.entities.list_counts(None, 9)) == [("Bo", 2, 2)]
        store.outbox.done(store.outbox.take(9))
        store.close()
    for _ in range(2):
        store = open_store(folder)
        store.entities.replace_mentions(1, [found, entity("Bo", (4, 6))])
        assert counted(store.entities.list_counts(None, 9)) == [("Bo", 2, 2), ("Ann", 1, 1)]
        assert list(store.entities.article_ids(1)) == [1]
        assert [one.text for one in store.entities.forms(1, 9)] == ["Tex"]
        assert list(store.outbox.ids()) == [1, 2]
        store.close()


def test_a_library_whose_mentions_cannot_be_counted_is_closed(folder: Path) -> None:
    store = open_store(folder)
    add(store, "one")
    store.entities.replace_mentions(1, [entity("Bo", (4, 6))])
    store.settings.put(reader.store.counting.COUNTED, "")
    with store.transaction():
        database_of(store).run("UPDATE naming SET mentions = x'00'")
    store.close()
    with pytest.raises(LibraryDamagedError):
        open_store(folder)


def test_sentences_are_found_in_time_linear_in_the_text(store: Store) -> None:
    def seconds(article_id: int, times: int) -> float:
        add(store, str(article_id), text="Ann is. " * times)
        places = [(8 * n, 8 * n + 3) for n in range(times)]
        store.entities.replace_mentions(article_id, [entity("Ann", *places)])
        spent = []
        for _ in range(3):
            start = process_time()
            assert len(store.entities.sentence_places(article_id, [1])) == times
            spent.append(process_time() - start)
        return min(spent)

    short = seconds(1, 1000)
    assert seconds(2, 4000) < 8 * short
