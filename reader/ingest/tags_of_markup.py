"""Tags and text of markup, one after the other: enough for lists of links. Pure.

No tree is built, nothing is expanded or fetched, and what is broken breaks nothing else: time
is linear in the length, however deeply things are nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from reader.ingest.html.scan import unescape

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[(?P<raw>.*?)(?:\]\]>|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][^\s<>/=\"']*+)"
    r"(?P<rest>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>"
    r"|<(?P<end2>/?)(?P<name2>[A-Za-z_][^\s<>/=\"']*+)(?P<rest2>[^<>]*+)>"
    r"|<[!?][^<>]*>?",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'/])([^\s=<>\"'/]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name in lower case, without a prefix of a namespace."""

    name: str
    is_end: bool
    is_closed: bool
    _rest: str

    def attributes(self) -> dict[str, str]:
        """Values by name in lower case without a prefix; the first of several counts."""
        values: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self._rest):
            values.setdefault(_local(name), unescape(double or single or bare))
        return values


Piece: TypeAlias = Tag | str


def read_pieces(text: str) -> Iterator[Piece]:
    """The tags and the pieces of text between them, in order."""
    at = 0
    for token in _TOKEN.finditer(text):
        if token.start() > at:
            yield unescape(text[at : token.start()])
        at = token.end()
        name = token["name"] or token["name2"]
        if token["raw"]:
            yield token["raw"]
        elif name:
            rest = token["rest"] or token["rest2"] or ""
            is_end = bool(token["end"] or token["end2"])
            yield Tag(_local(name), is_end, rest.endswith("/"), rest)
    if at < len(text):
        yield unescape(text[at:])


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
