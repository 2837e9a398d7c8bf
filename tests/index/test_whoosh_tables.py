"""Tables of contents of strangers: nothing in them is executed, and what is wrong is damage."""

from __future__ import annotations

import builtins
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import IndexDamagedError
from index.factory import open_index
from index.whoosh_backend.codec import ArraySegment
from tests.index.whoosh_forging import (
    as_segment,
    assert_damaged,
    make_index,
    segments_of,
    toc_of,
    write_pickle,
    write_steps,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_index(tmp_path / "index")


class Runs:
    """Runs something when it is unpickled."""

    def __init__(self, function: Callable[..., Any], *args: object) -> None:
        self._made = function, args

    def __reduce__(self) -> Any:
        return self._made


def test_a_table_written_anew_is_read(folder: Path) -> None:
    write_pickle(folder, segments_of(folder))
    assert len(open_index(folder).document_ids()) == 20


@pytest.mark.parametrize("place", ["table", "segments", "attribute", "deleted"])
@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
def test_nothing_in_a_table_is_run(folder: Path, place: str, protocol: int) -> None:
    harm = folder.parent / "harm"
    stated = dict(vars(segments_of(folder)[0]))
    for runs in (
        Runs(os.system, f"touch {harm}"),
        Runs(builtins.eval, f"open({str(harm)!r}, 'w')"),
        Runs(Path.touch, harm),
        Runs(ArraySegment.new),
        Runs(ArraySegment, "MAIN"),
    ):
        segment = as_segment({**stated, "other": runs})
        deleted = as_segment({**stated, "_deleted": runs})
        places = {"table": runs, "segments": [runs], "attribute": [segment], "deleted": [deleted]}
        write_pickle(folder, places[place], protocol)
        assert_damaged(folder)
        assert not harm.exists()


@pytest.mark.parametrize(
    "steps",
    [
        pickle.PROTO + b"\x05cindex.whoosh_backend.codec\nArraySegment\n.",
        pickle.PROTO + b"\x05]\x8a\xff.",
        pickle.PROTO + b"\x05\x8e" + (1 << 60).to_bytes(8, "little") + b".",  # bytes without end
        pickle.PROTO + b"\x05]r\xff\xff\xff\xff.",  # a memo of 4,000,000,000 places
        pickle.PROTO + b"\x05\x95" + (1 << 60).to_bytes(8, "little") + b"].",
        pickle.PROTO + b"\x05" + b"(" * 100_000 + b".",
        pickle.PROTO + b"\x05]\x94h\x00a.",  # a list that holds itself
        pickle.PROTO + b"\x05" + b"](" * 50_000 + b"e" * 50_000 + b".",
        pickle.PROTO + b"\x05\x8c\x08builtins\x8c\x04eval\x93.",
        b"",
        b"]",
    ],
)
def test_steps_that_no_table_has_are_refused(folder: Path, steps: bytes) -> None:
    write_steps(folder, steps)
    assert_damaged(folder)


def test_a_table_cannot_change_what_segments_are(folder: Path) -> None:
    """A pickle can set the attributes of a class it names."""
    write_steps(
        folder,
        pickle.PROTO
        + b"\x05"
        + b"\x8c\x1aindex.whoosh_backend.codec\x8c\x0cArraySegment\x93"
        + b"N}(\x8c\x09file_name\x8c\x04evilu\x86b.",
    )
    held = dict(vars(ArraySegment))
    assert_damaged(folder)
    assert dict(vars(ArraySegment)) == held


SEGMENT_ID = "0123456789abcdef"


@pytest.mark.parametrize(
    "changed",
    [
        {"checksum": "1"},
        {"checksum": None},
        {"checksum": 1.5},
        {"checksum": 1 << 70},
        {"checksum": -1},
        {"_size": "x"},
        {"_size": 0},
        {"_size": -5},
        {"_size": 11},
        {"_size": 1 << 40},
        {"_deleted": "text"},
        {"_deleted": b"\x01"},
        {"_deleted": b"\x0a\x00"},
        {"_deleted": b"\x02\x00\x01\x00"},
        {"_deleted": b"\x01\x00\x01\x00"},
        {"_deleted": [1, 2]},
        {"segid": f"../{SEGMENT_ID}"},
        {"segid": "../outside"},
        {"segid": f"/{SEGMENT_ID[1:]}"},
        {"segid": f"{SEGMENT_ID}\n"},
        {"segid": SEGMENT_ID.upper()},
        {"segid": 5},
        {"segid": b"0123456789abcdef"},
        {"indexname": "../x"},
        {"indexname": "OTHER"},
        {"indexname": None},
        {"name": "../outside"},
        {"compound": True},
        {"compound": 0},
        {"file_name": "../outside"},
        {"make_filename": "x"},
        {5: 6},
    ],
    ids=repr,
)
def test_a_segment_that_is_stated_wrongly_is_refused(
    folder: Path, changed: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in list(folder.glob("*.arrays")):
        shutil.copy(path, folder.parent / "MAIN_outside.arrays")
        shutil.copy(path, folder.parent / "outside.arrays")
    segments = segments_of(folder)
    segments[0].__dict__.update(changed)
    write_pickle(folder, segments)
    opened: list[str] = []
    real = Path.open

    def noting(path: Path, *args: Any, **kwargs: Any) -> Any:
        opened.append(os.path.realpath(path.parent))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", noting)
    with pytest.raises(IndexDamagedError):
        open_index(folder)
    assert set(opened) == {os.path.realpath(folder)}


@pytest.mark.parametrize("value", [5, None, "text", {"a": 1}, [5], [["x"]], [None], ()], ids=repr)
def test_a_list_of_something_else_is_refused(folder: Path, value: object) -> None:
    write_pickle(folder, value)
    if value == ():
        assert open_index(folder).status().documents == 0
    else:
        assert_damaged(folder)


def test_a_segment_that_is_stated_twice_is_refused(folder: Path) -> None:
    one = segments_of(folder)[0]
    write_pickle(folder, [one, as_segment(vars(one))])
    assert_damaged(folder)


def test_a_table_of_another_commit_is_refused(folder: Path) -> None:
    toc = toc_of(folder)
    toc.rename(folder / "_MAIN_77.toc")
    assert_damaged(folder)


def test_a_huge_or_odd_number_of_a_commit_is_harmless(folder: Path) -> None:
    for name in ("_MAIN_x.toc", "_MAIN_-5.toc", "_MAIN_٣.toc", "_MAIN_5.toc.x", "MAIN_.toc"):
        (folder / name).write_bytes(b"x")
    assert open_index(folder).status().documents == 20
    (folder / f"_MAIN_{'9' * 200}.toc").write_bytes(b"x")
    assert_damaged(folder)


def test_numbers_of_deleted_documents_are_kept(folder: Path) -> None:
    open_index(folder).apply([], [3, 15])
    assert [one.deleted.tolist() for one in segments_of(folder)] == [[3], [5]]
