"""Compressed files and archives: what is inside, and what would be without measure."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.ingest import FoundFile, Reason, discover, is_for_worker
from reader.ingest.compressed import MOST_MEMBERS, UNMEASURED
from reader.model import Draft
from tests.reader.ingest.saved_files import CSV, JSONL, MBOX, POCKET, draft, items, put, told

PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    (".gz", gzip.compress),
    (".bz2", bz2.compress),
    (".xz", lzma.compress),
]
BEYOND = UNMEASURED + (1 << 20)


def archive(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
@pytest.mark.parametrize(
    ("name", "text", "titles"),
    [
        ("a.jsonl", JSONL, ["One", "Two"]),
        ("a.csv", CSV, ["First", "Second"]),
        ("a.mbox", MBOX, ["Café news", "Plain"]),
        ("a.txt", "The tram was late.", ["The tram was late"]),
    ],
)
def test_what_is_inside_is_read_by_its_own_format(
    tmp_path: Path,
    suffix: str,
    pack: Callable[[bytes], bytes],
    name: str,
    text: str,
    titles: list[str],
) -> None:
    path = put(tmp_path, name + suffix, pack(text.encode()))
    assert told(items(path)) == titles
    # The suffix is but a hint.
    assert told(items(path.rename(tmp_path / "other.bin"))) == titles
    assert is_for_worker(FoundFile(tmp_path / "other.bin"))


def test_a_text_that_is_compressed_is_known_by_its_file(tmp_path: Path) -> None:
    path = put(tmp_path, "2020-01-02-tram.txt.gz", gzip.compress(b"The tram was late."))
    (item,) = items(path)
    assert draft(item).file == bytes(path)
    assert draft(item).published is not None


def test_what_stands_behind_the_compressed_bytes_is_passed_over(tmp_path: Path) -> None:
    for suffix, pack in PACKERS:
        path = put(tmp_path, "a.jsonl" + suffix, pack(JSONL.encode()) + b"behind" * 9)
        assert told(items(path)) == ["One", "Two"]
    assert told(items(put(tmp_path, "a.gz", b"\x1f\x8bno"))) == [f": {Reason.DAMAGED}"]


def test_several_streams_in_one_file(tmp_path: Path) -> None:
    lines = JSONL.encode().splitlines(keepends=True)
    for suffix, pack in PACKERS:
        data = b"".join(map(pack, lines))
        assert told(items(put(tmp_path, "a.jsonl" + suffix, data))) == ["One", "Two"]


@pytest.mark.parametrize(("suffix", "pack"), PACKERS)
def test_a_file_that_was_cut_off(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    lines = "".join(f'{{"title": "Number {n * n * 7919}"}}\n' for n in range(30_000))
    data = pack(lines.encode())
    found = told(items(put(tmp_path, "a.jsonl" + suffix, data[: len(data) * 3 // 4])))
    assert found[-1] == f": {Reason.DAMAGED}"
    assert suffix == ".bz2" or found[0] == "Number 0"


@pytest.mark.parametrize(
    ("name", "begin", "unit"),
    [
        ("a.jsonl", b"", b" "),
        ("a.jsonl", b"", b"\n"),
        ("a.csv", b"title,text\n", b"\n"),
        ("a.mbox", b"From a@b.example\n", b"x\n"),
    ],
)
def test_what_expands_without_an_item_ends_soon(
    tmp_path: Path, name: str, begin: bytes, unit: bytes
) -> None:
    packed = gzip.compress(begin + unit * (BEYOND // len(unit)), 1)
    assert told(items(put(tmp_path, name + ".gz", packed))) == [f": {Reason.EXPANDS}"]


def test_every_way_to_compress_is_measured(tmp_path: Path) -> None:
    data = b" " * BEYOND
    for packed in (bz2.compress(data, 1), lzma.compress(data, preset=0)):
        path = put(tmp_path, "a.jsonl", packed)
        assert told(items(path, file_format="jsonl")) == [f": {Reason.EXPANDS}"]


def test_whole_documents_have_the_limits_that_they_have(tmp_path: Path) -> None:
    big = gzip.compress(b"word " * (5 << 20))
    assert told(items(put(tmp_path, "a.txt.gz", big))) == [f": {Reason.TOO_LARGE}"]
    assert told(items(put(tmp_path, "a.txt.gz", gzip.compress(bytes(1 << 20))))) == [
        f": {Reason.BINARY}"
    ]
    assert told(items(put(tmp_path, "a.gz", gzip.compress(b"")))) == [f": {Reason.EMPTY}"]
    nested = gzip.compress(gzip.compress(b"The tram was late."))
    assert told(items(put(tmp_path, "a.gz", nested))) == [f": {Reason.NESTED}"]


def test_members_of_an_archive(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "folder/": "",
        "good.txt": "The tram was late.",
        "../../etc/\x1b[31mevil.txt": "The ferry was late.",
        "pocket/part_000000.csv": POCKET,
        "inner.zip": "PK",
        "broken.jsonl": "{\n",
        "data.json": '{"dependencies": {}}',
        "photo.jpg": b"\xff\xd8\xff",
        ".hidden.txt": "No.",
        "__MACOSX/good.txt": "No.",
        "last.md": "# Last\n\nThe tide was late.",
    }
    path = put(tmp_path, "all.zip", archive(members))
    assert told(items(path)) == [
        "The tram was late",
        "The ferry was late",
        "Tide tables, explained",
        "why keepers strike",
        f"pocket/part_000000.csv, line 4, javascript:alert(1): {Reason.NO_PAGE}",
        f"inner.zip: {Reason.NESTED}",
        f"broken.jsonl, line 1: {Reason.NOT_JSON}",
        "Last",
    ]
    evil = draft(items(path)[1])
    assert (evil.origin, evil.file) == (f"{path}, ../../etc/evil.txt", b"")
    assert sorted(tmp_path.iterdir()) == [path]


def test_archives_that_are_refused(tmp_path: Path) -> None:
    whole = archive({"a.txt": "The tram was late.", "b.txt": "The ferry was late."})
    flipped = bytearray(whole)
    flipped[35] ^= 0xFF
    for name, data, expected in (
        ("office.zip", archive({"[Content_Types].xml": "<x/>"}), [f": {Reason.BINARY}"]),
        ("none.zip", archive({"a.jpg": "x"}), [f": {Reason.NOTHING}"]),
        ("empty.zip", archive({}), [f": {Reason.NOTHING}"]),
        ("cut.zip", whole[:-30], [f": {Reason.DAMAGED}"]),
        ("flip.zip", bytes(flipped), [f"a.txt: {Reason.DAMAGED}", "The ferry was late"]),
        (
            "locked.zip",
            whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
            [f"{name}.txt: {Reason.ENCRYPTED}" for name in "ab"],
        ),
        (
            "many.zip",
            whole[:-10] + b"\xff\xff\xff\x7f" + whole[-6:],
            [f": {Reason.TOO_MANY}"],
        ),
    ):
        assert told(items(put(tmp_path, name, data))) == expected, name


def test_a_bomb_among_members_ends_the_archive(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "a.txt": "The tram was late.",
        "b.jsonl": b"\n" * BEYOND,
        "c.txt": "Not reached.",
    }
    found = told(items(put(tmp_path, "bomb.zip", archive(members))))
    assert found == ["The tram was late", f"b.jsonl: {Reason.EXPANDS}"]


def test_members_beyond_the_most(tmp_path: Path) -> None:
    path = put(tmp_path, "many.zip", archive({f"{n}.txt": "x" for n in range(MOST_MEMBERS + 1)}))
    found = items(path)
    assert sum(isinstance(item, Draft) for item in found) == MOST_MEMBERS
    assert told(found[-1:]) == [f": {Reason.TOO_MANY}"]


def test_in_folders_only_what_says_what_it_holds(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.zip", "c.gz", "d.csv.gz", "e.warc.gz"):
        put(tmp_path, name, gzip.compress(b"x"))
    names = [one.path.name for one in discover([tmp_path]) if isinstance(one, FoundFile)]
    assert names == ["a.jsonl.gz", "e.warc.gz"]
