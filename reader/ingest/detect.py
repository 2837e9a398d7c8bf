"""Which format a file has, and whether it is text at all."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from reader.ingest.decode import decode, find_mark

HEAD_BYTES = 8192
"""How much of a file `is_binary` and `detect` look at."""

_CONTROL_SHARE = 0.1
# Those that text files do have: BEL BS HT LF FF CR ESC.
_NOT_TEXT = bytes(sorted(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})) + b"\x7f"
# Formats whose beginning may pass for text.
_SIGNATURES = (
    b"%PDF-",
    b"{\\rtf",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
)


class Format(StrEnum):
    """The formats that can be imported; the values are what `--format` takes."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSONL = "jsonl"


_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".jsonl": Format.JSONL,
}
_BY_SUFFIX_WHEN_NAMED = _BY_SUFFIX | {
    ".text": Format.TEXT,
    ".markdown": Format.MARKDOWN,
    ".ndjson": Format.JSONL,
}


def is_taken(name: str) -> bool:
    """Tell whether a file of this name inside a folder is imported."""
    return PurePath(name).suffix.lower() in _BY_SUFFIX


def detect(name: str, head: bytes) -> Format:
    """Return the format by suffix, else by the first bytes: an object a line, or plain text."""
    known = _BY_SUFFIX_WHEN_NAMED.get(PurePath(name).suffix.lower())
    if known is not None:
        return known
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return Format.JSONL if first.startswith(b'{"') else Format.TEXT


def is_binary(head: bytes) -> bool:
    """Tell whether the first bytes are not those of a text.

    A NUL, or more than a tenth of control codes that texts do not have, makes it binary; with
    a byte order mark of UTF-16 or UTF-32 the decoded text is looked at.
    """
    if head.startswith(_SIGNATURES):
        return True
    mark = find_mark(head)
    if mark is not None and mark[0] != "utf-8":
        head = decode(head).encode("utf-8", "replace")
    if b"\x00" in head:
        return True
    controls = len(head) - len(head.translate(None, _NOT_TEXT))
    return controls > len(head) * _CONTROL_SHARE
