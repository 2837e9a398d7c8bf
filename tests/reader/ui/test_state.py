"""What the list shows: conditions, lists, and the way back. Commands. Words."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands.parse import (
    Command,
    CommandError,
    name_start,
    offers,
    parse_command,
    usage,
)
from reader.model import Change, Mark
from reader.service.searching import View
from reader.ui.actions import BY_NAME
from reader.ui.state import Asked, Shown, Trail
from reader.ui.widgets.bars import fitting, two_ends
from reader.ui.wording import tell_found, tell_marked, tell_nothing, tell_tagged
from tests.reader.ui.samples import said

WORDS = st.lists(st.sampled_from(["drone", "OR", "tag:war", '"a b"', "sort:title"]), min_size=1)


def test_one_condition_is_asked_as_written() -> None:
    assert Asked().query == ""
    assert Asked().narrowed("drone OR tram").query == "drone OR tram"


@pytest.mark.parametrize(
    ("words", "seeks"),
    [
        ("", False),
        ("*", False),
        ("-has:feed", False),
        ("source:skerry", False),
        ('in:"Tide Post"', False),
        ('(tag:="sea" OR NOT is:read) date:2024..2025 sort:title', False),
        ("is:unread drone", True),
        ("dro*", True),
        ("title:drone", True),
        ("who:brandt", True),
        ("saved:drones", True),
        ('"source:skerry"', True),
        ("re-is:unread", True),
    ],
)
def test_labels_are_not_sought_in_texts(words: str, seeks: bool) -> None:
    asked = Asked().narrowed(words)
    assert asked.sought == (asked.words if seeks else "")


def test_several_conditions_hold_together() -> None:
    asked = Asked().narrowed("drone OR tram").narrowed("tag:war")
    assert asked.query == "(drone OR tram) tag:war"
    assert asked.narrowed("a OR b").query == "(drone OR tram) tag:war (a OR b)"
    assert asked.widened().query == "drone OR tram"


def test_an_order_is_no_condition() -> None:
    asked = Asked().narrowed("drone sort:oldest")
    assert (asked.parts, asked.sort, asked.query) == (("drone",), "oldest", "sort:oldest drone")
    assert asked.narrowed("tram").query == "sort:oldest drone tram"
    assert asked.narrowed("sort:title").parts == ("drone",)
    assert asked.sorted_by("newest").query == "sort:newest drone"
    assert Asked().narrowed("sort:title").is_everything


@given(st.lists(WORDS, max_size=4))
def test_the_last_condition_stands_where_it_is_said_to(parts: list[list[str]]) -> None:
    asked = Asked()
    for words in parts:
        asked = asked.narrowed(" ".join(words))
    if asked.parts:
        assert asked.query[asked.last_at :].removesuffix(")") == asked.parts[-1]
    assert asked.query.count("sort:") <= 1


def test_the_trail() -> None:
    assert Trail().at_root
    trail = Trail()
    drones, trams = Shown(Asked(("drone",))), Shown(Asked(("tram",)))
    trail.push(drones)
    assert not trail.at_root
    assert trail.find_before(Asked())
    trail.replace(trams)
    assert trail.top is trams
    assert trail.back().asked == Asked()
    assert trail.back().asked == Asked()
    assert not trail.find_before(Asked())
    trail.reset(drones)
    assert not trail.at_root


def test_where_an_article_stands() -> None:
    shown = Shown(Asked(), array("q", [5, 3, 9]), cursor=1)
    assert shown.current == 3
    assert shown.find(9) == 2
    assert shown.find(4) is None
    assert shown.find(None) is None
    assert Shown(Asked()).current is None


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("12", Command("row", "12")),
        ("search", Command("search")),
        ("search  a OR  b ", Command("search", "a OR  b")),
        ("sort title", Command("sort", "title")),
        ("tag +a -b", Command("tag", "+a -b")),
        ("tag +a -- minsk -x", Command("tag", "+a", "minsk -x")),
        ("tag +a on minsk -x", Command("tag", "+a", "minsk -x")),
        ("tag +on", Command("tag", "+on")),
        ("mark read -- is:unread", Command("mark", "read", "is:unread")),
        ("tag", Command("tag")),
        ("quit", Command("quit")),
        ("theme", Command("theme")),
        ("screen.zen", Command("screen.zen")),
    ],
)
def test_lines_that_mean_something(line: str, command: Command) -> None:
    assert parse_command(line, BY_NAME) == command


@pytest.mark.parametrize(
    "line",
    [
        "fly",
        "sort",
        "sort sideways",
        "sort title newest",
        "mark",
        "mark red",
        "undo twice",
        "tag -- minsk",
        "tag on minsk",
        "tag +a on",
        "tag +a -- ",
        "quit -- now",
        "entity paint it",
        "entity rename",
        "entity kind",
        "entity kind planet",
        "entity ignore it",
        "sort title -- x",
    ],
)
def test_lines_that_mean_nothing_say_how_to_write_them(line: str) -> None:
    with pytest.raises(CommandError) as raised:
        parse_command(line)
    assert raised.value.text


def test_what_completes_a_line() -> None:
    assert offers("th") == ("theme",)
    assert offers("theme l", values={"theme": ("dark", "light")}) == ("theme light",)
    assert "undo" in offers("")
    assert offers("article.tag", BY_NAME) == ("article.tag",)
    assert offers("fly ") == ()
    assert offers("entity m") == ("entity merge",)
    assert offers("entity kind p") == ("entity kind PER",)
    assert len(offers("entity kind ")) == 4
    assert usage("tag +a") == "tag (+NAME | -NAME)... [on QUERY]"
    assert usage("fly") == ""


def test_lines_about_names_keep_them_whole() -> None:
    assert parse_command("entity rename Ilse  of Kelm").behind == "Ilse of Kelm"
    assert parse_command("entity kind org").words == ("kind", "ORG")
    assert parse_command("mention Rosa -- Field").text == "Rosa -- Field"
    assert parse_command("card") == Command("card")


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("card Il", 5),
        ("  mention R", 10),
        ("entity  merge Co", 14),
        ("entity rename Co", None),
        ("card", None),
        ("tag +a -- x", None),
    ],
)
def test_where_a_name_is_completed(line: str, start: int | None) -> None:
    assert name_start(line) == start


def test_the_nearest_article_of_another_list() -> None:
    before = Shown(Asked(("a",)), array("q", [5, 4, 3, 2, 1]), 5, cursor=1)
    assert Shown(Asked(("b",)), array("q", [9, 5, 2, 1]), 4).nearest(before) == 2
    assert Shown(Asked(("b",)), array("q", [9, 5]), 2).nearest(before) == 0


def test_words_for_what_was_done() -> None:
    assert said(tell_tagged(Change(3, 3), ["war"], [])) == "tagged 3 +war · u undoes"
    many = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog", "by", "night"]
    told = said(tell_tagged(Change(1200, 900), many, ["x"]))
    assert told == "tagged 900 of 1,200 +the +quick +brown +fox +jumps and 7 more · u undoes"
    assert len(said(tell_tagged(Change(3, 3), ["w" * 200], []))) < 80
    assert (
        said(tell_marked(Change(1300, 1204), Mark.READ)) == "marked 1,204 of 1,300 read · u undoes"
    )
    view = View(array("q", [1]), 1, "x", 0.2)
    assert tell_found(view) == "1 article · 1 ms"
    assert tell_nothing(view, []) == "Nothing found."
    guess = View(array("q"), 0, "x", 0.2, suggestions=("grain",), unknown=(("tag", "wr"),))
    assert tell_nothing(guess, ["Backspace"]).split("\n\n") == [
        "Nothing found.",
        'There is no tag "wr".',
        "Did you mean grain?",
        "Backspace in the list takes the last condition away.",
    ]


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 60))
def test_a_line_with_two_ends_is_never_wider_than_its_room(
    left: str, right: str, width: int
) -> None:
    assert two_ends([(left, "")], [(right, "")], width).cell_length <= max(width, 0)


def test_hints_give_way_from_the_end_but_for_the_last() -> None:
    hints = [("a", "one"), ("b", "two"), ("?", "help")]
    assert fitting(hints, 100) == hints
    assert fitting(hints, 16) == [hints[0], hints[2]]
    assert fitting(hints, 6) == [hints[2]]
    assert fitting(hints, 2) == []


@pytest.mark.parametrize(
    ("part", "closed"),
    [
        ("grain", "grain"),
        ('"grain', '"grain"'),
        ('"a (b', '"a (b"'),
        ("a (b OR c", "(a (b OR c))"),
        ("a)", "(a)"),
        ("a OR", "(a OR)"),
        ("tag:", "(tag:)"),
        ("a NOT", "(a NOT)"),
    ],
)
def test_a_condition_ends_where_the_next_begins(part: str, closed: str) -> None:
    assert Asked((part, "tag:x")).words == f"{closed} tag:x"
    assert Asked((part,)).words == part
