"""Lines about saved searches, rules and tags."""

from __future__ import annotations

import pytest

from reader.commands.deeds import split_named, split_some
from reader.commands.parse import (
    Command,
    CommandError,
    offers,
    parse_command,
    query_start,
    split_name,
)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("saved", Command("saved")),
        ("saved War/Black Sea", Command("saved", "War/Black Sea")),
        ("saved add War on terror", Command("saved", "add War on terror")),
        ("saved move 3", Command("saved", "move 3")),
        ("rule", Command("rule")),
        ("rule +war -draft starred", Command("rule", "+war -draft starred")),
        ("rule +war notify notify-send News", Command("rule", "+war notify notify-send News")),
        ("rule test", Command("rule", "test")),
        ("rule test War", Command("rule", "test War")),
        ("rule set War +war", Command("rule", "set War +war")),
        ("retag war conflict", Command("retag", "war conflict")),
        ("colour war none", Command("colour", "war none")),
        ("quick war w", Command("quick", "war w")),
        ("why", Command("why")),
    ],
)
def test_what_lines_mean(line: str, command: Command) -> None:
    assert parse_command(line) == command


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("saved add", "usage: saved [show] NAME"),
        ("saved add War --", "usage: saved [show] NAME"),
        ("saved add -- grain", "usage: saved [show] NAME"),
        ("saved show", "usage: saved [show] NAME"),
        ("saved move one two", "usage: saved [show] NAME"),
        ("saved remove this", "usage: saved [show] NAME"),
        ("rule set War", "usage: rule"),
        ("rule set +war", "usage: rule"),
        ("rule set War +war fetch", '"fetch": a rule adds +TAG'),
        ("rule fetch", '"fetch": a rule adds +TAG'),
        ("rule notify", '"notify": it wants a command behind it'),
        ("retag war", "usage: retag OLD NEW"),
        ("colour war teal", 'there is no colour "teal": red orange'),
        ("colour war rde", 'there is no colour "rde"; did you mean red?'),
        ("rule tset", 'a rule has no "tset"; did you mean test?'),
        ("mark star", 'mark has no "star"; did you mean starred?'),
        ("mark", "usage: mark read|unread|starred|unstarred|archived|unarchived [on QUERY]"),
        ("mark xyz", 'mark has no "xyz": read unread starred'),
        ("marc read", 'there is no command "marc"; did you mean mark?'),
        ("sort longst", 'sort has no "longst"; did you mean longest?'),
        ("source renam x", 'source has no "renam"; did you mean rename?'),
        ("entity kind pers", 'there is no kind "pers"; did you mean PER?'),
        ("quick war", "usage: quick TAG"),
        ("why not", "usage: why"),
    ],
)
def test_lines_that_mean_nothing_say_why(line: str, told: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_command(line)
    assert caught.value.text.startswith(told)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("War on drugs", ("War on drugs", None)),
        ("War -- grain", ("War", "grain")),
        ("War on drugs -- coca on tag:war", ("War on drugs", "coca on tag:war")),
        ("Once upon", ("Once upon", None)),
    ],
)
def test_a_name_ends_where_its_query_begins(text: str, parts: tuple[str, str | None]) -> None:
    assert split_name(text) == parts


def test_queries_are_completed_in_these_lines_too() -> None:
    assert query_start("saved query who:put") == len("saved query ")
    assert query_start("saved add War on drugs -- who:put") == len("saved add War on drugs -- ")
    assert query_start("saved add War on who:put") is None
    assert query_start("saved add War") is None
    assert query_start("saved War on who") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (" War +war  -x", ("War", "+war  -x")),
        ("Black  Sea starred", ("Black Sea", "starred")),
        ("War notify say -- +hi", ("War", "notify say -- +hi")),
        ('"Must read" read', ("Must read", "read")),
        ("'It''s' read", ("It''s", "read")),
        ("O'Brien -x", ("O'Brien", "-x")),
        ("War", ("War", "")),
        ("+war", ("", "+war")),
        ("", ("", "")),
    ],
)
def test_a_name_ends_where_a_rule_begins(text: str, parts: tuple[str, str]) -> None:
    assert split_named(text) == parts


def test_names_are_offered() -> None:
    values = {"saved": ("War/Wagner", "Harbour", "add")}
    assert offers("saved ", (), values) == ("saved War/Wagner", "saved Harbour", "saved add")
    assert offers("saved War", (), values) == ("saved War/Wagner",)
    assert offers("rule t") == ("rule test",)
    rules = {"rule": ("War/Wagner", "Harbour")}
    assert offers("rule test w", (), rules) == ("rule test War/Wagner",)
    assert offers("rule set ", (), rules) == ("rule set War/Wagner", "rule set Harbour")
    assert offers("rule set War/Wagner st", (), rules) == ("rule set War/Wagner starred",)


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("", ("", "")),
        ("War", ("War", "")),
        ("War on tag:sea is:read", ("War", "tag:sea is:read")),
        ('on "grain deal"', ("", '"grain deal"')),
        ("War since 2023-07", ("War", 'date:">=2023-07"')),
        ('since "july 2023"', ("", 'date:">=july 2023"')),
        ("Saigon", ("Saigon", "")),
        ("War on", ("War on", "")),
    ],
)
def test_a_rule_is_tried_on_some(text: str, split: tuple[str, str]) -> None:
    assert split_some(text) == split
