"""Headers of mail as they are in the world, and what they say of having been read. Pure."""

from __future__ import annotations

import re
from binascii import Error as BinasciiError
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from itertools import islice

from reader.clean import clean_line
from reader.ingest.decode import decode, decode_stated
from reader.model import Mark

_LIMIT = 8192
_MOST_HEADERS = 1000
_FLAGS = re.compile(r"[:;!]2,(?P<flags>[A-Za-z]*)$")
_MOZILLA_READ, _MOZILLA_STARRED = 0x1, 0x4


def header(message: Message, name: str) -> str:
    """Return a header as text on one line, encoded words decoded; "" without one."""
    # As it was written: what is asked for otherwise has lost its bytes beyond ASCII.
    raw = islice(message.raw_items(), _MOST_HEADERS)
    found = (value for key, value in raw if key.lower() == name.lower())
    written = str(next(found, ""))[:_LIMIT]
    if "=?" not in written:
        return _unescaped(written)
    try:
        parts = decode_header(" ".join(_unescaped(written).split()))
    except (HeaderParseError, BinasciiError, ValueError, IndexError):
        return _unescaped(written)
    return "".join(p if isinstance(p, str) else decode_stated(p, c or "") for p, c in parts)


def _unescaped(written: str) -> str:
    """Bytes that are not ASCII come out of the parser as surrogates."""
    if written.isascii():
        return written
    return decode(written.encode("utf-8", "surrogateescape"))


def mailbox_name(written: str) -> str:
    """Return the name in `Name <a@b.example>`, else the address."""
    name, address = parseaddr(written)
    return clean_line(name, 100) or clean_line(address, 100)


def marks_of(message: Message, name: str) -> frozenset[Mark]:
    """Return what was read and starred: by the flags in the name of a file of a Maildir, else
    by the headers that mail programs write into an mbox."""
    found = _FLAGS.search(name)
    if found is not None:
        return _marks(read="S" in found["flags"], starred="F" in found["flags"])
    status, more = header(message, "Status"), header(message, "X-Status")
    labels = [one.strip() for one in header(message, "X-Gmail-Labels").split(",")]
    mozilla = _hexadecimal(header(message, "X-Mozilla-Status"))
    return _marks(
        read="R" in status or bool(mozilla & _MOZILLA_READ) or "Opened" in labels,
        starred="F" in more or bool(mozilla & _MOZILLA_STARRED) or "Starred" in labels,
    )


def _marks(*, read: bool, starred: bool) -> frozenset[Mark]:
    marks = {Mark.READ: read, Mark.STARRED: starred}
    return frozenset(mark for mark, said in marks.items() if said)


def _hexadecimal(written: str) -> int:
    found = re.match(r"\s*([0-9A-Fa-f]{4})\b", written)
    return int(found[1], 16) if found else 0
