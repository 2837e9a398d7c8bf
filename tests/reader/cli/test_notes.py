"""`note` and `notes`: written, listed, changed and removed from the command line."""

from __future__ import annotations

import pytest

from tests.reader.cli.conftest import Shell


def test_a_note_is_written_listed_changed_and_removed(shell: Shell) -> None:
    made = shell("note", "2", "Ask", "the harbour", "--quote", "corn left Odesa", "--json").json
    assert (made["article"], made["quote"], made["words"]) == (
        2,
        "corn left Odesa",
        "Ask the harbour",
    )
    assert "noted: note 2 on article 1" in shell("note", "1", "Later").err
    listed = shell("notes")
    assert listed.out.splitlines()[0].endswith("1 Bridge closed after storm")
    assert "> corn left Odesa\n" in listed.out
    assert "2 notes" in listed.err
    assert "changed: note 1" in shell("note", "--change", "1", "Told", "twice").err
    record = shell("notes", "note:tell", "OR", "note:twice", "--json").json
    assert (record["total"], record["cursor"], record["waiting"]) == (1, None, 0)
    (item,) = record["items"]
    assert (item["id"], item["words"], item["row"]["id"]) == (1, "Told twice", 2)
    assert "removed: note 1" in shell("note", "--remove", "1").err
    assert shell("list", "has:note", "--json").json["total"] == 1
    assert 'undid: removed the note on "corn left Odesa"' in shell("undo").err


def test_a_stretch_is_highlighted_by_its_place(shell: Shell) -> None:
    text = shell("show", "1", "--json").json["text"]
    at = text.index("storm")
    place = ["--start", str(at), "--end", str(at + 5)]
    assert "highlighted: note 1" in shell("note", "1", *place).err
    assert shell("notes", "--json").json["items"][0]["quote"] == "storm"
    pages = [shell("note", "1", "whole"), shell("notes", "--limit", "1")]
    assert "1 of 2 notes; more with --after" in pages[1].err
    cursor = pages[1].err.split()[-1]
    assert "storm" in shell("notes", "--after", cursor).out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("note", 2, "on which article"),
        ("note words alone", 2, "on which article"),
        ("note 1", 2, "say what to write"),
        ("note 1 --start 3 --end 3", 2, "say what to write"),
        ("note 1 x --start 3", 2, "go together"),
        ("note 1 x --start 3 --end 4 --quote y", 2, "or by --quote"),
        ("note --change 1 --remove 1", 2, "change a note or remove it"),
        ("note 1 x --start 3 --end 9999", 3, "no text from 3 to 9999"),
        ("note 1 --quote earthquake", 3, 'does not say "earthquake"'),
        ("note 99 x", 3, "no article 99"),
        ("note --remove 7", 3, "there is no note 7"),
        ("note --change 7 x", 3, "there is no note 7"),
        ("note --remove 99999999999999999999", 2, "not in the range"),
        ("note --change 99999999999999999999 x", 2, "not in the range"),
        ("history --jump 99999999999999999999", 2, "not in the range"),
        ("notes --after x", 2, "not a cursor"),
    ],
)
def test_what_cannot_be_noted(shell: Shell, words: str, code: int, said: str) -> None:
    answer = shell(*words.split())
    assert answer.code == code
    assert said in answer.err
    assert shell("notes", "--json").json["total"] == 0


def test_a_note_of_blanks_is_none(shell: Shell) -> None:
    assert shell("note", "1", "  ").code == 2
    assert shell("notes", "--json").json["total"] == 0


def test_nothing_in_a_note_steers_a_terminal(shell: Shell) -> None:
    shell("note", "1", "\x1b]52;c;eA==\x07red\x1b[31m", "\udcff")
    assert "\x1b" not in shell("notes").out
