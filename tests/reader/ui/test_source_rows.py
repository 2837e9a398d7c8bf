"""The rows of the source pane, and what is said of feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.feeds import (
    Feed,
    FeedFailure,
    FeedId,
    FeedState,
    SourceLine,
    UpdateProgress,
    UpdateReport,
)
from reader.model import ImportFailure, Outcome
from reader.service.fetching import Added
from reader.ui import feed_words
from reader.ui.left_rows import Known
from reader.ui.source_rows import (
    ALL,
    NAMELESS,
    OTHERS,
    Health,
    RowKind,
    SourceRow,
    SourceTree,
    health_of,
    source_line,
)
from tests.reader.ui.samples import BAD, said
from tests.reader.ui.test_safety import CONTROLS

NOW = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)
FEED = Feed(FeedId(1), "Kettle", "https://kettle.example/feed")


def line(name: str, unread: int = 0, folder: str | None = "", **more: object) -> SourceLine:
    """A source with a feed in a folder; without a feed where the folder is None."""
    feed = None if folder is None else replace(FEED, source=name, folder=folder, **more)  # type: ignore[arg-type]
    return SourceLine(name, 10, unread, feed)


def shown(lines: list[SourceLine], *folded: tuple[RowKind, str]) -> list[tuple[int, str, int]]:
    rows = Known(SourceTree(lines), unread=9).rows(folded)
    return [(row.depth, row.label, row.unread) for row in rows if isinstance(row, SourceRow)]


LINES = [
    line("Kettle", 3),
    line("Meridian Wire", 2, "News/World"),
    line("Harbour Post", 4, "News"),
    line("Old import", 5, None),
    line("", 7, None),
]


def test_folders_come_first_and_count_what_lies_deeper() -> None:
    assert shown(LINES) == [
        (0, ALL, 9),
        (0, "News", 6),
        (1, "World", 2),
        (2, "Meridian Wire", 2),
        (1, "Harbour Post", 4),
        (0, "Kettle", 3),
        (0, OTHERS, 12),
        (1, "Old import", 5),
        (1, NAMELESS, 7),
    ]


def test_what_is_folded_is_left_out() -> None:
    folded = ((RowKind.FOLDER, "News"), (RowKind.OTHERS, OTHERS))
    assert shown(LINES, *folded) == [
        (0, ALL, 9), (0, "News", 6), (0, "Kettle", 3), (0, OTHERS, 12),
    ]  # fmt: skip


def test_without_any_feed_the_sources_need_no_heading() -> None:
    assert shown([line("Old import", 5, None)]) == [(0, ALL, 9), (0, "Old import", 5)]
    assert shown([]) == [(0, ALL, 9)]
    # What has no source needs no row beside that of all articles.
    assert shown([line("", 7, None)]) == [(0, ALL, 9)]
    assert shown([line("", 7, None), line("Kettle")])[1:] == [
        (0, "Kettle", 0), (0, OTHERS, 7), (1, NAMELESS, 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "health"),
    [
        ({}, Health.FINE),
        ({"state": FeedState.STOPPED, "failures": 1}, Health.STOPPED),
        ({"state": FeedState.REMOVED, "failures": 1}, Health.FINE),
        ({"failures": 2, "error": "no connection"}, Health.FAILING),
        ({"failures": 1, "held": True}, Health.WAITING),
    ],
)
def test_health(changes: dict[str, object], health: Health) -> None:
    assert health_of(replace(FEED, **changes)) is health  # type: ignore[arg-type]
    assert health_of(None) is Health.FINE


@given(
    st.text(max_size=40) | st.just(BAD),
    st.integers(0, 10**7),
    st.integers(0, 6),
    st.integers(1, 60),
    st.sampled_from(list(Health)),
)
def test_a_row_is_one_harmless_line_of_its_width(
    name: str, unread: int, depth: int, width: int, health: Health
) -> None:
    for kind in RowKind:
        row = SourceRow(kind, name, unread, depth, health=health)
        pieces = source_line(row, width)
        text = "".join(piece for piece, _ in pieces)
        assert not CONTROLS.search(text)
        assert "\n" not in text
        if width > 40:
            assert cell_len(text) == width - 1


FAILED = [FeedFailure(f"Source {n}", "https://a.example", "no connection") for n in range(5)]


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (UpdateReport(), "there is no feed to ask"),
        (UpdateReport(asked=1), "asked 1 feed: nothing new"),
        (UpdateReport(asked=4, added=12, updated=1), "asked 4 feeds: 12 new, 1 changed"),
        (UpdateReport(asked=4, added=1, interrupted=True), "asked 4 feeds, then stopped: 1 new"),
        (
            UpdateReport(asked=1, failed=(FAILED[0],)),
            "asked 1 feed: nothing new · Source 0 (no connection)",
        ),
        (
            UpdateReport(asked=9, failed=tuple(FAILED)),
            (
                "asked 9 feeds: nothing new · 5 of 9 failed: Source 0 (no connection), "
                "Source 1 (no connection), Source 2 (no connection) and 2 more"
            ),
        ),
        (
            UpdateReport(asked=1, added=2, failures=(ImportFailure("a", "entry 2", "empty"),)),
            "asked 1 feed: 2 new · 1 entry could not be read",
        ),
        (
            UpdateReport(waiting=(replace(FAILED[0], again=NOW + timedelta(minutes=5)),)),
            "not asked: Source 0 waits until 12:05 (no connection)",
        ),
        (
            UpdateReport(asked=1, waiting=(replace(FAILED[0], again=NOW + timedelta(hours=1)),)),
            "asked 1 feed: nothing new · left out: Source 0 until 13:00",
        ),
        (
            UpdateReport(asked=2, waiting=tuple(FAILED)),
            "asked 2 feeds: nothing new · left out: Source 0 and 4 more",
        ),
        (
            UpdateReport(waiting=(replace(FAILED[0], again=NOW + timedelta(days=1)),)),
            "not asked: Source 0 waits until 11 Mar 12:00 (no connection)",
        ),
    ],
)
def test_what_asking_came_to(report: UpdateReport, told: str) -> None:
    assert feed_words.tell_report(report, NOW) == told


def test_how_far_asking_is() -> None:
    assert feed_words.tell_progress(UpdateProgress(12, 200, 3, 41)) == (
        "asking 12/200 · 3 failed · 41 new"
    )
    assert feed_words.tell_progress(UpdateProgress(0, 1, 0, 0)) == "asking 0/1"
    assert feed_words.tell_asking(()) == "asking all feeds"
    assert feed_words.tell_asking(("News/World",)) == "asking News/World"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        (
            {"failures": 1, "error": "no connection", "due": NOW + timedelta(minutes=9)},
            "Kettle: no connection; asked again 12:09",
        ),
        (
            {"state": FeedState.STOPPED, "error": "gone for good"},
            "Kettle: gone for good; it is not asked any more",
        ),
        ({"failures": 1}, "Kettle: failing"),
    ],
)
def test_why_a_source_brings_nothing(changes: dict[str, object], told: str) -> None:
    feed = replace(FEED, **changes)  # type: ignore[arg-type]
    row = SourceRow(RowKind.SOURCE, "Kettle", 0, health=health_of(feed), feed=feed)
    assert feed_words.tell_health(row, NOW) == told


def test_what_adding_saving_and_removing_came_to() -> None:
    assert said(feed_words.tell_added(Added("Kettle", 1))) == "added Kettle, 1 article · u undoes"
    others = tuple(f"https://kettle.example/feeds/{n}?key=secret" for n in range(5))
    assert said(feed_words.tell_added(Added("Kettle", 3, others))) == (
        "added Kettle, 3 articles · u undoes · the page also names kettle.example/…/0, "
        "kettle.example/…/1, kettle.example/…/2 and 2 more"
    )
    assert feed_words.tell_added(Added("Kettle", known=True)) == (
        "Kettle is among the sources already"
    )
    assert {said(feed_words.tell_saved(outcome)) for outcome in Outcome} == {
        "saved; r shows it", "it is here already",
        "saved: the article that was here has the text of the page now",
    }  # fmt: skip
    assert "its articles stay · u undoes" in said(feed_words.tell_removed("Kettle"))


def test_hostile_names_are_told_in_one_harmless_line() -> None:
    report = UpdateReport(asked=2, failed=(FeedFailure(BAD, BAD, BAD), FeedFailure("b", "", BAD)))
    row = SourceRow(RowKind.SOURCE, BAD, 0, health=Health.FAILING, feed=replace(FEED, error=BAD))
    for told in (
        feed_words.tell_report(report, NOW),
        feed_words.tell_health(row, NOW),
        feed_words.tell_added(Added(BAD, 2, (BAD,))),
        feed_words.tell_removed(BAD),
        feed_words.tell_moved(BAD),
        feed_words.tell_asking((BAD,)),
    ):
        assert not CONTROLS.search(said(told))


def test_a_fold_makes_no_rows_anew_of_what_is_not_folded() -> None:
    tree = SourceTree([line("Kettle", 1, "Home"), line("Stove", 2, "Work"), line("Pan", 3)])
    before = {row.name: row for row in tree.rows(()) if row.kind is RowKind.SOURCE}
    after = [row for row in tree.rows({(RowKind.FOLDER, "Home")}) if row.kind is RowKind.SOURCE]
    assert [row.name for row in after] == ["Stove", "Pan"]
    assert all(row is before[row.name] for row in after)
