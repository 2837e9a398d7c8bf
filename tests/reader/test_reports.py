"""What is told of changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.model import Change, Event, EventKind
from reader.reports import describe_event, tell_read_too
from reader.text import count


def test_what_archiving_has_marked_read_is_told() -> None:
    assert [tell_read_too(Change(5, 3, read)) for read in (0, 2, 3)] == [
        "", " · 2 of them read too", " · read too",
    ]  # fmt: skip


def test_events_and_counts_are_told() -> None:
    event = Event(1, datetime.now(UTC), EventKind.TAG, "+war", 1204, False)
    assert describe_event(event) == "tagged +war: 1,204 articles"
    assert count(1, "article") == "1 article"
    assert count(2, "saved search") == "2 saved searches"
    removed = Event(1, event.at, EventKind.SOURCE, "removed Skerry\x1b Post", 1, False)
    assert describe_event(removed) == "removed Skerry Post"
    assert "marked read" in describe_event(Event(1, event.at, EventKind.MARK, "read", 1, False))


@pytest.mark.parametrize(
    ("kind", "detail", "changed", "told"),
    [
        (EventKind.TAG, "-draft", 1, "tagged -draft: 1 article"),
        (
            EventKind.TAG,
            "renamed the tag war to old/war",
            3,
            "renamed the tag war to old/war: 3 articles",
        ),
        (EventKind.TAG, "coloured the tag war red", 0, "coloured the tag war red"),
        (EventKind.NOTE, 'highlighted "grain\x1b"', 1, 'highlighted "grain"'),
        (EventKind.SEARCH, "saved War", 0, "saved War"),
        (EventKind.SEARCH, "ran War", 2, "ran War: 2 articles"),
        (EventKind.ENTITY, "ignored Ann", 0, "ignored Ann: 0 articles"),
    ],
)
def test_what_a_change_did_is_told(kind: EventKind, detail: str, changed: int, told: str) -> None:
    assert describe_event(Event(1, datetime.now(UTC), kind, detail, changed, False)) == told
