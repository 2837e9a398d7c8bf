"""`retag`, `colour`, `quick`, `tags` and `history --jump`."""

from __future__ import annotations

import pytest

from reader.service.tagging import Tagging
from tests.reader.cli.conftest import Shell


def tag(shell: Shell, names: str, query: str) -> None:
    shell("tag", *names.split(), "--", query)


def test_a_tag_is_renamed_coloured_and_reached_by_a_letter(shell: Shell) -> None:
    tag(shell, "+war +war/sea", "id:1")
    tag(shell, "+war/sea", "id:2")
    assert shell("retag", "war", "WAR").err == "the tag war is called so already\n"
    assert "renamed the tag war to conflict: 2 articles" in shell("retag", "war", "conflict").err
    assert "conflict: red" in shell("colour", "conflict", "red").err
    assert shell("quick", "conflict/sea", "s").err == "conflict/sea: letter s\n"
    assert shell("quick", "conflct", "x").err == (
        "conflct: letter x; no article has it yet; did you mean conflict?\n"
    )
    shell("undo")
    assert shell("tags").out.splitlines() == [
        "      2  conflict/sea  (key s)",
        "      1  conflict  (red, 2 with those below)",
    ]
    assert shell("tags", "id:2", "--json").json == {
        "items": [
            {"name": "conflict/sea", "articles": 1, "nested": 1, "colour": None, "letter": "s"}
        ],
        "waiting": 0,
    }
    shell("colour", "conflict", "none")
    shell("quick", "conflict/sea", "none")
    assert [one["colour"] or one["letter"] for one in shell("tags", "--json").json["items"]] == [
        None,
        None,
    ]
    assert shell("retag", "conflict", "war", "--json").json == {"matched": 2, "changed": 2}


def test_a_tag_that_goes_while_it_is_counted_is_told_without_a_look(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag(shell, "+war", "id:1")
    monkeypatch.setattr(Tagging, "looks", lambda _: ())
    assert shell("tags").out == "      1  war\n"
    assert shell("tags", "--json").json["items"][0]["colour"] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("retag gone other", 3, 'no tag "gone"'),
        ("retag war a:b", 2, "cannot be a tag"),
        ("colour war mauve", 2, "mauve"),
        ("quick war xy", 2, "one letter or digit"),
        ("quick a:b x", 2, "cannot be a tag"),
        ("retag waar x", 3, 'did you mean "war"?'),
    ],
)
def test_what_cannot_be_done_to_a_tag(shell: Shell, words: str, code: int, said: str) -> None:
    tag(shell, "+war", "id:1")
    answer = shell(*words.split())
    assert (answer.code, said in answer.err) == (code, True)
    assert len(shell("history", "--json").json["items"]) == 1


def test_going_back_and_forward_to_a_change(shell: Shell) -> None:
    for name in ("a", "b", "c"):
        tag(shell, f"+{name}", "id:1")
    assert "took back 2 changes" in shell("history", "--jump", "1").err
    assert shell("list", "tag:b", "--json").json["total"] == 0
    assert shell("history").out.splitlines()[0].startswith("3  ")
    assert "made 1 change again" in shell("history", "--jump", "2").err
    assert shell("history", "--jump", "0", "--json").json == {"undone": 2, "redone": 0}
    tag(shell, "+d", "id:1")
    assert "(undone before later changes)" in shell("history").out
    gone = shell("history", "--jump", "2")
    assert (gone.code, "no change 2 can be gone to" in gone.err) == (3, True)
