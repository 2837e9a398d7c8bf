"""Templates of commands become arguments; articles cannot make them anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import Loaded, ReadingSettings, Settings
from reader.service.commands_run import Ended
from reader.ui.browser import OwnBrowser
from reader.ui.command_words import tell_ended, tell_farewell
from reader.ui.own_commands import (
    NAMES,
    TemplateError,
    browser_template,
    letters_of,
    parse_template,
    values_of,
)
from tests.reader.ui.samples import make_article, make_row
from tests.reader.ui.world import NotedCommands, World

NOW = datetime(2024, 3, 10, tzinfo=UTC)
HOSTILE = (
    "; rm -rf ~", "$(touch /tmp/x)", "`id`", "-rf", "--exec=sh", "@/etc/passwd", "+!id", "{url}",
    "a\nb", "a\0b", '"quoted"', "'", "| sh", "> /etc/passwd", "~/.ssh", "=x", "\u202etxt", "",
)  # fmt: skip


def values(title: str) -> dict[str, str]:
    article = make_article(1, row=replace(make_row(7), title=title), url="https://a.example/x")
    return values_of(article, NOW)


@pytest.mark.parametrize("title", HOSTILE)
def test_an_argument_is_one_and_begins_no_option(title: str) -> None:
    argv = parse_template('save --title={title} "{title}" {url} {id}').argv(values(title))
    assert len(argv) == 5
    assert argv[0] == "save"
    assert argv[1].startswith("--title=")
    assert argv[2][:1] == "" or argv[2][0] == " " or argv[2][0].isalnum()
    assert argv[3:] == ("https://a.example/x", "7")
    assert not any("\0" in one or "\n" in one for one in argv)


@given(st.text(max_size=30))
def test_whatever_a_title_says_it_stays_in_its_place(title: str) -> None:
    argv = parse_template("program -t {title} --to x{title}y").argv(values(title))
    assert argv[:2] == ("program", "-t")
    assert argv[3] == "--to"
    assert len(argv) == 5
    assert argv[2].strip() in argv[4]
    assert not argv[2].startswith(("-", "+", "@", "/", "~"))


def test_values_are_put_in_once() -> None:
    argv = parse_template("x {title}{id}").argv(values("about {url}"))
    assert argv == ("x", "about {url}7")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("", "no command is given"),
        ("terminal:  ", "no command is given"),
        ("''", "no command is given"),
        ("say 'so", "the command cannot be read: no closing quotation"),
        ("x \0", "the command holds a character that no command can"),
        ("save {titel}", "there is no {titel}; did you mean {title}?"),
        ("save {zzz}", "there is no {zzz}"),
        ("{url} x", "the program cannot come from an article"),
        ("cat | wc", "no shell takes part, so | does nothing: sh -c '...' has one"),
    ],
)
def test_what_cannot_be_used(template: str, told: str) -> None:
    with pytest.raises(TemplateError) as error:
        parse_template(template)
    assert error.value.text == told


@pytest.mark.parametrize(
    "template",
    [
        "sh -c 'echo {title}'",
        "/usr/bin/bash -c {title}",
        "env python3.12 -c {title}",
        "nice zsh {title}",
        "sh -c 'cat' sh x{title}",
        "ssh host echo {title}",
        "/usr/bin/tmux new-window {title}",
        "watch {title}",
        "env ssh h {title}",
        "env -S {title}",
        "nice xargs {title}",
        "git {title}",
        "vim -c {title}",
        "emacs --eval={title}",
    ],
)
def test_no_title_is_read_as_a_program(template: str) -> None:
    with pytest.raises(TemplateError, match="would read"):
        parse_template(template)


def test_a_shell_may_get_arguments_and_any_program_braces_of_its_own() -> None:
    command = parse_template("""terminal: sh -c 'echo "$1"' sh {title}""")
    assert command.in_terminal
    assert command.argv(values("$(id)"))[-1] == " $(id)"
    assert parse_template("awk -F '|' {url}").words[2] == "|"
    assert parse_template("""curl -d '{"a": 1}' {url}""").argv(values("a"))[2] == '{"a": 1}'


def test_the_address_of_a_browser_comes_last_unless_it_has_a_place() -> None:
    assert browser_template("firefox --new").argv({"url": "u"}) == ("firefox", "--new", "u")
    assert browser_template("b {url} --x").argv({"url": "u"}) == ("b", "u", "--x")
    assert browser_template("terminal: w3m").in_terminal
    commands = NotedCommands()
    assert OwnBrowser(browser_template("b"), commands).open("https://a.example/")
    assert commands.started == [("b", "https://a.example/")]
    commands.ended = Ended(None, "No such file or directory")
    assert not OwnBrowser(browser_template("b"), commands).open("https://a.example/")
    assert not OwnBrowser(browser_template("terminal:b"), commands).open("https://a.example/")
    assert OwnBrowser(browser_template("terminal:b"), commands).needs_terminal


def test_all_values_are_one_harmless_line() -> None:
    found = values("A\tB")
    assert set(found) == set(NAMES)
    assert found["title"] == "A B"
    assert found["date"] == "2023-07-23"
    assert values_of(make_article(1, url="javascript:x"), NOW)["url"] == ""


def test_letters_of_names() -> None:
    assert letters_of(["share", "save", "s", "Über", "ss"]) == {
        "share": "s", "save": "a", "s": "b", "Über": "e", "ss": "c",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (Ended(0), "x is done"),
        (Ended(0, "saved"), "x: saved"),
        (Ended(2), "x ended with 2"),
        (Ended(1, "no net"), "x ended with 1: no net"),
        (Ended(None, "Permission denied"), "x did not start: permission denied"),
    ],
)
def test_what_a_command_came_to(ended: Ended, told: str) -> None:
    assert tell_ended("x", ended) == told
    assert tell_farewell("x", ended) == f"[{told}] Enter goes on "


async def test_own_commands_by_letter_and_by_name(world: World) -> None:
    commands = MappingProxyType({"share": "share {url} {title}", "bad": "x {nothing}"})
    async with world.screen(loaded=Loaded(Settings(commands=commands))) as desk:
        await desk.press("!", "s")
        title = "Harbour reopens after the storm"
        assert world.commands.started == [("share", "https://news.example/harbour?id=1", title)]
        assert desk.status == "share is done"
        world.commands.ended = Ended(3, "not today")
        await desk.press("v", "v")
        await desk.press_line("run share")
        await desk.settle()
        assert len(world.commands.started) == 3
        assert desk.status == "share ended with 3: not today"
        await desk.press_line("run shore")
        await desk.settle()
        assert "did you mean" in desk.status
        await desk.press_line("run bad")
        await desk.settle()
        assert desk.status == "there is no {nothing}"
        await desk.press("escape", "G", "!", "s")
        assert desk.status == "this article has no link"


async def test_without_commands_or_a_terminal_to_lend(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("!")
        assert desk.status.startswith("no commands of your own yet")
        await desk.press("|")
        await desk.type("less")
        await desk.press("enter")
        assert desk.status == "this terminal cannot be lent to a command"
        assert world.commands.lent == []
        await desk.press_line("pipe grep {title}")
        await desk.settle()
        assert "braces" in desk.status


async def test_the_browser_of_the_settings_opens_links(world: World) -> None:
    async with world.screen(loaded=Loaded(Settings(browser="look --at"))) as desk:
        await desk.press("o")
        assert world.commands.started == [("look", "--at", "https://news.example/harbour?id=1")]
        assert world.browser.opened == []
        desk.main.use_settings(Settings(browser="look {adress}"))
        assert desk.status == "browser: there is no {adress}"
        await desk.press("o")
        assert len(world.browser.opened) == 1


async def test_opening_marks_nothing_read_where_that_is_not_wanted(world: World) -> None:
    reading = ReadingSettings(open_marks_read=False, progress=False)
    async with world.screen(loaded=Loaded(Settings(reading=reading))) as desk:
        await desk.press("enter")
        assert world.ids("is:read") == []
        assert "%" not in desk.lines()[-2]
        await desk.press("space")
        assert world.ids("is:read") == [desk.main.listing.shown.ids[0]]
        assert desk.title == "Drone survey finds lost orchard"
