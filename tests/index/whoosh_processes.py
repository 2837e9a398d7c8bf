"""Processes that write to an index beside a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from index.api import Document
from index.factory import open_index

GROUP = 5
"""Documents that one commit puts."""

_LIFE = 20
"""Commits after which one of the documents of a commit is removed."""

_FILLING = " ".join(f"w{number}" for number in range(60))

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(["index.whoosh_backend.index", __name__])


def documents_of(commit: int, first: int = 0) -> list[Document]:
    """What commit number `commit` puts; ids begin at `first`."""
    text = f"common commit{commit} {_FILLING}"
    return [
        Document(first + commit * 10 + number, f"title {number}", text, commit, source="Courier")
        for number in range(GROUP)
    ]


def removed_by(commit: int, first: int = 0) -> list[int]:
    return [first + (commit - _LIFE) * 10] if commit >= _LIFE else []


def ids_after(commit: int, first: int = 0) -> set[int]:
    """The documents that are there after commits 0 to `commit`."""
    put = {one.id for number in range(commit + 1) for one in documents_of(number, first)}
    return put.difference(*(removed_by(number, first) for number in range(commit + 1)))


def write(pipe: Connection, folder: Path, commit: int, last: int, first: int, merge: bool) -> None:
    """Make commits, telling of each before and after."""
    index = open_index(folder, create=True)
    while commit <= last:
        pipe.send(("begin", commit))
        index.apply(documents_of(commit, first), removed_by(commit, first))
        pipe.send(("done", commit))
        if merge:
            index.merge()
        commit += 1


def rotate(pipe: Connection, folder: Path, commits: int, merge: bool) -> None:
    """Make commits, each of which puts one group of documents and removes an old one."""
    index = open_index(folder)
    for commit in range(commits):
        old = documents_of(commit - _LIFE) if commit >= _LIFE else []
        index.apply(documents_of(commit), [one.id for one in old])
        if merge:
            index.merge()
    pipe.send(("done", commits))


def groups_of(ids: Iterable[int]) -> list[int]:
    """The commits of which documents are there. Fails unless all of each are, and the commits
    are those that were the last ones at some time."""
    counts = Counter(one // 10 for one in ids)
    assert set(counts.values()) <= {GROUP}
    commits = sorted(counts)
    assert commits == list(range(commits[0], commits[-1] + 1)) if commits else True
    assert len(commits) == _LIFE or not commits or commits[0] == 0
    return commits


def merge_until_told(pipe: Connection, folder: Path) -> None:
    """Merge over and over; tells how often there was cause."""
    index = open_index(folder)
    merges = 0
    while not pipe.poll(0.001):
        merges += index.merge()
    pipe.send(merges)


@contextmanager
def running(target: object, *args: object) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process and a pipe to it; killed in the end should it still run."""
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=target, args=(theirs, *args))  # type: ignore[arg-type]
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def told(pipe: Connection) -> Iterator[tuple[str, int]]:
    """All that a process that has ended said."""
    try:
        while True:
            yield pipe.recv()
    except (EOFError, ConnectionResetError):
        return
