"""`saved`, `rule` and `why`."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from reader.cli.session import Exit
from reader.service.index_told import IndexState
from reader.service.indexing import Indexing
from reader.service.library import Library
from tests.reader.cli.conftest import Shell


def test_searches_are_saved_listed_and_put_in_order(shell: Shell) -> None:
    assert "nothing is saved yet" in shell("saved").err
    answer = shell("saved", "add", "War/Storms", "--", "storm", "OR", "rain")
    assert answer.err == "saved War/Storms, number 1\n"
    saved = shell("saved", "add", "Trees \udc80", "--", "-is:read", "trees", "--json").json
    assert (saved["name"], saved["query"], saved["number"]) == ("Trees \ufffd", "-is:read trees", 2)
    assert saved["rule"] is None
    shell("saved", "rename", "trees \ufffd", "Trees")
    assert shell("saved", "move", "trees", "1").out.split()[:2] == ["1", "Trees"]
    assert shell("saved", "rename", "war", "Weather").err == "renamed Weather/Storms\n"
    renamed = shell("saved", "rename", "weather", "War", "--json").json
    assert [one["name"] for one in renamed["items"]] == ["War/Storms"]
    shell("mark", "read", "--", "storm")
    lines = shell("saved").out.splitlines()
    assert [line.split() for line in lines] == [
        ["1", "Trees", "1", "unread", "of", "1", "-is:read", "trees"],
        ["2", "War/Storms", "0", "unread", "of", "1", "storm", "OR", "rain"],
    ]
    items = shell("saved", "--json").json["items"]
    assert [(one["name"], one["articles"], one["unread"]) for one in items] == [
        ("Trees", 1, 1),
        ("War/Storms", 1, 0),
    ]
    assert shell("saved", "query", "trees", "--", "bergen").err == "Trees asks: bergen\n"
    assert "removed Trees" in shell("saved", "remove", "TREES").err
    assert [one["name"] for one in shell("saved", "--json").json["items"]] == ["War/Storms"]
    assert shell("undo").err == "undid: removed Trees\n"


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (("saved", "add", "New", "--", "foo:x"), Exit.WRONG_USE, 'unknown field "foo"'),
        (("saved", "add", "storms", "--", "x"), Exit.WRONG_USE, '"storms" already'),
        (("saved", "add", "a//b", "--", "x"), Exit.WRONG_USE, "before or after a slash"),
        (("saved", "add", "New"), Exit.WRONG_USE, "two dashes"),
        (("saved", "remove", "strms"), Exit.NOT_FOUND, 'did you mean "Storms"?'),
        (("rule", "test", "Other"), Exit.NOT_FOUND, "`dateline saved` lists them"),
        (("rule", "set", "Storms", "+a b"), Exit.WRONG_USE, '"b": a rule adds'),
        (("rule", "set", "Storms", "notify", "x"), Exit.WRONG_USE, "--notify CMD"),
        (("rule", "set", "Storms"), Exit.WRONG_USE, "say what the rule does"),
        (("rule", "set", "Storms", "read", "unread"), Exit.WRONG_USE, "at the same time"),
        (("rule", "set", "Storms", "--notify", "a 'b"), Exit.WRONG_USE, "a quote is not closed"),
        (("why", "99"), Exit.NOT_FOUND, "there is no article 99"),
    ],
)
def test_mistakes_are_told(shell: Shell, words: tuple[str, ...], code: Exit, text: str) -> None:
    shell("saved", "add", "Storms", "--", "storm")
    answer = shell(*words)
    assert answer.code == code
    assert text in answer.err
    assert len(shell("history", "--json").json["items"]) == 1


def test_a_rule_tags_what_arrives(empty: Shell, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "told"
    empty("saved", "add", "Bergen", "--", "bergen")
    answer = empty("rule", "set", "bergen", "+north", "-draft", "starred",
                   "--notify", f"/nowhere '{target}'")  # fmt: skip
    assert answer.err == (
        f"Bergen does from now on: +north -draft starred notify /nowhere '{target}'\n"
    )
    assert empty("rule", "set", "Bergen", "+b", "-b").code == Exit.WRONG_USE
    answer = empty("import", str(folder))
    assert empty("list", "tag:north", "--json").json["total"] == 2
    assert "rules changed 2 articles of 3 new ones" in answer.err
    assert 'the command of the rule "Bergen" failed: /nowhere: No such file' in answer.err
    assert "→ +north -draft starred notify" in empty("saved").out
    assert empty("rule", "off", "Bergen").err == "Bergen rests\n"
    assert empty("saved").out.rstrip().endswith("(off)")
    assert empty("rule", "on", "Bergen", "--json").json["active"] is True
    assert empty("rule", "back", "Bergen").err == "taken back: 2 articles of 2 it had changed\n"
    assert empty("list", "tag:north", "--json").json["total"] == 0
    assert empty("rule", "back", "Bergen", "--json").json == {"matched": 2, "changed": 0}
    told = empty("rule", "set", "Bergen", "+north").err
    assert told == f"Bergen does from now on: +north; it starts /nowhere '{target}' no more\n"
    assert empty("rule", "none", "Bergen").err == "Bergen is no rule any more\n"
    assert "→" not in empty("saved").out


def test_a_rule_is_tried_and_run_over_what_is_here(shell: Shell) -> None:
    shell("saved", "add", "Bergen", "--", "bergen")
    shell("rule", "set", "Bergen", "+north", "read")
    answer = shell("rule", "test", "Bergen", "--limit", "1")
    assert answer.err.endswith("would change 2 articles of 2 found\n")
    assert [line.split()[:2] for line in answer.out.splitlines()[1:]] == [
        ["2", "+north"],
        ["2", "read"],
    ]
    record = shell("rule", "test", "Bergen", "--json").json
    assert (record["matched"], record["would_change"], len(record["newest"])) == (2, 2, 2)
    assert record["deeds"][0] == {"deed": "+north", "articles": 2}
    for scope in (("--on", "tag:none OR id:0"), ("--since", "today", "--on", "bergen")):
        record = shell("rule", "test", "Bergen", "--json", *scope).json
        assert (record["matched"], record["newest"]) == (0, [])
        assert shell("rule", "run", "Bergen", *scope).err == "changed: 0 articles of 0 found\n"
    answer = shell("rule", "run", "Bergen", "--since", "july")
    assert 'not a date ">=july"' in answer.err
    assert shell("rule").out == "Bergen  bergen  → +north read\n"
    assert shell("rule", "test", "Bergen", "--since", "1900", "--json").json["matched"] == 1
    assert shell("rule", "run", "Bergen").err == "changed: 2 articles of 2 found\n"
    assert shell("rule", "run", "Bergen", "--json").json == {"matched": 2, "changed": 0}
    assert shell("undo").err == "undid: ran Bergen: 2 articles\n"
    assert shell("list", "tag:north", "--json").json["total"] == 0


def test_rules_are_listed(shell: Shell) -> None:
    assert "there are no rules yet" in shell("rule").err
    shell("saved", "add", "Bergen", "--", "bergen")
    shell("rule", "set", "Bergen", "+north")
    shell("rule", "off", "Bergen")
    assert shell("rule").out == "Bergen  bergen  → +north  (off)\n"
    assert [one["name"] for one in shell("rule", "--json").json["items"]] == ["Bergen"]


def test_half_an_answer_runs_no_rule(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("saved", "add", "Bergen", "--", "bergen")
    shell("rule", "set", "Bergen", "+north")
    (folder / "more.txt").write_text("More\n\nMore of Bergen.\n")
    library = Library.open(shell.library)
    library.importing.import_paths([folder])
    library.close()
    monkeypatch.setattr("reader.cli.session.PATIENCE", 0.0)
    monkeypatch.setattr(Indexing, "run", lambda *_args, **_how: IndexState.BUSY)
    assert shell("rule", "run", "Bergen").code == Exit.BUSY


def test_a_rule_whose_query_means_nothing_is_named(empty: Shell, folder: Path) -> None:
    empty("saved", "add", "Bergen", "--", "bergen")
    empty("rule", "set", "Bergen", "+north")
    with sqlite3.connect(empty.library / "library.sqlite3") as library:
        library.execute("UPDATE saved_search SET query = 'foo:bar'")
    library.close()
    assert 'the rule "Bergen": unknown field "foo" at 1' in empty("import", str(folder)).err
    assert 'unknown field "foo" at 1' in empty("saved").out


def test_why_tells_all_that_is_known(empty: Shell, folder: Path) -> None:
    empty("saved", "add", "Bergen", "--", "bergen")
    empty("rule", "set", "Bergen", "+north")
    empty("import", str(folder))
    empty("index", "update")
    empty("tag", "+mine", "--", "id:1")
    out = empty("why", "1", "storm", "-corn", "hail").out
    for line in (
        "Bridge closed after storm",
        "Of what was asked:",
        "  yes  the word 'storm' in title or text: storm (2)",
        "  yes  not: the word 'corn' in title or text",
        "  no   the word 'hail' in title or text",
        "Rules that saw it arrive:",
        "Saved searches it answers now:",
        "  Bergen",
    ):
        assert line in out.splitlines()
    assert "by the rule Bergen" in out
    assert "by you (+mine)" in out
    assert "Notes:" not in out
    record = empty("why", "1", "storm", "--json").json
    assert record["conditions"][0]["words"] == [{"text": "storm", "times": 2}]
    assert [(one["deed"], one["taken_back"]) for one in record["rules"]] == [("+north", False)]
    assert {one["name"]: one["from"] for one in record["tagged"]} == {
        "mine": "reader",
        "north": "rule",
    }
    assert [one["name"] for one in record["answers"]] == ["Bergen"]
    assert record["file"].endswith("bridge.txt")
    assert record["feed"] is None
    empty("rule", "back", "Bergen")
    assert "Bergen: +north (taken back)" in empty("why", "1").out
    assert empty("why", "1", "--json").json["rules"][0]["taken_back"]


def test_a_copy_and_a_note_are_told(empty: Shell, tmp_path: Path) -> None:
    lines = [
        {"title": "Storm", "text": "A storm at sea came in.", "source": source, "url": url}
        for source, url in (("One", "https://one.example/s"), ("Two", "https://two.example/s"))
    ]
    file = tmp_path / "two.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    empty("import", str(file))
    empty("note", "1", "--quote", "storm at sea", "look here")
    out = empty("why", "1").out
    assert "found at Two https://two.example/s too" in out
    assert "  “storm at sea” look here" in out.splitlines()
    record = empty("why", "1", "--json").json
    assert record["notes"][0]["words"] == "look here"
    assert record["places"][0]["source"] == "Two"
