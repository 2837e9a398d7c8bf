"""Merging in a thread: to the end, step by step, and never longer than asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread, current_thread
from threading import enumerate as running
from time import sleep

import pytest

from index.errors import IndexDamagedError
from index.memory import MemoryIndex
from reader.service import draining
from reader.service.index_access import IndexAccess
from reader.service.indexing import Indexing, IndexState
from reader.service.library import Library
from reader.service.merging import Merging
from reader.service.recognising import Recognising

SECONDS = 10


class InPieces(MemoryIndex):
    """An index that takes some steps to merge; `during` is called in each."""

    def __init__(self, steps: int, during: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.left = steps
        self.taken: list[Thread] = []
        self._during = during

    def merge(self) -> bool:
        self.taken.append(current_thread())
        self._during()
        self.left -= 1
        return self.left >= 0


class Access(IndexAccess):
    """Access to an index that is always there."""

    def __init__(self, index: InPieces) -> None:
        self._always = index
        self.closed = 0

    def get(self) -> InPieces:
        return self._always

    def another(self) -> Access:
        return self

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    assert [thread for thread in running() if thread.name == "merging"] == []


def test_merging_goes_on_until_nothing_is_left() -> None:
    index = InPieces(3)
    access = Access(index)
    with Merging(access) as merging:
        assert merging.wait(0)
        merging.poke()
        assert merging.wait(SECONDS)
        assert len(index.taken) == 4
        merging.poke()
        assert merging.wait(SECONDS)
    assert len(index.taken) == 5
    assert {thread.name for thread in index.taken} == {"merging"}
    assert access.closed == 1


def test_the_end_comes_after_the_step_under_way() -> None:
    begun, go_on = Event(), Event()

    def during() -> None:
        begun.set()
        go_on.wait(SECONDS)

    def let_go(merging: Thread) -> None:
        merging.join(0.05)
        go_on.set()

    index = InPieces(99, during)
    with Merging(Access(index)) as merging:
        merging.poke()
        assert begun.wait(SECONDS)
        assert not merging.wait(0)
        Thread(target=let_go, args=(merging._thread,)).start()
    assert len(index.taken) == 1
    merging.poke()
    assert merging.wait(0)


@pytest.mark.parametrize("error", [IndexDamagedError(Path("x"), "torn"), ZeroDivisionError()])
def test_a_failure_is_logged_and_tried_again_when_poked(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def during() -> None:
        raise error

    index = InPieces(9, during)
    with Merging(Access(index)) as merging:
        merging.poke()
        assert merging.wait(SECONDS)
        assert len(index.taken) == 1
        merging.poke()
        assert merging.wait(SECONDS)
    assert len(index.taken) == 2
    assert caplog.text.count("merging failed") == 2


def waiting_for(event: Event) -> Callable[[], None]:
    """A step that takes until the event."""

    def during() -> None:
        event.wait(SECONDS)

    return during


def indexing_of(library: Library, index: InPieces) -> Indexing:
    recognising = Recognising(library.store)
    lock = library.folder / "index.lock"
    return Indexing(library.store, Access(index), lock, recognising, library.rules)


def test_indexing_ends_when_all_is_merged(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "PAUSE", 0.001)
    fresh.importing.import_paths([folder])
    index, told = InPieces(3, lambda: sleep(0.01)), list[int]()
    run = indexing_of(fresh, index)
    assert run.run(indexed=lambda: told.append(fresh.store.outbox.pending())) is IndexState.DONE
    assert index.left < 0
    assert told == [0]


def test_what_arrives_during_a_merge_is_indexed_at_once(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "PAUSE", 0.001)
    fresh.importing.import_paths([folder])
    again = Event()
    index, told = InPieces(0, waiting_for(again)), list[int]()

    def indexed() -> None:
        told.append(fresh.store.outbox.pending())
        if len(told) == 1:
            (folder / "late.txt").write_text("Late news\n\nOf the storm.\n")
            fresh.importing.import_paths([folder])
        else:
            again.set()

    assert indexing_of(fresh, index).run(indexed=indexed) is IndexState.DONE
    assert told == [0, 0]
    assert len(index.document_ids()) == 4


def test_what_was_left_to_merge_is_merged_when_nothing_waits(library: Library) -> None:
    index, told = InPieces(2), list[int]()
    run = indexing_of(library, index)
    assert run.run(indexed=lambda: told.append(len(index.taken))) is IndexState.DONE
    assert len(index.taken) == 3
    assert told == [0]


def test_what_arrives_while_only_merging_is_indexed_at_once(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "PAUSE", 0.001)
    (folder / "late.txt").write_text("Late news\n\nOf the storm.\n")
    arrived = Event()
    index = InPieces(0, waiting_for(arrived))

    def stop() -> bool:
        if not arrived.is_set():
            library.importing.import_paths([folder])
            arrived.set()
        return False

    assert indexing_of(library, index).run(stop=stop) is IndexState.DONE
    assert library.store.outbox.pending() == 0
    assert len(index.document_ids()) == 1


def test_stopping_waits_for_no_merge_but_the_one_under_way(
    fresh: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "PAUSE", 0.001)
    fresh.importing.import_paths([folder])
    stopped = Event()
    index = InPieces(99, waiting_for(stopped))

    def stop() -> bool:
        if index.taken:
            stopped.set()
        return stopped.is_set()

    assert indexing_of(fresh, index).run(stop=stop) is IndexState.STOPPED
    assert len(index.taken) < 99
    assert fresh.store.outbox.pending() == 0


def test_a_commit_holds_what_is_ready_however_much(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "BATCH", 1)
    monkeypatch.setattr(draining, "COMMIT", 2)
    library.store.outbox.add_all()
    seen: list[int] = []
    library.indexing.run(progress=lambda progress: seen.append(progress.done))
    assert seen == [0, 2, 3]
