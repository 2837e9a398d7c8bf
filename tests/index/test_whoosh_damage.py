"""Damage: found by looking for it, met by a question, and known from then on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.api import Document, SearchIndex
from index.errors import IndexDamagedError, IndexMissingError
from index.factory import destroy_index, open_index
from index.query import Everything, Term
from index.whoosh_backend.format import condemn, stamp_mark
from index.whoosh_backend.storage import IndexStorage

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two segments and a document that is deleted."""
    path = tmp_path / "index"
    index = open_index(path, create=True)
    for first in (0, 10):
        documents = [
            Document(doc, f"title {doc}", f"common word{doc} text", doc, source="The Courier")
            for doc in range(first, first + 10)
        ]
        index.apply(documents, [first - 9])
    index.close()
    return path


def find(folder: Path, ending: str) -> Path:
    return max(path for path in folder.iterdir() if path.name.endswith(ending))


def flip(path: Path, *places: int) -> None:
    data = bytearray(path.read_bytes())
    for at in places:
        data[at] ^= 0x04
    path.write_bytes(data)


def assert_condemned(folder: Path) -> None:
    with pytest.raises(IndexDamagedError):
        open_index(folder)
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from index.errors import IndexDamagedError\n"
        "from index.factory import open_index\n"
        "try:\n    open_index(Path(sys.argv[1]))\n"
        "except IndexDamagedError:\n    print('damaged')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "damaged\n"


def test_a_sound_index_passes(make_index: Callable[[Path], SearchIndex], tmp_path: Path) -> None:
    index = make_index(tmp_path)
    index.check()
    index.apply([Document(1, "word", "text", 0)])
    index.apply([Document(2, "word", "text", 0)], [1])
    index.check()
    assert list(index.ids(Term("word"))) == [2]


@pytest.mark.parametrize("ending", [".arrays", ".toc"])
def test_every_flipped_byte_is_found(folder: Path, ending: str) -> None:
    path = find(folder, ending)
    whole, stamp = path.read_bytes(), (folder / "format.json").read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole)
        (folder / "format.json").write_bytes(stamp)
        index = open_index(folder)
        flip(path, at)
        index.close()
        with pytest.raises(IndexDamagedError):
            index.check()
        index.close()
    assert_condemned(folder)


def test_another_file_can_be_damaged_while_the_index_is_open(folder: Path) -> None:
    index = open_index(folder)
    flip(find(folder, ".arrays"), 20)
    index.status()
    with pytest.raises(IndexDamagedError, match=r"\.arrays is damaged"):
        index.check()


@pytest.mark.parametrize("ending", [".arrays"])
def test_a_file_that_went_missing_is_found(folder: Path, ending: str) -> None:
    index = open_index(folder)
    find(folder, ending).unlink()
    with pytest.raises(IndexDamagedError, match="missing"):
        index.check()
    assert_condemned(folder)


def test_damage_that_a_question_meets_is_known_from_then_on(folder: Path) -> None:
    index, other = open_index(folder), open_index(folder)
    sound = index.ids(Term("word3"))
    path = find(folder, ".arrays")
    flip(path, *range(0, path.stat().st_size, 8))  # every list of one segment
    with pytest.raises(IndexDamagedError) as met:
        open_index(folder).ids(Term("common"))
    for asked in (index, other):
        with pytest.raises(IndexDamagedError) as later:
            asked.status()
        assert later.value.reason == met.value.reason
        with pytest.raises(IndexDamagedError):
            asked.apply([Document(99, "", "", 0)])
    assert_condemned(folder)
    with pytest.raises(IndexDamagedError):
        open_index(folder, create=True)
    destroy_index(folder)
    fresh = open_index(folder, create=True)
    fresh.apply([Document(3, "word3", "", 0)])
    assert other.ids(Term("word3")) == index.ids(Term("word3")) == sound


def test_damage_that_a_commit_meets_is_known_from_then_on(folder: Path) -> None:
    index = open_index(folder)
    for doc in range(30, 38):
        index.apply([Document(doc, "x", "y", 0)])
    for path in folder.glob("*.arrays"):
        flip(path, *range(0, path.stat().st_size, 4))
    with pytest.raises(IndexDamagedError):
        index.apply([Document(40, "x", "y", 0)])  # the tenth small segment
    assert_condemned(folder)


def test_an_index_made_meanwhile_is_not_condemned(folder: Path) -> None:
    seen = stamp_mark(folder)
    destroy_index(folder)
    condemn(IndexStorage(folder), seen, "nothing there")
    assert not folder.exists()
    fresh = open_index(folder, create=True)
    condemn(IndexStorage(folder), seen, "of another index")
    fresh.check()
    assert open_index(folder).ids(Everything()) == fresh.document_ids()
    assert [path.name for path in folder.glob("format*")] == ["format.json"]


def test_an_index_that_is_gone_is_missing(folder: Path) -> None:
    index = open_index(folder)
    destroy_index(folder)
    with pytest.raises(IndexMissingError):
        index.check()
