"""Indexes of strangers: nothing in their files is executed, and all that is wrong is damage."""

from __future__ import annotations

import builtins
import errno
import json
import os
import pickle
import re
import resource
import shutil
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from index.api import Document, SearchIndex
from index.errors import IndexDamagedError, IndexMissingError
from index.factory import destroy_index, open_index
from index.query import Everything, Prefix, Sort, Term
from index.whoosh_backend import snapshot as snapshots
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.sections import PAGE
from index.whoosh_backend.storage import IndexStorage
from index.whoosh_backend.toc import pack_toc, toc_name, unpack_toc

TRAILER = struct.Struct("=QQI8s")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two segments."""
    path = tmp_path / "index"
    index = open_index(path, create=True)
    for first in (0, 10):
        index.apply([document(doc) for doc in range(first, first + 10)])
    index.close()
    return path


def document(doc: int, word: str = "common") -> Document:
    return Document(doc, f"title {doc}", f"{word} word{doc} text", doc, source="Courier")


def assert_damaged(folder: Path) -> None:
    """It is refused, and the refusal is remembered or found again."""
    stamp = (folder / "format.json").read_bytes()
    for _ in range(2):
        with pytest.raises(IndexDamagedError):
            open_index(folder)
        (folder / "format.json").write_bytes(stamp)


def toc_of(folder: Path) -> Path:
    storage = IndexStorage(folder)
    return folder / toc_name(storage.generation())


def segments_of(folder: Path) -> list[ArraySegment]:
    return unpack_toc(IndexStorage(folder).generation(), toc_of(folder).read_bytes())


def write_pickle(folder: Path, value: object, protocol: int = 5) -> None:
    """Put a pickle in the place of the list of segments, sealed as it should be."""
    data = pickle.dumps(value, protocol)
    write_steps(folder, data)


def write_steps(folder: Path, data: bytes) -> None:
    path = toc_of(folder)
    storage = IndexStorage(folder)
    empty = pack_toc(storage.generation(), [])[:-4]
    head = empty[: empty.rindex(pickle.dumps([], 5))]
    path.write_bytes(head + data + crc32(head + data).to_bytes(4, "little"))


def as_segment(attributes: dict[str, object]) -> ArraySegment:
    segment = ArraySegment.new()
    vars(segment).update(attributes)
    return segment


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
    vars(segments[0]).update(changed)
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


def find_segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.arrays"))


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


def resealed(path: Path, change: Callable[[dict[str, Any]], object], body: int = 0) -> int:
    """Change the directory of a segment as a stranger would, and return its new checksum."""
    data = path.read_bytes()
    start, pages, _, magic = TRAILER.unpack(data[-TRAILER.size :])
    table = data[start : start + 4 * pages]
    directory = json.loads(data[start + 4 * pages : -TRAILER.size])
    change(directory)
    closing = table + json.dumps(directory).encode()
    closing += TRAILER.pack(start + body, pages, crc32(closing), magic)
    path.write_bytes(data[:start] + closing)
    return crc32(closing)


def reseal(folder: Path, change: Callable[[dict[str, Any]], object], body: int = 0) -> None:
    segments = segments_of(folder)
    for segment in segments:
        segment.checksum = resealed(folder / segment.file_name, change, body)
    write_pickle(folder, segments)


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


def test_a_directory_without_documents_is_refused(folder: Path) -> None:
    reseal(folder, lambda directory: directory.pop("ids"))
    assert_damaged(folder)


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


def test_numbers_of_deleted_documents_are_kept(folder: Path) -> None:
    open_index(folder).apply([], [3, 15])
    assert [one.deleted.tolist() for one in segments_of(folder)] == [[3], [5]]
