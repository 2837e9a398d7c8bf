"""Tables of contents: what a commit consists of, written by Whoosh and read with care.

A table is a pickle within a file of Whoosh's, and an index may come from anywhere. Hence it is
unpickled only when it is made of nothing but lists, numbers, strings, bytes and segments, into
objects that stand for the segments; these are looked at before they become segments of ours.
"""

from __future__ import annotations

import pickle
import pickletools
import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zlib import crc32

import numpy as np
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from index.whoosh_backend.arrays import DOC_BITS
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.schema import INDEX_NAME, make_schema

_SEAL = 4  # bytes
_SEGMENT = ("index.whoosh_backend.codec", "ArraySegment")
_NONE_OF_OURS = "table of contents is none of ours"
_SEGMENT_ID = re.compile(r"[0-9a-z]{16}")
_HARMLESS = frozenset(
    [
        "PROTO",
        "FRAME",
        "STOP",
        "MARK",
        "MEMOIZE",
        "BINGET",
        "LONG_BINGET",
        "EMPTY_LIST",
        "EMPTY_TUPLE",
        "EMPTY_DICT",
        "APPEND",
        "APPENDS",
        "SETITEMS",
        "BININT",
        "BININT1",
        "BININT2",
        "LONG1",
        "NEWFALSE",
        "SHORT_BINUNICODE",
        "SHORT_BINBYTES",
        "BINBYTES",
        "STACK_GLOBAL",
        "NEWOBJ",
        "BUILD",
    ]
)
"""The steps of which the pickle of a list of segments consists. What they need of memory is
bounded by their size."""


def toc_name(generation: int) -> str:
    """The file of the table of commit number `generation`."""
    return f"_{INDEX_NAME}_{generation}.toc"


def pack_toc(generation: int, segments: Iterable[ArraySegment]) -> bytes:
    """A table as it is kept: Whoosh's, and a checksum, which Whoosh does not read."""
    memory = RamStorage()
    TOC(make_schema(), list(segments), generation).write(memory, INDEX_NAME)
    data: bytes = memory.files[toc_name(generation)]
    return data + _seal_of(data)


def unpack_toc(generation: int, data: bytes) -> list[ArraySegment]:
    """The segments of a table. One that is not as it was written ends in ValueError, or in
    whatever Whoosh comes upon in it."""
    if _seal_of(data[:-_SEAL]) != data[-_SEAL:]:
        raise ValueError("table of contents is damaged")
    toc = TOC.read(_OneFile(data), INDEX_NAME, gen=generation, schema=make_schema())
    segments = list(map(_segment_of, toc.segments))
    if len({segment.segid for segment in segments}) < len(segments):
        raise ValueError(_NONE_OF_OURS)
    return segments


def _seal_of(data: bytes) -> bytes:
    return crc32(data).to_bytes(_SEAL, "little")


class _OneFile:
    """The storage of a single file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def open_file(self, _name: str) -> StructFile:
        return _CautiousFile(BytesIO(self._data))


class _CautiousFile(StructFile):  # type: ignore[misc]
    def read_pickle(self) -> Any:
        data = self.file.read()[:-_SEAL]
        if any(step.name not in _HARMLESS for step, _, _ in pickletools.genops(data)):
            raise ValueError(_NONE_OF_OURS)
        return _SegmentsOnly(BytesIO(data)).load()


class _SegmentsOnly(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) != _SEGMENT:
            raise ValueError(_NONE_OF_OURS)
        # A class of its own for each, as a pickle can change classes.
        return type("Stated", (), {})


def _segment_of(stated: Any) -> ArraySegment:
    """The segment that a table tells of."""
    match {"_deleted": b"", **vars(stated)}:
        case {
            "indexname": str(indexname),
            "segid": str(segid),
            "compound": False,
            "checksum": int(checksum),
            "_size": int(size),
            "_deleted": bytes(deleted),
            **rest,
        } if indexname == INDEX_NAME and _SEGMENT_ID.fullmatch(segid) and not rest:
            return _made_segment(segid, checksum, size, np.frombuffer(deleted, np.uint16))
    raise ValueError(_NONE_OF_OURS)


def _made_segment(segid: str, checksum: int, size: int, deleted: Any) -> ArraySegment:
    rising = (np.diff(deleted.astype(np.int64)) > 0).all()
    if not (0 < size <= 1 << DOC_BITS and rising and (deleted < size).all()):
        raise ValueError(_NONE_OF_OURS)
    segment = ArraySegment.new()
    segment.segid = segid
    segment.checksum = checksum
    segment.set_doc_count(size)
    segment.delete(deleted)
    return segment
