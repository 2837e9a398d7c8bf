"""`entities status` and `entities rebuild`, and that `entities QUERY` stays a query."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.cli.session import Exit
from reader.entities import BUILT_IN, Found, Recogniser, load_recogniser
from reader.errors import RecogniserFailedError
from reader.model import EntityKind
from reader.service import draining
from reader.service.library import Library
from reader.service.recognising import Recognising
from tests.reader.cli.conftest import Shell


class Spotter:
    """A recogniser that knows one word."""

    name, version = "spotter", "7"

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        return [
            [Found(at, at + 5, EntityKind.MISC, 0.9)] if (at := text.find("storm")) >= 0 else []
            for text in texts
        ]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> dict[str, Recogniser]:
    """Recognisers that can be chosen beside the built-in one."""
    there: dict[str, Recogniser] = {"spotter": Spotter()}

    def load(name: str = "") -> Recogniser:
        if name == "spotter" and name not in there:
            raise RecogniserFailedError(name, "gone")
        return there[name] if name in there else load_recogniser(name)

    monkeypatch.setattr(Recognising.__init__, "__defaults__", (load,))
    return there


def test_status(shell: Shell) -> None:
    shell("index", "update")
    built_in = load_recogniser()
    status = shell("entities", "status", "--json").json
    assert status["recogniser"] == BUILT_IN
    assert status["version"] == built_in.version
    assert (status["done"], status["waiting"], status["problem"]) == (3, 0, None)
    assert 0 < status["entities"] <= status["mentions"]
    out = shell("entities", "status").out
    assert [line.split()[0] for line in out.splitlines()] == [
        "recogniser", "version", "articles", "waiting", "entities", "mentions",
    ]  # fmt: skip


def test_rebuilding_by_another_and_back(shell: Shell, shelf: dict[str, Recogniser]) -> None:
    answer = shell("entities", "rebuild", "--with", "spotter")
    assert (answer.code, answer.err) == (0, "3 articles named by spotter 7\n")
    items = shell("entities", "--json").json["items"]
    assert [(one["name"], one["type"], one["articles"]) for one in items] == [("storm", "MISC", 1)]
    again = shell("entities", "rebuild", "--json").json
    assert (again["recogniser"], again["version"], again["done"]) == ("spotter", "7", 3)
    assert shell("entities", "rebuild", f"--with={BUILT_IN}").code == 0
    names = [one["name"] for one in shell("entities", "--json").json["items"]]
    assert "Bergen" in names
    assert "storm" not in names


@pytest.mark.parametrize("name", ["nobody", "spacy", "spacy:no-such-model", "gliner:none"])
def test_what_cannot_be_had_is_refused_before_anything_changes(shell: Shell, name: str) -> None:
    before = shell("entities", "status", "--json").json
    answer = shell("entities", "rebuild", "--with", name)
    assert answer.code == Exit.WRONG_USE
    assert answer.err.startswith("dateline: ")
    assert shell("entities", "status", "--json").json == before


def test_a_recogniser_that_is_gone_is_told(
    shell: Shell, shelf: dict[str, Recogniser], folder: Path
) -> None:
    shell("entities", "rebuild", "--with", "spotter")
    del shelf["spotter"]
    (folder / "more.txt").write_text("More\n\nIt rained in Bergen, they say.\n")
    answer = shell("import", str(folder))
    assert "spotter cannot be loaded; names are found by the built-in recogniser" in answer.err
    assert "Bergen" in shell("entities", "rained").out
    status = shell("entities", "status")
    assert "spotter" in status.out
    assert "gone" in status.err
    assert "version" not in status.out
    assert "gone" in shell("entities", "status", "--json").json["problem"]
    assert shell("entities", "rebuild").code == Exit.WRONG_USE


@pytest.mark.parametrize(("batch", "left"), [(1, 2), (9, 0)])
def test_an_interrupt_leaves_the_rest_for_later(
    shell: Shell,
    shelf: dict[str, Recogniser],
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
    left: int,
) -> None:
    monkeypatch.setattr(draining, "BATCH", batch)

    class Interrupting(Spotter):
        def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
            os.kill(os.getpid(), signal.SIGINT)
            return super().recognise(texts)

    shell("index", "update")
    shelf["spotter"] = Interrupting()
    answer = shell("entities", "rebuild", "--with", "spotter")
    assert answer.code == Exit.INTERRUPTED
    assert ("to go; `dateline entities rebuild` goes on" in answer.err) is (left > 0)
    assert shell("entities", "status", "--json").json["waiting"] == left
    shelf["spotter"] = Spotter()
    if left:
        assert shell("entities", "rebuild").code == 0
    status = shell("entities", "status", "--json").json
    assert (status["version"], status["waiting"]) == ("7", 0)
    assert shell("entities", "storm", "--json").json["items"][0]["articles"] == 1


def test_another_process_goes_on_with_it(
    shell: Shell, shelf: dict[str, Recogniser], monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    shell("index", "update")
    monkeypatch.setattr("reader.cli.session.PATIENCE", 0.0)
    with (shell.library / "index.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = shell("entities", "rebuild", "--with", "spotter")
    assert answer.code == Exit.BUSY
    assert answer.err == "another process goes on with spotter; 3 articles to go\n"
    library = Library.open(shell.library)
    assert library.recognising.choice().name == "spotter"
    library.close()


@pytest.mark.parametrize(
    "words",
    [
        ("--", "rebuild"), ("--", "status"), ('"status"',), ("rebuild", "the", "bridge"),
        ("status", "is:read"), ("--json", "status"),
    ],
)  # fmt: skip
def test_queries_of_these_words_are_queries(shell: Shell, words: tuple[str, ...]) -> None:
    answer = shell("entities", *words)
    assert answer.code == 0
    assert answer.err in ("", "nothing found\n")
    assert "recogniser" not in answer.out


def test_articles_of_an_upgraded_library_are_not_passed_over_in_silence(shell: Shell) -> None:
    shell("index", "update")
    assert shell("entities").err == ""
    database = sqlite3.connect(shell.library / "library.sqlite3")
    with database:
        database.execute("UPDATE article SET recogniser = NULL WHERE id < 3")
    database.close()
    assert shell("entities").err == "2 articles without names yet: `dateline entities rebuild`\n"
    assert shell("entities", "rebuild").code == 0
    assert shell("entities").err == ""


def test_help_tells_of_both(shell: Shell) -> None:
    assert "entities rebuild" in shell("entities", "--help").out
    assert "--with" in shell("entities", "rebuild", "--help").out


def test_the_words_of_the_line_of_progress() -> None:
    from reader.cli.session import indexing_text
    from reader.service.index_told import IndexProgress, IndexStage

    assert indexing_text(IndexProgress(3, 9, False)) == "indexing: 3 of 9"
    assert indexing_text(IndexProgress(3, 9, True)) == "rebuilding the index: 3 of 9"
    assert indexing_text(IndexProgress(1200, 3400, False, IndexStage.NAMES)) == (
        "finding names: 1,200 of 3,400"
    )
