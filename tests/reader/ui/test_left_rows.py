"""The rows of the left pane: saved searches, sources and tags."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.feeds import SourceLine
from reader.kept import Colour, Deeds, SavedCount, SavedId, SavedSearch, TagLook
from reader.ui.left_rows import (
    Heading,
    Known,
    LeftRow,
    SavedRow,
    Section,
    TagRow,
    called,
    left_line,
    place_of_step,
    saved_rows,
    sought_rows,
    with_counts,
    without_unread,
)
from reader.ui.source_rows import RowKind, SourceTree
from tests.reader.ui.samples import BAD
from tests.reader.ui.test_safety import CONTROLS


def saved(place: int, name: str, unread: int | None = None, **more: object) -> SavedCount:
    problem = str(more.pop("problem", ""))
    search = SavedSearch(SavedId(place + 1), name, f"query {name}", place, **more)  # type: ignore[arg-type]
    return SavedCount(search, unread, unread, problem)


SAVED = [
    saved(0, "Harbour", 12),
    saved(1, "War", 3),
    saved(2, "War/Ukraine", 0),
    saved(3, "Places/Kelmouth", None),
    saved(4, "Places/Inner/North", 1),
]
LOOKS = [
    TagLook("war/ukraine", 3, Colour.RED, unread=2),
    TagLook("quay", 2, key="q", unread=2),
    TagLook("sport/sailing", 1),
]
LINES = [SourceLine("Kettle", 10, 4)]


def text(row: LeftRow, width: int = 30) -> str:
    return "".join(piece for piece, _ in left_line(row, width)).rstrip()


def shown(*folded: tuple[RowKind, str], looks: list[TagLook] = LOOKS) -> list[str]:
    return [
        " ".join(text(row).split())
        for row in Known(SourceTree(LINES), SAVED, looks, 30, 9).rows(folded)
    ]


def test_three_sections_each_nested_by_slashes() -> None:
    assert shown() == [
        "All articles 30 9",
        "▾ Saved searches",
        "1 Harbour 12",
        "2 ▾ War 3",
        "3 Ukraine",
        "▾ Places",
        "4 Kelmouth …",
        "▾ Inner",
        "5 North 1",
        "▾ Sources",
        "Kettle 10 4",
        "▾ Tags",
        "q quay 2",
        "▾ sport",
        "sailing 1",
        "▾ war",
        "ukraine 3 2",
    ]


def test_what_is_folded_is_left_out_and_numbers_stay() -> None:
    folded = (
        (RowKind.HEADING, Section.SOURCES), (RowKind.HEADING, Section.TAGS),
        (RowKind.SAVED, "War"), (RowKind.SAVED, "Places/Inner"),
    )  # fmt: skip
    assert shown(*folded) == [
        "All articles 30 9", "▾ Saved searches", "1 Harbour 12", "2 ▸ War 3", "▾ Places",
        "4 Kelmouth …", "▸ Inner", "▸ Sources", "▸ Tags",
    ]  # fmt: skip


def test_how_many_in_all_stands_dimmed_where_it_is_another_number_and_has_room() -> None:
    row = Known(SourceTree([SourceLine("Kettle", 1504, 214)])).rows(())[1]
    assert text(row) == " Kettle          1,504   214"
    assert left_line(row, 30)[2] == (" 1,504 ", "total")
    assert text(row, 20) == " Kettle        214"
    read = Known(SourceTree([SourceLine("Kettle", 1504, 0)])).rows(())[1]
    assert text(read) == " Kettle          1,504"
    new = Known(SourceTree([SourceLine("Kettle", 14, 14)])).rows(())[1]
    assert " ".join(text(new).split()) == "Kettle 14"


def test_rows_without_unread_are_left_out_but_for_the_one_at_hand() -> None:
    lines = [SourceLine("Kettle", 10, 4), SourceLine("Dead", 3, 0)]
    hidden = without_unread(lines, SAVED, LOOKS, (RowKind.SOURCE, "Dead"))
    assert hidden == {(RowKind.SAVED, "War/Ukraine"), (RowKind.TAG, "sport/sailing")}
    rows = Known(SourceTree(LINES), SAVED, LOOKS, hidden=hidden).rows(())
    labels = [row.label for row in rows]
    assert "Ukraine" not in labels
    assert "sport" not in labels
    # What is left keeps its number.
    assert [row.number for row in rows if isinstance(row, SavedRow) and row.number] == [1, 2, 4, 5]
    none = frozenset((RowKind.SAVED, one.saved.name) for one in SAVED)
    labels = [row.label for row in Known(SourceTree(), SAVED, LOOKS, hidden=none).rows(())]
    assert labels[1] == Section.TAGS


def test_rows_are_found_by_parts_of_their_names() -> None:
    lines = [SourceLine("Ostquay", 1, 1), SourceLine("Café Quay", 1, 1)]
    rows = sought_rows(Known(SourceTree(lines), SAVED, LOOKS))
    assert [row.label for row in called(rows, "quay")] == ["Café Quay", "quay", "Ostquay"]
    assert [row.label for row in called(rows, "cafe qu")] == ["Café Quay"]
    assert [row.label for row in called(rows, "ukr")] == ["War/Ukraine", "war/ukraine"]
    assert called(rows, "ukr quay") == ()
    assert len(called(rows, " ")) == len(rows)


def test_only_nine_have_a_number() -> None:
    rows = saved_rows([saved(place, f"Search {place}") for place in range(11)], ())
    assert [row.number for row in rows] == [*range(1, 10), 0, 0]


@pytest.mark.parametrize(
    ("count", "told", "style"),
    [
        (saved(0, "a", 5), "  1 a", "source-unread"),
        (saved(0, "a", problem="a quote is not closed"), "  1 a", "source"),
        (saved(0, "a", 5, deeds=Deeds(("x",))), "  1 a", "source-unread"),
        (saved(0, "a", 5, deeds=Deeds(("x",)), active=False), "  1 a", "off"),
    ],
)
def test_marks_of_rules_and_problems(count: SavedCount, told: str, style: str) -> None:
    line = left_line(saved_rows([count], ())[0], 30)
    mark = line[-3]
    expected = "!" if count.problem else "»" if count.saved.deeds else " "
    assert mark[0] == expected
    assert line[3][1] == style
    assert count.problem == "" or line[-2][0].strip() == ""


def test_a_tag_has_its_colour() -> None:
    row = next(row for row in Known(SourceTree(), (), LOOKS).rows(()) if row.label == "ukraine")
    assert left_line(row, 30)[3][1] == "tag-red"


NAME = st.text(st.characters(exclude_characters="/"), min_size=1, max_size=12) | st.just(BAD)
NAMES = st.lists(NAME, min_size=1, max_size=3).map("/".join)


@given(st.lists(NAMES, max_size=8, unique_by=str.casefold), NAMES, st.integers(1, 60))
def test_every_row_is_one_harmless_line_of_its_width(
    names: list[str], tag: str, width: int
) -> None:
    counts = [saved(place, name, place * 999) for place, name in enumerate(names)]
    for row in Known(SourceTree(LINES), counts, [TagLook(tag, 7, Colour.PINK, "ж")]).rows(()):
        line = text(row, width)
        assert not CONTROLS.search(line)
        assert "\n" not in line
        if width > 40:
            assert cell_len(line) <= width - 1


@pytest.mark.parametrize(
    ("name", "step", "place"),
    [
        ("Harbour", 1, 2),
        ("Harbour", -1, None),
        ("War", -1, 0),
        ("War", 1, 4),
        ("Places", -1, 1),
        ("Places", 1, None),
        ("War/Ukraine", 1, None),
        ("Places/Inner/North", -1, None),
        ("Places/Inner", -1, 3),
        # What is gone by now, though its row is still shown.
        ("Gone", 1, None),
        ("Gone/Inner", -1, None),
    ],
)
def test_moving_changes_places_with_the_next_on_the_level(
    name: str, step: int, place: int | None
) -> None:
    assert place_of_step(SAVED, name, step) == place


def test_a_count_is_known_as_long_as_the_query_is_the_same() -> None:
    first, second = saved(0, "a", 3), saved(1, "b", 4)
    known = {one.saved.id: one for one in (first, second)}
    other = SavedSearch(second.saved.id, "b", "another query", 1)
    renamed = SavedSearch(first.saved.id, "z", first.saved.query, 0)
    assert with_counts([renamed, other], known) == (
        SavedCount(renamed, 3, 3), SavedCount(other),
    )  # fmt: skip


def test_headings_fold() -> None:
    rows = Known(SourceTree(LINES), SAVED, LOOKS).rows(())
    headings = [row for row in rows if isinstance(row, Heading)]
    assert [row.label for row in headings] == list(Section)
    assert all(row.folds and row.depth == 0 for row in headings)
    assert all(row.depth >= 1 for row in rows if isinstance(row, SavedRow | TagRow))


def test_thousands_of_rows_are_made_in_a_few_milliseconds() -> None:
    lines = [SourceLine(f"Source {n}", 9, 3) for n in range(2_000)]
    counts = [saved(n, f"Folder {n % 5}/Search {n}", n) for n in range(50)]
    looks = [TagLook(f"topic-{n % 20}/tag-{n}", n, Colour.BLUE) for n in range(500)]
    took = []
    for _ in range(5):
        before = time.process_time()
        Known(SourceTree(lines), counts, looks).rows(())
        took.append(time.process_time() - before)
    assert min(took) < 0.1
