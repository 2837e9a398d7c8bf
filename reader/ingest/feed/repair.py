"""Makes what is called XML fit for a parser, in time linear in its length. Works on UTF-8.

What comes before the first element goes: declaration, DOCTYPE with its internal subset (and so
every entity of its own), comments, and what a server printed before. Names of characters that
HTML has and XML has not become characters; references to no character go. Elements are closed
where they have to be, and those nested too deeply lose their tags, not their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from reader.errors import ImportItemError
from reader.ingest.feed.sniff import ROOT, skip_prolog
from reader.ingest.reasons import Reason

DEEPEST = 200
"""How many elements may lie inside each other."""
MOST_ELEMENTS = 1_500_000
MOST_REFERENCES = 4_000_000
"""Beyond either a document costs more than any real one."""

_JUNK = 65536
_TAIL = 1024
_BROKEN_TAG = re.compile(rb"</?[A-Za-z_\x80-\xff]?[^<>]*+")
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_BREAKS = frozenset(b"\t\n\r")
_CONTROLS = bytes(code for code in range(32) if code not in _BREAKS)
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# What is no markup: comments, sections and instructions, each up to its end or the last byte.
_OPAQUE = rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
_REFERENCE = re.compile(
    _OPAQUE + rb"|&(?!(?:lt|gt|amp|quot|apos);)"
    rb"(?:\#([0-9]{1,9});|\#[xX]([0-9A-Fa-f]{1,9});|([A-Za-z][A-Za-z0-9]{0,40};))?",
    re.DOTALL,
)
_TOKEN = re.compile(
    _OPAQUE + rb"|<(?P<end>/?)(?P<name>[A-Za-z_\x80-\xff][^\s<>/=\"']*+)"
    rb"(?P<rest>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>"
    rb"|<(?P<end2>/?)(?P<name2>[A-Za-z_\x80-\xff][^\s<>/=\"']*+)(?P<rest2>[^<>]*+)>|<",
    re.DOTALL,
)
_ATTRIBUTES = re.compile(
    rb"(?:\s+[A-Za-z_:\x80-\xff][^\s<>/=\"']*+\s*+=\s*+(?:\"[^\"<]*\"|'[^'<]*'))*+\s*/?"
)
_ATTRIBUTE = re.compile(
    rb"(?<![^\s\"'])([A-Za-z_:\x80-\xff][^\s<>/=\"']*+)\s*+=\s*+(\"[^\"<]*\"|'[^'<]*'|[^\s<>\"']+)"
)
_OPAQUE_ONLY = re.compile(_OPAQUE, re.DOTALL)
_SECTION = re.compile(
    rb"<!\[CDATA\[.*?(?=</(?:\w+:)?"
    rb"(?:title|description|encoded|summary|content|link|guid|item|entry)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_ENTRY = re.compile(rb"(?:[^:]*:)?(?:item|entry)", re.IGNORECASE)


def repair(data: bytes) -> bytes:
    """Return the document from its first element on, with every element closed.

    Raises ImportItemError when there is no element that a feed may begin with, or too many.
    """
    data = data[_first_element(data) :]
    if data.count(b"<") - data.count(b"</") > MOST_ELEMENTS or _odd(data) > MOST_REFERENCES:
        raise ImportItemError("", Reason.EXPANDS)
    data = data.translate(None, _CONTROLS)
    for code in _NO_CHARACTERS:
        data = data.replace(code, b"")
    data = _end_sections(data)
    data = _replaced(data, _references(data))
    return _replaced(data, _Balance().changes(data))


def without_end(data: bytes) -> bytes | None:
    """Return a document whose root is never closed without the tag that it breaks off in; None
    for one that does not end in the middle."""
    start = _first_element(data)
    root = _TOKEN.match(data, start)
    name = root["name"] or root["name2"] if root else None
    if root is None or name is None or root[0].endswith(b"/>"):
        return None
    local = re.escape(name.rpartition(b":")[2])
    end = re.compile(rb"</(?:[^\s<>:/]*+:)?+" + local + rb"\s*+>", re.IGNORECASE)
    if end.search(data, max(start, len(data) - _TAIL)) or end.search(data, start):
        return None
    last = data.rfind(b"<")
    return data[:last] if _BROKEN_TAG.fullmatch(data, last) else data


def _first_element(data: bytes) -> int:
    at = skip_prolog(data)
    found = ROOT.match(data, at)
    if found is None and not _is_page(data, at):
        found = ROOT.search(data, at, at + _JUNK)
    if found is None:
        raise ImportItemError("", Reason.NOT_FEED)
    return found.start()


def _is_page(data: bytes, at: int) -> bool:
    """Tell a page of HTML from what a server printed before a feed."""
    return _PAGE.match(data, at) is not None or _PAGE.search(data, 0, at) is not None


def _odd(data: bytes) -> int:
    """Count references that are not among those XML has."""
    return data.count(b"&") - sum(map(data.count, (b"&lt;", b"&gt;", b"&amp;", b"&quot;")))


def _end_sections(data: bytes) -> bytes:
    """End CDATA sections that nothing ends where their field ends, and take a comment or an
    instruction without an end for text."""
    start = _first_without_end(data)
    if start is None:
        return data
    rest = data[start:]
    if rest.startswith(b"<![CDATA["):
        # Nothing after it ends one either.
        return data[:start] + _SECTION.sub(rb"\g<0>]]>", rest)
    opening = rest[:2] if rest.startswith(b"<?") else b"<!--"
    rest = rest.replace(opening, b"&lt;" + opening[1:])
    return data[:start] + (_end_sections(rest) if b"<![CDATA[" in rest else rest)


def _first_without_end(data: bytes) -> int | None:
    """Return where something begins that goes on to the last byte, None for nothing."""
    pairs = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
    if all(data.rfind(opening) <= data.rfind(end) for opening, end in pairs):
        return None
    for found in _OPAQUE_ONLY.finditer(data):
        ends = next(end for opening, end in pairs if found[0].startswith(opening))
        if not found[0].endswith(ends):
            return found.start()
    return None


def _replaced(data: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return the document with stretches replaced, in order; itself where there are none."""
    written: bytearray | None = None
    at = 0
    for start, end, instead in changes:
        if written is None:
            written = bytearray()
        written += memoryview(data)[at:start]
        written += instead
        at = end
    if written is None:
        return data
    written += memoryview(data)[at:]
    return bytes(written)


def _references(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    for found in _REFERENCE.finditer(data):
        instead = _character(found)
        if instead != found[0]:
            yield found.start(), found.end(), instead


def _character(found: re.Match[bytes]) -> bytes:
    decimal, hexadecimal, name = found.groups()
    if name is not None:
        return _named(name.decode("ascii"), found[0])
    if decimal is None and hexadecimal is None:
        return found[0] if found[0][:1] == b"<" else b"&amp;" + found[0][1:]
    return _numbered(int(decimal) if decimal is not None else int(hexadecimal, 16))


def _named(name: str, written: bytes) -> bytes:
    characters = html5.get(name)
    if characters is None:
        return b"&amp;" + written[1:]
    return "".join(f"&#{ord(c)};" if c in "<>&\"'" else c for c in characters).encode()


def _numbered(code: int) -> bytes:
    if 0x80 <= code <= 0x9F:
        # Numbers of this range are meant as in Windows-1252, as HTML has it.
        return bytes([code]).decode("cp1252", "ignore").encode()
    if code < 32 and code not in _BREAKS:
        return b""
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or code & 0xFFFE == 0xFFFE:
        return b""
    return b"&#%d;" % code


def _tag(name: bytes, rest: bytes) -> bytes:
    """Write a start tag with those attributes that can be told from the rest, in quotes."""
    attributes: dict[bytes, bytes] = {}
    for key, value in _ATTRIBUTE.findall(rest):
        quoted = value if value[:1] in b"\"'" else b'"' + value.removesuffix(b"/") + b'"'
        attributes.setdefault(key, quoted)
    written = b"".join(b" " + key + b"=" + value for key, value in attributes.items())
    return b"<" + name + written + (b"/>" if rest[-1:] == b"/" else b">")


class _Balance:
    """The names of the elements that are open, and how often each is."""

    __slots__ = ("count", "open")

    def __init__(self) -> None:
        self.open: list[bytes] = []
        self.count: dict[bytes, int] = {}

    def changes(self, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        """The stretches to be replaced, in order, each with what takes its place."""
        for found in _TOKEN.finditer(data):
            token = found[0]
            name = found["name"]
            if name is None:
                instead = self._other(token, found)
            elif found["end"]:
                instead = self._end(name, token)
            else:
                rest = found["rest"]
                if rest and _ATTRIBUTES.fullmatch(rest) is None:
                    token = _tag(name, rest)
                instead = self._start(name, token, closed=rest[-1:] == b"/")
            if instead is not found[0] and instead != found[0]:
                yield found.start(), found.end(), instead
        if self.open:
            yield len(data), len(data), self._close(0)

    def _other(self, token: bytes, found: re.Match[bytes]) -> bytes:
        name = found["name2"]
        if name is None:
            if token == b"<":
                return b"&lt;"
            return token if token[:2] == b"<!" and token[2:3] == b"[" else b""
        if found["end2"]:
            return self._end(name, b"</" + name + b">")
        rest = found["rest2"]
        return self._start(name, _tag(name, rest), closed=rest[-1:] == b"/")

    def _start(self, name: bytes, token: bytes, *, closed: bool) -> bytes:
        before = b""
        if self.count.get(name) and _ENTRY.fullmatch(name):
            before = self._close_to(name)
        shown = len(self.open) < DEEPEST
        if not closed:
            self.open.append(name)
            self.count[name] = self.count.get(name, 0) + 1
        if not shown:
            return before
        return before + token if before else token

    def _end(self, name: bytes, token: bytes) -> bytes:
        if not self.count.get(name):
            return b""
        if self.open[-1] != name:
            return self._close_to(name)
        self.open.pop()
        self.count[name] -= 1
        return token if len(self.open) < DEEPEST else b""

    def _close_to(self, name: bytes) -> bytes:
        at = len(self.open) - 1
        while self.open[at] != name:
            at -= 1
        return self._close(at)

    def _close(self, at: int) -> bytes:
        names = self.open[at:]
        for name in names:
            self.count[name] -= 1
        del self.open[at:]
        shown = names[: max(0, DEEPEST - at)]
        return b"".join(b"</" + name + b">" for name in reversed(shown))
