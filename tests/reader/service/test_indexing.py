"""The outbox drained: entities, index, rebuilding, stopping, two at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.errors import IndexBusyError
from index.memory import MemoryIndex
from reader.service import indexing
from reader.service.indexing import Indexing, IndexProgress, IndexState
from reader.service.library import Library


def test_everything_that_waits_is_recognised_and_indexed(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    seen: list[IndexProgress] = []
    assert fresh.indexing.run(progress=seen.append) is IndexState.DONE
    assert seen == [IndexProgress(3, 3, rebuilding=True)]
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


def test_a_changed_article_is_indexed_again(library: Library, folder: Path) -> None:
    (folder / "trees.txt").write_text("Council votes on trees\n\nNow it wants lindens.\n")
    library.importing.import_paths([folder])
    library.indexing.run()
    assert list(library.searching.view("lindens").ids) == [3]
    assert list(library.searching.view("planting").ids) == []
    assert library.indexing.status().documents == 3


def test_only_one_process_indexes(library: Library, folder: Path) -> None:
    other = Library.open(library.folder)
    (folder / "more.txt").write_text("More of it\n\nMore news from Bergen.\n")
    library.importing.import_paths([folder])
    during: list[IndexState] = []

    def meanwhile(_: IndexProgress) -> None:
        during.append(other.indexing.run())
        during.append(other.indexing.rebuild())

    library.indexing.run(progress=meanwhile)
    assert during == [IndexState.BUSY, IndexState.BUSY]
    assert other.searching.view("more news").total == 1
    other.close()


def test_stopping_leaves_the_rest_waiting(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 1)
    fresh.importing.import_paths([folder])
    asked = iter([False, True])
    assert fresh.indexing.run(stop=lambda: next(asked)) is IndexState.STOPPED
    assert fresh.indexing.status().waiting == 2
    assert fresh.indexing.verify().sound
    assert fresh.indexing.run() is IndexState.DONE
    assert fresh.indexing.status().documents == 3


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


def test_rebuilding_makes_the_index_anew(library: Library) -> None:
    before = library.searching.ids("storm")
    assert library.indexing.rebuild() is IndexState.DONE
    assert library.searching.ids("storm") == before


def test_verify_names_what_is_missing_and_what_is_too_much(library: Library) -> None:
    from index.api import Document
    from index.factory import open_index

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


class OneIndex:
    """Access to an index that is always there."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index

    def get(self) -> MemoryIndex:
        return self._index

    def replace(self) -> MemoryIndex:
        return self._index


def test_an_index_held_by_another_writer_leaves_all_waiting(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    access = OneIndex(BusyIndex())
    lock = fresh.folder / "index.lock"
    busy = Indexing(fresh.store, access, lock)  # type: ignore[arg-type]
    assert busy.run() is IndexState.BUSY
    assert fresh.indexing.status().waiting == 3
