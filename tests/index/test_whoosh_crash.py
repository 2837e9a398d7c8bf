"""Writers that are killed while they add, commit and merge."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.api import SearchIndex
from index.factory import open_index
from index.query import Everything, Term
from index.whoosh_backend import committing
from tests.index.whoosh_processes import (
    GROUP,
    documents_of,
    ids_after,
    removed_by,
    running,
    told,
    write,
)

FOREVER = 1 << 30


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that outlives its process is not waited for."""
    monkeypatch.setattr(committing, "_PATIENCE", 0.2)


@dataclass(frozen=True, slots=True)
class Killed:
    """The last commit that was begun and the last that was done, when a writer was killed."""

    begun: int
    done: int
    merging: bool


def kill_writer(folder: Path, commit: int, rng: random.Random, *, in_merge: bool) -> Killed:
    """Let a writer begin with a commit, and kill it at a random moment."""
    with running(write, folder, commit, FOREVER, 0, True) as (process, pipe):
        said = [pipe.recv()]
        if in_merge:
            wait_for_merge(folder)
            time.sleep(rng.random() * 0.006)
        else:
            time.sleep(rng.random() * 0.08)
        process.kill()
        process.join()
        said += told(pipe)
    done = max((number for word, number in said if word == "done"), default=commit - 1)
    return Killed(max(number for _, number in said), done, any(folder.glob("unfinished-*")))


def wait_for_merge(folder: Path) -> None:
    until = time.monotonic() + 20
    while not any(folder.glob("unfinished-*")):
        assert time.monotonic() < until, "nothing is merged"


def whole_commit(index: SearchIndex, killed: Killed) -> int:
    """The last commit there, all of which has to be there."""
    index.check()
    found = set(index.document_ids())
    last = killed.begun if found & {one.id for one in documents_of(killed.begun)} else killed.done
    assert found == ids_after(last)
    assert set(index.ids(Term("common"))) == set(index.ids(Everything())) == found
    if last >= 0:
        assert len(index.ids(Term(f"commit{last}"))) == GROUP
    return last


def assert_nothing_left(folder: Path, index: SearchIndex) -> None:
    names = {path.name for path in folder.iterdir()}
    names -= {"format.json", "MAIN_WRITELOCK", "MAIN_MERGELOCK"}
    assert len([name for name in names if name.endswith(".toc")]) == 1
    assert len([name for name in names if name.endswith(".arrays")]) == index.status().segments
    assert len(names) == index.status().segments + 1


def kill_many(folder: Path, kills: int, seed: int) -> Iterator[Killed]:
    """Kill writers, each of which goes on where the one before it was."""
    rng = random.Random(seed)
    commit = 0
    for number in range(kills):
        killed = kill_writer(folder, commit, rng, in_merge=number % 2 == 1)
        yield killed
        index = open_index(folder)
        commit = whole_commit(index, killed) + 1
        index.apply(documents_of(commit), removed_by(commit))
        index.merge()
        assert set(index.document_ids()) == ids_after(commit)
        assert_nothing_left(folder, index)
        index.close()
        commit += 1


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    assert len(list(kill_many(tmp_path / "index", 8, 6))) == 8


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_was_committed_survives_hundreds_of_kills(tmp_path: Path) -> None:
    killed = list(kill_many(tmp_path / "index", 240, 7))
    assert sum(one.merging for one in killed) >= 15
    assert sum(one.begun > one.done for one in killed) >= 40


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_index_that_was_killed_while_it_was_made_can_be_made(tmp_path: Path) -> None:
    rng = random.Random(8)
    for number in range(40):
        folder = tmp_path / f"index{number}"
        with running(write, folder, 0, FOREVER, 0, True) as (process, _):
            while not folder.exists():
                pass
            time.sleep(rng.random() * 0.004)
            process.kill()
        index = open_index(folder, create=True)
        assert len(index.document_ids()) % GROUP == 0
        index.apply(documents_of(0))
        index.merge()
        index.check()
        assert_nothing_left(folder, index)
        index.close()
