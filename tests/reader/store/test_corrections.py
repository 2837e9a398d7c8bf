"""What the reader says of entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import reader.store.entity_changes
from reader.entities import fold_name
from reader.entities.names import name_key
from reader.errors import (
    ArticleNotFoundError,
    EntityNotFoundError,
    FormNotFoundError,
    PlaceNotFoundError,
    SameEntityError,
)
from reader.model import Correction, CorrectionKind, EntityId, EntityKind, NameForm
from reader.store import Store, open_store
from tests.reader.store.helpers import add, draft, entity

PER, ORG, LOC, MISC = EntityKind.PER, EntityKind.ORG, EntityKind.LOC, EntityKind.MISC

TEXT = "Anna Berg met Bo Lund. Berg left Kiev. Kyiv is large."
BERG, LUND, KIEV, KYIV = map(EntityId, range(1, 5))


def name(store: Store, *article_ids: int) -> None:
    for article_id in article_ids:
        store.entities.replace_mentions(
            article_id,
            [
                entity("Anna Berg", (0, 9), (23, 27), aliases="berg"),
                entity("Bo Lund", (14, 21)),
                entity("Kiev", (33, 37), kind=LOC),
                entity("Kyiv", (39, 43), kind=LOC),
            ],
            "r 1",
        )


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = open_store(folder, key=str.lower)
    add(store, "one", "two", text=TEXT)
    name(store, 1, 2)
    store.outbox.done(store.outbox.take(9))
    yield store
    store.close()


def shown(store: Store, article_id: int = 1) -> list[tuple[str, str]]:
    return [(one.text, one.name) for one in store.entities.list_mentions(article_id)]


def counted(store: Store) -> dict[str, tuple[int, int]]:
    rows = store.entities.list_counts(None, 99)
    return {one.entity.name: (one.mentions, one.articles) for one in rows}


def details(store: Store) -> list[str]:
    return [one.detail for one in store.events.list_events(99)]


def test_renaming(store: Store) -> None:
    store.corrections.rename(BERG, "A. M. Berg-Lie")
    assert shown(store)[0] == ("Anna Berg", "A. M. Berg-Lie")
    assert store.entities.find_ids("lie berg") == store.entities.find_ids("anna") == (BERG,)
    assert store.entities.find_ids_starting("li") == (BERG,)
    assert [one.entity.name for one in store.names.starting("lie", None, 5)] == ["A. M. Berg-Lie"]
    store.corrections.rename(BERG, "Anna Berg")
    assert store.corrections.list() == ()
    assert details(store) == [
        'rename "A. M. Berg-Lie" to "Anna Berg"',
        'rename "Anna Berg" to "A. M. Berg-Lie"',
    ]
    store.corrections.rename(BERG, "Anna Berg")
    assert len(details(store)) == 2
    store.corrections.rename(BERG, " Anna\x1b[2J \n Lie ")
    store.corrections.rename(BERG, "")
    assert details(store)[:2] == [
        'rename "Anna Lie" to "Anna Berg"',
        'rename "Anna Berg" to "Anna Lie"',
    ]
    assert store.outbox.pending() == 0


def test_another_kind(store: Store) -> None:
    store.corrections.set_kind(LUND, ORG)
    assert store.entities.get(LUND).entity.kind is ORG
    assert store.entities.find_ids("lund", ORG) == (LUND,)
    assert store.entities.find_ids("lund", PER) == ()
    # Found as what it is said to be, it is the same one.
    store.entities.replace_mentions(1, [entity("Bo Lund", (14, 21), kind=ORG)])
    assert store.entities.get(LUND).articles == 2
    assert details(store) == ['change "Bo Lund" to ORG']
    store.corrections.set_kind(LUND, PER)
    assert store.corrections.list() == ()


def test_another_kind_that_another_entity_has_makes_them_one(store: Store) -> None:
    store.entities.replace_mentions(2, [entity("Kiev", (33, 37), kind=ORG)])
    store.corrections.set_kind(5, LOC)
    assert store.entities.get(5).entity.id == KIEV
    assert store.entities.members(KIEV) == (KIEV, 5)
    store.corrections.set_kind(5, ORG)
    assert store.entities.get(KIEV).entity.kind is ORG


def test_ignoring(store: Store) -> None:
    store.corrections.ignore(BERG)
    assert shown(store)[0] == ("Bo Lund", "Bo Lund")
    assert "Anna Berg" not in counted(store)
    within = store.entities.list_counts([1], 2)
    assert [one.entity.id for one in within] == [LUND, KIEV]
    assert store.entities.find_ids("berg") == ()
    assert store.names.starting("ber", None, 5) == ()
    assert store.entities.get_entities([BERG]) == {}
    assert store.articles.documents([1])[0].entities == (LUND, KIEV, KYIV)
    assert [one.id for one in store.entities.candidates(["berg"])] == [BERG]
    assert store.entities.together(LUND, 9) == ()
    with pytest.raises(EntityNotFoundError):
        store.entities.get(BERG)
    assert store.outbox.pending() == 2
    store.corrections.ignore(BERG)
    assert details(store) == ['ignore "Anna Berg"']
    store.events.undo()
    assert counted(store)["Anna Berg"] == (4, 2)


def test_an_ignored_entity_is_shown_again(store: Store) -> None:
    before = counted(store)
    store.corrections.restore(BERG)
    store.corrections.ignore(BERG)
    store.corrections.rename(BERG, "A. Berg")
    store.corrections.ignore(KIEV)
    store.corrections.merge(KIEV, KYIV)
    (berg,) = store.corrections.ignored()
    assert (berg.id, berg.name) == (BERG, "A. Berg")
    assert store.corrections.get(BERG) == berg
    assert store.corrections.get(KIEV).id == KYIV
    store.outbox.done(store.outbox.take(9))
    store.corrections.restore(BERG)
    assert store.corrections.ignored() == ()
    assert counted(store)["A. Berg"] == before["Anna Berg"]
    assert store.outbox.pending() == 2
    assert details(store)[0] == 'restore "A. Berg"'
    assert len(details(store)) == 5
    store.events.undo()
    assert store.corrections.ignored() == (berg,)


def test_merging(store: Store) -> None:
    store.corrections.merge(KIEV, KYIV)
    assert counted(store)["Kyiv"] == (4, 2)
    assert shown(store)[-2:] == [("Kiev", "Kyiv"), ("Kyiv", "Kyiv")]
    assert store.entities.forms(KIEV, 9) == (NameForm("Kiev", 2), NameForm("Kyiv", 2))
    assert store.entities.find_ids("kiev") == (KYIV,)
    assert store.entities.canonical([KIEV, KYIV, 99]) == {KIEV: KYIV, KYIV: KYIV}
    assert store.articles.documents([1])[0].entities == (BERG, LUND, KYIV)
    assert list(store.entities.article_ids(KIEV)) == [1, 2]
    assert list(store.entities.article_ids(KIEV, 1)) == [2]
    (candidate,) = store.entities.candidates(["kiev"], LOC)
    assert (candidate.id, candidate.keys) == (KYIV, ("kyiv", "kiev"))
    assert store.outbox.pending() == 2
    with pytest.raises(SameEntityError):
        store.corrections.merge(KYIV, KIEV)
    store.events.undo()
    assert counted(store)["Kiev"] == counted(store)["Kyiv"] == (2, 2)


def test_chains_are_followed_and_taken_apart(store: Store) -> None:
    store.corrections.merge(KIEV, KYIV)
    store.corrections.merge(KYIV, LUND)
    assert store.entities.get(KIEV).entity.id == LUND
    assert set(store.entities.members(KYIV)) == {LUND, KYIV, KIEV}
    with pytest.raises(SameEntityError):
        store.corrections.merge(LUND, KIEV)
    # An entity that is part of another stands for it in what comes later, too.
    store.corrections.rename(KIEV, "Everything")
    assert store.entities.get(LUND).entity.name == "Everything"
    for _ in range(2):
        store.events.undo()
    assert store.entities.canonical([KIEV, KYIV, LUND]) == {KIEV: KYIV, KYIV: KYIV, LUND: LUND}
    store.events.redo()
    assert store.entities.get(KIEV).entity.id == LUND


def test_splitting(store: Store) -> None:
    berg = store.corrections.split(BERG, "BERG")
    assert shown(store)[2] == ("Berg", "BERG")
    assert counted(store)["Anna Berg"] == counted(store)["BERG"] == (2, 2)
    name(store, 1)
    assert [one.entity_id for one in store.entities.list_mentions(1)][2] == berg
    store.articles.save(draft("one", text=TEXT + " More."))
    assert store.entities.list_mentions(1) == ()
    name(store, 1)
    assert [one.entity_id for one in store.entities.list_mentions(1)][2] == berg
    with pytest.raises(FormNotFoundError):
        store.corrections.split(BERG, "Berg")
    assert details(store) == ['split "BERG" from "Anna Berg"']
    store.events.undo()
    assert counted(store)["Anna Berg"] == (4, 2)
    assert store.entities.list_counts(None, 9)[0].mentions == 4


def test_a_name_that_was_split_off_finds_its_entity_alone(store: Store) -> None:
    berg = store.corrections.split(BERG, "Berg")
    assert store.entities.find_ids("berg") == (BERG, berg)
    assert [one.id for one in store.entities.candidates(["berg"])] == [berg]
    assert store.entities.candidates(["anna berg"])[0].aliases == {"anna berg": BERG}
    store.corrections.merge(KIEV, KYIV)
    apart = store.corrections.split(KYIV, "Kiev")
    assert store.entities.find_ids("kiev") == store.entities.find_ids_starting("kie") == (apart,)
    assert [one.id for one in store.entities.candidates(["kiev"])] == [apart]
    assert [one.entity.id for one in store.names.starting("kie", None, 5)] == [apart]
    assert list(store.entities.article_ids(KIEV)) == [1, 2]
    store.events.undo()
    assert store.entities.find_ids("kiev") == (KYIV,)


def test_splitting_a_name_that_another_entity_has(store: Store) -> None:
    store.entities.replace_mentions(2, [entity("Berg", (23, 27))])
    assert store.corrections.split(BERG, "Berg") == 5
    assert counted(store)["Berg"] == (2, 2)


def test_splitting_the_name_by_which_an_entity_is_known(store: Store) -> None:
    store.corrections.merge(KIEV, KYIV)
    apart = store.corrections.split(KYIV, "Kiev")
    assert store.entities.get(apart).entity.name == "Kiev"
    assert (counted(store)["Kiev"], counted(store)["Kyiv"]) == ((2, 2), (2, 2))
    again = store.corrections.split(apart, "Kiev")
    assert again not in (apart, KIEV)
    assert store.entities.get(again).articles == 2
    assert counted(store)["Kiev"] == (2, 2)


def test_of_very_many_articles_the_last_are_corrected_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader.store.entity_changes, "AT_ONCE", 1)
    store.corrections.split(BERG, "Berg")
    assert (shown(store, 1)[2][1], shown(store, 2)[2][1]) == ("Anna Berg", "Berg")
    assert store.events.list_events(1)[0].changed == 2
    assert store.corrections.waiting() == 1
    store.outbox.done(store.outbox.take(9))
    assert store.corrections.apply_waiting() == store.corrections.waiting() == 0
    assert shown(store, 1)[2][1] == "Berg"
    assert list(store.outbox.ids()) == [1]
    store.events.undo()
    assert (shown(store, 1)[2][1], shown(store, 2)[2][1]) == ("Berg", "Anna Berg")
    assert store.corrections.waiting() == 1
    name(store, 1)
    assert store.corrections.waiting() == 0
    assert shown(store, 1)[2][1] == "Anna Berg"
    assert store.stale.count("r 1") == 0


def test_articles_that_wait_are_taken_in_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader.store.entity_changes, "AT_ONCE", 0)
    store.corrections.split(BERG, "Berg")
    assert store.corrections.apply_waiting(1) == 1
    assert (shown(store, 1)[2][1], shown(store, 2)[2][1]) == ("Anna Berg", "Berg")
    # What has another text is named before anything else is said of it.
    store.articles.save(draft("one", text="Nobody came."))
    assert store.corrections.waiting() == 0


def test_one_place_is_someone_else(store: Store) -> None:
    assert store.corrections.reassign(1, 23, 27, LUND) == LUND
    assert shown(store)[2] == ("Berg", "Bo Lund")
    assert shown(store, 2)[2] == ("Berg", "Anna Berg")
    name(store, 1)
    assert shown(store)[2] == ("Berg", "Bo Lund")
    other = store.corrections.reassign(1, 23, 27, None, "Cy Berg")
    assert other == 5
    assert store.entities.get(other).entity.kind is PER
    assert store.corrections.reassign(1, 23, 27, None) is None
    assert ("Berg", "Anna Berg") not in shown(store)
    assert details(store) == [
        'take "Berg" in article 1 from "Cy Berg"',
        'give "Berg" in article 1 to "Cy Berg"',
        'give "Berg" in article 1 to "Bo Lund"',
    ]
    for name_ in ("Cy Berg", "Bo Lund", "Anna Berg"):
        store.events.undo()
        assert shown(store)[2] == ("Berg", name_)


def test_a_name_the_reader_gives_is_that_of_a_known_entity(folder: Path) -> None:
    store = open_store(folder, key=fold_name, name_key=name_key)
    add(store, "one", text="Myanmar is large. Burma is, Yangon too, Acme also, Un said.")
    store.entities.replace_mentions(1, [entity("Myanmar", (0, 7), kind=LOC)])
    assert store.corrections.reassign(1, 18, 23, None, " Burma", LOC) == 1
    acme = store.corrections.reassign(1, 40, 44, None, "Acme Corp", ORG)
    assert store.corrections.reassign(1, 40, 44, None, "Acme Inc.", ORG) == acme
    # What is known by this very name comes before what the lists say.
    burma = entity("Burma", (28, 34), kind=LOC)
    store.entities.replace_mentions(1, [burma])
    assert store.corrections.reassign(1, 0, 7, None, "Burma", LOC) == 3
    told = store.corrections.list()
    assert store.corrections.apply(told) == ()
    assert store.corrections.list() == told
    store.close()


def test_a_place_where_nothing_was_found(store: Store) -> None:
    store.corrections.reassign(1, 44, 46, None, "Is", MISC)
    store.corrections.reassign(1, 47, 52, None)
    store.corrections.reassign(1, 47, 50, None, "Lar")
    assert shown(store)[-2:] == [("is", "Is"), ("lar", "Lar")]
    assert details(store)[1] == 'leave "large" in article 1 out'
    assert store.entities.get(6).entity.kind is MISC


def test_a_place_that_reaches_into_others_stands_alone(store: Store) -> None:
    store.corrections.reassign(1, 5, 13, None, "Berg Met", ORG)
    assert shown(store)[:2] == [("Berg met", "Berg Met"), ("Bo Lund", "Bo Lund")]
    store.events.undo()
    assert shown(store)[0] == ("Anna Berg", "Anna Berg")


def test_members_of_one_have_their_articles_counted_once(store: Store) -> None:
    store.entities.replace_mentions(2, [entity("Kyiv", (39, 43), kind=LOC)])
    store.corrections.merge(KIEV, KYIV)
    assert list(store.entities.article_ids(KYIV)) == [1, 2]
    assert (store.entities.get(KIEV).mentions, store.entities.get(KIEV).articles) == (3, 2)
    assert store.entities.list_places([1, 2], [KIEV]) == {1: ((33, 37), (39, 43)), 2: ((39, 43),)}


def test_a_place_of_which_nothing_was_recognised_is_told(store: Store) -> None:
    store.corrections.reassign(1, 44, 46, LUND)
    store.corrections.reassign(2, 14, 21, BERG)
    first, second = store.corrections.list()
    assert (first.name, first.kind, first.to, first.form) == ("", MISC, "Bo Lund", "is")
    assert (second.name, second.to, second.place) == ("Bo Lund", "Anna Berg", 0)


def test_one_place_stays_who_it_is_when_the_text_changes(store: Store) -> None:
    store.corrections.reassign(1, 23, 27, LUND)
    (told,) = store.corrections.list()
    # One more before it: the same sentence tells which it is.
    store.articles.save(draft("one", text="Berg came. " + TEXT))
    store.entities.replace_mentions(1, [entity("Berg", (0, 4), (16, 20), (34, 38))])
    places = [one.start for one in store.entities.list_mentions(1) if one.entity_id == LUND]
    assert places == [34]
    (now,) = store.corrections.list()
    assert (told.place, now.place) == (1, 2)
    assert store.corrections.apply([now]) == ()
    assert len(details(store)) == 1
    store.corrections.reassign(1, 34, 38, KIEV)
    store.events.undo()
    # Nothing tells which it is: neither the sentence nor the number of them.
    store.articles.save(draft("one", text="Berg came, Berg saw, Berg won."))
    store.entities.replace_mentions(1, [])
    assert store.entities.list_mentions(1) == ()
    assert store.corrections.list() == ()
    # As many as there were, in other sentences.
    store.articles.save(draft("one", text="Berg came, Berg saw."))
    store.entities.replace_mentions(1, [])
    assert shown(store) == [("Berg", "Bo Lund")]
    assert store.entities.list_mentions(1)[0].start == 11


def test_of_a_sentence_that_is_there_twice_the_same_time_counts(store: Store) -> None:
    store.articles.save(draft("one", text="  Berg left.\nBerg left.\nShe came."))
    store.corrections.reassign(1, 0, 2, None)
    store.corrections.reassign(1, 13, 17, LUND)
    store.articles.save(draft("one", text="  Berg left.\nBerg left.\nHe came."))
    store.entities.replace_mentions(1, [])
    assert [one.start for one in store.entities.list_mentions(1)] == [13]
    store.articles.save(draft("one", text="Berg left.\nBerg left.\nBerg left."))
    store.entities.replace_mentions(1, [])
    assert store.entities.list_mentions(1) == ()


def test_what_was_split_off_and_merged_back_is_split_off_again(
    store: Store, tmp_path: Path
) -> None:
    berg = store.corrections.split(BERG, "Berg")
    store.corrections.merge(berg, BERG)
    assert shown(store)[2] == ("Berg", "Anna Berg")
    apart = store.corrections.split(BERG, "Berg")
    assert apart not in (BERG, berg)
    assert [one.entity_id for one in store.entities.list_mentions(1)] == [BERG, LUND, apart, 3, 4]
    assert store.entities.find_ids("berg") == (BERG, apart)
    other = open_store(tmp_path / "other", key=str.lower)
    add(other, "one", "two", text=TEXT)
    name(other, 1, 2)
    assert other.corrections.apply(store.corrections.list()) == ()
    assert counted(other) == counted(store)
    told = store.corrections.list()
    assert other.corrections.list() == told
    other.close()
    store.events.undo()
    assert shown(store)[2] == ("Berg", "Anna Berg")
    # What came back is told, and stands.
    assert store.corrections.apply(store.corrections.list()) == ()
    assert len(details(store)) == 3
    assert shown(store)[2] == ("Berg", "Anna Berg")


def test_a_name_that_comes_again_with_another_entity_is_split_off_too(store: Store) -> None:
    berg = store.corrections.split(BERG, "Berg")
    store.entities.replace_mentions(2, [entity("Cy Berg", (0, 9), (23, 27))])
    (cy,) = store.entities.find_ids("cy")
    store.corrections.merge(cy, BERG)
    assert shown(store, 2)[1] == ("Berg", "Anna Berg")
    assert store.corrections.split(BERG, "Berg") == berg
    assert shown(store, 2)[1] == ("Berg", "Berg")
    told = store.corrections.list()
    assert store.corrections.apply(told) == ()
    assert store.corrections.list() == told
    assert len(details(store)) == 3


def test_a_name_that_was_split_off_is_no_alias_however_it_is_folded(folder: Path) -> None:
    store = open_store(folder, key=fold_name)
    add(store, "one", text="U.N. and United Nations, Kiev and Kyiv.")
    nations = entity("United Nations", (0, 4), (9, 23), kind=ORG, aliases="un")
    kyiv = replace(entity("Kyiv", (25, 29), (34, 38), kind=LOC), key=fold_name("Kiev"))
    store.entities.replace_mentions(1, [nations, kyiv])
    apart = store.corrections.split(1, "U.N.")
    assert store.entities.find_ids("U.N.") == (apart,)
    assert [one.id for one in store.entities.candidates(["un"])] == [apart]
    assert [one.entity.id for one in store.names.starting("un", None, 5)] == [apart, 1]
    # A name that is still written for it goes on finding it.
    kiev = store.corrections.split(2, "Kiev")
    assert store.entities.find_ids("kyiv") == (2, kiev)
    store.events.undo()
    store.events.undo()
    assert store.entities.find_ids("U.N.") == (1,)
    store.close()


def test_a_rule_waits_for_its_words(store: Store) -> None:
    store.corrections.reassign(1, 23, 27, LUND)
    store.articles.save(draft("one", text="Nobody came."))
    store.entities.replace_mentions(1, [])
    assert store.entities.list_mentions(1) == ()
    store.articles.save(draft("one", text=TEXT))
    name(store, 1)
    assert shown(store)[2] == ("Berg", "Bo Lund")


def test_what_is_not_there(store: Store) -> None:
    corrections = store.corrections
    for call in (
        lambda: corrections.rename(99, "X"),
        lambda: corrections.merge(1, 99),
        lambda: corrections.restore(99),
        lambda: corrections.get(99),
        lambda: corrections.split(99, "X"),
        lambda: corrections.reassign(1, 0, 4, EntityId(99)),
        lambda: store.entities.together(99, 5),
    ):
        with pytest.raises(EntityNotFoundError):
            call()
    with pytest.raises(ArticleNotFoundError):
        corrections.reassign(99, 0, 4, BERG)
    for start, end in ((0, 99), (4, 4), (-2, 3)):
        with pytest.raises(PlaceNotFoundError):
            corrections.reassign(1, start, end, BERG)
    assert details(store) == []


def all_corrections(store: Store) -> None:
    store.corrections.split(BERG, "Berg")
    store.corrections.merge(KIEV, KYIV)
    store.corrections.split(KYIV, "Kiev")
    store.corrections.rename(KYIV, "Kyiv City")
    store.corrections.set_kind(LUND, ORG)
    store.corrections.ignore(LUND)
    store.corrections.reassign(1, 14, 21, None, "Bo Lind", MISC)
    store.corrections.reassign(2, 14, 21, None)


def test_corrections_hold_in_another_library(store: Store, tmp_path: Path) -> None:
    all_corrections(store)
    told = store.corrections.list()
    other = open_store(tmp_path / "other", key=str.lower)
    add(other, "one", text=TEXT)
    name(other, 1)
    failures = other.corrections.apply(told)
    (number,) = [failure.item for failure in failures]
    assert told[int(number) - 1].correction is CorrectionKind.MENTION
    # Articles that come later are corrected too.
    add(other, "two", text=TEXT)
    name(other, 2)
    assert other.corrections.apply(told) == ()
    assert counted(other) == counted(store)
    assert [shown(other, one) for one in (1, 2)] == [shown(store, one) for one in (1, 2)]
    assert set(other.corrections.list()) == set(told)
    events = len(details(other))
    assert other.corrections.apply(told) == ()
    assert len(details(other)) == events
    while other.events.undo():
        pass
    assert shown(other)[2] == ("Berg", "Anna Berg")
    assert other.corrections.list() == ()
    other.close()


def test_an_entity_that_is_known_by_its_key_gets_the_name_of_articles(folder: Path) -> None:
    store = open_store(folder, key=str.lower)
    merge = Correction(CorrectionKind.MERGE, "odessa", LOC, "Kyiv", LOC)
    assert store.corrections.apply([merge]) == ()
    add(store, "one")
    store.entities.replace_mentions(1, [replace(entity("Odesa", (0, 4), kind=LOC), key="odessa")])
    store.events.undo()
    assert shown(store) == [("Text", "Odesa")]
    store.close()


def test_what_was_said_before_merging_is_told_before_it(store: Store, tmp_path: Path) -> None:
    store.corrections.rename(KIEV, "Kiev City")
    store.corrections.ignore(KIEV)
    store.corrections.merge(KIEV, KYIV)
    store.corrections.rename(KYIV, "Kyiv City")
    other = open_store(tmp_path / "other", key=str.lower)
    assert other.corrections.apply(store.corrections.list()) == ()
    add(other, "one", "two", text=TEXT)
    name(other, 1, 2)
    assert counted(other) == counted(store)
    assert other.corrections.list() == store.corrections.list()
    other.close()


def test_corrections_that_cannot_be_made(store: Store) -> None:
    one = Correction(CorrectionKind.MENTION, "X", PER, "Y", PER, form="Berg", article="zz")
    store.corrections.reassign(1, 23, 27, LUND)
    (told,) = store.corrections.list()
    failures = store.corrections.apply([one, replace(told, place=7), replace(one, article="00")])
    assert [(failure.item, failure.reason) for failure in failures] == [
        ("1", "the article is not in the library"),
        ("2", "the article does not have this name as often"),
        ("3", "the article is not in the library"),
    ]


def test_names_are_told_so_that_their_keys_are_found(folder: Path) -> None:
    store = open_store(folder, key=fold_name)
    add(store, "one", text=TEXT)
    found = replace(entity("Mr. Anna Berg", (0, 9)), key="berg, anna")
    store.entities.replace_mentions(1, [found])
    store.corrections.ignore(1)
    (told,) = store.corrections.list()
    assert told.name == "berg, anna"
    assert store.corrections.apply([told]) == ()
    store.close()
