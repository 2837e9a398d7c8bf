"""Bytes -> text."""

from __future__ import annotations

import codecs

# Longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def find_mark(data: bytes) -> tuple[str, int] | None:
    """Return the encoding and the length in bytes of a byte order mark, or None."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None


def decode(data: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else as Windows-1252. Never raises.

    Single bad bytes in a text that is UTF-8 otherwise become U+FFFD; they do not change how
    the rest is read.
    """
    found = find_mark(data)
    if found is not None:
        encoding, length = found
        return data[length:].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data)


def _decode_damaged(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return text if good >= bad else data.decode("cp1252", "replace")
