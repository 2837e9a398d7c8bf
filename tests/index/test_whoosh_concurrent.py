"""Readers, writers and merges beside each other."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from index.api import SearchIndex
from index.factory import open_index
from index.query import And, Everything, Not, Or, Prefix, Sort, Term
from index.whoosh_backend.snapshot import Snapshot
from tests.index.whoosh_processes import (
    GROUP,
    documents_of,
    groups_of,
    ids_after,
    merge_until_told,
    rotate,
    running,
    told,
    write,
)

Question = Callable[[SearchIndex], Sequence[int]]
"""Its answer is the commits that it saw."""


def counted(documents: int) -> list[int]:
    assert documents % GROUP == 0
    return []


def sorted_by_date(index: SearchIndex) -> list[int]:
    found = list(index.order(Prefix("comm"), sort=Sort.NEWEST))
    assert found == sorted(found, reverse=True)
    return groups_of(found)


def best(index: SearchIndex) -> list[int]:
    page = index.search(Or((Term("common"), Term("w3"))), limit=1000)
    assert page.total == len(page.matches)
    assert len({match.score for match in page.matches}) <= 1  # all are alike
    return groups_of(match.id for match in page.matches)


def completed(index: SearchIndex) -> list[int]:
    known = index.suggest("commn", limit=1)
    assert set(known) <= set(index.complete("comm"))  # it is asked later
    return []


QUESTIONS: Sequence[Question] = (
    lambda index: groups_of(index.ids(Term("common"))),
    lambda index: groups_of(index.document_ids()),
    lambda index: groups_of(index.ids(And((Everything(), Not(Term("nothing")))))),
    sorted_by_date,
    best,
    lambda index: counted(sum(one.documents for one in index.facets(Everything()).sources)),
    lambda index: counted(index.status().documents),
    completed,
)


def ask_until_told(index: SearchIndex, end: threading.Event, seed: int) -> int:
    """Ask one question after the other; what is seen never goes back. Returns how many."""
    rng = random.Random(seed)
    asked = last = 0
    while not end.is_set():
        seen = rng.choice(QUESTIONS)(index)
        if seen:
            assert seen[-1] >= last
            last = seen[-1]
        asked += 1
    return asked


def ask_beside(index: SearchIndex, threads: int, pipe: Connection, patience: float) -> int:
    """Ask from several threads until a process has done its work; how often it was asked."""
    end = threading.Event()
    with ThreadPoolExecutor(threads) as pool:
        asking = [pool.submit(ask_until_told, index, end, seed) for seed in range(threads)]
        try:
            assert pipe.poll(patience), "the writer is stuck"
            assert pipe.recv()[0] == "done"
        finally:
            end.set()
        return sum(one.result() for one in asking)


def read_beside_a_writer(folder: Path, commits: int, threads: int) -> None:
    index = open_index(folder, create=True)
    with running(rotate, folder, commits, threads > 1) as (_, pipe), ExitStack() as stack:
        if threads == 1:
            _, merging = stack.enter_context(running(merge_until_told, folder))
        assert ask_beside(index, threads, pipe, 500) > threads
        if threads == 1:
            merging.send("end")
            assert merging.recv() > 0
    assert groups_of(index.document_ids())[-1] == commits - 1
    index.check()


def test_one_reader_beside_a_writer_and_merges(tmp_path: Path) -> None:
    read_beside_a_writer(tmp_path / "index", 150, 1)


def test_four_threads_beside_a_writer(tmp_path: Path) -> None:
    read_beside_a_writer(tmp_path / "index", 100, 4)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("threads", [1, 4])
def test_readers_beside_a_thousand_commits(tmp_path: Path, threads: int) -> None:
    read_beside_a_writer(tmp_path / "index", 1200, threads)


def write_from_two_processes(folder: Path, commits: int) -> None:
    index = open_index(folder, create=True)
    with ExitStack() as stack:
        starts = [stack.enter_context(running(write, folder, 0, commits, first, False))
                  for first in (0, 10**6)]  # fmt: skip
        _, merging = stack.enter_context(running(merge_until_told, folder))
        for process, pipe in starts:
            said = list(told(pipe))
            process.join()
            assert said[-1] == ("done", commits)
        merging.send("end")
        assert merging.recv() > 0
    assert set(index.document_ids()) == ids_after(commits) | ids_after(commits, 10**6)
    assert len(index.ids(Term(f"commit{commits}"))) == 2 * GROUP
    index.check()


def test_two_writers_and_merges_in_three_processes(tmp_path: Path) -> None:
    write_from_two_processes(tmp_path / "index", 60)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_writers_of_hundreds_of_commits(tmp_path: Path) -> None:
    write_from_two_processes(tmp_path / "index", 500)


def test_an_index_may_be_closed_while_it_is_asked(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    for commit in range(10):
        index.apply(documents_of(commit))
    end = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask_until_told, index, end, seed) for seed in range(2)]
        for _ in range(100):
            index.close()
            assert len(index.document_ids()) == 10 * GROUP
        end.set()
        assert all(one.result() > 0 for one in asking)


def test_closing_waits_for_what_is_being_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = open_index(tmp_path / "index", create=True)
    index.apply(documents_of(0))
    closing = threading.Thread(target=index.close)

    def close_meanwhile(_: Snapshot) -> None:
        if not closing.ident:
            closing.start()
            closing.join(0.05)

    monkeypatch.setattr(Snapshot, "check_sizes", close_meanwhile)
    assert len(index.document_ids()) == GROUP
    closing.join()
    assert len(index.document_ids()) == GROUP


def test_threads_that_write_take_turns(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    with ThreadPoolExecutor(4) as pool:
        done: list[Future[object]] = [
            pool.submit(index.apply, documents_of(commit)) for commit in range(24)
        ]
        done += [pool.submit(index.merge) for _ in range(4)]
        for one in done:
            one.result()
    assert set(index.document_ids()) == {one.id for n in range(24) for one in documents_of(n)}
    index.check()
