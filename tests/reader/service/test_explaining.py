"""Why an article is here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import ArticleNotFoundError, LibraryDamagedError
from reader.feeds import Subscription
from reader.kept import Anchor
from reader.service.explaining import Condition, FoundWord, TagOrigin, TagSince
from reader.service.library import Library
from reader.store import provenance
from reader.store.saved_searches import NEW
from tests.reader.service.ruled import Ruled, ruled
from tests.reader.store.helpers import NOON, database_of, draft


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ruled]:
    with ruled(tmp_path / "library") as made:
        yield made


def conditions(world: Ruled, query: str) -> list[tuple[str, bool | None, dict[str, int]]]:
    found = world.explaining.why(1, query).conditions
    return [(one.text, one.is_met, {w.text: w.times for w in one.words}) for one in found]


def test_each_condition_is_told_with_its_words(world: Ruled) -> None:
    world.arrive("A Storm came.\n\nStorms, then rain  fell.")
    assert conditions(world, 'storm "rain fell" hail -grain (corn OR rain) is:unread sto') == [
        ("the word 'storm' in title or text", True, {"Storm": 1, "Storms": 1}),
        ("the words 'rain' 'fell' next to each other in title or text", True, {"rain fell": 1}),
        ("the word 'hail' in title or text", False, {}),
        ("not: the word 'grain' in title or text", True, {}),
        (
            "any of:\n  the word 'corn' in title or text\n  the word 'rain' in title or text",
            True,
            {"rain": 1},
        ),
        ("is unread", True, {}),
        ("the word 'sto' in title or text", False, {}),
    ]
    assert conditions(world, "storm (") == conditions(world, "storm")
    assert conditions(world, "") == conditions(world, "*") == []


def test_a_word_is_told_as_it_is_written_most_often(world: Ruled) -> None:
    world.arrive("TRAM. A Tram, the Tram and a tram.\n\nNo bus, no Bus.")
    assert conditions(world, "tram bus") == [
        ("the word 'tram' in title or text", True, {"Tram": 4}),
        ("the word 'bus' in title or text", True, {"bus": 2}),
    ]


def test_without_an_index_it_is_not_known(world: Ruled) -> None:
    world.arrive("a storm")
    world.saved.add("Storms", "storm")
    world.saved.add("Unread", "is:unread")
    world.access.gone = True
    why = world.explaining.why(1, "storm is:unread")
    assert why.conditions == (
        Condition("the word 'storm' in title or text", None, (FoundWord("storm", 1),)),
        Condition("is unread", True),
    )
    assert [one.name for one in why.answers] == ["Unread"]


def test_rules_searches_places_and_notes(world: Ruled) -> None:
    world.store.feeds.add(Subscription("https://skerry.example/feed", "Gazette"), private=False)
    world.rule("Storms", "storm", add=("wet",))
    world.saved.add("Rain", "rain")
    world.saved.add("Unread", "is:unread")
    old = world.saved.get("Unread").__class__(NEW, "Old", "foo:bar", 9)
    world.store.saved_searches.set_all("restored", [*world.saved.list(), old])
    world.arrive("a storm", origin="news.jsonl:7")
    world.store.articles.save(draft("n0", text="a storm", source="Courier", guid="copy"))
    world.rules.run_arrivals()
    note = world.store.notes.add(1, Anchor(), "look here", "noted")
    why = world.explaining.why(1)
    assert (why.row.id, why.row.added, why.file) == (1, NOON, "news.jsonl:7")
    assert why.feed is not None
    assert why.feed.url == "https://skerry.example/feed"
    assert [one.source for one in why.places] == ["Courier"]
    assert [(one.rule, one.deed, one.at) for one in why.deeds] == [("Storms", "+wet", NOON)]
    assert [one.name for one in why.answers] == ["Storms", "Unread"]
    assert why.notes == (note,)
    with pytest.raises(ArticleNotFoundError):
        world.explaining.why(2)
    assert world.store.provenance.origin(2) == ""


def test_what_was_taken_back_is_called_so_until_that_is_undone(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",), marks=("starred",))
    world.arrive("a storm")
    world.rules.run_arrivals()
    world.rules.take_back("Storms")
    told = [(one.deed, one.taken_back) for one in world.explaining.why(1).deeds]
    assert told == [("+wet", True), ("starred", True)]
    world.tagging.tag([1], ["wet"], [])
    (tag,) = world.explaining.why(1).tags
    assert (tag.name, tag.origin) == ("wet", TagOrigin.READER)
    world.store.events.undo()
    world.store.events.undo()
    why = world.explaining.why(1)
    assert [one.taken_back for one in why.deeds] == [False, False]
    assert [one.origin for one in why.tags] == [TagOrigin.RULE]


def test_who_gave_each_tag(world: Ruled, monkeypatch: pytest.MonkeyPatch) -> None:
    world.rule("Storms", "storm", add=("wet", "again"))
    world.arrive("a storm", "another storm", tags=("old",))
    world.rules.run_arrivals()
    world.clock.pass_time(hours=1)
    world.tagging.tag([1], [], ["again"])
    world.tagging.tag([1, 2], ["again", "mine"], [])
    world.arrive("rain")
    world.tagging.tag([3], ["mine"], [])
    world.tagging.tag([1], [], ["mine"])
    world.store.events.undo()
    later = world.clock()
    assert world.explaining.why(1).tags == (
        TagSince("again", TagOrigin.READER, later, "+again +mine"),
        TagSince("mine", TagOrigin.READER, later, "+again +mine"),
        TagSince("old", TagOrigin.IMPORT, NOON),
        TagSince("wet", TagOrigin.RULE, NOON, "Storms"),
    )
    world.rule("Rain: all", "rain", add=("wet",))
    world.rules.run("Rain: all")
    assert TagSince("wet", TagOrigin.RUN, later, "Rain: all") in world.explaining.why(3).tags
    monkeypatch.setattr(provenance, "LOOK_BACK", 1)
    assert world.explaining.why(1).tags[1] == TagSince("mine", TagOrigin.UNKNOWN)


@pytest.mark.parametrize("packed", [b"\0", zlib.compress(b"abc")])
def test_damage_is_told(world: Ruled, packed: bytes) -> None:
    world.arrive("a storm")
    world.tagging.tag([1], ["mine"], [])
    with world.store.transaction():
        database_of(world.store).run("UPDATE event_change SET ids = ?", (packed,))
    with pytest.raises(LibraryDamagedError):
        world.explaining.why(1)


def test_names_are_found_in_a_library(library: Library) -> None:
    (condition,) = library.explaining.why(2, 'who:"anna berg"').conditions
    assert condition.is_met
    assert {one.text for one in condition.words} >= {"Anna Berg"}
