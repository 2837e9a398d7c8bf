"""Indexes whose files are changed, with every checksum as it should be."""

from __future__ import annotations

import json
import pickle
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from index.api import Document
from index.errors import IndexDamagedError
from index.factory import open_index
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.storage import IndexStorage
from index.whoosh_backend.toc import pack_toc, toc_name, unpack_toc

TRAILER = struct.Struct("=QQI8s")


def make_index(path: Path) -> Path:
    """An index of two segments."""
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


def as_segment(attributes: Mapping[str, object]) -> ArraySegment:
    segment = ArraySegment.new()
    segment.__dict__.update(attributes)
    return segment


def find_segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.arrays"))


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
