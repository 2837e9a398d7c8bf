"""The outbox drained: entities, index, rebuilding, stopping, two at once."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.api import Document
from index.errors import IndexBusyError, IndexDamagedError
from index.factory import open_index
from index.memory import MemoryIndex
from index.query import IdSet, Term
from reader.entities import Found, Recogniser, load_recogniser
from reader.errors import SearchUnavailableError
from reader.kept import Deeds
from reader.model import Draft
from reader.service import batches, draining
from reader.service.index_access import IndexAccess
from reader.service.indexing import Indexing, IndexProgress, IndexStage, IndexState
from reader.service.library import Library
from reader.service.recognising import Recognising
from reader.service.rules_told import RuleReport
from reader.store import Store, entity_changes, open_store
from tests.reader.service.naming import add, index_what_waits, the
from tests.reader.store.helpers import entity


def test_everything_that_waits_is_recognised_and_indexed(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    seen: list[IndexProgress] = []
    assert fresh.indexing.run(progress=seen.append) is IndexState.DONE
    stages = [(0, IndexStage.INDEX), (3, IndexStage.NAMES), (3, IndexStage.INDEX)]
    assert seen == [IndexProgress(done, 3, True, stage) for done, stage in stages]
    report = fresh.indexing.status()
    assert (report.articles, report.documents, report.waiting) == (3, 3, 0)
    assert report.size > 0
    assert report.segments > 0
    assert fresh.reading.list_mentions(2)
    assert fresh.indexing.verify().sound


def test_nothing_waiting_is_nothing_done(library: Library) -> None:
    seen: list[IndexProgress] = []
    assert library.indexing.run(progress=seen.append) is IndexState.DONE
    assert seen == []


def test_a_name_that_was_split_off_reaches_all_articles_and_the_index(
    fresh: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entity_changes, "AT_ONCE", 1)
    add(fresh, *(f"Day {n}: [PER:Anna Berg] met [PER:Anna Berg|Berg]." for n in range(3)))
    fresh.correcting.split(the(fresh, "Anna Berg"), "Berg")
    index_what_waits(fresh)
    assert fresh.store.corrections.waiting() == 2
    assert fresh.indexing.run(stop=lambda: True) is IndexState.STOPPED
    assert fresh.store.corrections.waiting() == 2
    assert fresh.indexing.run() is IndexState.DONE
    assert fresh.store.corrections.waiting() == fresh.store.outbox.pending() == 0
    assert fresh.searching.ids(f'who:"#{the(fresh, "Berg")}"') == IdSet([1, 2, 3])
    assert [one.mentions for one in fresh.browsing.list_entities()] == [3, 3]


def test_rules_run_once_all_is_indexed(fresh: Library, folder: Path) -> None:
    fresh.saved_searches.add("Bergen", 'where:bergen -"plant trees"')
    fresh.saved_searches.set_deeds("Bergen", Deeds(add=("north",), marks=("starred",)))
    fresh.importing.import_paths([folder])
    told: list[IndexProgress] = []
    seen: list[list[int]] = []

    def indexed() -> None:
        seen.append(list(fresh.searching.ids("tag:north")))

    assert fresh.indexing.run(progress=told.append, indexed=indexed) is IndexState.DONE
    assert seen == [[2]]
    reports = [one.rules for one in told if one.rules is not None]
    assert reports == [RuleReport(arrived=3, changed=1)]
    assert not fresh.rules.are_awaited()


def test_rules_that_were_cut_off_run_the_next_time(library: Library, folder: Path) -> None:
    library.saved_searches.add("All", "*")
    library.saved_searches.set_deeds("All", Deeds(add=("seen",)))
    (folder / "more.txt").write_text("More of it\n\nMore news from Bergen.\n")
    library.importing.import_paths([folder])
    other = Library.open(library.folder)
    other.rules.run_arrivals = RuleReport  # type: ignore[method-assign]
    assert other.indexing.run() is IndexState.DONE
    other.close()
    assert (library.store.outbox.pending(), library.rules.are_awaited()) == (0, True)
    assert library.indexing.run() is IndexState.DONE
    assert library.searching.ids("tag:seen") == IdSet([4])


def test_naming_anew_runs_no_rule(library: Library, folder: Path) -> None:
    library.saved_searches.add("All", "*")
    library.saved_searches.set_deeds("All", Deeds(add=("seen",)))
    library.recognising.choose()
    library.indexing.run(anew=True)
    library.indexing.rebuild()
    assert library.searching.ids("tag:seen") == IdSet()


def test_a_changed_article_is_indexed_again(library: Library, folder: Path) -> None:
    (folder / "trees.txt").write_text("Council votes on trees\n\nNow it wants lindens.\n")
    library.importing.import_paths([folder])
    library.indexing.run()
    assert list(library.searching.view("lindens").ids) == [3]
    assert list(library.searching.view("planting").ids) == []
    assert library.indexing.status().documents == 3


def test_only_one_process_indexes(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "ROUND", 1)
    other = Library.open(library.folder)
    for name in ("more", "most"):
        (folder / f"{name}.txt").write_text(f"The {name} of it\n\nSome {name} news from Bergen.\n")
    library.importing.import_paths([folder])
    during: list[IndexState] = []

    def meanwhile(progress: IndexProgress) -> None:
        if progress.stage is IndexStage.NAMES:
            return
        during.append(other.indexing.run())
        during.append(other.indexing.rebuild())

    library.indexing.run(progress=meanwhile)
    busy, done = IndexState.BUSY, IndexState.DONE
    assert during == [busy, busy, busy, busy, done, busy]  # at the end nothing waits any more
    assert other.searching.view("most news").total == 1
    other.close()


def test_stopping_leaves_the_rest_waiting(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "ROUND", 1)
    fresh.importing.import_paths([folder])
    told: list[IndexProgress] = []
    state = fresh.indexing.run(progress=told.append, stop=lambda: told[-1].done == 1)
    assert state is IndexState.STOPPED
    assert fresh.indexing.status().waiting == 2
    assert fresh.indexing.verify().sound
    assert fresh.indexing.run() is IndexState.DONE
    assert fresh.indexing.status().documents == 3


def test_long_articles_are_fewer_in_a_commit(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "CHARACTERS", 1)
    monkeypatch.setattr(batches, "READ_AT_ONCE", 1)
    fresh.importing.import_paths([folder])
    waiting, told = fresh.store.outbox.pending(), list[int]()
    assert waiting > 1
    fresh.indexing.run(progress=lambda progress: told.append(progress.done))
    assert sorted(set(told)) == list(range(waiting + 1))
    assert fresh.indexing.verify().sound


def indexing_of(
    library: Library, access: IndexAccess, recogniser: Recogniser | None = None
) -> Indexing:
    """The work on a library with an index, and a recogniser, of our own."""
    load = load_recogniser if recogniser is None else lambda _: recogniser
    recognising = Recognising(library.store, load)
    lock = library.folder / "index.lock"
    return Indexing(library.store, access, lock, recognising, library.rules)


class Recording:
    """A recogniser that finds nothing and keeps how many texts it was given."""

    name, version = "recording", "1"

    def __init__(self) -> None:
        self.given: list[int] = []

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        self.given.append(len(texts))
        return [[] for _ in texts]


@pytest.mark.parametrize(("characters", "given"), [(1, [2, 1]), (10_000, [3])])
def test_names_are_looked_for_in_few_articles_that_are_long(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch, characters: int, given: list[int]
) -> None:
    monkeypatch.setattr(batches, "CHARACTERS", characters)
    monkeypatch.setattr(batches, "READ_AT_ONCE", 2)
    fresh.importing.import_paths([folder])
    recording = Recording()
    access = IndexAccess(fresh.folder / "index")
    assert indexing_of(fresh, access, recording).run() is IndexState.DONE
    assert recording.given == given
    assert fresh.indexing.status().waiting == 0
    assert fresh.indexing.verify().sound
    access.close()


def test_a_missing_index_is_rebuilt_by_the_next_run(library: Library) -> None:
    shutil.rmtree(library.folder / "index")
    other = Library.open(library.folder)
    assert other.indexing.status().problem
    assert other.indexing.verify().problem
    seen: list[IndexProgress] = []
    assert other.indexing.run(progress=seen.append) is IndexState.DONE
    assert seen[-1] == IndexProgress(3, 3, rebuilding=True)
    assert other.indexing.verify().sound
    other.close()


def test_the_index_of_a_library_without_articles(fresh: Library) -> None:
    assert fresh.indexing.rebuild() is IndexState.DONE
    assert fresh.indexing.verify().sound
    assert fresh.indexing.status().documents == 0


def test_rebuilding_makes_the_index_anew(library: Library) -> None:
    before = library.searching.ids("storm")
    assert library.indexing.rebuild() is IndexState.DONE
    assert library.searching.ids("storm") == before


def test_verify_names_what_is_missing_and_what_is_too_much(library: Library) -> None:
    index = open_index(library.folder / "index")
    index.apply([Document(id=77, title="x", text="y", added=0)], remove=[2])
    index.close()
    check = library.indexing.verify()
    assert (check.missing, check.surplus) == ((2,), (77,))
    assert not check.sound


class BusyIndex(MemoryIndex):
    """An index that somebody else is writing to."""

    def apply(self, put: object, remove: object = ()) -> None:
        raise IndexBusyError(Path("index"))


class OneIndex(IndexAccess):
    """Access to an index that is always there."""

    def __init__(self, index: MemoryIndex) -> None:
        self._always = index

    def get(self) -> MemoryIndex:
        return self._always

    def another(self) -> IndexAccess:
        return self

    def check_writable(self) -> None:
        """It always can be."""

    def close(self) -> None:
        """Nothing is held."""


def test_an_index_held_by_another_writer_leaves_all_waiting(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    access = OneIndex(BusyIndex())
    assert indexing_of(fresh, access).run() is IndexState.BUSY
    assert fresh.indexing.status().waiting == 3


class Fixed(OneIndex):
    """Access to an index that cannot be replaced."""

    def check_writable(self) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "index")


def test_an_index_that_cannot_be_replaced_is_left_alone(library: Library) -> None:
    with pytest.raises(OSError, match="Read-only"):
        indexing_of(library, Fixed(MemoryIndex())).rebuild()
    assert library.indexing.status().waiting == 0


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    IndexAccess(tmp_path / "index").check_writable()
    (tmp_path / "index").mkdir()
    IndexAccess(tmp_path / "index").check_writable()
    assert list(tmp_path.rglob("*")) == [tmp_path / "index"]
    with pytest.raises(OSError, match="'/proc'"):
        IndexAccess(Path("/proc/index")).check_writable()


class Stumbling:
    """A recogniser that cannot cope with some texts."""

    name, version = "stumbling", "1"

    def __init__(self, word: str) -> None:
        self._word = word
        self._inner = load_recogniser()

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        if any(self._word in text for text in texts):
            raise RecursionError
        return self._inner.recognise(texts)


def test_a_text_the_recogniser_fails_with_keeps_nothing_waiting(
    fresh: Library, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fresh.importing.import_paths([folder])
    access = IndexAccess(fresh.folder / "index")
    assert indexing_of(fresh, access, Stumbling("corn")).run() is IndexState.DONE
    assert "article 1" in caplog.text
    assert fresh.reading.list_mentions(1) == ()
    assert fresh.reading.list_mentions(2)
    assert fresh.searching.ids("corn") == IdSet([1])
    assert fresh.indexing.status().waiting == 0
    access.close()


def damage(folder: Path) -> None:
    """Cut the largest file of an index to half its length."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    largest = max(files, key=lambda path: path.stat().st_size)
    content = largest.read_bytes()
    largest.write_bytes(content[: len(content) // 2])


def test_damage_is_told_by_verify_and_mended_by_the_next_run(library: Library) -> None:
    damage(library.folder / "index")
    other = Library.open(library.folder)
    assert other.indexing.verify().problem
    with pytest.raises(SearchUnavailableError):
        other.searching.view("storm bergen")
    # This process had the index open all the time.
    assert library.indexing.run() is IndexState.DONE
    assert library.indexing.verify().sound
    assert other.searching.view("storm").total == 2
    other.close()


class DamagedOnce(MemoryIndex):
    """An index in which damage is met while it is written."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        self.times -= 1
        if self.times >= 0:
            raise IndexDamagedError(Path("index"), "half a file")
        super().apply(put, remove)


class Replacing(OneIndex):
    """Access that counts how often the index was made anew."""

    replaced = 0

    def replace(self) -> MemoryIndex:
        self.replaced += 1
        return self._always


def test_damage_met_while_indexing_means_a_new_index_once(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    access = Replacing(DamagedOnce(1))
    seen: list[IndexProgress] = []
    assert indexing_of(fresh, access).run(progress=seen.append) is IndexState.DONE
    assert access.replaced == 1
    assert seen[-1] == IndexProgress(3, 3, rebuilding=True)
    (folder / "more.txt").write_text("More of it\n\nMore news from Bergen.\n")
    fresh.importing.import_paths([folder])
    hopeless = Replacing(DamagedOnce(9))
    with pytest.raises(SearchUnavailableError):
        indexing_of(fresh, hopeless).run()
    assert hopeless.replaced == 1
    assert fresh.indexing.status().waiting > 0


class Overtaken(MemoryIndex):
    """An index during whose first commit somebody else finds names in an article."""

    def __init__(self, other: Store, file: Path) -> None:
        super().__init__()
        self._file = os.fsencode(file)
        self._other: Store | None = other

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        super().apply(put, remove)
        if self._other is not None:
            other, self._other = self._other, None
            known = load_recogniser()
            stamp = f"{known.name} {known.version}"
            other.entities.replace_mentions(1, [entity("Nemo", (0, 3))], stamp)
            text = "Lindens, says Anna Berg."
            other.articles.save(Draft("Council votes on trees", text, file=self._file))


def test_a_change_beside_the_indexer_reaches_the_index(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    other = open_store(fresh.folder)
    index = Overtaken(other, folder / "trees.txt")
    seen: list[IndexProgress] = []
    state = indexing_of(fresh, OneIndex(index)).run(progress=seen.append)
    assert state is IndexState.DONE
    assert [(one.done, one.total) for one in seen if one.stage is IndexStage.INDEX] == [
        (0, 3), (3, 5), (5, 5),
    ]  # fmt: skip
    (nemo,) = other.entities.find_ids("nemo")
    assert index.ids(Term(str(nemo), field="entity")) == IdSet([1])
    assert index.ids(Term("lindens")) == IdSet([3])
    (anna,) = other.entities.find_ids("anna berg")
    assert 3 in index.ids(Term(str(anna), field="entity"))
    assert fresh.indexing.status().waiting == 0
    other.close()
