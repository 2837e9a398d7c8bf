"""From texts to entities of a library: with a real store and a recogniser that knows a few
names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from reader.entities import Found
from reader.model import ArticleId, Draft, EntityKind
from reader.service.naming import Naming
from reader.store import Store, open_store

PEOPLE = r"(?:Otto |Ada |Igor |Pavel )?(?:Brankovan|Smith)|Otto R\. Brankovan"
GROUPS = r"Zorvan Hill Movement|ZHM|Fenn Group|Fenn"


class Known:
    """Finds people and groups by their names; a text with "break" is too much for it."""

    name, version = "known", "1"

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        if any("break" in text for text in texts):
            raise ValueError(texts)
        return [[*_found(text)] for text in texts]


def _found(text: str) -> Iterator[Found]:
    for found in re.finditer(rf"({PEOPLE})|{GROUPS}", text):
        kind = EntityKind.PER if found[1] else EntityKind.ORG
        yield Found(found.start(), found.end(), kind, 0.9)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "library")
    yield opened
    opened.close()


def add(store: Store, *texts: str) -> list[ArticleId]:
    """Store articles, without names."""
    return [store.articles.save(Draft(text[:30], text))[0] for text in texts]


def name(store: Store, naming: Naming, ids: Sequence[ArticleId]) -> None:
    """Name articles that wait."""
    items = [item for item in store.outbox.take(100) if item.article_id in ids]
    store.entities.replace_many(naming.batch(items, store.articles.get_texts(ids)))


def named(store: Store, ids: Sequence[ArticleId]) -> list[list[str]]:
    """The names of the entities of each article, in the order of its mentions."""
    return [[one.name for one in store.entities.list_mentions(each)] for each in ids]


def test_bare_names_of_a_batch_find_full_ones_that_come_later(store: Store) -> None:
    ids = add(
        store, "Brankovan sang.", "Otto Brankovan and Brankovan.", "ZHM", "Fenn and Fenn Group"
    )
    naming = Naming(store, Known())
    name(store, naming, ids)
    assert named(store, ids) == [
        ["Otto Brankovan"],
        ["Otto Brankovan", "Otto Brankovan"],
        ["ZHM"],
        ["Fenn Group", "Fenn Group"],
    ]
    assert naming.relink() == 0
    assert naming.stamp == "known 1"


def test_a_later_batch_finds_the_entities_of_an_earlier_one(store: Store) -> None:
    naming = Naming(store, Known())
    first = add(store, "Otto R. Brankovan leads the Zorvan Hill Movement (ZHM).")
    name(store, naming, first)
    second = add(store, "Brankovan of the ZHM.", "Otto Brankovan.")
    name(store, naming, second)
    assert named(store, second) == [
        ["Otto R. Brankovan", "Zorvan Hill Movement"],
        ["Otto R. Brankovan"],
    ]
    [otto] = store.entities.find_ids("otto brankovan")
    assert store.entities.get(otto).articles == 3
    third = add(store, "Ada Brankovan.", "Brankovan.")
    name(store, naming, third)
    assert named(store, third) == [["Ada Brankovan"], ["Brankovan"]]


def test_articles_named_before_their_owner_was_known_are_named_again(store: Store) -> None:
    naming = Naming(store, Known())
    bare = add(store, "Brankovan sang.", "Brankovan slept. Smith too.")
    name(store, naming, bare)
    assert named(store, bare) == [["Brankovan"], ["Brankovan", "Smith"]]
    name(store, naming, add(store, "Otto Brankovan is here.", "Otto Brankovan left."))
    assert naming.relink(limit=0) == 0
    name(store, naming, add(store, "Otto Brankovan came back."))
    assert naming.relink(limit=1) == 1
    assert naming.relink() == 0  # nobody was met since
    name(store, naming, add(store, "Otto Brankovan again."))
    assert naming.relink() == 1
    assert named(store, bare) == [["Otto Brankovan"], ["Otto Brankovan", "Smith"]]
    assert len(store.entities.find_ids("brankovan")) == 1


def test_the_reader_has_the_last_word_on_a_bare_name(store: Store) -> None:
    naming = Naming(store, Known())
    bare = add(store, "Brankovan sang.")
    name(store, naming, bare)
    [song] = store.entities.find_ids("brankovan")
    name(store, naming, add(store, "Otto Brankovan."))
    store.corrections.reassign(bare[0], 0, 9, song)
    assert naming.relink() == 1
    assert named(store, bare) == [["Brankovan"]]
    name(store, naming, add(store, "Otto Brankovan, again."))
    assert naming.relink() == 0


def test_a_merged_name_stays_with_whom_it_was_merged(store: Store) -> None:
    naming = Naming(store, Known())
    first = add(store, "Otto Smith.", "Ada Smith.")
    name(store, naming, first)
    [ada], [otto] = (store.entities.find_ids(one) for one in ("ada smith", "otto smith"))
    store.corrections.merge(ada, otto)
    again = add(store, "Ada Smith came.")
    name(store, naming, again)
    assert named(store, again) == [["Otto Smith"]]
    store.events.undo()
    assert named(store, again) == [["Ada Smith"]]


def test_a_text_that_breaks_the_recogniser_costs_the_others_nothing(store: Store) -> None:
    ids = add(store, "Otto Smith.", "break Ada Smith", "Ada Smith.")
    naming = Naming(store, Known())
    name(store, naming, ids)
    assert named(store, ids) == [["Otto Smith"], [], ["Ada Smith"]]


def test_items_without_text_are_left_out(store: Store) -> None:
    ids = add(store, "Otto Smith.", "Ada Smith.")
    items = store.outbox.take(10)
    batch = Naming(store, Known()).batch(items, store.articles.get_texts(ids[:1]))
    assert [(one.article_id, one.version, one.recogniser) for one in batch] == [
        (ids[0], 1, "known 1")
    ]


def test_a_bare_name_stays_with_whom_the_reader_merged_it(store: Store) -> None:
    naming = Naming(store, Known())
    bare = add(store, "Brankovan sang.")
    name(store, naming, bare)
    [song] = store.entities.find_ids("brankovan")
    name(store, naming, add(store, "Otto Brankovan."))
    [otto] = store.entities.find_ids("otto brankovan")
    store.corrections.merge(song, otto)
    many = add(store, *(f"Ada Brankovan, time {number}." for number in range(12)))
    name(store, naming, many)
    assert naming.relink() == 0
    store.articles.replace_text(bare[0], Draft("Song", "Brankovan sang again."))
    later = add(store, "Now Brankovan sings.")
    name(store, naming, [*bare, *later])
    assert named(store, [*bare, *later]) == [["Otto Brankovan"], ["Otto Brankovan"]]
    store.events.undo()
    assert named(store, [*bare, *later]) == [["Brankovan"], ["Brankovan"]]


def test_what_was_merged_is_apart_again_when_that_is_undone_after_naming_anew(
    store: Store,
) -> None:
    naming = Naming(store, Known())
    ids = add(store, "Fenn Group.", "ZHM.")
    name(store, naming, ids)
    [fenn], [zhm] = (store.entities.find_ids(one) for one in ("fenn group", "zhm"))
    store.corrections.merge(zhm, fenn)
    store.articles.replace_text(ids[1], Draft("ZHM", "The ZHM, again."))
    name(store, naming, ids)
    assert named(store, ids) == [["Fenn Group"], ["Fenn Group"]]
    store.events.undo()
    assert named(store, ids) == [["Fenn Group"], ["ZHM"]]
    assert store.entities.get(zhm).articles == 1


def test_what_is_merged_across_kinds_is_no_other_entity_of_the_same_name(store: Store) -> None:
    naming = Naming(store, Known())
    ids = add(store, "Otto Smith.", "Fenn.")
    name(store, naming, ids)
    [otto], [fenn] = (store.entities.find_ids(one) for one in ("otto smith", "fenn"))
    store.corrections.merge(fenn, otto)
    later = add(store, "Fenn once more.")
    name(store, naming, later)
    assert named(store, later) == [["Otto Smith"]]
    (person,) = store.entities.candidates(["otto smith"], EntityKind.PER)
    (group,) = store.entities.candidates(["fenn"], EntityKind.ORG)
    assert (person.keys, group.keys) == (("otto smith",), ("fenn",))
    assert person.id == group.id == otto
    assert person.corrected


def test_ignored_entities_own_no_bare_names(store: Store) -> None:
    naming = Naming(store, Known())
    name(store, naming, add(store, *(f"Ada Brankovan, time {number}." for number in range(6))))
    [ada] = store.entities.find_ids("ada brankovan")
    store.corrections.ignore(ada)
    ids = add(store, "Brankovan won.", "Ada Brankovan lost.", "Otto Brankovan.")
    name(store, naming, ids[:2])
    assert named(store, ids) == [["Brankovan"], [], []]
    name(store, naming, ids[2:])
    assert naming.relink() == 1
    assert named(store, ids) == [["Otto Brankovan"], [], ["Otto Brankovan"]]


def test_a_text_that_changes_while_it_is_named_again_is_named_as_it_is_now(store: Store) -> None:
    class Late(Known):
        """Finds names in a text that another one has replaced meanwhile."""

        def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
            if texts == ["Brankovan sang."]:
                store.articles.replace_text(bare[0], Draft("Song", "Here nobody sings at all."))
            return super().recognise(texts)

    naming = Naming(store, Known())
    bare = add(store, "Brankovan sang.")
    name(store, naming, bare)
    late = Naming(store, Late())
    name(store, late, add(store, "Otto Brankovan."))
    assert late.relink() == 1
    assert named(store, bare) == [[]]
    assert [one.article_id for one in store.outbox.take(9) if one.needs_entities] == bare


BOB = Found(0, 3, EntityKind.PER, 0.9)


@pytest.mark.parametrize(
    "bad",
    [
        Found(5, 10, EntityKind.PER, 1000.0),
        Found(5, 10, EntityKind.PER, float("nan")),
        Found(5, 10, EntityKind.PER, -1.0),
        Found(10, 5, EntityKind.PER, 0.9),
        Found(-4, -1, EntityKind.PER, 0.9),
        Found(5, 10_000, EntityKind.PER, 0.9),
        Found(5, 10, cast("EntityKind", "PERSON"), 0.9),
        Found(2, 10, EntityKind.PER, 0.9),
        Found(3, 4, EntityKind.PER, 0.9),
        Found(14, 15, EntityKind.ORG, 0.9),
    ],
)
def test_what_a_recogniser_may_not_give_is_left_out(store: Store, bad: Found) -> None:
    assert names_of_bob(store, [bad, BOB]) == [["Bob"]]


@pytest.mark.parametrize("start", [None, 5.5, "5"])
def test_what_is_no_place_at_all_costs_the_names_of_one_article(store: Store, start: Any) -> None:
    assert names_of_bob(store, [BOB, Found(start, 10, EntityKind.PER, 0.9)]) == [[]]


def names_of_bob(store: Store, found: list[Found]) -> list[list[str]]:
    class Strange(Known):
        def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
            return [found for _ in texts]

    ids = add(store, "Bob spoke here.")
    name(store, Naming(store, Strange()), ids)
    return named(store, ids)


def test_short_names_of_what_was_merged_go_apart_with_it(store: Store) -> None:
    naming = Naming(store, Known())
    first = add(store, "Otto Smith.", "Zorvan Hill Movement (ZHM).")
    name(store, naming, first)
    [otto], [zhm] = (store.entities.find_ids(one) for one in ("otto smith", "zhm"))
    store.corrections.merge(zhm, otto)
    again = add(store, "The ZHM once more.")
    name(store, naming, again)
    assert named(store, again) == [["Otto Smith"]]
    store.events.undo()
    assert named(store, again) == [["Zorvan Hill Movement"]]
