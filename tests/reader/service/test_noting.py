"""Highlights and notes: made, changed, found again in a changed text, listed, searched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.query import IdSet
from reader.errors import (
    ArticleNotFoundError,
    CursorError,
    NoteNotFoundError,
    PlaceNotFoundError,
    QuoteNotFoundError,
)
from reader.model import Span
from reader.reports import describe_event
from reader.service.history import History
from reader.service.index_access import IndexAccess
from reader.service.noting import Noting
from reader.service.searching import Searching
from reader.store import Store, open_store
from tests.reader.store.helpers import Clock, add, draft

TEXT = "The storm struck Bergen. Ships waited outside the harbour for a day."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = open_store(tmp_path / "library", clock=clock)
    add(store, "one", text=TEXT)
    add(store, "two", "three")
    yield store
    store.close()


@pytest.fixture
def notes(store: Store) -> Noting:
    return Noting(store)


def told(store: Store) -> list[str]:
    return [describe_event(event) for event in reversed(store.events.list_events(9))]


def places(notes: Noting, article_id: int = 1) -> list[tuple[str, Span | None]]:
    return [(one.note.words, one.span) for one in notes.of_article(article_id)]


def test_a_stretch_is_highlighted_and_noted_on(store: Store, notes: Noting) -> None:
    bare = notes.add(1, 4, 9)
    assert (bare.words, bare.anchor.quote, bare.anchor.before) == ("", "storm", "The ")
    noted = notes.add(1, 25, 30, "  How many?\x1b[2J  ")
    assert noted.words == "How many?"
    whole = notes.add(1, 7, 7, "To be read.")
    assert whole.anchor.quote == ""
    assert places(notes) == [
        ("To be read.", Span(0, 0)),
        ("", Span(4, 9)),
        ("How many?", Span(25, 30)),
    ]
    assert notes.get(noted.id) == noted
    assert notes.of_article(2) == ()
    assert told(store) == [
        'highlighted "storm"',
        'wrote a note on "Ships"',
        'wrote a note on "Title one"',
    ]


def test_the_same_stretch_has_one_note_and_no_word_is_lost(store: Store, notes: Noting) -> None:
    first = notes.add(1, 4, 9)
    assert notes.add(1, 4, 9) == first
    assert notes.add(1, 4, 9, "Which?").words == "Which?"
    assert notes.add(1, 4, 9) == notes.add(1, 4, 9, "Which?") == notes.get(first.id)
    assert notes.add(1, 4, 9, "Of May.").words == "Which?\nOf May."
    assert notes.add(1, 4, 10).id != first.id
    assert told(store)[1:3] == ['wrote a note on "storm"', 'changed the note on "storm"']
    assert notes.add(2, 0, 0, "One.").id == notes.add(2, 3, 3, "Two.").id


def test_words_are_changed_and_notes_removed(store: Store, notes: Noting, clock: Clock) -> None:
    note = notes.add(1, 4, 9, "Which?")
    clock.pass_time(minutes=1)
    assert notes.change(note.id, "Which?") == note
    changed = notes.change(note.id, "Of May.")
    assert (changed.words, changed.made, changed.changed) == ("Of May.", note.made, clock.now)
    assert notes.change(note.id, " ").words == ""
    notes.remove(note.id)
    assert notes.of_article(1) == ()
    notes.remove(notes.add(1, 0, 0, "Whole.").id)
    assert told(store) == [
        'wrote a note on "storm"',
        'changed the note on "storm"',
        'took away the words on "storm"',
        'removed the highlight of "storm"',
        'wrote a note on "Title one"',
        'removed the note on "Title one"',
    ]
    history = History(store)
    assert history.jump(2).undone == 4
    assert notes.get(note.id).words == "Of May."
    for gone in (lambda: notes.remove(99), lambda: notes.change(99, "x"), lambda: notes.get(99)):
        with pytest.raises(NoteNotFoundError):
            gone()


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 2), (0, 1000), (1000, 1000)])
def test_a_place_that_is_not_there(notes: Noting, start: int, end: int) -> None:
    with pytest.raises(PlaceNotFoundError):
        notes.add(1, start, end)
    with pytest.raises(ArticleNotFoundError):
        notes.add(9, 0, 0, "x")


def test_notes_follow_a_changed_text(store: Store, notes: Noting) -> None:
    storm, ships = notes.add(1, 4, 9, "Kept."), notes.add(1, 25, 68, "Lost.")
    text = "Update at noon. " + TEXT.replace("Ships waited outside the harbour for a day", "Calm")
    store.articles.save(draft("one", text=text))
    assert places(notes) == [("Kept.", Span(20, 25)), ("Lost.", None)]
    # What stands there now is a note of its own, at the place where the words were.
    assert notes.add(1, 4, 9).id not in (storm.id, ships.id)
    assert notes.add(1, 20, 25).id == storm.id
    store.articles.save(draft("one", text=TEXT))
    assert dict(places(notes))["Lost."] == Span(25, 68)


def test_a_quote_is_found(notes: Noting) -> None:
    assert notes.find_quote(1, "storm") == Span(4, 9)
    assert notes.find_quote(1, "waited outside the harbor for a day") == Span(31, 67)
    for quote in ("", "earthquake"):
        with pytest.raises(QuoteNotFoundError):
            notes.find_quote(1, quote)


def test_notes_are_listed_newest_first_page_by_page(notes: Noting, clock: Clock) -> None:
    made = []
    for number in range(5):
        made.append(notes.add(1 + number % 2, number, number + 1, f"Note {number}").id)
        clock.pass_time(seconds=number % 2)
    page = notes.list(None, 2)
    seen = [one.note.id for one in page.items]
    assert page.total == 5
    assert page.items[0].row.title == "Title one"
    notes.remove(made[3])
    while page.cursor:
        page = notes.list(None, 2, page.cursor)
        seen += [one.note.id for one in page.items]
    assert seen == list(reversed(made))
    within = notes.list(IdSet((2, 3)), 9)
    assert ([one.note.id for one in within.items], within.cursor) == ([made[1]], None)
    assert notes.list(limit=0).cursor is None
    for cursor in ("", "x", "1", "1.x", "1.²", "9" * 19 + ".1"):
        with pytest.raises(CursorError):
            notes.list(None, 2, cursor)


QUERIES = {
    "has:note": [1, 2, 3],
    "note:*": [1, 2, 3],
    "-has:note": [],
    "note:vote": [1, 2],
    "note:VOTING": [1, 2],
    "note:votes is:unread": [1, 2],
    'note:"grain vote"': [1],
    'note:"vote grain"': [],
    'note:"voting the"': [2],
    "note:grain-vote": [1],
    "note:gr*": [1, 2],
    'note:"the gr"*': [2],
    "note:ships": [3],
    "note:ship-waited": [3],
    "note:gra": [],
    "note:the-storm": [],
    "note:...": [],
    "note:café": [2],
}


@pytest.mark.parametrize("query", QUERIES)
def test_notes_are_searched(store: Store, notes: Noting, tmp_path: Path, query: str) -> None:
    notes.add(1, 0, 0, "On grain votes.")
    notes.add(2, 0, 0, "They voted the grain away in the cafe.")
    store.articles.save(draft("three", text=TEXT))
    notes.add(3, 25, 37)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    searching = Searching(store, IndexAccess(tmp_path / "index"), lambda: now)
    assert not searching.needs_index(query)
    assert list(searching.ids(query)) == QUERIES[query]
    assert list(searching.ids("has:highlight")) == [3]
    History(store).jump(0)
    assert list(searching.ids(query)) == ([1, 2, 3] if query == "-has:note" else [])
