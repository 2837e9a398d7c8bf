"""Rules on what arrives, over what is here, tried and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuerySyntaxError
from index.query import IdSet
from reader.errors import NotifyError, SavedSearchNotFoundError, SearchUnavailableError
from reader.kept import Deeds
from reader.model import Change, EventKind, Mark
from reader.service import rules
from reader.service.rules_told import DeedCount, RuleReport
from reader.store.saved_searches import NEW
from tests.reader.service.ruled import Ruled, ruled
from tests.reader.store.helpers import database_of, draft, dump


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ruled]:
    with ruled(tmp_path / "library") as made:
        yield made


def deeds_of(world: Ruled, article_id: int) -> list[tuple[str, str]]:
    return [(one.rule, one.deed) for one in world.store.rule_deeds.of_article(article_id)]


def test_a_rule_changes_what_arrives_and_nothing_else(world: Ruled) -> None:
    world.arrive("an old storm")
    assert world.rules.run_arrivals() == RuleReport()
    assert world.store.arrivals.count() == 0
    world.rule("Storms", "storm", add=("wet",), marks=("starred", "read"))
    world.arrive("a storm", "rain", "storm and rain", tags=("dry",))
    assert world.rules.run_arrivals() == RuleReport(arrived=3, changed=2)
    assert world.tagged("wet") == [2, 4]
    assert world.marked("starred") == world.marked("read") == [2, 4]
    assert deeds_of(world, 2) == [("Storms", "+wet"), ("Storms", "read"), ("Storms", "starred")]
    assert deeds_of(world, 3) == []
    # No event: nobody has pressed a key, and what was undone can still be redone.
    assert {event.kind for event in world.store.events.list_events(9)} == {EventKind.SEARCH}


def test_a_rule_runs_once_on_each_article(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",))
    world.arrive("a storm")
    world.rules.run_arrivals()
    world.tagging.tag([1], [], ["wet"])
    world.store.articles.save(draft("n0", text="another storm"))
    world.store.outbox.add_all()
    world.index()
    assert world.rules.run_arrivals() == RuleReport()
    assert world.tagged("wet") == []


def test_what_the_index_has_not_heard_of_goes_on_waiting(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",))
    world.store.articles.save(draft("n0", text="a storm"))
    assert world.rules.run_arrivals() == RuleReport(left=1)
    world.index()
    assert world.rules.run_arrivals() == RuleReport(arrived=1, changed=1)


def test_a_later_rule_sees_what_an_earlier_one_did(world: Ruled) -> None:
    world.rule("One", "storm", add=("wet",))
    world.rule("Two", "tag:wet -is:read", add=("soaked",), marks=("read",))
    world.rule("Three", "is:unread", add=("new",))
    world.arrive("a storm", "rain")
    assert world.rules.run_arrivals().changed == 2
    assert (world.tagged("soaked"), world.tagged("new")) == ([1], [2])


def test_a_rule_with_nothing_left_to_do_is_recorded(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",))
    world.rule("Again", "storm", add=("wet",), marks=("unread",))
    world.arrive("a storm", "storm two")
    world.rules.run_arrivals()
    assert deeds_of(world, 2) == [("Storms", "+wet"), ("Again", "")]


def test_what_rests_and_what_is_no_rule_does_nothing(world: Ruled) -> None:
    world.saved.add("Only asked", "storm")
    world.rule("Resting", "storm", add=("wet",))
    world.saved.set_active("Resting", active=False)
    world.arrive("a storm")
    assert not world.rules.are_awaited()
    assert world.rules.run_arrivals() == RuleReport()
    world.saved.set_active("Resting", active=True)
    assert not world.rules.are_awaited()
    assert world.rules.run_arrivals() == RuleReport()


def test_relative_dates_count_from_the_run(world: Ruled) -> None:
    world.rule("Fresh", "added:1d", add=("fresh",))
    world.arrive("a storm")
    world.clock.pass_time(days=2)
    world.arrive("another")
    world.rules.run_arrivals()
    assert world.tagged("fresh") == [2]


def test_without_an_index_all_is_left_as_it_was(world: Ruled) -> None:
    world.rule("States", "is:unread", add=("new",))
    world.rule("Words", "storm", add=("wet",))
    world.arrive("a storm", "rain")
    world.access.gone = True
    before = dump(world.store)
    report = world.rules.run_arrivals()
    assert (report.arrived, report.changed, report.left) == (0, 0, 2)
    (trouble,) = report.troubles
    assert trouble.rule == ""
    assert isinstance(trouble.error, SearchUnavailableError)
    assert dump(world.store) == before
    world.access.gone = False
    assert world.rules.run_arrivals() == RuleReport(arrived=2, changed=2)


def test_a_rule_that_means_nothing_is_passed_over(world: Ruled) -> None:
    world.rule("Words", "storm", add=("wet",))
    there = world.saved.list()
    old = there[0].__class__(NEW, "Old", "foo:bar", 0, Deeds(add=("old",)))
    world.store.saved_searches.set_all("restored", [old, *there])
    world.arrive("a storm")
    report = world.rules.run_arrivals()
    assert (report.arrived, report.changed, report.left) == (1, 1, 0)
    assert [one.rule for one in report.troubles] == ["Old"]
    assert isinstance(report.troubles[0].error, QuerySyntaxError)


def test_many_are_taken_a_batch_at_a_time_and_told_of_once(
    world: Ruled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "BATCH", 2)
    started: list[tuple[str, IdSet]] = []
    monkeypatch.setattr(
        world.notifying, "start", lambda rule, ids: started.append((rule.name, ids))
    )
    world.rule("All", "*", add=("seen",), notify="tell")
    world.rule("None", "hail", notify="tell")
    world.rule("Some", "storm", notify="tell")
    world.arrive("a storm", "b", "c", "d storm", "e")
    assert world.rules.run_arrivals() == RuleReport(arrived=5, changed=5)
    assert world.tagged("seen") == [1, 2, 3, 4, 5]
    assert started == [("All", IdSet(range(1, 6))), ("Some", IdSet([1, 4]))]
    assert deeds_of(world, 1) == [("All", "+seen"), ("Some", "")]


def test_others_can_write_while_the_index_is_asked(
    world: Ruled, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rules.BATCH <= 2000
    world.rule("Words", "storm -grain", add=("wet",))
    world.rule("States", "tag:wet", marks=("read",))
    world.rule("More words", "grain OR rain", add=("food",))
    world.arrive("a storm", "grain", "rain and storm")
    connection, ask = database_of(world.store)._connection, world.searching.ids
    asked = []

    def asking(text: str, within: IdSet | None = None) -> IdSet:
        asked.append((text, connection.in_transaction))
        return ask(text, within)

    monkeypatch.setattr(world.searching, "ids", asking)
    world.rules.run_arrivals()
    assert asked == [("storm -grain", False), ("grain OR rain", False), ("tag:wet", True)]
    assert (world.marked("read"), world.tagged("food")) == ([1, 3], [2, 3])


def test_a_command_that_fails_is_told_with_the_report(world: Ruled) -> None:
    world.rule("Storms", "storm", notify="/nowhere/at/all")
    world.arrive("a storm")
    (trouble,) = world.rules.run_arrivals().troubles
    assert trouble.rule == "Storms"
    assert isinstance(trouble.error, NotifyError)


class Killed(BaseException):
    """The end of the process."""


@pytest.mark.parametrize("at", range(6))
def test_a_kill_at_any_point_does_each_article_once(
    world: Ruled, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(rules, "BATCH", 2)
    world.rule("One", "storm", add=("wet",))
    world.rule("Two", "tag:wet", marks=("starred",))
    world.arrive(*["a storm"] * 3)
    calls = 0
    add = world.store.rule_deeds.add

    def counting(*args: object) -> None:
        nonlocal calls
        calls += 1
        if calls == at + 1:
            raise Killed
        add(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(world.store.rule_deeds, "add", counting)
    with pytest.raises(Killed):
        world.rules.run_arrivals()
    done = 3 - world.store.arrivals.count()
    assert len(world.tagged("wet")) == len(world.marked("starred")) == done
    assert sum(bool(deeds_of(world, one)) for one in (1, 2, 3)) == done
    monkeypatch.setattr(world.store.rule_deeds, "add", add)
    world.rules.run_arrivals()
    assert world.tagged("wet") == world.marked("starred") == [1, 2, 3]


def test_a_rule_is_tried_without_changing_anything(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",), remove=("dry",), marks=("read", "unstarred"))
    world.arrive("a storm", "storm", "rain", "storm")
    world.tagging.tag([1, 2, 3], ["dry"], [])
    world.tagging.tag([1], ["wet"], [])
    world.tagging.mark([1, 2], Mark.READ)
    world.tagging.mark([3, 4], Mark.STARRED)
    before = dump(world.store)
    test = world.rules.test("storms", 2)
    counts = {"+wet": 2, "-dry": 2, "read": 1, "unstarred": 1}
    assert test.would_change == tuple(DeedCount(*one) for one in counts.items())
    assert (test.matched, test.changed) == (3, 3)
    assert [row.id for row in test.rows] == [4, 2]
    assert dump(world.store) == before
    assert world.rules.run("Storms") == Change(3, 3)
    assert world.rules.test("Storms").changed == 0


def test_a_rule_is_tried_and_run_on_some(world: Ruled) -> None:
    world.rule("Storms", "storm sort:oldest", add=("wet",))
    world.arrive("a storm", "storm tide", "tide", "storm tide")
    test = world.rules.test("storms", 1, "tide")
    assert (test.matched, test.changed, [row.id for row in test.rows]) == (2, 2, [4])
    assert world.rules.test("storms", 0).rows == ()
    with pytest.raises(QuerySyntaxError):
        world.rules.run("storms", "is:new")
    assert world.rules.run("storms", " tide ") == Change(2, 2)
    assert world.tagged("wet") == [2, 4]
    assert world.rules.run("storms", "") == Change(3, 1)


def test_a_run_over_the_past_is_one_change(world: Ruled) -> None:
    world.arrive("a storm", "rain", "storm")
    world.rules.run_arrivals()
    world.rule("Storms", "storm", add=("read",), remove=("dry",), marks=("read",))
    before = world.store.counts(), world.tagged("read")
    assert world.rules.run("storms") == Change(2, 2)
    assert world.tagged("read") == world.marked("read") == [1, 3]
    event = world.store.events.list_events(1)[0]
    assert (event.kind, event.detail, event.changed) == (EventKind.SEARCH, "ran Storms", 2)
    world.store.events.undo()
    assert (world.store.counts(), world.tagged("read")) == before
    world.store.events.redo()
    assert world.tagged("read") == world.marked("read") == [1, 3]
    assert world.rules.run("Storms") == Change(2, 0)


def test_what_a_rule_did_on_arrival_is_taken_back(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",), remove=("dry",), marks=("starred", "unread"))
    world.arrive("a storm", "storm", "storm", tags=("dry",), marks=frozenset({Mark.READ}))
    world.rules.run_arrivals()
    world.tagging.tag([2], [], ["wet"])
    world.tagging.mark([3], Mark.UNSTARRED)
    world.saved.rename("Storms", "Tempests")
    assert world.rules.take_back("tempests") == Change(3, 3)
    assert (world.tagged("wet"), world.tagged("dry")) == ([], [1, 2, 3])
    assert (world.marked("starred"), world.marked("read")) == ([], [1, 2, 3])
    world.store.events.undo()
    assert (world.tagged("wet"), world.marked("starred")) == ([1, 3], [1, 2])
    world.store.events.redo()
    assert world.rules.take_back("Tempests") == Change(3, 0)
    with pytest.raises(SavedSearchNotFoundError):
        world.rules.take_back("Storms")


def test_nothing_is_taken_back_twice(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("wet",), marks=("starred",))
    world.arrive("a storm", "storm")
    world.rules.run_arrivals()
    assert world.rules.take_back("Storms") == Change(2, 2)
    world.tagging.tag([1], ["wet"], [])
    world.tagging.mark([2], Mark.STARRED)
    assert world.rules.take_back("Storms") == Change(2, 0)
    assert (world.tagged("wet"), world.marked("starred")) == ([1], [2])
    for _ in range(3):
        world.store.events.undo()
    assert world.tagged("wet") == world.marked("starred") == [1, 2]
    # An article opened meanwhile comes before what is undone.
    world.tagging.mark([1], Mark.READ, in_passing=True)
    world.store.events.redo()
    assert world.rules.take_back("Storms") == Change(2, 0)
    world.store.events.undo()
    assert world.rules.take_back("Storms") == Change(2, 2)
    assert world.tagged("wet") == world.marked("starred") == []
    world.store.events.undo()
    assert world.tagged("wet") == world.marked("starred") == [1, 2]


def test_what_the_reader_set_after_a_rule_did_stays(world: Ruled) -> None:
    world.rule("Storms", "storm", add=("read", "wet"), marks=("read", "unstarred"))
    world.arrive("a storm", "storm", "storm", marks=frozenset({Mark.STARRED}))
    world.rules.run_arrivals()
    # The second article gets all of it anew, of the third that is undone again.
    for one in (2, 3):
        world.tagging.tag([one], [], ["wet"])
        world.tagging.tag([one], ["wet"], [])
        world.tagging.mark([one], Mark.UNREAD)
        world.tagging.mark([one], Mark.READ)
        world.tagging.mark([one], Mark.STARRED)
        world.tagging.mark([one], Mark.UNSTARRED)
    for _ in range(6):
        world.store.events.undo()
    before = dump(world.store)
    assert world.rules.take_back("Storms") == Change(3, 3)
    assert (world.tagged("wet"), world.marked("read")) == ([2], [2])
    assert (world.tagged("read"), world.marked("starred")) == ([], [1, 3])
    world.store.events.undo()
    assert _sets(dump(world.store)) == _sets(before)


def _sets(dumped: Sequence[str]) -> list[str]:
    return [line for line in dumped if re.match('INSERT INTO "article_(tag|mark)"', line)]


@pytest.mark.parametrize(
    ("query", "concerned"),
    [("storm", False), ("tag:wet", True), ("-(a OR is:unread)", True), ("war*", False),
     ("tag:w*", True), ('"a b" id:1', False), ("", False)],
)  # fmt: skip
def test_answers_that_depend_on_rules_still_to_be_run(
    world: Ruled, query: str, concerned: bool
) -> None:
    world.rule("Storms", "storm", add=("wet",))
    assert not world.rules.concern(query)
    world.arrive("a storm")
    assert world.rules.concern(query) is concerned


WORDS = ("storm", "rain", "grain", "corn")
QUERIES = ("storm", "rain OR corn", "-grain", "tag:a", "-tag:b", "is:unread storm", "is:starred",
           '"storm rain"', "co*", "added:1d", "*")  # fmt: skip
tags = st.lists(st.sampled_from("abc"), max_size=2, unique=True)
marks = st.lists(
    st.sampled_from([("read", "unread"), ("starred", "unstarred"), ("archived", "unarchived")]),
    max_size=2,
    unique=True,
).flatmap(lambda pairs: st.tuples(*map(st.sampled_from, pairs)))
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@st.composite
def some_deeds(draw: st.DrawFn) -> Deeds:
    add, remove = draw(tags), draw(tags)
    return Deeds(tuple(add), tuple(one for one in remove if one not in add), draw(marks))


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(QUERIES), some_deeds()), min_size=1, max_size=4),
    st.lists(st.lists(texts, max_size=5), min_size=1, max_size=3),
    st.integers(1, 4),
)
def test_rules_on_arrival_do_what_a_hand_would_do(
    tmp_path_factory: pytest.TempPathFactory,
    given_rules: list[tuple[str, Deeds]],
    batches: list[list[str]],
    size: int,
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    with (
        ruled(folder / "rules") as world,
        ruled(folder / "hand") as hand,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(rules, "BATCH", size)
        for at, (query, deeds) in enumerate(given_rules):
            world.saved.add(f"r{at}", query)
            world.saved.set_deeds(f"r{at}", deeds)
        for batch in batches:
            world.arrive(*batch)
            new = frozenset(hand.arrive(*batch))
            world.rules.run_arrivals()
            for query, deeds in given_rules:
                found = [one for one in hand.searching.ids(query) if one in new]
                hand.tagging.tag(found, deeds.add, deeds.remove)
                # Who archives and keeps unread does that last.
                for mark in sorted(deeds.marks, key=Mark.UNREAD.__eq__):
                    hand.tagging.mark(found, Mark(mark))
            for name in "abc":
                assert world.tagged(name) == hand.tagged(name)
            for mark in ("read", "starred", "archived"):
                assert world.marked(mark) == hand.marked(mark)
            assert world.store.counts() == hand.store.counts()


def test_what_a_rule_archives_is_read(world: Ruled) -> None:
    world.arrive("storm", "old storm")
    world.tagging.mark([2], Mark.READ)
    world.rule("Storms", "storm", marks=("archived",))
    world.rule("Later", "tide", marks=("archived", "unread"))
    told = world.rules.test("Storms")
    assert [(one.deed, one.articles) for one in told.would_change] == [("archived", 2), ("read", 1)]
    assert world.rules.run("Storms").changed == 2
    world.arrive("storm", "tide")
    world.rules.run_arrivals()
    assert world.marked("archived") == [1, 2, 3, 4]
    assert world.marked("read") == [1, 2, 3]
    assert world.rules.take_back("Storms").changed == 1
    assert (world.marked("archived"), world.marked("read")) == ([1, 2, 4], [1, 2])


def test_what_a_rule_acted_on_is_found(world: Ruled) -> None:
    world.rule("Sea/Storm", "storm", add=("sea",))
    world.rule("Late", "rule:storm tide", marks=("starred",))
    world.arrive("storm", "tide", "tide and storm")
    world.rules.run_arrivals()
    assert list(world.searching.ids("rule:Storm")) == [1, 3]
    assert list(world.searching.ids("rule:sea/* -rule:late")) == [1]
    assert world.marked("starred") == [3]
    assert not world.searching.needs_index("rule:late")
    world.rule("Calm", "calm", add=("sea",))
    assert list(world.searching.ids("rule:calm")) == []
