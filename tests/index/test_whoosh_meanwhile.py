"""What others do to an index while it is merged or written to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from whoosh.util.filelock import FileLock

from index.api import Document, SearchIndex
from index.errors import IndexBusyError, IndexMissingError
from index.factory import destroy_index, open_index
from index.memory import MemoryIndex
from index.query import Everything, Term
from index.whoosh_backend import committing
from index.whoosh_backend.index import WhooshIndex
from index.whoosh_backend.storage import UNFINISHED, IndexStorage
from tests.index.whoosh_processes import documents_of, ids_after, running, told, write

SEGMENTS = 8


def documents(first: int, word: str = "common") -> list[Document]:
    return [
        Document(doc, f"title {doc}", f"{word} word{doc} text", doc) for doc in (first, first + 1)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of so many segments that they will be merged."""
    path = tmp_path / "index"
    index = open_index(path, create=True)
    for number in range(SEGMENTS):
        index.apply(documents(2 * number))
    index.close()
    return path


class PausingStorage(IndexStorage):
    """Something is done each time that a file of a certain kind has been written."""

    def __init__(self, folder: Path, lead: str, meanwhile: Callable[[], object]) -> None:
        super().__init__(folder)
        self._lead = lead
        self._meanwhile = meanwhile

    def sync(self, file: BinaryIO) -> None:
        super().sync(file)
        if Path(file.name).name.startswith(self._lead):
            self._meanwhile()


def merging(folder: Path, meanwhile: Callable[[SearchIndex], object]) -> SearchIndex:
    """An index at whose merging something happens between writing and swapping."""
    other = open_index(folder)
    return WhooshIndex(PausingStorage(folder, UNFINISHED, lambda: meanwhile(other)))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def assert_alike(index: SearchIndex, reference: SearchIndex) -> None:
    index.check()
    for query in (Everything(), Term("common"), Term("changed"), Term("word5"), Term("word30")):
        one, other = index.search(query, limit=50), reference.search(query, limit=50)
        assert [match.id for match in one.matches] == [match.id for match in other.matches]
        for match, expected in zip(one.matches, other.matches, strict=True):
            assert match.score == pytest.approx(expected.score)


@pytest.mark.parametrize("removed", [[], [5], [4, 5], range(2, 2 * SEGMENTS)])
def test_a_commit_beside_a_merge_is_kept(folder: Path, removed: list[int]) -> None:
    reference = MemoryIndex()
    for number in range(SEGMENTS):
        reference.apply(documents(2 * number))

    def change(index: SearchIndex) -> None:
        index.apply([*documents(30), *documents(0, "changed")[:1]], removed)

    index = merging(folder, change)
    assert index.merge()
    change(reference)
    assert_alike(index, reference)
    assert index.status().segments <= 2
    assert len(names(folder)) == 4 + index.status().segments


def test_a_commit_of_another_process_beside_a_merge_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = open_index(folder, create=True)
    for commit in range(15):
        index.apply(documents_of(commit))

    def write_elsewhere(_: SearchIndex) -> None:
        with running(write, folder, 15, 30, 0, False) as (process, pipe):
            assert list(told(pipe))[-1] == ("done", 30)
            process.join()

    assert merging(folder, write_elsewhere).merge()
    assert set(index.document_ids()) == ids_after(30)
    index.check()


def test_a_merge_of_which_nothing_is_left_does_nothing(folder: Path) -> None:
    index = merging(folder, lambda other: other.apply([], range(2 * SEGMENTS)))
    assert index.merge()
    assert not index.document_ids()
    assert len(names(folder)) == 4
    assert not index.merge()


def test_only_one_merges_at_a_time(folder: Path) -> None:
    others: list[bool] = []
    index = merging(folder, lambda other: others.append(other.merge()))
    assert index.merge()
    assert others == [False]
    assert not index.merge()


def make_anew(folder: Path) -> None:
    destroy_index(folder)
    fresh = open_index(folder, create=True)
    for number in range(SEGMENTS):
        fresh.apply(documents(100 + 2 * number))
    fresh.close()


def test_an_index_made_anew_beside_a_merge_is_not_touched(folder: Path) -> None:
    seen: list[set[str]] = []

    def replace(_: SearchIndex) -> None:
        make_anew(folder)
        seen.append(names(folder))

    index = merging(folder, replace)
    assert index.merge()
    assert seen == [names(folder)]
    assert list(index.document_ids()) == list(range(100, 100 + 2 * SEGMENTS))


def test_an_index_that_is_removed_beside_a_merge_stays_away(folder: Path) -> None:
    index = merging(folder, lambda _: destroy_index(folder))
    with pytest.raises(IndexMissingError):
        index.merge()
    assert not folder.exists()


def test_an_index_is_not_removed_while_it_is_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committing, "_PATIENCE", 0.02)

    def remove() -> None:
        with pytest.raises(IndexBusyError):
            destroy_index(folder)

    index = WhooshIndex(PausingStorage(folder, "MAIN", remove))
    index.apply(documents(30))
    assert 30 in index.document_ids()


def test_a_folder_that_is_removed_by_force_is_missing(folder: Path) -> None:
    index = WhooshIndex(PausingStorage(folder, "MAIN", lambda: shutil.rmtree(folder)))
    with pytest.raises(IndexMissingError):
        index.apply(documents(30))
    assert not folder.exists()


class LateLock(FileLock):  # type: ignore[misc]
    """Is taken when the folder is just being replaced."""

    replace: Callable[[], object] | None = None

    def acquire(self, blocking: bool = False) -> bool:
        taken: bool = super().acquire(blocking)
        replace, self.replace = self.replace, None
        if replace is not None:
            replace()
        return taken


class LateStorage(IndexStorage):
    """Notes whether the lock of the folder can be had while something is written."""

    def __init__(self, folder: Path, replace: Callable[[], object]) -> None:
        super().__init__(folder)
        self._replace = replace
        self.unlocked = False

    def lock(self, name: str) -> Any:
        lock = LateLock(os.fspath(self.path / name))
        lock.replace = self._replace
        return lock

    def sync(self, file: BinaryIO) -> None:
        super().sync(file)
        self.unlocked |= IndexStorage(self.path).lock("MAIN_WRITELOCK").acquire()


def test_a_lock_of_a_folder_that_is_gone_is_none(folder: Path) -> None:
    aside = folder.with_name("aside")

    def replace() -> None:
        folder.rename(aside)
        make_anew(folder)

    storage = LateStorage(folder, replace)
    index = WhooshIndex(storage)
    held = names(folder)
    index.apply(documents(30))
    assert not storage.unlocked
    assert names(aside) == held
    assert list(index.document_ids()) == [30, 31, *range(100, 100 + 2 * SEGMENTS)]


def test_a_lock_of_a_folder_that_is_only_removed_is_none(folder: Path) -> None:
    index = WhooshIndex(LateStorage(folder, lambda: shutil.rmtree(folder)))
    with pytest.raises(IndexMissingError):
        index.apply(documents(30))
    assert not folder.exists()
    with pytest.raises(IndexMissingError):
        index.merge()
