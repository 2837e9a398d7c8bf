"""The index as files: what is refused, what is repaired, who may write."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.api import Document, SearchIndex
from index.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexUnusableError,
)
from index.factory import destroy_index, open_index
from index.query import Everything, Phrase, Prefix, Sort, Term
from index.whoosh_backend import committing
from index.whoosh_backend.committing import create_empty, write_lock
from index.whoosh_backend.format import stamp_mark, write_stamp
from index.whoosh_backend.snapshot import open_snapshot
from index.whoosh_backend.storage import IndexStorage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of three segments."""
    path = tmp_path / "index"
    index = open_index(path, create=True)
    for doc in range(3):
        index.apply([Document(doc, f"title {doc}", f"common word{doc} text", doc, entities=(doc,))])
    index.close()
    return path


def segment_file(folder: Path, ending: str) -> Path:
    return max(path for path in folder.iterdir() if path.name.endswith(ending))


def ask_everything(index: SearchIndex) -> None:
    for query in (Term("common"), Phrase(("common", "text")), Prefix("w"), Term("1", "entity")):
        index.search(query)
    index.order(Everything(), sort=Sort.TITLE)
    index.facets(Everything())


def test_a_folder_without_stamp_is_no_index(folder: Path) -> None:
    (folder / "format.json").unlink()
    with pytest.raises(IndexMissingError):
        open_index(folder)
    made = open_index(folder, create=True)
    assert made.status().documents == 0


def test_a_file_is_no_index(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(IndexMissingError):
        open_index(path)
    with pytest.raises(OSError, match="not a directory"):
        open_index(path, create=True)


@pytest.mark.parametrize("stamp", [{"format": "whoosh-w3/0"}, {}, ["x"], 5])
@pytest.mark.parametrize("create", [False, True])
def test_another_format_is_outdated(folder: Path, stamp: object, create: bool) -> None:
    (folder / "format.json").write_text(json.dumps(stamp))
    with pytest.raises(IndexOutdatedError) as caught:
        open_index(folder, create=create)
    assert caught.value.path == folder


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00"])
def test_an_unreadable_stamp_is_damage(folder: Path, content: bytes) -> None:
    (folder / "format.json").write_bytes(content)
    with pytest.raises(IndexDamagedError):
        open_index(folder)


def test_a_stamp_that_is_a_folder_is_damage(folder: Path) -> None:
    (folder / "format.json").unlink()
    (folder / "format.json").mkdir()
    with pytest.raises(IndexDamagedError):
        open_index(folder)


def test_no_table_of_contents_is_damage(folder: Path) -> None:
    segment_file(folder, ".toc").unlink()
    with pytest.raises(IndexDamagedError):
        open_index(folder)


@pytest.mark.parametrize("ending", [".toc", ".arrays"])
def test_a_missing_file_is_damage(folder: Path, ending: str) -> None:
    segment_file(folder, ending).unlink()
    with pytest.raises(IndexDamagedError):
        ask_everything(open_index(folder))


@pytest.mark.parametrize("ending", [".toc", ".arrays"])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.6, 0.95])
def test_a_file_cut_short_is_damage(folder: Path, ending: str, part: float) -> None:
    for path in [path for path in folder.iterdir() if path.name.endswith(ending)]:
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(IndexDamagedError):
        ask_everything(open_index(folder))


@pytest.mark.parametrize("ending", [".toc", ".arrays"])
def test_overwritten_bytes_never_end_in_another_error(folder: Path, ending: str) -> None:
    path = segment_file(folder, ending)
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 25)):
        path.write_bytes(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
        write_stamp(IndexStorage(folder))
        try:
            index = open_index(folder)
        except IndexUnusableError:
            continue
        try:
            ask_everything(index)
        except IndexDamagedError:
            continue
        finally:
            index.close()


def test_a_gone_folder_is_missing(folder: Path) -> None:
    index = open_index(folder)
    shutil.rmtree(folder)
    with pytest.raises(IndexMissingError):
        index.search(Everything())


def test_an_index_made_anew_in_the_same_place_is_seen(folder: Path) -> None:
    reader = open_index(folder)
    assert reader.status().documents == 3
    destroy_index(folder)
    fresh = open_index(folder, create=True)
    for doc in range(3):  # as many commits as before
        fresh.apply([Document(doc + 10, "new", "", 0)])
    assert list(reader.document_ids()) == [10, 11, 12]


def test_two_open_indexes_see_each_other(folder: Path) -> None:
    one, other = open_index(folder), open_index(folder)
    for doc in range(10, 40):
        one.apply([Document(doc, "one", "", 0)], remove=[doc - 10])
        assert list(other.document_ids()) == list(one.document_ids())
        while one.merge():
            assert list(other.document_ids()) == list(one.document_ids())
        assert one.status().segments <= 16
    one.close()
    assert doc in one.document_ids()


def test_one_process_writes_at_a_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "_PATIENCE", 0.1)
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from index.whoosh_backend.committing import write_lock\n"
        "from index.whoosh_backend.storage import IndexStorage\n"
        "with write_lock(IndexStorage(Path(sys.argv[1]))):\n"
        "    print('locked', flush=True)\n    sys.stdin.read()\n"
    )
    index = open_index(folder)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        began = time.monotonic()
        with pytest.raises(IndexBusyError) as caught:
            index.apply([Document(9, "x", "", 0)])
        assert time.monotonic() - began >= 0.1
        assert caught.value.path == folder
        assert index.status().documents == 3
        other.communicate(b"")
    index.apply([Document(9, "x", "", 0)])
    assert index.status().documents == 4


def test_of_two_that_make_an_index_the_second_finds_it(tmp_path: Path) -> None:
    storage = IndexStorage(tmp_path / "index")
    storage.create()
    with ThreadPoolExecutor() as pool:
        with write_lock(storage):
            second = pool.submit(open_index, storage.path, create=True)
            time.sleep(0.1)
            create_empty(storage)
            write_stamp(storage)
            made = storage.generation(), stamp_mark(storage.path)
        assert second.result().status().documents == 0
    assert (storage.generation(), stamp_mark(storage.path)) == made


def test_what_a_killed_writer_left_is_removed(folder: Path) -> None:
    left = [folder / name for name in ("_MAIN_4.toc.171.5", "MAIN_abcdefgh12345678.arrays")]
    for path in left:
        path.write_bytes(b"half")
    index = open_index(folder)
    assert index.status().documents == 3
    index.apply([Document(9, "x", "", 0)])
    assert not any(path.exists() for path in left)


def test_a_commit_replaced_while_it_is_opened_is_opened_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.whoosh_backend import index as module

    tries: list[int] = []
    real: Callable[..., object] = open_snapshot

    def sometimes(*args: object) -> object:
        tries.append(1)
        if len(tries) < 3:
            raise FileNotFoundError
        return real(*args)

    monkeypatch.setattr(module, "open_snapshot", sometimes)
    assert open_index(folder).status().documents == 3


def test_deleted_documents_go_when_they_are_most_of_a_segment(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    index.apply([Document(doc, "word", "text " * 50, 0) for doc in range(50)])
    full = index.status()
    index.apply([], range(20))
    assert index.status().size >= full.size
    index.apply([], range(20, 40))
    assert index.merge()
    assert index.status().size < full.size
    assert list(index.ids(Term("word"))) == list(range(40, 50))
