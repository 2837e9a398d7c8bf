"""Everything the reader made, out and in again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import DumpFormError
from reader.kept import Colour, Deeds
from reader.model import Draft, EntityKind, Mark
from reader.service import restoring
from reader.service.dump_lines import HEAD
from reader.service.library import Library
from reader.store import facts
from tests.reader.store.helpers import database_of

TEXTS = (
    ("Ferry back", "The ferry came back at noon.\n\nNobody was on board, said Ilse Kroon."),
    ("Tide tables", "Tide tables of 1911 were found.\n\nThey are for sale."),
    ("Harbour dues", "Dues rise by a tenth.\n\nThe master of the harbour regrets it."),
)


def fill(library: Library, count: int = 3) -> Library:
    for title, text in TEXTS[:count]:
        library.store.articles.save(Draft(title, text, source="Quay Notes"))
    return library


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Callable[[int], Library]]:
    """Makes libraries with the first so many of the articles."""
    made: list[Library] = []

    def make(count: int = 3) -> Library:
        made.append(fill(Library.open(tmp_path / f"library{len(made)}"), count))
        return made[-1]

    yield make
    for one in made:
        one.close()


Another = Callable[..., Library]


def work(library: Library) -> None:
    """Something of every kind."""
    library.tagging.tag([1, 2], ["sea", "sea/tide"], [])
    library.tagging.mark([1, 3], Mark.READ)
    library.tagging.mark([2], Mark.STARRED)
    library.tagging.colour("sea", Colour.BLUE)
    library.tagging.letter("sea/tide", "t")
    library.reading.save_position(3, 12)
    library.notes.add(1, 4, 9, "Which one?")
    library.notes.add(2, 0, 0, "On all of it\nin two lines")
    library.saved_searches.add("Sea/Unread", "tag:sea is:unread")
    library.saved_searches.add("Dues", "dues")
    library.saved_searches.set_deeds("Dues", Deeds(("money",), (), ("starred",)))
    library.saved_searches.set_active("Dues", False)


def whole(lines: list[str]) -> list[str]:
    """A dump of these lines."""
    return [HEAD, *lines, f"end {len(lines)}"]


def dumped(library: Library) -> list[str]:
    return list(library.dumping.dump())


def test_a_dump_brings_everything_into_a_library_of_the_same_articles(another: Another) -> None:
    first, second = another(), another()
    work(first)
    lines = dumped(first)
    assert lines[0] == HEAD
    assert len(lines) == len(set(lines)) == 2 + 3 + 3 + 4 + 1 + 2 + 2 + 2
    report = second.restoring.restore(lines, "d.txt")
    assert (report.failed, report.left_out, report.changed) == ((), 0, 3)
    assert (report.searches, report.notes, report.looks, report.steps) == (2, 2, 2, 1)
    assert dumped(second) == lines
    again = second.restoring.restore(lines, "d.txt")
    assert (again.changed, again.searches, again.steps) == (0, 0, 0)
    event = second.history.undo()
    assert event is not None
    assert event.detail == "restored d.txt"
    assert [line for line in dumped(second) if "position" not in line][1:-1] == [
        line for line in lines if '"fact": "article"' in line and "Harbour" in line
    ]
    second.history.redo()
    assert dumped(second) == lines


def test_a_dump_is_read_page_by_page(another: Another, monkeypatch: pytest.MonkeyPatch) -> None:
    library = another()
    work(library)
    library.tagging.tag([1, 2, 3], ["b", "a"], [])
    library.notes.add(1, 0, 3, "another")
    lines = dumped(library)
    pages: list[int] = []
    for rows in (1, 2, 3):
        monkeypatch.setattr(facts, "_AT_ONCE", rows)
        assert dumped(library) == lines
    database = database_of(library.store)
    database._connection.set_trace_callback(lambda _: pages.append(1))
    assert list(islice(library.dumping.dump(), 3)) == lines[:3]
    # The beginning of a state, a page, and the end.
    assert len(pages) == 3


def test_many_articles_are_changed_some_at_a_time(
    another: Another, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_AT_ONCE", 2)
    first, second = another(), another()
    first.tagging.tag([1, 2, 3], ["a"], [])
    second.tagging.mark([1, 2, 3], Mark.READ)
    before = dumped(second)
    # Backwards, and each mark and tag twice.
    head, *lines, _ = dumped(first)
    twice = [head, *lines, *lines[:2:-1], f"end {2 * len(lines) - 3}"]
    report = second.restoring.restore(twice, "d.txt")
    assert (report.failed, report.is_partial, report.changed) == ((), False, 3)
    assert dumped(second) == dumped(first)
    second.history.undo()
    assert dumped(second) == before


def test_what_the_dump_does_not_say_goes_unless_it_adds_up(another: Another) -> None:
    first, second = another(), another()
    work(first)
    lines = dumped(first)
    for library in (first, second):
        library.tagging.tag([3], ["sea", "own"], [])
        library.tagging.mark([2], Mark.ARCHIVED)
        library.tagging.letter("own", "t")
        library.notes.add(3, 0, 4, "mine")
        library.saved_searches.add("Own", "own")
    second.tagging.colour("own", Colour.RED)
    before = dumped(second)
    second.restoring.restore(lines, "d.txt", accumulate=True)
    after = dumped(second)
    lost = set(before[:-1]) - set(after)
    # A letter sets one tag: the dump's takes it.
    assert [json.loads(line)["fact"] for line in lost] == ["look"]
    assert set(lines[:-1]) <= set(after)
    first.restoring.restore(lines, "d.txt")
    assert dumped(first) == lines


def test_articles_that_come_later_get_theirs_then(another: Another) -> None:
    first, second = another(), another(1)
    work(first)
    lines = dumped(first)
    report = second.restoring.restore(lines, "d.txt", accumulate=True)
    assert sorted(report.elsewhere) == ["Harbour dues", "Tide tables"]
    assert report.left_out == 6
    fill(second)
    assert second.restoring.restore(lines, "d.txt", accumulate=True).left_out == 0
    assert dumped(second) == lines


def test_an_article_is_known_by_its_text_link_or_title(another: Another) -> None:
    first, second = another(0), another(0)
    link = "https://quay.example/a"
    one = Draft("Same", "All the same.", guid="1", feed="https://quay.example/f")
    first.store.articles.save(one)
    first.store.articles.save(Draft("Linked", "Told so.", url=link, source="A"))
    first.store.articles.save(Draft("Changed", "As it was.", guid="3", source="C"))
    second.store.articles.save(Draft("Linked", "Told otherwise.", url=f"{link}?utm_source=x"))
    second.store.articles.save(Draft("Same", "All the same.", guid="9", source="Other"))
    second.store.articles.save(Draft("Changed", "As it is.", guid="3", source="C"))
    second.store.articles.save(Draft("Another", "Else.", guid="4", source="C"))
    first.tagging.tag([1], ["same"], [])
    first.tagging.tag([2], ["linked"], [])
    first.tagging.tag([3], ["changed"], [])
    report = second.restoring.restore(dumped(first), "d.txt")
    assert report.left_out == 0
    tags = {row.title: row.tags for row in second.reading.rows([1, 2, 3, 4]).values()}
    assert tags == {
        "Linked": ("linked",),
        "Same": ("same",),
        "Changed": ("changed",),
        "Another": (),
    }


def test_an_identity_alone_is_not_believed(another: Another) -> None:
    first, second = another(0), another(0)
    first.store.articles.save(Draft("Ferry", "Here.", guid="1", source="A"))
    second.store.articles.save(Draft("Tram", "There.", guid="1", source="A"))
    first.tagging.tag([1], ["sea"], [])
    assert second.restoring.restore(dumped(first), "d.txt").elsewhere == ("Ferry",)


def test_a_rule_that_starts_a_command_comes_back_switched_off(another: Another) -> None:
    first, second = another(), another()
    first.saved_searches.add("News", "ferry")
    first.saved_searches.set_deeds("News", Deeds(notify="notify-send News"))
    lines = dumped(first)
    assert second.restoring.restore(lines, "d.txt").off == ("News",)
    (kept,) = second.saved_searches.list()
    assert (kept.active, kept.deeds.notify) == (False, "notify-send News")
    assert first.restoring.restore(lines, "d.txt").off == ()
    assert first.saved_searches.list()[0].active


def test_searches_that_nothing_can_answer_are_told(another: Another) -> None:
    library = another()
    library.saved_searches.add("There", "ferry")
    texts = {"A": "saved:B", "B": "saved:A", "C": "(ferry", "D": "ferry"}
    lines = [
        json.dumps({"fact": "search", "name": name, "place": place, "query": query})
        for place, (name, query) in enumerate(texts.items())
    ]
    report = library.restoring.restore(whole(lines), "d.txt", accumulate=True)
    assert [name for name, _ in report.unanswered] == ["A", "B", "C"]
    assert (report.searches, report.changed) == (4, 0)


def test_corrections_of_names_come_too(another: Another) -> None:
    first, second = another(), another()
    for library in (first, second):
        library.indexing.run()
    (kroon,) = first.cards.find("Ilse Kroon")
    first.correcting.rename(kroon.id, "Ilse Kroon-Vaart")
    first.tagging.tag([1], ["sea"], [])
    second.tagging.tag([2], ["own"], [])
    before = dumped(second)
    report = second.restoring.restore(dumped(first), "d.txt")
    assert (report.corrections, report.steps) == (1, 2)
    second.history.jump(report.before)
    assert dumped(second) == before
    second.history.jump(report.before + 2)
    assert second.cards.find("Ilse Kroon-Vaart")[0].kind is EntityKind.PER
    assert second.restoring.restore(dumped(first), "d.txt").corrections == 0


@pytest.mark.parametrize("text", ["", "hello", "dateline dump 2"])
def test_what_is_no_dump_changes_nothing(another: Another, text: str) -> None:
    library = another()
    work(library)
    before = dumped(library)
    with pytest.raises(DumpFormError):
        library.restoring.restore(text.splitlines(), "d.txt")
    assert dumped(library) == before


def test_bad_lines_are_told_and_the_rest_goes_on(another: Another) -> None:
    library, other = another(), another()
    work(other)
    (key,) = {json.loads(line)["article"] for line in dumped(other)[1:2]}
    note = {"fact": "note", "article": key, "start": 0, "end": 2, "quote": "Th", "words": "w"}
    moments = {"made": "2023-01-01T00:00:00Z", "changed": "2023-01-01T00:00:00Z"}
    bad: list[object] = [
        {"fact": "mark", "article": key, "mark": "pink"},
        {"fact": "mark", "article": "zz", "mark": "read"},
        {"fact": "mark", "article": "", "mark": "read"},
        {"fact": "mark", "article": "ab", "mark": "read"},
        {"fact": "tag", "article": key, "tag": "a b"},
        {"fact": "tag", "article": key, "tag": 5},
        {"fact": "position", "article": key, "at": -1},
        {**note, **moments, "end": -1},
        {**note, **moments, "start": 2, "end": 1},
        {**note, "made": "x", "changed": "x"},
        {**note, "made": "2023-01-01T00:00:00", "changed": "2023-01-01T00:00:00"},
        {"fact": "look", "tag": "sea", "colour": "infrared"},
        {**note, **moments, "made": "0001-01-01T00:00:00+14:00"},
        {"fact": "look", "tag": "sea", "letter": "abc"},
        {"fact": "look", "tag": "sea", "letter": "."},
        {"fact": "look", "tag": "other", "letter": "t"},
        {"fact": "search", "name": " ", "query": "x"},
        {"fact": "search", "name": "a", "query": "x", "active": "no"},
        {"fact": "search", "name": "a", "query": "x", "add": [1]},
        {"fact": "search", "name": "a", "query": "x", "add": "war"},
        {"fact": "search", "name": "a", "query": "x", "add": ["a b"]},
        {"fact": "search", "name": "a", "query": "x", "marks": ["pink"]},
        {"fact": "search", "name": "a", "query": "x", "marks": ["read", "unread"]},
        {"fact": "search", "name": "a", "query": "x", "notify": "say 'never closed"},
        {"fact": "correction", "correction": "paint"},
        {"fact": "poem"},
        {"no": "fact"},
        [],
        5,
    ]
    lines = [*dumped(other), "", "{", *map(json.dumps, bad)]
    report = library.restoring.restore(lines, "d.txt")
    assert [int(one.item) for one in report.failed] == [
        len(dumped(other)) + 2 + number for number in range(len(bad) + 1)
    ]
    assert all(one.reason for one in report.failed)
    assert dumped(library) == dumped(other)


def test_texts_of_a_dump_are_cleaned(another: Another) -> None:
    library, other = another(), another()
    work(other)
    lines = [line.replace("Which one?", "\\ud800 \\u001b[31mWhich") for line in dumped(other)]
    search = {"fact": "search", "name": "Odd", "query": "\x1b]52;c;aaa\x07sea \udfff"}
    report = library.restoring.restore([*lines, json.dumps(search)], "d.txt")
    assert report.failed == ()
    assert library.notes.get(library.notes.of_article(1)[0].note.id).words == "\ufffd Which"
    assert library.saved_searches.get("odd").query == "sea \ufffd"


def test_what_a_dump_says_twice_is_there_once(another: Another) -> None:
    library = another()
    work(library)
    before = dumped(library)
    odd = [line.replace('"Dues"', '"dues"') for line in before if '"search"' in line]
    twice = [*before[:-1], *(line for line in before[1:] if '"note"' in line)]
    again = whole([*twice[1:], *odd])
    assert library.restoring.restore(again, "d.txt", accumulate=True).failed == ()
    assert dumped(library) == before
    library.restoring.restore(again, "d.txt")
    assert [one.name for one in library.saved_searches.list()] == ["Sea/Unread", "dues"]
    assert library.notes.list().total == 2


def test_of_a_dump_that_is_cut_off_nothing_is_taken_away(another: Another) -> None:
    library = another()
    work(library)
    before = dumped(library)
    for cut in ([HEAD], before[:-1], before[:8], [*before, before[4]]):
        assert library.restoring.restore(cut, "d.txt").is_partial
        assert dumped(library) == before
    assert library.restoring.restore([*before[:-1], "{", before[-1]], "d.txt").is_partial
    assert not library.restoring.restore(whole([]), "d.txt").is_partial
    facts = [json.loads(line)["fact"] for line in dumped(library)[1:-1]]
    # Where the reader left off in a text stays.
    assert facts == ["article", "position"]


def test_what_is_added_stands_with_its_folder(another: Another) -> None:
    library = another()
    work(library)
    line = json.dumps({"fact": "search", "name": "sea/starred", "query": "is:starred"})
    library.restoring.restore([HEAD, line], "d.txt", accumulate=True)
    names = [one.name for one in library.saved_searches.list()]
    assert names == ["Sea/Unread", "sea/starred", "Dues"]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["tag", "mark", "note", "look", "search", "undo"]),
        st.integers(1, 3),
        st.sampled_from(["sea", "sea/tide", "b"]),
        st.sampled_from(["", "words", "many\nlines"]),
    ),
    max_size=12,
)


def act(library: Library, deeds: list[tuple[str, int, str, str]]) -> None:
    for deed, article, name, words in deeds:
        match deed:
            case "tag":
                library.tagging.tag([article], [name], [])
            case "mark":
                library.tagging.mark([article], list(Mark)[len(words) % len(Mark)])
            case "note":
                library.notes.add(article, article, article + len(name), words)
            case "look":
                library.tagging.colour(name, list(Colour)[article])
            case "search":
                if name not in {one.name for one in library.saved_searches.list()}:
                    library.saved_searches.add(name, words or "x")
            case _:
                library.history.undo()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DEEDS, DEEDS)
def test_a_restored_library_dumps_the_same(
    deeds: list[tuple[str, int, str, str]], before: list[tuple[str, int, str, str]]
) -> None:
    with TemporaryDirectory() as folder:
        first = fill(Library.open(Path(folder) / "first"))
        second = fill(Library.open(Path(folder) / "second"))
        try:
            act(first, deeds)
            act(second, before)
            was = dumped(second)
            report = second.restoring.restore(dumped(first), "d.txt")
            assert dumped(second) == dumped(first)
            if was != dumped(second):
                second.history.undo()
            assert dumped(second) == was
            assert report.failed == ()
        finally:
            first.close()
            second.close()
