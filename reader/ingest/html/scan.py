"""HTML as written -> tags and the text between them, in time linear in its length. Pure."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from itertools import islice

from reader.ingest.html.elements import ITEMS, KNOWN, RAW, SHORT_LIVED, VOID

# Quotes count only after an equals sign, and only when they are closed. The text that is
# searched ends with a bracket, which is in no quotes then: so every tag ends, and every
# character is looked at once.
_REST = r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)"
_TAG = re.compile(rf"<(?:(/?)([a-zA-Z][^\s/>]*+){_REST}>|(!--|[!?]))")
_ATTRIBUTE = re.compile(
    r"([^\s=/\"'>]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>][^\s>]*+)))?+"
)
_HREF = re.compile(r"\s*+href=\"([^\"]*+)\"")
_LONG_NUMBER = re.compile(r"&#[0-9]{8,}+;?")
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)")
# Their end tags are often left out, which nests nothing.
_NOT_NESTING = VOID | ITEMS | SHORT_LIVED | {"td", "th", "tr", "tbody", "thead", "tfoot"}
_LONGEST_CONTENT = 2000
_CDATA = "<![CDATA["

Token = tuple[str, bool, str, str]
"""The text before a tag, whether it is an end tag, its name in lower case ("" at the end and
for comments), its attributes as written."""


class Scanner:
    """Goes through a text once. `skip` moves on while `tokens` runs."""

    def __init__(self, text: str) -> None:
        if _CDATA in text:
            text = text.replace(_CDATA, "").replace("]]>", "")
        self._text = text
        # Behind the last bracket there is no tag, whatever it looks like.
        self._end = text.rfind(">") + 1
        self._at = 0
        self._never_closed: set[str] = set()

    def tokens(self) -> Iterator[Token]:
        """Every tag with the text before it; at last the text that follows all tags."""
        text, end = self._text, self._end
        while (found := _TAG.search(text, self._at, end)) is not None:
            before = text[self._at : found.start()]
            closing, name, attributes, other = found.groups()
            self._at = found.end()
            if other is None:
                yield before, closing != "", name.lower(), attributes
            else:
                yield before, False, "", ""
                self._at = self._behind(found.end(), other)
        yield text[self._at :], False, "", ""

    def skip(self, name: str, attributes: str) -> bool:
        """Move behind the end tag of the element whose start tag was told last; tell whether
        there is one.

        Where there is none, or the element is not a known one, only the tag itself is passed
        over; what follows a script that does not end is no text, though.
        """
        if name not in KNOWN or name in self._never_closed or attributes.endswith("/"):
            return False
        depth = 1
        for found in _tags_of(name).finditer(self._text, self._at):
            if name in RAW and not found[1]:
                continue
            depth += -1 if found[1] or name in SHORT_LIVED else 1
            if depth == 0:
                self._at = found.start() if name in SHORT_LIVED else self._behind(found.end(), "/")
                return True
        self._never_closed.add(name)
        if name in ("script", "style"):
            self._at = len(self._text)
            return True
        return False

    def take(self, name: str, attributes: str) -> str:
        """Move on as `skip` does; return what was passed over, "" where there is no end."""
        start = self._at
        return self._text[start : self._at] if self.skip(name, attributes) else ""

    def cut_out(self, names: frozenset[str]) -> tuple[str, list[tuple[str, str, str]]]:
        """Return the text without comments and the elements of these names; and of each of
        those that were cut out its name, "" for a comment, its attributes as written and what
        it held, the end tag included. Elements that do not end stay."""
        pattern = _starts_of(names)
        kept: list[str] = []
        cut: list[tuple[str, str, str]] = []
        copied = self._at
        while (found := pattern.search(self._text, self._at)) is not None:
            self._at = found.end()
            name = (found[1] or "").lower()
            if not name:
                self._at = self._behind(found.end(), "!--")
            elif not self.skip(name, found[2]):
                continue
            kept.append(self._text[copied : found.start()])
            cut.append((name, found[2], self._text[found.end() : self._at]))
            copied = self._at
        kept.append(self._text[copied:])
        return "".join(kept), cut

    def _behind(self, start: int, other: str) -> int:
        """Return where a comment, a declaration or an end tag is over."""
        if other != "!--":
            return self._text.find(">", start) + 1 or len(self._text)
        # The dashes that begin a comment may end it as well.
        end = self._text.find("-->", start - 2)
        return len(self._text) if end < 0 else end + 3


def read_elements(text: str, names: tuple[str, ...], most: int) -> Iterator[tuple[str, str, str]]:
    """The first elements of some names: name, attributes as written, what follows up to the
    end tag. For elements that are not nested in themselves."""
    for found in islice(_starts_of(frozenset(names)).finditer(text), most):
        if found[1] is not None:
            name = found[1].lower()
            content = ""
            if name not in VOID:
                content = text[found.end() : found.end() + _LONGEST_CONTENT]
                content = _tags_of(name).split(content, maxsplit=1)[0]
            yield name, found[2], content


def read_attributes(written: str) -> dict[str, str]:
    """The attributes of a tag by name in lower case; of several the first counts."""
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(written):
        name, double, single, bare = found.groups()
        values.setdefault(name.lower(), unescape(double or single or bare or ""))
    return values


def read_href(written: str) -> str:
    """The address in the tag of a link, "" without one."""
    # Nearly all are written like this, and links are most of the tags with attributes.
    found = _HREF.match(written)
    return unescape(found[1]) if found is not None else read_attributes(written).get("href", "")


def unescape(text: str) -> str:
    """Replace character references as a browser does. Never raises."""
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:
        # Python refuses to read numbers of thousands of digits.
        return html.unescape(_LONG_NUMBER.sub("\ufffd", text))


def nesting(text: str) -> int:
    """How deep elements are nested at most; what a parser needs to bear."""
    depth = deepest = 0
    for found in _OPEN_OR_CLOSE.finditer(text):
        if found[2].lower() in _NOT_NESTING:
            continue
        depth = max(depth - 1, 0) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


@functools.cache
def _starts_of(names: frozenset[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(names))
    return re.compile(rf"<(?:!--|({listed})(?=[\s/>]){_REST}>?)", re.IGNORECASE)


@functools.lru_cache(maxsize=64)
def _tags_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){re.escape(name)}(?![^\s/>])", re.IGNORECASE)
