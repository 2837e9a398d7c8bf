"""Corrections: what they come to, and carrying them from library to library."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import EntityNotFoundError, FormNotFoundError, SameEntityError
from reader.model import CorrectionKind, EntityKind, EventKind
from reader.service.correcting import Corrected
from reader.service.correction_lines import correction_record
from reader.service.library import Library
from reader.store import entity_changes
from tests.reader.service.naming import add, the

TEXTS = (
    "[PER:Anna Berg] opened the quay. [PER:Anna Berg|Berg] thanked [ORG:Wagner].",
    "[PER:Anna Berg|Berg] left with [PER:Richard Wagner|Wagner].",
    "[LOC:Odda] and [ORG:Odda Works|Odda] are two.",
)


@pytest.fixture
def world(fresh: Library) -> Library:
    add(fresh, *TEXTS)
    return fresh


def names(library: Library) -> dict[str, int]:
    """The entities that are shown, and their mentions."""
    return {one.entity.name: one.mentions for one in library.browsing.list_entities()}


def told(corrected: Corrected) -> tuple[str, int, int]:
    assert corrected.entity is not None
    return corrected.entity.entity.name, corrected.articles, corrected.mentions


def test_each_correction_says_what_it_was_about(world: Library) -> None:
    it, berg = world.correcting, the(world, "Anna Berg")
    assert told(it.rename(berg, "  Anna\tFjell ")) == ("Anna Fjell", 2, 3)
    assert told(it.set_kind(berg, EntityKind.ORG)) == ("Anna Fjell", 2, 3)
    assert told(it.split(berg, "Berg")) == ("Berg", 2, 2)
    assert told(it.merge(the(world, "Odda"), berg)) == ("Anna Fjell", 1, 1)
    ignored = it.ignore(the(world, "Wagner"))
    assert ignored == Corrected(None, 1, 1)
    assert names(world) == {"Anna Fjell": 2, "Berg": 2, "Odda Works": 1, "Richard Wagner": 1}


def test_what_very_many_articles_write_is_split_off_bit_by_bit(
    world: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entity_changes, "AT_ONCE", 1)
    it, berg = world.correcting, the(world, "Anna Berg")
    assert told(it.split(berg, "Berg")) == ("Berg", 1, 1)
    it.finish()
    assert names(world)["Berg"] == 2
    world.history.undo()
    it.finish()
    assert names(world)["Anna Berg"] == 3
    assert told(it.split_everywhere(berg, "Berg")) == ("Berg", 2, 2)


def test_what_was_ignored_is_restored_by_any_name_or_its_id(world: Library) -> None:
    it, odda, berg = world.correcting, the(world, "Odda"), the(world, "Anna Berg")
    it.merge(odda, berg)
    it.rename(berg, "Anna Fjell")
    for one in (berg, the(world, "Wagner")):
        it.ignore(one)
    for name in ("anna fjell", "Anna Berg", "Odda", f"#{berg}", f"#{odda}"):
        assert [one.name for one in it.find_ignored(name)] == ["Anna Fjell"], name
    assert it.find_ignored("Richard") == it.find_ignored("#99") == ()
    assert told(it.restore(odda)) == ("Anna Fjell", 3, 4)
    assert it.find_ignored("Odda") == ()
    world.history.undo()
    assert "Anna Fjell" not in names(world)


def test_a_place_gets_another_name_a_new_one_or_none(world: Library) -> None:
    it, works = world.correcting, the(world, "Odda Works")
    text = world.reading.get_article(1).text
    start = text.index("Berg thanked")
    assert told(it.reassign(1, start, start + 4, works)) == ("Odda Works", 1, 1)
    new = it.reassign(1, 0, 9, None, " Anna  Lie", EntityKind.PER)
    assert told(new) == ("Anna Lie", 1, 1)
    assert it.reassign(2, 0, 4, None) == Corrected(None, 1, 1)
    assert names(world) == {
        "Odda Works": 2, "Anna Lie": 1, "Odda": 1, "Richard Wagner": 1, "Wagner": 1,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["", " \t", "\u200b"])
def test_a_name_of_nothing_is_refused(world: Library, name: str) -> None:
    with pytest.raises(ValueError, match="name of nothing"):
        world.correcting.rename(the(world, "Odda"), name)
    assert not world.history.list_events(5)


def test_what_cannot_be_is_refused_and_changes_nothing(world: Library) -> None:
    it, odda = world.correcting, the(world, "Odda")
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (EntityNotFoundError, lambda: it.rename(99, "x")),
        (EntityNotFoundError, lambda: it.ignore(99)),
        (EntityNotFoundError, lambda: it.merge(odda, 99)),
        (SameEntityError, lambda: it.merge(odda, odda)),
        (FormNotFoundError, lambda: it.split(odda, "Oslo")),
    ]
    for error, act in refused:
        with pytest.raises(error):
            act()
    assert not world.history.list_events(5)


def test_what_is_so_already_is_told_and_no_event(world: Library) -> None:
    it, berg = world.correcting, the(world, "Anna Berg")
    it.split(berg, "Berg")
    it.reassign(3, 0, 4, berg)
    it.restore(the(world, "Wagner"))
    events = world.history.list_events(9)
    again = [
        it.rename(berg, "Anna Berg"),
        it.set_kind(berg, EntityKind.PER),
        it.restore(berg),
        it.reassign(3, 0, 4, berg),
    ]
    assert [one.changed for one in again] == [False] * 4
    assert world.history.list_events(9) == events
    world.history.undo()
    assert it.reassign(3, 0, 4, berg).changed


def test_others_of_a_name_are_told(world: Library) -> None:
    it, works = world.correcting, the(world, "Odda Works")
    found = it.rename(works, "odda").namesakes
    assert [(one.name, one.kind) for one in found] == [("Odda", EntityKind.LOC)]
    assert it.rename(works, "Odda Works").namesakes == ()


def test_of_a_kind_that_makes_two_one_it_tells_what_was_there_before(world: Library) -> None:
    it = world.correcting
    new = it.reassign(1, 0, 9, None, "Odda", EntityKind.PER)
    assert new.entity is not None
    came = it.set_kind(new.entity.entity.id, EntityKind.LOC)
    assert (came.articles, came.mentions) == (1, 1)
    assert came.entity is not None
    assert came.entity.entity.id == the(world, "Odda")


def test_each_is_one_event_that_is_undone_and_redone(world: Library) -> None:
    before = names(world)
    it = world.correcting
    it.rename(the(world, "Odda"), "Odda town")
    it.merge(the(world, "Wagner"), the(world, "Richard Wagner"))
    it.split(the(world, "Anna Berg"), "Berg")
    it.reassign(3, 0, 4, None)
    after = names(world)
    assert {event.kind for event in world.history.list_events(9)} == {EventKind.ENTITY}
    for _ in range(4):
        assert world.history.undo() is not None
    assert names(world) == before
    assert world.history.undo() is None
    for _ in range(4):
        world.history.redo()
    assert names(world) == after


def corrected(library: Library) -> None:
    """One of each kind."""
    it = library.correcting
    it.rename(the(library, "Odda"), "Odda town")
    it.set_kind(the(library, "Odda Works"), EntityKind.MISC)
    it.merge(the(library, "Wagner"), the(library, "Richard Wagner"))
    it.split(the(library, "Anna Berg"), "Berg")
    it.reassign(1, 0, 9, None, "Anna Lie", EntityKind.PER)
    it.reassign(2, 0, 4, None)


def lines(library: Library) -> list[str]:
    return [json.dumps(correction_record(one)) for one in library.correcting.list_all()]


def shown(library: Library) -> set[tuple[str, str, int]]:
    return {
        (one.entity.name, one.entity.kind.value, one.mentions)
        for one in library.browsing.list_entities()
    }


@pytest.mark.parametrize("first", [True, False])
def test_corrections_hold_in_another_library(world: Library, tmp_path: Path, first: bool) -> None:
    corrected(world)
    other = Library.open(tmp_path / "other")
    kept = lines(world)
    if first:
        # Those of single places need their article.
        report = other.correcting.apply_lines(kept, "kept.jsonl")
        assert len(report.failed) == 2
    add(other, *TEXTS)
    report = other.correcting.apply_lines(kept, "kept.jsonl")
    assert (report.applied, report.failed) == (len(kept), ())
    assert shown(other) == shown(world)
    assert sorted(lines(other)) == sorted(kept)
    other.close()


def test_a_place_where_nothing_was_found_and_a_name_over_two_lines_are_carried_over(
    fresh: Library, tmp_path: Path
) -> None:
    texts = "[PER:Anna Berg] met [PER:Anna Berg|Anna\nBerg] at the quay.", "A quay."
    add(fresh, *texts)
    fresh.correcting.split(the(fresh, "Anna Berg"), "Anna\nBerg")
    fresh.correcting.reassign(2, 2, 6, None, "The Quay", EntityKind.LOC)
    fresh.correcting.reassign(1, 14, 23, None, "Anna Lie", EntityKind.PER)
    other = Library.open(tmp_path / "other")
    add(other, *texts)
    kept = lines(fresh)
    assert other.correcting.apply_lines(kept, "kept.jsonl").failed == ()
    assert shown(other) == shown(fresh)
    assert sorted(lines(other)) == sorted(kept)
    other.close()


def test_a_new_name_that_is_another_of_one_that_is_there_is_that_one(fresh: Library) -> None:
    add(fresh, "[LOC:Myanmar] and Yangon.")
    found = fresh.correcting.reassign(1, 12, 18, None, "Burma", EntityKind.LOC)
    assert told(found) == ("Myanmar", 1, 1)
    assert names(fresh) == {"Myanmar": 2}


def test_a_new_name_of_signs_alone_is_refused(world: Library) -> None:
    with pytest.raises(ValueError, match="signs alone"):
        world.correcting.reassign(1, 0, 9, None, "!!!", EntityKind.PER)
    assert not world.history.list_events(5)


def test_lines_made_twice_change_nothing(world: Library) -> None:
    it, wagner = world.correcting, the(world, "Wagner")
    it.rename(wagner, "The Wagners")
    it.set_kind(wagner, EntityKind.PER)
    it.ignore(the(world, "Odda"))
    it.merge(wagner, the(world, "Anna Berg"))
    before, events = shown(world), world.history.list_events(9)
    report = it.apply_lines(lines(world), "kept.jsonl")
    assert (report.applied, report.unchanged, report.waiting, report.failed) == (4, 4, (), ())
    assert (shown(world), world.history.list_events(9)) == (before, events)


def test_a_line_that_is_wrong_is_told_and_the_rest_goes_on(world: Library) -> None:
    good = json.dumps({"correction": "ignore", "name": "Odda", "kind": "LOC"})
    mention = {"correction": "mention", "name": "x", "kind": "PER", "form": "x", "article": "ab"}
    report = world.correcting.apply_lines(
        ["nonsense\n", "\n", good + "\n", json.dumps(mention)], "some.jsonl"
    )
    assert report.applied == 1
    assert [(one.path, one.item) for one in report.failed] == [
        ("some.jsonl", "1"), ("some.jsonl", "4"),
    ]  # fmt: skip
    assert all(one.reason for one in report.failed)
    assert (report.unchanged, report.waiting) == (0, ())
    assert "Odda" not in names(world)
    (event,) = world.history.list_events(9)
    assert event.detail.startswith("ignore")


def test_the_article_of_a_correction_is_found(world: Library, tmp_path: Path) -> None:
    world.correcting.reassign(2, 0, 4, None)
    (one,) = world.correcting.list_all()
    assert world.correcting.article_of(one) == 2
    other = Library.open(tmp_path / "other")
    assert other.correcting.article_of(one) is None
    other.close()


def test_every_kind_of_correction_is_told(world: Library) -> None:
    corrected(world)
    world.correcting.ignore(the(world, "Richard Wagner"))
    assert {one.correction for one in world.correcting.list_all()} == set(CorrectionKind)
