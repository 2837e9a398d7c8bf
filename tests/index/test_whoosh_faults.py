"""Writing that fails at each of its steps, and the order of the steps."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from index.api import Document, SearchIndex
from index.factory import open_index
from index.memory import MemoryIndex
from index.query import Everything, Phrase, Prefix, Query, Term
from index.whoosh_backend.index import WhooshIndex, create_missing
from index.whoosh_backend.storage import IndexStorage
from tests.index.whoosh_faults import Died, FaultyStorage, Step

QUERIES: Sequence[Query] = (
    Everything(),
    Term("common"),
    Phrase(("common", "word3")),
    Prefix("wo"),
    Term("7", "entity"),
)


def document(doc: int, word: str = "common") -> Document:
    return Document(
        doc, f"title {doc}", f"{word} word{doc} text", doc, source="Courier", entities=(doc,)
    )


@dataclass(frozen=True, slots=True)
class Work:
    """Something done to an index, and whether it changes what is in it."""

    name: str
    do: Callable[[SearchIndex], object]


PUT = Work("put", lambda index: index.apply([document(doc) for doc in range(50, 53)]))
CHANGE = Work("change", lambda index: index.apply([document(3, "new"), document(60)], [7, 1]))
REMOVE = Work("remove", lambda index: index.apply([], [0, 4, 9]))
MERGE = Work("merge", lambda index: index.merge())
WORKS = (PUT, CHANGE, REMOVE, MERGE)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of nine small segments, one document of which is deleted; its commit is the 10th."""
    folder = tmp_path_factory.mktemp("faults") / "index"
    index = open_index(folder, create=True)
    for first in range(0, 18, 2):
        index.apply([document(first), document(first + 1)])
    index.apply([], [5])
    index.close()
    return folder


def reference(works: Iterable[Work]) -> MemoryIndex:
    index = MemoryIndex()
    index.apply([document(doc) for doc in range(18)])
    index.apply([], [5])
    for work in works:
        work.do(index)
    return index


def answers(index: SearchIndex) -> list[object]:
    pages = [index.search(query, limit=100) for query in QUERIES]
    return [
        *([(match.id, round(match.score, 6)) for match in page.matches] for page in pages),
        index.facets(Everything()),
    ]


def copy_used(base: Path, folder: Path) -> None:
    """A copy with what killed writers may leave."""
    shutil.copytree(base, folder)
    for name in ("_MAIN_9.toc", "_MAIN_11.toc.ab", "MAIN_0123456789abcdef.arrays"):
        (folder / name).write_bytes(b"left")
    for name in ("unfinished-0123456789abcdef", "format.json.ab"):
        (folder / name).write_bytes(b"left")


def steps_of(folder: Path, work: Work) -> list[Step]:
    storage = FaultyStorage(folder)
    work.do(WhooshIndex(storage))
    return storage.steps


def places(steps: Sequence[Step], every: int) -> list[int]:
    """Each step, but of those that write to one file after another only some."""
    return [at for at, step in enumerate(steps) if step.kind != "write" or at % every == 0]


def assert_goes_on(folder: Path, work: Work, *, done: bool | None) -> None:
    """What was committed is there, exactly, and the index can be written to and merged; `done` is
    whether the work has to be part of it."""
    index = open_index(folder)
    index.check()
    found = answers(index)
    before, after = answers(reference([])), answers(reference([work]))
    assert found in [[before, after], [before], [after]][0 if done is None else 1 + done]
    works = [work, PUT, CHANGE, REMOVE]
    for one in works:
        one.do(index)
    while index.merge():
        pass
    index.check()
    assert answers(index) == answers(reference(works))
    names = {path.name for path in folder.iterdir()}
    names -= {"format.json", "MAIN_WRITELOCK", "MAIN_MERGELOCK"}
    assert len(names) == index.status().segments + 1
    index.close()


def fail_everywhere(base: Path, room: Path, work: Work, every: int) -> None:
    """The disk is full, or broken, at one step after the other."""
    copy_used(base, room / "counted")
    steps = steps_of(room / "counted", work)
    for at in places(steps, every):
        folder = room / f"failed{at}"
        copy_used(base, folder)
        number = (errno.ENOSPC, errno.EIO)[at % 2]
        text = os.strerror(number)
        storage = FaultyStorage(folder, at, partial(OSError, number, text))
        # The last steps of a commit can fail when it counts already.
        harmless = steps[at].kind == "delete"
        published = any(step.kind == "rename" and "toc" in step.name for step in steps[:at])
        with nullcontext() if harmless else pytest.raises(OSError, match=text):
            work.do(WhooshIndex(storage))
        assert_goes_on(folder, work, done=published or harmless)
        shutil.rmtree(folder)


def die_everywhere(base: Path, room: Path, work: Work, every: int, since: float | None) -> None:
    """The writer dies at one step after the other, or the machine when `since` is a number."""
    rng = random.Random(5)
    copy_used(base, room / "counted")
    steps = steps_of(room / "counted", work)
    for at in places(steps, every):
        folder = room / f"died{at}"
        copy_used(base, folder)
        storage = FaultyStorage(folder, at)
        with pytest.raises(Died):
            work.do(WhooshIndex(storage))
        if since is not None:
            storage.lose_power(rng, since)
        assert_goes_on(folder, work, done=None)
        shutil.rmtree(folder)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
def test_a_failure_at_any_step_leaves_the_last_commit(
    base: Path, tmp_path: Path, work: Work
) -> None:
    fail_everywhere(base, tmp_path, work, 40)


@pytest.mark.parametrize("since", [None, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("work", [CHANGE, MERGE], ids=lambda work: work.name)
def test_a_writer_that_dies_at_any_step_leaves_the_last_commit(
    base: Path, tmp_path: Path, work: Work, since: float | None
) -> None:
    die_everywhere(base, tmp_path, work, 60, since)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
def test_a_failure_at_every_single_write(base: Path, tmp_path: Path, work: Work) -> None:
    fail_everywhere(base, tmp_path, work, 1)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("since", [None, 0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
def test_a_death_at_every_single_write(
    base: Path, tmp_path: Path, work: Work, since: float | None
) -> None:
    die_everywhere(base, tmp_path, work, 1, since)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.name)
def test_the_order_of_the_steps(base: Path, tmp_path: Path, work: Work) -> None:
    shutil.copytree(base, tmp_path / "index")
    steps = steps_of(tmp_path / "index", work)
    published = next(
        at for at, step in enumerate(steps) if step.kind == "rename" and step.name.endswith(".toc")
    )
    toc = next(at for at, step in enumerate(steps) if step.kind == "open" and ".toc." in step.name)
    data, table = steps[:toc], steps[toc:published]
    for at, step in enumerate(data):
        if step.kind == "write":
            assert Step("sync", step.name) in data[at:]
    assert data[-1].kind == "sync folder"
    assert [step.kind for step in table] == ["open", "write", "sync"]
    assert steps[published + 1].kind == "sync folder"
    rest = steps[published + 2 :]
    assert [step.kind for step in rest] == ["sync folder", *["delete"] * (len(rest) - 1)]
    assert not any(step.kind == "delete" for step in steps[:published])


def test_an_index_whose_making_fails_at_any_step_can_be_made(tmp_path: Path) -> None:
    counted = FaultyStorage(_empty(tmp_path / "counted"))
    create_missing(counted)
    for at, step in enumerate(counted.steps):
        storage = FaultyStorage(_empty(tmp_path / f"index{at}"), at)
        with pytest.raises(Died):
            create_missing(storage)
        storage.lose_power(random.Random(at), 0.5)
        index = open_index(storage.path, create=True)
        index.apply([document(1)])
        assert list(index.ids(Term("common"))) == [1], step
        assert len(list(storage.path.iterdir())) == 4


def test_what_a_failed_commit_wrote_is_removed_at_once(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(base, folder)
    shutil.copytree(base, tmp_path / "counted")
    held = {path.name for path in folder.iterdir()}
    steps = steps_of(tmp_path / "counted", PUT)
    at = next(at for at, step in enumerate(steps) if step.kind == "rename")
    full = partial(OSError, errno.ENOSPC, "full")
    with pytest.raises(OSError, match="full"):
        PUT.do(WhooshIndex(FaultyStorage(folder, at, full)))
    assert {path.name for path in folder.iterdir()} == held


def test_what_killed_writers_left_makes_room_first(base: Path, tmp_path: Path) -> None:
    copy_used(base, tmp_path / "index")
    kinds = [step.kind for step in steps_of(tmp_path / "index", PUT)]
    first = kinds.index("open")
    assert kinds[:first] == ["sync folder", *["delete"] * (first - 1)]
    assert first == 5


def test_files_are_synced_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fsync

    def noting(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    storage = IndexStorage(_empty(tmp_path / "index"))
    with storage.writing("one") as file:
        file.write(b"data")
    storage.rename_file("one", "other")
    inodes = [(storage.path / "other").stat().st_ino, storage.path.stat().st_ino]
    assert synced == inodes


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder
