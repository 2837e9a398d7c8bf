"""Bytes -> text."""

from __future__ import annotations

import codecs
import re

# Longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WIDE_MARKUP = (b"<\x00", b"\x00<")
_STATED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})")
# Character sets only: Python has codecs that do quite other things. What looks like one and is
# not Unicode, Latin-1 or ASCII, which are met otherwise.
_KNOWN = re.compile(
    r"windows-125[0-8]|cp(?:125[0-8]|437|85[02578]|86[02356]|874|932|949|950)"
    r"|iso-8859-(?:[2-9]|1[0134-6])|koi8-[rut]|gb(?:2312|k|18030)|big5(?:-hkscs)?"
    r"|euc-(?:jp|kr)|shift-jis|sjis|iso-2022-(?:jp|jp-[123]|kr)|tis-620|mac-?roman|utf-16(?:-?[lb]e)?"
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


def decode_stated(data: bytes, charset: str) -> str:
    """Decode a document whose characters are stated beside it. Never raises.

    Valid UTF-8 is UTF-8 whatever is stated, unless the statement is one of the escaped forms
    that look like ASCII; Latin-1 and ASCII mean Windows-1252, and UTF-7 is never read.
    """
    name = charset.strip().lower().replace("_", "-")
    known = _KNOWN.fullmatch(name) is not None
    if known and name.startswith("iso-2022") and b"\x1b" in data:
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(name, "replace") if known and find_mark(data) is None else decode(data)


def decode_marked(data: bytes) -> str:
    """Decode markup that may state its characters at its beginning. Never raises."""
    if data.startswith(_WIDE_MARKUP):
        return data.decode("utf-16-le" if data[0] else "utf-16-be", "replace")
    found = _STATED.search(data[:1024])
    return decode_stated(data, found[1].decode("ascii") if found else "")
