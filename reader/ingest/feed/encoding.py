"""Bytes of a feed -> UTF-8. A byte order mark counts before what the server says, that before
what the document says; and what is UTF-8 is UTF-8 whatever anybody says."""

from __future__ import annotations

import codecs
import re

from reader.ingest.decode import decode, find_mark

_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_HEAD = 2048
# Without a mark, the zeros around the first "<" tell.
_WIDE = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# What writers call by the narrow name is the wider set in practice.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
# Only character sets: Python has codecs that compress or run escapes, and UTF-7 hides markup.
_TAKEN = re.compile(
    r"(?:iso8859-\d+|cp\d+|koi8-[rut]|gb18030|gbk|gb2312|hz|big5(?:hkscs)?|euc_(?:jp|kr)\w*"
    r"|euc_jis\w*|shift_jis\w*|iso2022_\w+|tis-620|mac-?\w+|johab|ptcp154|kz1048|hp-roman8|ascii|utf-8)"
)
# These look like ASCII, and so like UTF-8.
_ESCAPED = {"hz": b"~{", "iso2022": b"\x1b$"}


def to_utf8(data: bytes, charset: str = "") -> bytes:
    """Return a document in UTF-8 without a mark. `charset` is what the server said.

    Latin-1 and ASCII mean Windows-1252, UTF-7 is never read. Bytes that mean nothing become
    U+FFFD; single ones do not change how the rest is read. Never raises.
    """
    marked = find_mark(data)
    if marked is not None:
        encoding, length = marked
        return _recoded(data[length:], encoding)
    for start, encoding in _WIDE:
        if data.startswith(start):
            return _recoded(data, encoding)
    stated = [name for name in (_known(charset), _known(_declared(data))) if name]
    for name in stated:
        if any(name.startswith(key) and sign in data for key, sign in _ESCAPED.items()):
            return _recoded(data, name)
    if _is_utf8(data):
        return data
    return _by_statement(data, stated)


def _by_statement(data: bytes, stated: list[str]) -> bytes:
    others = [name for name in stated if name != "utf-8"]
    if not others or (stated[0] == "utf-8" and _is_mostly_utf8(data, 1)):
        return _encoded(decode(data))
    if _is_mostly_utf8(data, 10):
        return _recoded(data, "utf-8")
    for name in others:
        try:
            return _encoded(data.decode(name))
        except UnicodeDecodeError:
            continue
    return _recoded(data, others[0])


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _known(name: str) -> str:
    """Return the codec for the name of a character set, "" for one that is not taken."""
    name = name.strip().lower().strip("\"'")
    for written in (name, name.removeprefix("x-"), name.removesuffix("-i")):
        try:
            found = codecs.lookup(written).name
        except (LookupError, ValueError):
            continue
        return _WIDER.get(found, found) if _TAKEN.fullmatch(found) else ""
    return ""


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(data: bytes, times: int) -> bool:
    """Tell whether characters of UTF-8 are at least `times` as many as bytes that are not."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return good >= bad * times


def _recoded(data: bytes, encoding: str) -> bytes:
    return _encoded(data.decode(encoding, "replace"))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
