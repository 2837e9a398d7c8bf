"""`correct`: said once, told, undone, carried to another library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.store import entity_changes
from tests.reader.cli.conftest import Shell

ARTICLES = {
    "quay.txt": "Quay opened\n\n"
    "Anna Berg opened the quay of Bergen on Sunday. Ms Berg thanked the United Nations.\n",
    "rain.txt": "Rain in Bergen\n\nIt rained. The mayor of Bergen, Anna Berg, left for Odesa.\n",
    "visit.txt": "A visit\n\nNils Lie visited Odesa. Nobody saw the trees.\n",
}


@pytest.fixture
def articles(tmp_path: Path) -> str:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


@pytest.fixture
def shell(empty: Shell, articles: str) -> Shell:
    """Ids: 1 quay, 2 rain, 3 visit."""
    assert empty("import", articles).code == 0
    return empty


def names(shell: Shell) -> dict[str, tuple[str, int, int]]:
    items = shell("entities", "--json").json["items"]
    return {one["name"]: (one["type"], one["articles"], one["mentions"]) for one in items}


def shown(shell: Shell, article: int) -> set[str]:
    """Whom an article names, without anything being brought up to date before."""
    return {one["name"] for one in shell("show", str(article), "--json").json["entities"]}


def total(shell: Shell, query: str) -> int:
    found: int = shell("search", query, "--json").json["total"]
    return found


def test_rename(shell: Shell) -> None:
    answer = shell("correct", "rename", "Odesa", "Odesa Port")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == (
        'renamed "Odesa" to "Odesa Port": 2 mentions in 2 articles; `dateline undo` takes it back\n'
    )
    assert names(shell)["Odesa Port"] == ("LOC", 2, 2)
    assert total(shell, "where:odesa") == total(shell, 'where:"odesa port"') == 2
    assert shell("undo").err.startswith("undid: ")
    assert "Odesa Port" not in names(shell)
    assert total(shell, 'where:"odesa port"') == 0
    shell("redo")
    assert "Odesa Port" in names(shell)


def test_kind(shell: Shell) -> None:
    answer = shell("correct", "kind", "odesa", "org", "--json").json
    assert answer["correction"] == "kind"
    assert (answer["entity"]["name"], answer["entity"]["type"]) == ("Odesa", "ORG")
    assert (answer["articles"], answer["mentions"]) == (2, 2)
    assert answer["changed"] is True
    assert (total(shell, "org:odesa"), total(shell, "where:odesa")) == (2, 0)
    assert 'set "Odesa" to place' in shell("correct", "kind", "odesa", "LOC").err
    assert shell("correct", "kind", "odesa", "town").code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("kind", "Bergen", "LOC"), 'set "Bergen" to place'),
        (("rename", "Bergen", "Bergen"), 'renamed "Bergen" to "Bergen"'),
        (("mention", "2", "Odesa", "Nils Lie"), 'set "Odesa" in article 2 to Nils Lie'),
    ],
)
def test_what_is_so_already_is_no_change(shell: Shell, words: tuple[str, ...], told: str) -> None:
    shell("correct", "mention", "2", "Odesa", "Nils Lie")
    events = shell("history", "--json").json["items"]
    for more in ((), ("--dry-run",)):
        answer = shell("correct", *words, *more)
        assert (answer.code, answer.err) == (0, f"nothing to change, it is so already: {told}\n")
    assert shell("correct", *words, "--json").json["changed"] is False
    assert shell("history", "--json").json["items"] == events


def test_who_else_is_called_so_is_told(shell: Shell) -> None:
    number = shell("entity", "Bergen", "--json").json["entity"]["entity_id"]
    answer = shell("correct", "rename", "Odesa", "Bergen", "--dry-run")
    assert answer.err.splitlines()[1] == (
        f"called so too: Bergen (place, #{number}); `dateline correct merge` makes them one"
    )
    assert "called so too" not in shell("correct", "rename", "Odesa", "Odda").err


def test_a_kind_that_makes_two_one_is_told(shell: Shell) -> None:
    shell("correct", "mention", "2", "Odesa", "Bergen", "--kind", "ORG")
    ids = {one["type"]: one["entity_id"] for one in shell("entities", "--json").json["items"]
           if one["name"] == "Bergen"}  # fmt: skip
    answer = shell("correct", "kind", f"#{ids['ORG']}", "LOC")
    assert answer.err == (
        f'set "Bergen" to place and made it one with Bergen (place, #{ids["LOC"]}): '
        "1 mention in 1 article; `dateline undo` takes it back\n"
    )
    assert shell("undo").err == 'undid: merge "Bergen" (ORG) into "Bergen" (LOC): 1 article\n'


def test_ignore(shell: Shell) -> None:
    assert 'ignored "Odesa": 2 mentions' in shell("correct", "ignore", "Odesa").err
    assert "Odesa" not in names(shell)
    assert total(shell, "entity:odesa") == 0
    assert shell("entity", "Odesa").code == 3
    shell("undo")
    assert total(shell, "entity:odesa") == 2


def test_restore(shell: Shell) -> None:
    number = shell("entity", "Odesa", "--json").json["entity"]["entity_id"]
    shell("correct", "ignore", "Odesa")
    shell("correct", "ignore", "Bergen")
    for name in ("odesa", f"#{number}"):
        answer = shell("correct", "rename", name, "Odesa Port")
        assert answer.code == 3
        assert answer.err == (
            f"ignored, `dateline correct restore` shows it again: Odesa (place, #{number})\n"
        )
    answer = shell("correct", "restore", "odesa")
    assert answer.err == (
        'restored "Odesa": 2 mentions in 2 articles; `dateline undo` takes it back\n'
    )
    assert names(shell)["Odesa"] == ("LOC", 2, 2)
    assert total(shell, "where:odesa") == 2
    answer = shell("correct", "restore", "Odesa")
    assert (answer.code, answer.err) == (3, 'nothing that is called "Odesa" is ignored\n')
    shell("undo")
    assert shell("correct", "restore", f"#{number}", "--json").json["correction"] == "restore"
    assert "Odesa" in names(shell)


def test_of_several_that_are_ignored_one_is_restored_by_its_id(shell: Shell) -> None:
    shell("correct", "split", "Anna Berg", "Berg")
    shell("correct", "rename", "Nils Lie", "Berg")
    bergs = [one for one in shell("entities", "--json").json["items"] if one["name"] == "Berg"]
    for one in bergs:
        shell("correct", "ignore", f"#{one['entity_id']}")
    answer = shell("correct", "restore", "Berg")
    assert answer.code == 3
    assert answer.err.startswith('several are called "Berg", say which by its id: ')
    assert shell("correct", "restore", f"#{bergs[0]['entity_id']}").code == 0


def test_merge(shell: Shell) -> None:
    answer = shell("correct", "merge", "Nils Lie", "Anna Berg")
    assert 'made "Nils Lie" one with "Anna Berg": 1 mention in 1 article' in answer.err
    assert names(shell)["Anna Berg"] == ("PER", 3, 4)
    assert total(shell, "who:lie") == total(shell, "who:berg") == 3
    assert shell("correct", "merge", "Nils Lie", "Berg").code == 2
    answer = shell("correct", "merge", "Odesa", "Berg")
    assert 'made "Odesa" (place) one with "Anna Berg" (person): ' in answer.err
    assert shell("correct", "merge", "Nils Lie", "Zzyzx").code == 3
    assert shell("correct", "merge", "Zzyzx", "Berg").code == 3


def test_split(shell: Shell) -> None:
    answer = shell("correct", "split", "Anna Berg", "Berg")
    assert 'split "Berg" off "Anna Berg": 1 mention in 1 article' in answer.err
    assert names(shell)["Anna Berg"] == ("PER", 2, 2)
    assert names(shell)["Berg"] == ("PER", 1, 1)
    assert shell("correct", "split", "Odesa", "Oslo").code == 3


def test_a_split_is_done_when_it_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity_changes, "AT_ONCE", 0)
    kept = json.dumps({"correction": "split", "name": "Anna Berg", "kind": "PER", "form": "Berg",
                       "to": "Berg"})  # fmt: skip
    path = Path(shell.environment["DATELINE_LIBRARY"]).with_name("kept.jsonl")
    path.write_text(kept)
    for words in (("split", "Anna Berg", "Berg"), ("apply", str(path))):
        answer = shell("correct", *words)
        assert answer.code == 0
        assert "split" not in words or ": 1 mention in 1 article;" in answer.err
        assert "Berg" in shown(shell, 1)
        shell("undo")
        assert "Berg" not in shown(shell, 1)
        shell("redo")
        assert "Berg" in shown(shell, 1)
        shell("undo")


def test_a_name_of_several_needs_an_id(shell: Shell) -> None:
    shell("correct", "split", "Anna Berg", "Berg")
    shell("correct", "rename", "Nils Lie", "Berg")
    answer = shell("correct", "ignore", "Berg")
    assert answer.code == 3
    assert 'several are called "Berg", say which by its id: ' in answer.err
    cards = shell("entity", "Berg", "--json").json
    lie = cards["others"][0]["entity_id"]
    assert shell("correct", "ignore", f"#{lie}").code == 0
    assert shell("entity", f"#{lie}").code == 3


def test_one_place_of_an_article(shell: Shell) -> None:
    answer = shell("correct", "mention", "2", "Odesa", "Bergen")
    assert 'set "Odesa" in article 2 to Bergen: 1 mention in 1 article' in answer.err
    assert names(shell)["Bergen"] == ("LOC", 2, 3)
    assert total(shell, "where:odesa") == 1
    answer = shell("correct", "mention", "3", "Odesa", "Odesa Post", "--kind", "org", "--json")
    assert answer.json["entity"]["name"] == "Odesa Post"
    assert total(shell, 'org:"odesa post"') == 1
    assert "to nobody" in shell("correct", "mention", "1", "Berg", "--nobody").err
    assert names(shell)["Anna Berg"] == ("PER", 2, 2)


def test_which_of_several_places_is_told(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "trip.txt"
    path.write_text("A trip\n\nShe left Odesa. Odesa slept. From Odesa she wrote.\n")
    shell("import", str(path))
    for words, number in (((), 1), ((), 2), (("--nth", "1"), 1), (("--nth", "3"), 3)):
        name = ("Bergen",) if words else ("--nobody",)
        answer = shell("correct", "mention", "4", "Odesa", *name, *words)
        to = "Bergen" if words else "nobody"
        assert f'set "Odesa", number {number} of 3, in article 4 to {to}: ' in answer.err
    assert sorted(shell("correct", "list").out.splitlines()) == [
        'set "Odesa", number 1 in article 4, to "Bergen" (place)',
        'set "Odesa", number 2 in article 4, to nobody',
        'set "Odesa", number 3 in article 4, to "Bergen" (place)',
    ]


def test_a_name_that_was_missed(shell: Shell) -> None:
    assert shell("correct", "mention", "3", "trees", "Trees", "--kind", "MISC").code == 0
    assert names(shell)["Trees"] == ("MISC", 1, 1)


def test_a_place_that_is_not_there(shell: Shell) -> None:
    assert shell("correct", "mention", "9", "Odesa", "--nobody").code == 3
    answer = shell("correct", "mention", "2", "Odesa", "--nth", "2", "--nobody")
    assert (answer.code, answer.err) == (3, 'article 2 has "Odesa" 1 time\n')
    answer = shell("correct", "mention", "2", "Odesa", "Zzyzx")
    assert answer.code == 3
    assert "with --kind it may be a new one" in answer.err
    refused = (
        ("2", "Odesa"),
        ("2", "Odesa", "x", "--nobody"),
        ("2", "", "x"),
        ("2", "Odesa", "!!!", "--kind", "LOC"),
    )
    for words in refused:
        assert shell("correct", "mention", *words).code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("rename", "Odesa", "Odesa Port"),
        ("kind", "Odesa", "ORG"),
        ("ignore", "Odesa"),
        ("merge", "Odesa", "Bergen"),
        ("split", "Anna Berg", "Berg"),
        ("mention", "2", "Odesa", "--nobody"),
    ],
)
def test_a_dry_run_tells_and_changes_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    before = names(shell)
    answer = shell("correct", *words, "--dry-run")
    assert answer.code == 0
    assert answer.err.startswith("would have ")
    assert "undo" not in answer.err
    assert names(shell) == before
    assert shell("undo").err == "nothing to undo\n"
    assert not shell("correct", "list", "--json").lines


def test_names_of_nothing_are_refused(shell: Shell) -> None:
    for words in (("Odesa", ""), ("Odesa", "\u200b"), ("", "x")):
        assert shell("correct", "rename", *words).code == 2
    assert shell("correct", "rename", "Odesa", "x\udcffy\x1b[31m").code == 0
    assert shell("correct", "ignore", "\udcff").code == 3


def correct_all(shell: Shell) -> None:
    shell("correct", "split", "Anna Berg", "Berg")
    shell("correct", "rename", "Nils Lie", "Nils Fjell")
    shell("correct", "kind", "Bergen", "ORG")
    shell("correct", "mention", "2", "Odesa", "Odesa Post", "--kind", "ORG")
    shell("correct", "ignore", "United Nations")
    shell("correct", "merge", "Nils Fjell", "Anna Berg")


def test_corrections_are_listed_in_words(shell: Shell) -> None:
    correct_all(shell)
    assert sorted(shell("correct", "list").out.splitlines()) == [
        'ignore "United Nations" (organisation)',
        'make "Nils Lie" (person) one with "Anna Berg" (person)',
        'rename "Nils Lie" (person) to "Nils Fjell"',
        'set "Bergen" (place) to organisation',
        'set "Odesa", number 1 in article 2, to "Odesa Post" (organisation)',
        'split "Berg" off "Anna Berg" (person)',
    ]
    shell("correct", "mention", "1", "Bergen", "--nobody")
    assert '"Bergen", number 1 in article 1, to nobody\n' in shell("correct", "list").out


def test_corrections_are_carried_to_another_library(
    shell: Shell, articles: str, tmp_path: Path
) -> None:
    correct_all(shell)
    kept = tmp_path / "kept.jsonl"
    kept.write_text(shell("correct", "list", "--json").out, encoding="utf-8")
    wanted = names(shell)
    shell.environment["DATELINE_LIBRARY"] = str(tmp_path / "other")
    shell("import", articles)
    assert names(shell) != wanted
    answer = shell("correct", "apply", str(kept), "--dry-run")
    assert answer.err == "would have applied 6 corrections\n"
    assert names(shell) != wanted
    answer = shell("correct", "apply", str(kept), "--json")
    assert answer.json == {"applied": 6, "unchanged": 0, "waiting": [], "failed": []}
    assert names(shell) == wanted
    answer = shell("correct", "apply", str(kept))
    assert answer.err == "applied 6 corrections, 6 of which stood already\n"
    assert sorted(map(str, shell("correct", "list", "--json").lines)) == sorted(
        str(json.loads(line)) for line in kept.read_text(encoding="utf-8").splitlines()
    )


def test_lines_about_names_that_no_article_has_are_told(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = [
        {"correction": "rename", "name": "Berg", "kind": "PER", "to": "Anna B."},
        {"correction": "ignore", "name": "Odesa", "kind": "LOC"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    number = shell("entity", "Anna", "Berg", "--json").json["entity"]["entity_id"]
    answer = shell("correct", "apply", str(path))
    assert answer.code == 0
    assert answer.err == (
        'applied 2 corrections\n1 of names that no article has yet: "Berg" (person), '
        f"a name of Anna Berg (person, #{number})\n"
    )
    again = shell("correct", "apply", str(path), "--json").json
    assert (again["applied"], again["unchanged"], again["waiting"]) == (2, 2, lines[:1])


def test_lines_that_are_wrong_are_told_with_their_number(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    good = json.dumps({"correction": "ignore", "name": "Odesa", "kind": "LOC"})
    path.write_bytes(b"nonsense\n\n" + good.encode() + b'\n{"correction": "swap"}\n\xff\n')
    answer = shell("correct", "apply", str(path))
    assert answer.code == 1
    assert "applied 1 correction\n" in answer.err
    assert [line.split(":")[1] for line in answer.err.splitlines()[1:]] == ["1", "4", "5"]
    assert "Odesa" not in names(shell)
    assert shell("correct", "apply", str(tmp_path / "missing")).code == 2
