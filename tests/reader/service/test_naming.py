"""From texts to entities of a library: with a real store and a recogniser that knows a few
names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

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
