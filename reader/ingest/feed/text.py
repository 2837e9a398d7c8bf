"""Titles and bodies of feeds: which kind of writing a value is, as the specifications have it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reader.clean import clean_line
from reader.ingest.feed.fields import Value
from reader.ingest.html.scan import unescape

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|blink|br|cite|code|del|dfn|div|em|font|i|img|ins|kbd|mark|nobr|p"
    "|q|s|samp|small|span|strike|strong|sub|sup|tt|u|wbr|h[1-6]"
)
_INLINE_TAG = re.compile(rf"<(/?)(?:{_INLINE})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_MARKUP = re.compile(
    r"</(?:p|a|div|span|ul|ol|li|blockquote|table|em|strong)>|<(?:br|img|p)\b[^<>]*>"
)
_BREAK = re.compile(r"<(?:br|p|/p|div|/div)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_SECTION = "<![CDATA["
_TITLE_LOOKED_AT = 20_000
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_TEASER = re.compile(
    r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.|\+)\s*\]|(?:read|see|view|learn)\s+(?:the\s+)?(?:more|full\s+\w+|on)"
    r"|continue\s+reading[^\n]{0,120}|(?:read\s+)?more|(?:weiter|mehr)\s*(?:lesen)?|lire\s+la\s+suite"
    r"|leer\s+m[aá]s|leggi\s+tutto|lees\s+(?:meer|verder)|читать\s+далее)"
    r"[\s.!:»›>→\])&]*\Z",
    re.IGNORECASE,
)
_TEASER_LOOKED_AT = 200
_SHORT = 600


@dataclass(frozen=True, slots=True)
class Body:
    """A candidate for the text of an entry, as HTML. `whole` tells content from a summary."""

    html: str
    whole: bool
    base: str = ""

    @property
    def size(self) -> int:
        """How much text it holds, about: code points outside tags."""
        return len(_ANY_TAG.sub("", self.html).strip())


def title_of(value: Value, *, atom: bool) -> str:
    """Return a title as clean text on one line.

    A title of Atom says what it is; of one in RSS only tags that are used inside lines and
    references go, as what looks like another tag may be meant.
    """
    if value.html:
        return clean_line(value.text)
    text = _without_section(value.text)
    kind = _kind(value) if atom else "rss"
    if kind == "base64":
        text, kind = _decoded(text), "html"
    text = text[:_TITLE_LOOKED_AT]
    if kind == "html":
        text = unescape(_ANY_TAG.sub(_gap, text))
    elif kind == "rss":
        text = unescape(_INLINE_TAG.sub(_gap, text))
    return clean_line(text)


def _without_section(text: str) -> str:
    """Take off the marks of a CDATA section that was escaped as if it were text."""
    stripped = text.strip()
    if not stripped.startswith(_SECTION):
        return text
    return stripped.removeprefix(_SECTION).removesuffix("]]>")


def _gap(found: re.Match[str]) -> str:
    return " " if _BREAK.match(found[0]) else ""


def html_of(value: Value, *, atom: bool) -> str:
    """Return the content of a value as HTML."""
    if value.html:
        return value.html
    kind = _kind(value) if atom else "rss"
    if kind == "base64":
        return _as_html(_decoded(value.text))
    return plain(value.text) if kind == "text" else _as_html(_without_section(value.text))


def _as_html(text: str) -> str:
    # What has no tag in it is often plain text, whose blank lines are all its form.
    return text if _ANY_TAG.search(text) else plain(unescape(text))


def plain(text: str) -> str:
    """Return plain text as HTML; blank lines are between paragraphs."""
    parts = (part.strip() for part in _BLANK_LINE.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def lines(text: str) -> str:
    """Return plain text whose single line ends count as HTML."""
    return plain(text).replace("\n", "<br>")


def _kind(value: Value) -> str:
    """Return how a text construct of Atom 0.3 or 1.0 is written: "text", "html" or "base64"."""
    kind, mode = value.get("type").lower(), value.get("mode").lower()
    if mode == "base64":
        return "base64"
    if kind in ("html", "text/html", "xhtml", "application/xhtml+xml") or mode == "escaped":
        return "html"
    if not kind and _MARKUP.search(value.text):
        # Atom says that it is plain text; those who write so mean HTML.
        return "html"
    if not kind or kind.startswith("text") or kind.endswith(("xml", "json")):
        return "text"
    return "base64"


def _decoded(written: str) -> str:
    """Return the text in Base64; what is none, or no text, as it is or as nothing."""
    if _BASE64.fullmatch(written) is None:
        return written
    try:
        return base64.b64decode("".join(written.split()), validate=True).decode("utf-8")
    except binascii.Error:
        return written
    except UnicodeDecodeError:
        return ""


def is_teaser(text: str) -> bool:
    """Tell whether a summary is only the beginning of something: short, or ending like one."""
    return len(text) < _SHORT or _TEASER.search(text[-_TEASER_LOOKED_AT:]) is not None


def fullest(bodies: Sequence[Body]) -> list[Body]:
    """Return the bodies, the one with the most text first."""
    if len(bodies) < 2:
        return list(bodies)
    return sorted(bodies, key=lambda body: body.size, reverse=True)
