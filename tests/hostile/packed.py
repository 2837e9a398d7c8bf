"""Compressed files: bombs, nests, lies and names that lead elsewhere."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from tests.hostile.attacks import CONTROLS, TERMINAL
from tests.hostile.cases import CANARY_WORDS, Case, always, around, lines, rss

_STAMP = (2023, 8, 8, 6, 0, 0)
_PIECE = 8_000_000


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _bomb(pack: Callable[[bytes], bytes], pieces: int, piece: bytes) -> Callable[[], bytes]:
    """Streams one behind the other: each expands to `_PIECE` bytes."""
    return lambda: pack((piece * (_PIECE // len(piece) + 1))[:_PIECE]) * pieces


def _gzip_cases() -> tuple[Case, ...]:
    def good(name: str, data: bytes, suffix: str = "xml.gz") -> Case:
        return Case(f"{name}.{suffix}", always(data), titles=around(name))

    def named(name: str, data: bytes, suffix: str = "xml.gz") -> Case:
        return Case(f"{name}.{suffix}", always(data), named=True)

    whole = gzipped(rss("gz-cut").encode())
    wrong = bytearray(gzipped(lines("gz-sum").encode()))
    wrong[-8] ^= 0xFF
    return (
        good("gz-good", gzipped(rss("gz-good").encode())),
        good("bz2-good", bz2.compress(rss("bz2-good").encode()), "xml.bz2"),
        good("xz-good", lzma.compress(rss("xz-good").encode()), "xml.xz"),
        good("gz-garbage-behind", gzipped(rss("gz-garbage-behind").encode()) + b"garbage\x00" * 9),
        named("gz-cut", whole[: len(whole) // 2]),
        named("gz-sum", bytes(wrong), "jsonl.gz"),
        named("gz-empty", gzipped(b"")),
        named("gz-header", b"\x1f\x8b\x08\xff" + b"\xff" * 400),
        named("gz-nested", gzipped(gzipped(gzipped(gzipped(rss("gz-nested").encode()))))),
        named("xz-cut", lzma.compress(b"x" * 100_000)[:60], "txt.xz"),
        named("bz2-broken", b"BZh9" + b"\x31\x41\x59\x26\x53\x59" + b"\xff" * 300, "txt.bz2"),
        Case("xz-dictionary.txt.xz", _huge_dictionary, named=True, alone=True),
    )


def _huge_dictionary() -> bytes:
    """An xz file that asks for 4 GiB to be read into."""
    data = bytearray(lzma.compress(prose_of_many(), check=lzma.CHECK_CRC32, preset=0))
    size = (data[12] + 1) * 4
    place = data.index(b"\x21\x01", 12) + 2
    data[place] = 40
    data[12 + size - 4 : 12 + size] = struct.pack("<I", zlib.crc32(data[12 : 12 + size - 4]))
    return bytes(data)


def prose_of_many() -> bytes:
    return b"The clerk counted the boats again.\n" * 2_000


def _bombs() -> tuple[Case, ...]:
    line = b"x" * 1_000_000
    ways: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
        ("gz", gzipped),
        ("bz2", bz2.compress),
        ("xz", lzma.compress),
    )
    one_line = tuple(
        Case(f"bomb-line.{name}.jsonl.{name}", _bomb(pack, 16, line), named=True, alone=True)
        for name, pack in ways
    )
    return (
        *one_line,
        Case("bomb-feed.xml.gz", _bomb(gzipped, 125, b" "), named=True, alone=True),
        Case("bomb-page.html.gz", _bomb(gzipped, 40, b"<p>"), named=True, alone=True),
        Case("bomb-nothing.jsonl.gz", _bomb(gzipped, 125, b"\n"), named=True, alone=True),
        Case("bad-lines.jsonl.gz", _bomb(gzipped, 4, b"{\n"), named=True, alone=True),
        Case("bomb-zip.zip", lambda: _zip_bomb(125), named=True, alone=True),
        Case(
            "bomb-large.jsonl.gz", _bomb(gzipped, 1_500, b"\n"), alone=True, slow=True, named=True
        ),
        Case("bomb-records.csv.gz", _bomb(gzipped, 20, b"a,b\n"), alone=True, slow=True),
    )


def _zip(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], **options: int) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")
        for name, data in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, _STAMP)
            info.compress_type = options.get("method", zipfile.ZIP_DEFLATED)
            file.writestr(info, data)
    return held.getvalue()


def _zip_bomb(pieces: int) -> bytes:
    """One member of `pieces` times a mebibyte of spaces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = b" " * (1 << 20)
    packer.compress(piece)
    packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    data = again * pieces + packer.flush(zlib.Z_FINISH)
    total = 0
    for _ in range(pieces):
        total = zlib.crc32(piece, total)
    return _one_member(b"bomb.xml", data, total, pieces << 20)


def _one_member(name: bytes, data: bytes, checksum: int, size: int, times: int = 1) -> bytes:
    """A zip file made by hand: `times` entries of the directory for one stretch of data."""
    common = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0x5708, checksum, len(data), size, len(name), 0
    )
    local = b"PK\x03\x04" + common + name
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common
    entry += struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    start, directory = len(local) + len(data), entry * times
    end = b"PK\x05\x06" + struct.pack(
        "<HHHHIIH", 0, 0, min(times, 0xFFFF), min(times, 0xFFFF), len(directory), start, 0
    )
    return local + data + directory + end


def _overlapping(times: int) -> bytes:
    text = b"a boat " * 600_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(text) + packer.flush()
    return _one_member(b"boat.txt", data, zlib.crc32(text), len(text), times)


_ODD_NAMES = (
    "../../../outside.txt",
    "/tmp/outside.txt",
    "C:\\outside.txt",
    "..\\..\\outside.txt",
    "a/../../outside.txt",
    f"terminal{TERMINAL}.txt",
    f"controls{CONTROLS}.txt",
    "~/outside.txt",
    "-rf.txt",
    "con.txt",
    "nul\x00l.txt",
    "n" * 5_000 + ".txt",
)


def _traversal(name: str) -> bytes:
    text = f"Odd names of {name}\n\nThe clerk wrote the names of the boats of {name} at {{}}.\n"
    odd = [(odd, text.format(number).encode()) for number, odd in enumerate(_ODD_NAMES)]
    return _zip([("good.xml", rss(name).encode()), *odd])


def _link_member(name: str) -> bytes:
    info = zipfile.ZipInfo("link.txt", _STAMP)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _zip([(info, b"/etc/passwd"), ("good.xml", rss(name).encode())])


def _patched(data: bytes, mark: bytes, offset: int, new: bytes) -> bytes:
    """`data` with `new` at `offset` behind the first `mark` of a header."""
    place = data.index(mark) + offset
    return data[:place] + new + data[place + len(new) :]


def _lying(name: str, local: int, central: int, new: bytes) -> bytes:
    """A zip file whose second member lies in both headers."""
    data = _zip([("good.xml", rss(name).encode()), ("bad.txt", prose_of_many())])
    first = data.index(b"PK\x03\x04", 4)
    data = data[:first] + _patched(data[first:], b"PK\x03\x04", local, new)
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    return data[:second] + _patched(data[second:], b"PK\x01\x02", central, new)


def _zip_cases() -> tuple[Case, ...]:
    def good(name: str, data: bytes, **more: Any) -> Case:
        return Case(f"{name}.zip", always(data), titles=around(name), **more)

    inner = _zip([("inner.xml", rss("zip-in-zip").encode())])
    whole = _zip([("a.xml", rss("zip-cut").encode())])
    return (
        good("zip-good", _zip([("good.xml", rss("zip-good").encode())])),
        good("zip-traversal", _traversal("zip-traversal"), never=(CANARY_WORDS,)),
        good("zip-link", _link_member("zip-link"), never=("root:x:0:0",)),
        good("zip-encrypted", _lying("zip-encrypted", 6, 8, b"\x01\x00"), named=True),
        good("zip-method", _lying("zip-method", 8, 10, b"\x63\x00"), named=True),
        good("zip-checksum", _lying("zip-checksum", 14, 16, b"\x00\x00\x00\x00"), named=True),
        good("zip-size", _lying("zip-size", 22, 24, b"\xff\xff\xff\x7f")),
        good(
            "zip-in-zip",
            _zip([("good.xml", rss("zip-in-zip").encode()), ("inner.zip", inner)]),
        ),
        good("zip-names-twice", _zip([("a.xml", rss("zip-names-twice").encode())] * 3)),
        good(
            "zip-with-bomb",
            _zip(
                [("a.xml", rss("zip-with-bomb").encode()), ("b.txt.gz", gzipped(b" " * 70_000_000))]
            ),
            named=True,
            alone=True,
        ),
        Case("zip-cut.zip", always(whole[: len(whole) * 2 // 3]), named=True),
        Case("zip-with-front.zip", always(b"#!/bin/sh\n" + whole), named=True),
        Case("zip-empty.zip", always(_zip([])), named=True),
        Case(
            "zip-nothing-known.zip", always(_zip([("a.exe", b"MZ\x00\x01"), ("b.png", b"\x89PNG")]))
        ),
        Case("zip-overlapping.zip", lambda: _overlapping(1_500), named=True, alone=True),
        Case("zip-members-2000.zip", lambda: _members(2_000), alone=True),
        Case(
            "zip-members-100000.zip", lambda: _members(100_000), alone=True, slow=True, named=True
        ),
        Case("zip-folders.zip", always(_zip([("d/" * 2_000, b""), ("a.xml", rss("f").encode())]))),
    )


def _members(number: int) -> bytes:
    return _zip(((f"m{n}.txt", b"") for n in range(number)), method=zipfile.ZIP_STORED)


CASES: tuple[Case, ...] = (*_gzip_cases(), *_bombs(), *_zip_cases())
