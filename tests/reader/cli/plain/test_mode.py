"""Line mode: what is typed, and what is told."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.cli.main import dateline
from reader.cli.plain.at_hand import AtHand, meant
from reader.cli.plain.mode import LineMode
from reader.cli.plain.shelf import Shelf
from reader.cli.plain.words import broken, row_words
from reader.cli.session import Session
from reader.commands.parse import CommandError
from reader.model import ArticleId, ArticleRow
from tests.reader.cli.conftest import Shell
from tests.reader.store.helpers import NOON


class Desk:
    """A person who types some lines; `told` is all that came of them."""

    def __init__(self, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.session = Session(library, lambda _: 0, {})
        self._capsys = capsys

    def __call__(
        self, *lines: str | type[BaseException], height: int = 24, width: int = 200
    ) -> str:
        typed: Iterator[str | type[BaseException]] = iter(lines)

        def ask(_prompt: str) -> str:
            line = next(typed, EOFError)
            if isinstance(line, str):
                return line
            raise line

        self._capsys.readouterr()
        assert LineMode(self.session, ask, dateline, lambda: height, lambda: width).run() == 0
        out, err = self._capsys.readouterr()
        return out + err


@pytest.fixture
def desk(shell: Shell, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., str]]:
    made = Desk(shell.library, capsys)
    yield made
    made.session.close()


def test_the_list_comes_first_in_words(desk: Desk) -> None:
    told = desk()
    assert "3 articles, 3 unread" in told
    assert "Grain ships leave Odesa. Quay Notes, 2022-08-01. unread" in told
    assert "end of the list" in told


def test_words_are_broken_nowhere_and_what_is_cut_says_so(desk: Desk) -> None:
    row = ArticleRow(ArticleId(1), "Who counts…", True, "", None, NOON, True, False, False, ())
    assert row_words(1, row) == "1. Who counts… no date"
    assert list(broken("one two three", 9)) == ["one two", "three"]
    assert list(broken("one", 9)) == ["one"]
    told = desk("1", width=30)
    assert "3. Grain ships leave Odesa.\nQuay Notes, 2022-08-01. unread\n" in told


def test_a_number_reads_and_enter_goes_on_to_the_next_unread(desk: Desk) -> None:
    assert "first since February" not in desk("search ships", "1", height=5)
    told = desk("search ships", "1", "", height=5)
    assert "1 article for ships" in told
    assert "more: Enter" in told
    assert "first since February" in told
    desk("mark unread on ships")
    told = desk("all", "1", "", "", "", "")
    assert told.count("end of the article") == 3
    assert "no more unread articles here" in told
    assert "3 articles, 0 unread" in desk()


def test_what_is_tagged_and_marked_is_counted_and_taken_back(desk: Desk) -> None:
    told = desk("2", "tag +war -peace", "mark starred", "tag +sea on ships OR storm", "undo")
    assert "tagged +war -peace: 1 article of 1" in told
    assert "marked starred: 1 article of 1" in told
    assert "tagged +sea: 2 articles of 2" in told
    assert "undid: tagged +sea: 2 articles" in told
    assert "starred" in desk("search tag:war")
    assert "tags: war" in desk("search tag:war")


def test_lists_narrow_sort_and_come_back(desk: Desk) -> None:
    told = desk("search bergen", "narrow storm", "b", "sort title", "l", "b", "b", "b")
    assert "2 articles for bergen" in told
    assert "1 article for" in told
    assert "this is the first list" in told


def test_saved_searches_and_notes_are_at_hand(desk: Desk) -> None:
    told = desk(
        "saved add Ships -- ships", "saved Ships", "1", "note Was it first?", "note", "notes"
    )
    assert "1 article for ships" in told
    assert "noted" in told
    assert "usage: note" in told
    assert told.count("Was it first?") == 1


def test_a_saved_search_may_be_called_like_what_is_done_to_one(desk: Desk) -> None:
    told = desk(
        "saved add 'remove Ships' -- ships", "saved remove Ships", "saved show remove ships",
        "saved show nothing", "saved",
    )  # fmt: skip
    assert 'no saved search is called "Ships"' in told
    assert told.count("1 article for ships") == 1
    assert 'no saved search is called "nothing"' in told
    assert "remove Ships" in told


def test_lines_of_the_screen_mean_what_is_at_hand(desk: Desk, tmp_path: Path) -> None:
    one, many, asked = (tmp_path / name for name in ("one x.md", "many.html", "asked.md"))
    told = desk(
        "search bergen", f"export html {many}", "1", f"export markdown {one}",
        f"export markdown {asked} on ships", "export opml", "export markdown",
        "find BÉRGEN", "find zebra", "why", "history", "theme light", "notes", "card O'Nobody",
    )  # fmt: skip
    assert one.read_text().count("\n# ") + one.read_text().startswith("# ") == 1
    assert {"Bridge", "Council"} <= set(many.read_text().replace(">", " ").split())
    assert "Grain ships" in asked.read_text()
    assert "<opml" in told
    assert "paragraph 1 of" in told
    assert '"zebra" is not in this article' in told
    assert "yes  the word 'bergen'" in told
    assert "this needs the screen" in told
    assert "0 notes" in told
    assert "O'Nobody" in told


def test_the_saved_search_at_hand_is_changed_and_ruled(desk: Desk) -> None:
    told = desk(
        "saved query ships", "rule test", "search ships", "saved add Grain and corn",
        "rule +grain starred", "rule test", "rule off", "saved query corn", "saved rename O'Corn",
        "saved add Trees -- trees", "saved move 2", "saved rename Trees Wood", "saved",
        "rule run", "rule none Wood", "saved remove", "saved remove Wood", "saved",
    )  # fmt: skip
    assert told.count("no saved search is at hand") == 2
    assert "saved Grain and corn, number 1" in told
    assert "Grain and corn does from now on: +grain starred" in told
    assert "would change 1 article of 1 found" in told
    assert "Grain and corn rests" in told
    assert "Grain and corn asks: corn" in told
    assert "renamed O'Corn" in told
    assert " 1  Wood " in told
    assert " 2  O'Corn " in told
    assert "changed: 1 article of 1 found" in told
    assert "Wood is no rule any more" in told
    assert "removed O'Corn" in told
    assert "removed Wood" in told
    assert "nothing is saved yet" in told


def test_settings_are_told_and_set(desk: Desk, tmp_path: Path) -> None:
    desk.session.environment = {"DATELINE_CONFIG": str(tmp_path / "settings.toml")}
    told = desk("set reading.measure", "set reading.measure 60", "set reading.measure", "set no")
    assert "reading.measure = 76  # default" in told
    assert "reading.measure = 60  # line " in told
    assert 'no setting is called "no"' in told


AT = AtHand(
    7, "ships", "War", frozenset({"War", "News/Sea"}), "#12", "Quay Notes", frozenset({"quay"})
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("export epub ~/a b.epub", f"export --format epub --output {Path.home()}/a|b.epub id:7"),
        ("export opml", "export --format opml"),
        ("export ships --format jsonl", "export ships --format jsonl"),
        ("saved add A b", "saved add A|b -- ships"),
        ("saved add 'A b' -- x OR y", "saved add A|b -- x|OR|y"),
        ("saved add A --json -- x", "saved add A --json -- x"),
        ("saved query a -- b", "saved query a -- b"),
        ("saved rename A b", "saved rename War A|b"),
        ("saved rename news b", "saved rename news b"),
        ("saved rename 'a b", "saved rename War 'a|b"),
        ("rule -a notify say --loud 'b c'", "rule set War -a --notify say|--loud|'b|c'"),
        ("rule set War +a", "rule set War +a"),
        ("rule test on a b", "rule test War --on=a|b"),
        ("rule run 'Black Sea' since 7d", 'rule run Black|Sea --on=date:">=7d"'),
        ("notes note:'a b'", "notes note:'a|b'"),
        ("card O'Brien", "entity O'Brien"),
        ("entity 'O Brien' Lee", "entity O|Brien Lee"),
        ("entity rename O Brien", "correct rename -- #12 O|Brien"),
        ("entity kind per", "correct kind -- #12 PER"),
        ("entity ignore", "correct ignore -- #12"),
        ("entity merge '-x y'", "correct merge -- #12 -x|y"),
        ("source rename New Quay", "source rename -- Quay|Notes New|Quay"),
        ("source rename O'Brien", "source rename -- Quay|Notes O'Brien"),
        ("source rename Quay Notes", "source rename Quay Notes"),
        ("source move http://a.example", "source move -- Quay|Notes http://a.example"),
        ("source move quay http://a.example", "source move quay http://a.example"),
        ("source folder", "source set --folder= -- Quay|Notes"),
        ("source folder 'News/a b'", "source set --folder=News/a|b -- Quay|Notes"),
        ("source every 2h", "source set --every=2h -- Quay|Notes"),
        ("source every never", "source set --every=default -- Quay|Notes"),
        ("source remove", "source remove -- Quay|Notes"),
        ("source remove quay", "source remove quay"),
        ("source set quay --every 2h", "source set quay --every 2h"),
        ("source set quay", "source set quay"),
        ("why", "why 7 ships"),
        ("why 5", "why 5"),
        ("set x 'a b'", "config set x a|b"),
        ("config", "config show"),
    ],
)
def test_a_line_as_the_shell_has_it(line: str, words: str) -> None:
    name, _, rest = line.partition(" ")
    found = meant(name, rest, AT)
    assert [found.command, *found.words] == [word.replace("|", " ") for word in words.split()]


@pytest.mark.parametrize(
    "line",
    [
        "export html x on", "export html ~nobody-here/x", "rule +a notify", "set", "card",
        "tags 'a", "source", "source every now", "source fly", "entity kind x", "entity rename",
    ],
)  # fmt: skip
def test_a_line_that_means_nothing(line: str) -> None:
    name, _, rest = line.partition(" ")
    with pytest.raises(CommandError):
        meant(name, rest, AT)
    for words, told in (
        ("why", "no article"),
        ("entity ignore", "no name"),
        ("source remove", "no source"),
    ):
        name, _, rest = words.partition(" ")
        with pytest.raises(CommandError, match=told):
            meant(name, rest, AtHand())


def test_the_name_at_hand_is_corrected(desk: Desk) -> None:
    told = desk(
        "entity ignore", "card Erdogan", "entity rename Recep Erdogan", "entity kind org",
        "entity kind pinkish", "entity Odesa --json", "entity ignore",
        "card Odesa", "entity merge Bergen", "entity rename Port", "card nobody", "entity ignore",
    )  # fmt: skip
    assert told.count("no name is at hand") == 3
    assert 'renamed "Recep Tayyip Erdogan" to "Recep Erdogan"' in told
    assert 'set "Recep Erdogan" to organisation' in told
    assert "pinkish" in told
    assert 'made "Odesa" one with "Bergen"' in told
    assert 'renamed "Bergen" to "Port"' in told


def test_the_source_of_the_article_is_changed(desk: Desk) -> None:
    told = desk(
        "source rename A", "search ships", "1", "source rename Dry Notes", "source every 1h"
    )
    assert "no source is at hand" in told
    assert "renamed Quay Notes to Dry Notes" in told
    assert "Dry Notes" in told
    assert "renamed Dry Notes to Quay Notes" in desk("source rename 'dry notes' 'Quay Notes'")


def test_the_shell_is_at_hand_too(desk: Desk) -> None:
    told = desk("tags --json", "show 99", "show", 'list "ships', "history", "card nobody")
    assert '"items"' in told
    assert "Missing argument" in told
    assert "No closing quotation" in told
    assert "99" in told
    assert "nobody" in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("fly", 'there is no command "fly"; help tells those there are'),
        ("marc read", 'there is no command "marc"; did you mean mark?'),
        ("zen", "this needs the screen"),
        ("99", "the list has 3 articles"),
        ("p", "this is the first article"),
        ("tag +war", "no article was read yet"),
        ("tag", "usage: tag"),
        ("mark", "usage: mark"),
        ("mark pink", 'mark has no "pink"'),
        ("tag + ", "usage: tag"),
        ("search souce:x", 'did you mean "source"'),
        ("tag +a on souce:x", 'did you mean "source"'),
        ("open", "no article was read yet"),
        ("help", "narrow QUERY: Narrow the list down"),
    ],
)
def test_what_cannot_be_done_says_why_and_goes_on(desk: Desk, line: str, told: str) -> None:
    said = desk(line, "1", height=200)
    assert told in said
    assert "1 of 3" in said


def test_ctrl_c_stops_and_quit_leaves(desk: Desk) -> None:
    told = desk(KeyboardInterrupt, "1", "p", "2", "p", "open", "reload", "quit", "zen")
    assert "Ctrl-D or quit leaves" in told
    assert "this article has no link" in told
    assert "needs the screen" not in told
    assert "this is the first article" in told


def test_lines_come_from_a_pipe_too(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("search ships\n1\n"))
    answer = shell("--plain")
    assert answer.code == 0
    assert "Recep Tayyip Erdogan" in answer.out
    assert not shell.screens


def test_a_long_list_is_told_in_pages() -> None:
    shelf = Shelf(ids=range(1, 26))
    assert shelf.page(10) == range(1, 11)
    shelf = shelf.after(shelf.page(10)).after(range(11, 21))
    assert (shelf.told, shelf.page(10)) == (20, range(21, 26))
    assert shelf.after(shelf.page(10)).page(10) == range(26, 26)
