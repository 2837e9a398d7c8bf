"""Segments of strangers: whatever is wrong in them is damage, and trouble of the machine is not."""

from __future__ import annotations

import errno
import os
import re
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from index.api import Document, SearchIndex
from index.errors import IndexDamagedError, IndexMissingError
from index.factory import destroy_index, open_index
from index.query import TEXT_FIELDS, Everything, Prefix, Sort, Term
from index.whoosh_backend import snapshot as snapshots
from index.whoosh_backend.sections import PAGE
from tests.index.whoosh_forging import (
    assert_damaged,
    document,
    find_segments,
    make_index,
    reseal,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_index(tmp_path / "index")


def test_swapped_segments_are_found(folder: Path) -> None:
    index = open_index(folder)
    one, other = find_segments(folder)
    one.rename(folder / "aside")
    other.rename(one)
    (folder / "aside").rename(other)
    assert set(index.ids(Everything())) == set(range(20))  # what is open is still right
    with pytest.raises(IndexDamagedError):
        index.check()
    assert_damaged(folder)


def test_a_segment_of_another_index_is_found(folder: Path, tmp_path: Path) -> None:
    stranger = open_index(tmp_path / "other", create=True)
    stranger.apply([document(doc, "stranger") for doc in range(10)])
    index = open_index(folder)
    shutil.copy(find_segments(tmp_path / "other")[0], folder / "copied")
    (folder / "copied").replace(find_segments(folder)[0])
    with pytest.raises(IndexDamagedError):
        index.check()
    assert_damaged(folder)


def test_a_directory_that_is_as_it_was_is_read(folder: Path) -> None:
    reseal(folder, lambda directory: None)
    assert open_index(folder).ids(Term("word13")) == open_index(folder).ids(Term("13", "title"))


@pytest.mark.parametrize(
    "entry",
    [
        [1 << 40, 10, "<i8"],
        [0, 1 << 40, "<i8"],
        [-8, 1, "<i8"],
        [8, -1, "<i8"],
        [64, 10, "O"],
        [64, 10, "nonsense"],
        [64, 10, 5],
        [64, "x", "<i8"],
        [64, 10],
        None,
        {},
    ],
    ids=repr,
)
def test_a_directory_that_points_outside_is_refused(folder: Path, entry: object) -> None:
    reseal(folder, lambda directory: directory.update({"text_lengths": entry}))
    assert_damaged(folder)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one segment that has numbers in every section."""
    path = tmp_path_factory.mktemp("rich") / "index"
    documents = [
        Document(
            doc,
            f"word{doc} claims claimed",
            f"common word{doc} claims claimed " * (150 if doc == 5 else 1)
            + "far " * 66_000 * (doc == 7),
            doc,
            published=doc,
            source=f"Courier{doc}",
            authors=(f"author{doc}",),
            place=f"place{doc}",
            lang=f"l{doc}",
            entities=(doc, doc + 1),
        )
        for doc in range(200)
    ]
    index = open_index(path, create=True)
    index.apply(documents)
    index.close()
    return path


def sections_of(folder: Path) -> dict[str, list[Any]]:
    found: list[dict[str, list[Any]]] = []
    reseal(folder, lambda directory: found.append(dict(directory)))
    return found[0]


def look_up(index: SearchIndex) -> None:
    """Look for a word in every dictionary."""
    for query in (Term("claim"), Term("5", "entity"), Term("l5", "lang")):
        index.ids(query)
    for field in TEXT_FIELDS:
        index.ids(Prefix("w", field))


def assert_refused(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """It is met by the opening, or by the first look-up of a word."""
    files = {path: path.read_bytes() for path in folder.iterdir()}
    reseal(folder, change)
    with pytest.raises(IndexDamagedError):
        look_up(open_index(folder))
    for path, data in files.items():
        path.write_bytes(data)


def test_a_segment_that_lacks_a_section_is_refused(rich: Path) -> None:
    for name in sections_of(rich):
        assert_refused(rich, lambda directory, name=name: directory.pop(name))  # type: ignore[misc]


@pytest.mark.parametrize("first", ["start", "zero"])
def test_a_section_of_another_length_is_refused(rich: Path, first: str) -> None:
    for name, (start, size, kind) in sections_of(rich).items():
        assert size > 0, name
        entry = (start, size // 2, kind) if first == "start" else (0, 2 * size + 1, kind)
        assert_refused(rich, partial(dict.update, **{name: entry}))


def test_a_section_of_another_kind_is_refused(rich: Path) -> None:
    for name, (start, size, kind) in sections_of(rich).items():
        other = f"{kind[0]}{'i' if kind[1] == 'u' else 'u'}{kind[2]}"
        assert_refused(rich, partial(dict.update, **{name: (start, size, other)}))


def test_an_empty_section_of_starts_is_refused(rich: Path) -> None:
    for name in sections_of(rich):
        if name.endswith("starts"):
            assert_refused(rich, partial(dict.update, **{name: (0, 0, "<u4")}))


@pytest.mark.parametrize("body", [-64, 8, PAGE, 1 << 50])
def test_a_body_that_ends_elsewhere_is_refused(folder: Path, body: int) -> None:
    reseal(folder, lambda directory: None, body)
    assert_damaged(folder)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An index of one segment that is many pages long."""
    path = tmp_path / "large"
    index = open_index(path, create=True)
    words = [f"w{number * 7919 % 100_003:06}" for number in range(30_000)]
    index.apply(
        [
            Document(doc, f"title {doc}", " ".join(words[doc * 30 : doc * 30 + 90]), doc)
            for doc in range(900)
        ]
    )
    index.close()
    assert find_segments(path)[0].stat().st_size > 20 * PAGE
    return path


def ask_all(index: SearchIndex) -> list[object]:
    queries = (Prefix("w0"), Term("w000001"), Term("w050000"), Everything(), Term("title"))
    asked: list[object] = [index.search(query, limit=30) for query in queries]
    asked += [list(index.order(Everything(), sort=Sort.TITLE)), index.facets(Everything())]
    return [*asked, index.suggest("w00001"), index.complete("w09")]


def test_damage_of_any_page_is_met_by_the_question_that_reads_it(large: Path) -> None:
    right = ask_all(open_index(large))
    path = find_segments(large)[0]
    whole, stamp = path.read_bytes(), (large / "format.json").read_bytes()
    met = 0
    for at in range(PAGE // 2, len(whole), 3 * PAGE):
        path.unlink()
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        (large / "format.json").write_bytes(stamp)
        try:
            assert ask_all(open_index(large)) == right  # as nobody read that page
        except IndexDamagedError:
            met += 1
            continue
        with pytest.raises(IndexDamagedError):
            open_index(large).check()
    assert met > 3


def test_damage_after_the_opening_is_met(large: Path) -> None:
    index = open_index(large)
    assert len(index.document_ids()) == 900
    path = find_segments(large)[0]
    data = path.read_bytes()
    with path.open("r+b") as file:
        file.write(bytes(byte ^ 1 for byte in data))
    with pytest.raises(IndexDamagedError):
        index.search(Prefix("w0"))
    with pytest.raises(IndexDamagedError):
        open_index(large)


@pytest.mark.parametrize("size", [0, 1, PAGE, 5 * PAGE + 17, -1])
def test_a_file_that_is_cut_short_while_it_is_open_is_damaged(large: Path, size: int) -> None:
    index = open_index(large)
    path = find_segments(large)[0]
    os.truncate(path, size % path.stat().st_size)
    with pytest.raises(IndexDamagedError, match="cut short"):
        index.search(Prefix("w0"))
    with pytest.raises(IndexDamagedError):
        index.apply([document(5000)])
    with pytest.raises(IndexDamagedError):
        index.merge()


@pytest.mark.parametrize("stamp", [b"[" * 200_000, b'{"format": ' + b"9" * 6000 + b"}", b"\x00"])
def test_a_stamp_that_is_hard_to_read_is_damage(folder: Path, stamp: bytes) -> None:
    (folder / "format.json").write_bytes(stamp)
    with pytest.raises(IndexDamagedError):
        open_index(folder)


def test_a_segment_that_is_a_folder_is_damage(folder: Path) -> None:
    path = find_segments(folder)[0]
    path.unlink()
    path.mkdir()
    assert_damaged(folder)


@contextmanager
def no_more_files() -> Iterator[None]:
    """As many files are open as a process may have."""
    highest = max(int(path.name) for path in Path("/proc/self/fd").iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, hard))
    held: list[int] = []
    try:
        with suppress(OSError):
            while True:
                held.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        for handle in held:
            os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_too_many_open_files_are_no_damage(folder: Path) -> None:
    index = open_index(folder)
    index.status()
    open_index(folder).apply([document(30)])
    with no_more_files():
        for ask in (index.status, index.check, index.merge, lambda: open_index(folder)):
            with pytest.raises(OSError, match=re.escape(os.strerror(errno.EMFILE))):
                ask()
    assert len(index.document_ids()) == 21
    index.check()


def test_a_segment_that_cannot_be_opened_for_want_of_the_machine_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def __init__(self, path: Path, checksum: int) -> None:
            raise OSError(errno.ENOMEM, "no memory")

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "SegmentView", Full)
        with pytest.raises(OSError, match="no memory"):
            open_index(folder)
    assert len(open_index(folder).document_ids()) == 20


def test_a_disk_that_cannot_be_read_is_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def __init__(self, path: Path, checksum: int) -> None:
            raise OSError(self.number, "broken")

        number = errno.EACCES

    for Broken.number in (errno.EACCES, errno.EIO):
        index = open_index(folder)
        with monkeypatch.context() as patched:
            patched.setattr(snapshots, "SegmentView", Broken)
            with pytest.raises(IndexDamagedError):
                index.check()
    with pytest.raises(IndexDamagedError):  # the second is remembered
        open_index(folder)


def test_an_index_whose_lock_is_a_folder_can_be_removed(folder: Path) -> None:
    (folder / "MAIN_WRITELOCK").unlink()
    (folder / "MAIN_WRITELOCK").mkdir()
    with pytest.raises(OSError, match="directory"):
        open_index(folder).apply([document(30)])
    destroy_index(folder)
    with pytest.raises(IndexMissingError):
        open_index(folder)
