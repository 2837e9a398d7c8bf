"""The recogniser of a library: chosen, kept, stood in for; everything named anew meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.query import IdSet
from reader.entities import BUILT_IN, Found, Recogniser, load_recogniser
from reader.errors import RecogniserError, RecogniserFailedError, RecogniserUnknownError
from reader.model import EntityKind
from reader.service import draining
from reader.service.index_access import IndexAccess
from reader.service.indexing import Indexing, IndexProgress, IndexStage, IndexState
from reader.service.library import Library
from reader.service.recognising import Choice, NamesProgress, Recognising


class Spotter:
    """A recogniser that knows one word; it keeps the texts it was given."""

    def __init__(self, word: str, version: str = "1", name: str = "spotter") -> None:
        self.name = name
        self.version = version
        self.word = word
        self.given: list[str] = []

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        self.given += texts
        return [self._found(text) for text in texts]

    def _found(self, text: str) -> list[Found]:
        at = text.find(self.word)
        return [Found(at, at + len(self.word), EntityKind.ORG, 0.9)] if at >= 0 else []


@dataclass
class Shelf:
    """Recognisers by name; what is not there cannot be loaded."""

    there: dict[str, Recogniser] = field(default_factory=dict)
    loaded: list[str] = field(default_factory=list)

    def __call__(self, name: str) -> Recogniser:
        self.loaded.append(name)
        if name == "":
            return load_recogniser()
        if name not in self.there:
            raise RecogniserFailedError(name, "gone")
        return self.there[name]


@dataclass
class Desk:
    """A library whose recognisers come from a shelf."""

    library: Library
    shelf: Shelf
    access: IndexAccess

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """As another process would."""
        self.recognising = Recognising(self.library.store, self.shelf)
        lock = self.library.folder / "index.lock"
        self.indexing = Indexing(
            self.library.store, self.access, lock, self.recognising, self.library.rules
        )

    def run(self, **how: Callable[..., object]) -> IndexState:
        return self.indexing.run(anew=True, **how)  # type: ignore[arg-type]

    def names(self, article_id: int) -> list[str]:
        return [one.text for one in self.library.reading.list_mentions(article_id)]


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    """Three articles, named by the built-in recogniser and indexed."""
    access = IndexAccess(library.folder / "index")
    yield Desk(
        library,
        Shelf({"spotter": Spotter("storm"), "other": Spotter("council", name="other")}),
        access,
    )
    access.close()


def test_without_a_choice_the_built_in_one_is_taken(desk: Desk) -> None:
    chosen = desk.recognising.chosen()
    assert (chosen.choice, chosen.recogniser.name) == (Choice("", 0), BUILT_IN)
    assert desk.recognising.chosen() is chosen
    assert desk.recognising.waiting() == 0
    assert desk.run() is IndexState.DONE


def test_everything_is_named_anew_by_another_and_found_by_it(desk: Desk) -> None:
    assert desk.names(2)[:1] == ["Bergen"]
    desk.recognising.choose("spotter")
    assert desk.recognising.waiting() == 3
    seen: list[IndexProgress] = []
    told: list[int] = []
    assert desk.run(progress=seen.append, indexed=lambda: told.append(len(seen))) is IndexState.DONE
    assert {one.stage for one in seen} == {IndexStage.NAMES}
    assert (seen[0].done, seen[0].total) == (3, 3)
    assert told == [0, len(seen)]
    assert [desk.names(one) for one in (1, 2, 3)] == [["storm"], ["storm"], []]
    assert desk.library.searching.ids("org:storm") == IdSet([1, 2])
    assert desk.library.store.outbox.pending() == desk.recognising.waiting() == 0
    assert desk.library.indexing.verify().sound


def test_the_newest_come_first_and_a_stop_keeps_what_is_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "ROUND", 2)
    monkeypatch.setattr(draining, "BATCH", 1)
    spotter = Spotter("storm")
    desk.shelf.there["spotter"] = spotter
    desk.recognising.choose("spotter")
    seen: list[IndexProgress] = []
    assert desk.run(progress=seen.append, stop=lambda: bool(seen)) is IndexState.STOPPED
    assert len(spotter.given) == 1
    assert spotter.given[0].startswith("The council")  # without a date: it came last
    assert (seen[-1].done, seen[-1].total) == (1, 3)
    assert desk.recognising.waiting() == 2
    desk.begin()
    assert desk.run(progress=seen.append) is IndexState.DONE
    assert [text[:9] for text in spotter.given] == ["The counc", "The storm", "A ship wi"]
    assert (seen[-1].done, seen[-1].total) == (2, 2)
    assert desk.library.searching.ids("org:storm") == IdSet([1, 2])


def test_a_stop_before_the_first_batch(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    assert desk.run(stop=lambda: True) is IndexState.STOPPED
    assert desk.recognising.waiting() == 3


def test_commands_do_not_wait_for_it(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    assert desk.indexing.run() is IndexState.DONE
    assert desk.recognising.waiting() == 3
    assert desk.library.searching.ids("where:bergen") == IdSet([2, 3])


def test_new_articles_come_before_old_ones(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "ROUND", 2)
    monkeypatch.setattr(draining, "BATCH", 1)
    spotter = Spotter("storm")
    desk.shelf.there["spotter"] = spotter
    desk.recognising.choose("spotter")
    (folder / "late.txt").write_text("Late\nPublished: 1999-01-01\n\nAn old storm, told late.\n")
    indexed: list[list[int]] = []

    def import_once(_: IndexProgress) -> None:
        if len(spotter.given) == 1:
            desk.library.importing.import_paths([folder])

    def note() -> None:
        indexed.append(list(desk.library.searching.ids("storm")))

    assert desk.run(progress=import_once, indexed=note) is IndexState.DONE
    assert [text[:6] for text in spotter.given] == ["The co", "An old", "The st", "A ship"]
    assert indexed[1] == [1, 2, 4]
    assert desk.names(4) == ["storm"]


def test_another_choice_meanwhile_is_taken_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draining, "ROUND", 1)
    desk.recognising.choose("spotter")
    other = Recognising(desk.library.store, desk.shelf)

    def choose_once(_: IndexProgress) -> None:
        if other.choice().name == "spotter":
            other.choose("other")

    assert desk.run(progress=choose_once) is IndexState.DONE
    assert desk.recognising.choice().name == "other"
    assert [desk.names(one) for one in (1, 2, 3)] == [[], ["council"], ["council"]]


def test_rebuilding_by_the_same_is_another_round(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    desk.run()
    spotter = Spotter("Bergen")  # the same version, a better one for all that
    desk.shelf.there["spotter"] = spotter
    desk.begin()
    assert desk.recognising.waiting() == 0
    assert desk.recognising.choose().choice == Choice("spotter", 1)
    assert desk.recognising.waiting() == 3
    # Asked again before it is done it goes on, it does not begin anew.
    assert desk.recognising.choose("spotter").choice == Choice("spotter", 1)
    desk.run()
    assert desk.names(2) == ["Bergen"]
    assert desk.recognising.choose().choice.round == 2


def test_new_articles_are_no_rebuilding_that_was_begun(desk: Desk, folder: Path) -> None:
    desk.recognising.choose("spotter")
    desk.run()
    (folder / "late.txt").write_text("Late\n\nIt rained.\n")
    desk.library.importing.import_paths([folder])
    assert desk.recognising.choose().choice == Choice("spotter", 1)
    assert desk.recognising.waiting() == 4


def test_the_built_in_one_is_chosen_by_its_name(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    assert desk.recognising.choose(BUILT_IN).choice.name == ""


def test_another_version_of_the_same_names_anew(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    desk.run()
    desk.shelf.there["spotter"] = Spotter("Bergen", "2")
    desk.begin()
    assert desk.recognising.waiting() == 3
    desk.run()
    assert desk.names(2) == ["Bergen"]


def test_one_that_cannot_be_loaded_is_refused_before_anything_changes(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    before = desk.recognising.choice()
    with pytest.raises(RecogniserError, match="nobody"):
        desk.recognising.choose("nobody")
    with pytest.raises(RecogniserUnknownError):
        desk.library.recognising.choose("nobody")
    assert desk.recognising.choice() == before


def test_the_built_in_one_stands_in_for_one_that_is_gone(desk: Desk, folder: Path) -> None:
    desk.recognising.choose("spotter")
    desk.run()
    spotter = desk.shelf.there.pop("spotter")
    desk.begin()
    (folder / "late.txt").write_text("Late\n\nIt rained in Bergen after the storm.\n")
    desk.library.importing.import_paths([folder])
    seen: list[IndexProgress] = []
    assert desk.run(progress=seen.append) is IndexState.DONE
    assert [one.missing for one in seen if one.stage is IndexStage.NAMES] == ["spotter"]
    assert desk.names(4) == ["Bergen"]
    assert desk.names(1) == ["storm"]  # what it has named stays
    assert desk.recognising.waiting() == 0
    report = desk.recognising.status()
    assert (report.recogniser, report.version) == ("spotter", "")
    assert isinstance(report.trouble, RecogniserFailedError)
    desk.shelf.there["spotter"] = spotter
    desk.begin()
    assert desk.recognising.waiting() == 1
    desk.run()
    assert desk.names(4) == ["storm"]


def test_how_far_it_is_is_known_without_loading_it(desk: Desk, folder: Path) -> None:
    desk.run()
    progress = desk.recognising.progress
    assert progress() == NamesProgress(BUILT_IN, 3, 0)
    desk.recognising.choose("spotter")
    assert progress() == NamesProgress("spotter", 3, 3)
    desk.run()
    desk.begin()
    assert desk.recognising.progress() == NamesProgress("spotter", 3, 0)
    (folder / "late.txt").write_text("Late\n\nIt rained.\n")
    desk.library.importing.import_paths([folder])
    assert desk.recognising.progress().waiting == 1
    assert desk.recognising.start_over()
    assert desk.shelf.loaded == ["", "spotter"]
    desk.run()
    assert desk.recognising.choice() == Choice("spotter", 1)
    assert desk.recognising.progress() == NamesProgress("spotter", 4, 0)
    desk.recognising.choose("other")
    assert not desk.recognising.start_over()
    assert desk.recognising.choice() == Choice("other", 1)


def test_status_counts(desk: Desk) -> None:
    desk.recognising.choose("spotter")
    report = desk.recognising.status()
    assert (report.recogniser, report.version, report.trouble) == ("spotter", "1", None)
    assert (report.done, report.waiting) == (0, 3)
    desk.run()
    report = desk.recognising.status()
    assert (report.done, report.waiting, report.entities, report.mentions) == (3, 0, 1, 2)
    desk.recognising.choose()
    assert desk.recognising.status().version == "1"


class Surnames:
    """A recogniser of two people who are one."""

    name, version = "surnames", "1"

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        return [
            [
                Found(at, at + len(name), EntityKind.PER, 0.9)
                for name in ("Ada Quill", "Quill")
                if (at := text.find(name)) >= 0 and (name != "Quill" or "Ada" not in text)
            ]
            for text in texts
        ]


def test_a_bare_name_finds_its_owner_who_comes_later(desk: Desk, folder: Path) -> None:
    desk.shelf.there["surnames"] = Surnames()
    desk.recognising.choose("surnames")
    desk.run()
    (folder / "first.txt").write_text("Rain\n\nQuill spoke of rain.\n")
    desk.library.importing.import_paths([folder])
    desk.run()
    for number in range(6):
        (folder / f"later{number}.txt").write_text(f"Sun {number}\n\nAda Quill saw sun {number}.\n")
    desk.library.importing.import_paths([folder])
    assert desk.run() is IndexState.DONE
    (found,) = desk.library.store.entities.find_ids("ada quill")
    assert {one.entity_id for one in desk.library.reading.list_mentions(4)} == {found}
    assert 4 in desk.library.searching.ids('who:"ada quill"')
    assert desk.library.store.outbox.pending() == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from reader.service import draining
from reader.service.library import Library

draining.ROUND, draining.BATCH = 2, 1
library, left = Library.open(Path(sys.argv[1])), int(sys.argv[2])

def tell(where):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

put, done = library.store.entities.replace_many, library.store.outbox.done
library.store.entities.replace_many = lambda batch: (tell("before"), put(batch), tell("after"))
library.store.outbox.done = lambda items: (tell("before"), done(items), tell("after"))
library.recognising.choose()
library.indexing.run(anew=True, progress=tell)
"""


@pytest.mark.parametrize("at", [1, 3, 4, 5, 6, 8])
def test_a_kill_loses_nothing(library: Library, at: int) -> None:
    before = [library.reading.list_mentions(one) for one in (1, 2, 3)]
    command = [sys.executable, "-P", "-c", KILLED, str(library.folder), str(at)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    ended = subprocess.run(command, env=environment, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert library.recognising.choice().round == 1
    assert library.indexing.run(anew=True) is IndexState.DONE
    assert library.store.outbox.pending() == library.recognising.waiting() == 0
    assert [library.reading.list_mentions(one) for one in (1, 2, 3)] == before
    assert library.indexing.verify().sound
    assert library.searching.ids("where:bergen") == IdSet([2, 3])
