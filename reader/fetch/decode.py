"""Taking the compression off a document while it comes in, in bounded memory.

Formats: gzip (RFC 1952, members one after another), deflate (RFC 1950, and the bare RFC 1951
that some servers send under its name).
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator, Sequence

from reader.feeds import Problem
from reader.fetch.ending import FetchError

ACCEPTED = "gzip, deflate"

_LAYERS = 2
_PIECE = 65536
_MEMBERS = 1000
"""Of one gzip document. Each one more costs as much as what follows it, even when it is empty."""

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_BITS, _ZLIB_BITS, _RAW_BITS = 31, 15, -15


class Layer:
    """One compression of a document. At most `limit` bytes come out of it."""

    def __init__(self, coding: str, limit: int) -> None:
        self._coding = coding
        self._limit = limit
        self._head = b""
        self._members = 0
        self._inflate: zlib._Decompress | None = None
        self._ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds, in pieces. Raises FetchError."""
        data, self._head = self._head + data, b""
        while data and not self._ended:
            self._inflate = self._inflate or self._begin(data)
            if self._inflate is None:
                return
            data = yield from self._pieces(self._inflate, data)

    def finish(self) -> None:
        """Raise FetchError where the end of the document is missing."""
        if self._inflate is not None or (self._head and not self._members):
            raise _broken("cut off")

    def _begin(self, data: bytes) -> zlib._Decompress | None:
        """A stream; None where more bytes are needed, or where rubbish follows the last one."""
        if len(data) < len(_GZIP_MAGIC):
            self._head = data
            return None
        if self._members and not data.startswith(_GZIP_MAGIC):
            self._ended = True
            return None
        self._members += 1
        if self._members > _MEMBERS:
            raise _broken("too many compressed parts")
        return zlib.decompressobj(self._bits(data))

    def _bits(self, data: bytes) -> int:
        if self._coding == "gzip":
            return _GZIP_BITS
        wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return _ZLIB_BITS if wrapped else _RAW_BITS

    def _pieces(self, inflate: zlib._Decompress, data: bytes) -> Generator[bytes, None, bytes]:
        """Yield what one stream makes of `data`; returns what lies behind its end."""
        while data and not inflate.eof:
            piece = self._step(inflate, data)
            data = inflate.unconsumed_tail
            if piece:
                yield piece
        if not inflate.eof:
            return b""
        self._inflate = None
        self._ended = self._coding != "gzip"
        return inflate.unused_data

    def _step(self, inflate: zlib._Decompress, data: bytes) -> bytes:
        try:
            piece = inflate.decompress(data, _PIECE)
        except zlib.error as error:
            raise _broken("not compressed as it says") from error
        self._limit -= len(piece)
        if self._limit < 0:
            raise FetchError(Problem.TOO_LARGE)
        return piece


def layers(header: str, limit: int) -> list[Layer]:
    """What is to be taken off, the outermost first, by a Content-Encoding header.

    Raises FetchError for codings that were not asked for, and for more than two.
    """
    codings = [name.strip().lower().removeprefix("x-") for name in header.split(",")]
    codings = [name for name in codings if name not in ("", "identity")]
    if len(codings) > _LAYERS:
        raise _broken("compressed too often")
    if not set(codings) <= {"gzip", "deflate"}:
        raise _broken("a compression that was not asked for")
    return [Layer(name, limit) for name in reversed(codings)]


def decoded(chunks: Iterator[bytes], through: Sequence[Layer]) -> Iterator[bytes]:
    """`chunks` without their compressions. Raises FetchError."""
    for layer in through:
        chunks = _through(chunks, layer)
    return chunks


def _through(chunks: Iterator[bytes], layer: Layer) -> Iterator[bytes]:
    for chunk in chunks:
        yield from layer.feed(chunk)
    layer.finish()


def _broken(detail: str) -> FetchError:
    return FetchError(Problem.BROKEN, detail)
