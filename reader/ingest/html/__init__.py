"""HTML -> reading text with spans. Pure; needs no parser and no tree.

See docs/decisions/0014-html-without-a-tree.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.clean import clean_text
from reader.ingest.html.flow import BlockKind, Flow
from reader.ingest.html.line import is_invisible
from reader.ingest.html.scan import unescape
from reader.ingest.html.walk import MOST_ATTACHMENTS, Walker
from reader.model import Attachment, Markup, MarkupKind, Span

__all__ = ["HTML_LIMIT", "MOST_ATTACHMENTS", "Reading", "lead_of", "read_html"]

HTML_LIMIT = 2 * 1024 * 1024
"""How much of an HTML text is read, in code points."""

_BETWEEN = "\n\n"
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of an HTML text; offsets are code points of `text`.

    Paragraphs are parted by an empty line; the text is clean and NFC. `headings` are whole
    paragraphs. `markup` is in order of its starts, the longer first. `shown` are pictures, films
    and the like, each once, without those that only count readers; words for one stand in
    brackets in `text`.
    """

    text: str
    headings: tuple[Span, ...] = ()
    markup: tuple[Markup, ...] = ()
    shown: tuple[Attachment, ...] = ()

    @property
    def opening(self) -> Span:
        """The first paragraph that is more than words for something shown, else the first."""
        links = {(m.start, m.end) for m in self.markup if m.kind is MarkupKind.LINK}
        start = 0
        while True:
            end = self.text.find(_BETWEEN, start)
            if end < 0:
                return Span(start, len(self.text))
            if self.text[start] != "[" or (start, end) not in links:
                return Span(start, end)
            start = end + len(_BETWEEN)


def lead_of(reading: Reading) -> str:
    """The line that can give a text its title: the first of the words, without the brackets
    around those for something shown."""
    opening = reading.opening
    line = reading.text[opening.start : opening.end].partition("\n")[0]
    return line[1:-1] if line.startswith("[") and line.endswith("]") else line


def read_html(html: str, *, base: str = "") -> Reading:
    """Read HTML as text. Takes any string, never raises, needs time linear in its length.

    `base` is the address that relative ones are joined to. Only the first `HTML_LIMIT` code
    points are read. Text without any tag keeps its paragraphs.
    """
    html = _cut(html).replace("\r\n", "\n")
    if "<" not in html:
        return _read_plain(html)
    walker = Walker(html, base)
    walker.run()
    shown = tuple(Attachment(one.url, one.media_type) for one in walker.shown.values())
    return _assemble(walker.flow, shown)


def _cut(html: str) -> str:
    """Cut what is too long, and not inside a tag."""
    if len(html) <= HTML_LIMIT:
        return html
    begins, ends = html.rfind("<", 0, HTML_LIMIT), html.rfind(">", 0, HTML_LIMIT)
    return html[: begins if begins > ends else HTML_LIMIT]


def _read_plain(text: str) -> Reading:
    parts = _BLANK_LINES.split(clean_text(unescape(text)))
    paragraphs = (" ".join(part.split()) for part in parts)
    return Reading(_BETWEEN.join(part for part in paragraphs if not is_invisible(part)))


def _assemble(flow: Flow, shown: tuple[Attachment, ...]) -> Reading:
    starts, at = [], 0
    headings: list[Span] = []
    markup: list[Markup] = []
    for block in flow.blocks:
        starts.append(at)
        if block.kind is BlockKind.HEADING:
            headings.append(Span(at, at + len(block.text)))
        markup.extend(Markup(at + a, at + b, kind, to) for a, b, kind, to in block.marks)
        at += len(block.text) + len(_BETWEEN)
    for held in flow.ranges:
        last = held.end - 1
        end = starts[last] + len(flow.blocks[last].text)
        markup.append(Markup(starts[held.first], end, held.kind))
    markup.sort(key=lambda mark: (mark.start, -mark.end))
    text = _BETWEEN.join(block.text for block in flow.blocks)
    return Reading(text, tuple(headings), tuple(markup), shown)
