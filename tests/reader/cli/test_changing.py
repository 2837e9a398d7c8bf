"""`tag`, `mark`, `undo`, `redo`, `history`: bulk changes by query, taken back and made again."""

from __future__ import annotations

import pytest

from tests.reader.cli.conftest import Shell


def test_tag_by_query_then_undo_and_redo(shell: Shell) -> None:
    assert shell("tag", "+norway", "--json", "--", "bergen").json == {"matched": 2, "changed": 2}
    assert shell("list", "tag:norway", "-is:read", "--json").json["total"] == 2
    assert "undid: tagged +norway: 2 articles" in shell("undo").err
    assert shell("list", "tag:norway", "--json").json["total"] == 0
    assert shell("redo", "--json").json["event"]["changed"] == 2
    (item,) = shell("tags", "--json").json["items"]
    assert (item["name"], item["articles"]) == ("norway", 2)


def test_tags_are_added_and_removed_in_one_go(shell: Shell) -> None:
    shell("tag", "+a", "--", "*")
    answer = shell("tag", "-a", "+b/c", "--", "id:1")
    assert "tagged -a +b/c: 1 article of 1 found" in answer.err
    assert shell("list", "tag:b/*", "--json").json["hits"][0]["tags"] == ["b/c"]


def test_a_dry_run_counts_and_changes_nothing(shell: Shell) -> None:
    answer = shell("tag", "+x", "--dry-run", "--json", "--", "bergen")
    assert answer.json == {"matched": 2, "changed": 2}
    assert shell("tags", "--json").json["items"] == []
    assert "would have" in shell("mark", "read", "--dry-run", "--", "bergen").err
    assert shell("list", "is:read", "--json").json["total"] == 0
    assert shell("undo").err == "nothing to undo\n"


def test_options_may_follow_the_query(shell: Shell) -> None:
    answer = shell("tag", "+x", "--", "bergen", "--json", "--dry-run")
    assert answer.json == {"matched": 2, "changed": 2}
    assert shell("tags", "--json").json["items"] == []
    assert shell("mark", "read", "--", "id:1", "--json").json == {"matched": 1, "changed": 1}
    assert shell("mark", "read", "--", "bergen", "--jsno").code == 2


def test_mark_changes_only_what_differs(shell: Shell) -> None:
    shell("mark", "starred", "--", "id:1")
    assert shell("mark", "starred", "--json", "--", "bergen").json == {"matched": 2, "changed": 1}
    assert shell("list", "is:starred", "--json").json["total"] == 2
    shell("mark", "archived", "--", "id:3")
    (row,) = shell("list", "is:archived", "--json").json["hits"]
    assert row["archived"]
    assert row["starred"]
    # It is done with; the same change, and the same undo.
    assert row["read"]
    assert shell("mark", "archived", "--", "id:1").err == (
        "marked archived: 1 article of 1 found · read too\n"
    )
    shell("undo")
    assert shell("list", "is:archived", "--json").json["total"] == 1
    assert shell("list", "is:read", "--json").json["total"] == 1


def test_history_lists_changes_newest_first(shell: Shell) -> None:
    shell("tag", "+x", "--", "id:1")
    shell("mark", "read", "--", "id:2")
    shell("undo")
    items = shell("history", "--json").json["items"]
    assert [(item["kind"], item["undone"]) for item in items] == [("mark", True), ("tag", False)]
    assert items[0]["query"] == "id:2"
    assert items[1]["title"]
    assert f"tagged +x: 1 article · {items[1]['title']}" in shell("history").out
    assert "(undone)" in shell("history").out
    shell("tag", "+y", "--", "*")
    assert "· on *\n" in shell("history").out
    shell("undo")
    assert shell("redo", "--json").json["event"]["detail"] == "+y"
    assert shell("redo", "--json").json == {"event": None}


def test_one_change_is_taken_back_and_made_again_alone(shell: Shell) -> None:
    shell("tag", "+x", "--", "id:1 OR id:2")
    shell("mark", "starred", "--", "id:1")
    shell("tag", "-x", "--", "id:2")
    done = shell("history", "--take-back", "1", "--json").json
    assert (done["event"]["detail"], done["total"], done["kept"]) == ("+x", 2, 1)
    assert shell("list", "is:starred", "--json").json["total"] == 1
    assert shell("list", "tag:x", "--json").json["total"] == 0
    shell("undo")
    again = shell("history", "--take-back", "1")
    assert again.err == "took back 1 of 2: 1 was changed since\n"
    assert "the change stays as it is" in shell("history", "--again", "5").err
    shell("undo")
    shell("mark", "read", "--", "id:1")
    assert shell("history", "--again", "5").err == "made again: took back: tagged +x: 1 article\n"
    assert shell("history", "--take-back", "1", "--again", "2").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("tag", "+x"),
        ("tag", "+x", "--", " "),
        ("tag", "--", "bergen"),
        ("tag", "x", "--", "bergen"),
        ("tag", "+", "--", "bergen"),
        ("tag", "+a b", "--", "bergen"),
        ("mark", "done", "--", "bergen"),
        ("mark", "read"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    answer = shell(*words)
    assert answer.code == 2
    assert answer.err
    assert not answer.out
    assert shell("history", "--json").json["items"] == []


def test_an_id_that_is_not_there_is_told(shell: Shell) -> None:
    assert shell("tag", "+x", "--", "id:99").code == 3
    assert shell("tag", "+x", "--", "nothingsuch").code == 0


def test_help_of_a_command_with_dashes(shell: Shell) -> None:
    assert "-- QUERY" in shell("tag", "--help").out
