"""Puts an article on a page: one text with its paragraphs and their looks. Pure.

Offsets are code points of the text of the page, half open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reader.clean import clean_line
from reader.config import ReadingSettings
from reader.kept import Colour
from reader.model import Article, ArticleRow, Attachment, Span
from reader.ui.format import format_date_long
from reader.ui.highlight import Paint, Runs, merge
from reader.ui.links import safe_url, shown_address
from reader.ui.reading_time import count_words, minutes_of, tell_time
from reader.ui.safety import shown, shown_line
from reader.ui.widgets.body import PageLink, lay_out_body
from reader.ui.widgets.wrap import Block

CURRENT_HEADING = "current-heading"

DERIVED = "No headline in the original: these are its first words"
RELATED = "Related links in the original"
ATTACHED = "Attached"
OWN = "* "
"""Stands before what the reader has written."""
_MEDIA_TYPE = 40
"""Code points of a media type that are shown."""

_NAMED = 3
"""Other sources of an article that are named."""
_SOURCE = 40
"""Code points of their names that are shown."""

_INDENT = 2
"""Cells before the first line of a paragraph that no empty line stands above."""

_AS_USUAL = ReadingSettings()

_SPACE = "\u00a0"
_BETWEEN = f"{_SPACE}·"


_PLAIN = Runs(())


@dataclass(frozen=True, slots=True)
class Page:
    """An article as one text. `original` and `drawn` are alike, code point for code point.

    `title` and `body` are where the title and the text of the article lie in it, `links` what
    can be opened, in order.
    """

    original: str
    drawn: str
    blocks: tuple[Block, ...]
    paints: tuple[Paint, ...]
    title: Span
    body: Span
    links: tuple[PageLink, ...] = ()
    looks: Runs = _PLAIN
    """What the paints look like, one upon the other."""
    paragraphs: Sequence[int] = ()
    """Where the paragraphs of the text start; its lines, where no empty lines part them."""
    headings: Sequence[Paint] = ()
    """The headings of the text as paints of the one that the reader has gone to."""
    words: int = 0
    """Words of the text, about."""


BLANK = Page("", "", (), (), Span(0, 0), Span(0, 0))


class _Builder:
    def __init__(self) -> None:
        self.original: list[str] = []
        self.drawn: list[str] = []
        self.blocks: list[Block] = []
        self.paints: list[Paint] = []
        self.links: list[PageLink] = []
        self.length = 0

    def write(self, original: str, drawn: str) -> Span:
        start = self.length
        self.original.append(original)
        self.drawn.append(drawn)
        self.length += len(original)
        return Span(start, self.length)

    def add(
        self, text: str, style: str, *, before: int = 0, bullet: str = "", between: str = ""
    ) -> Span:
        """Add a paragraph of one style; return where its text is, the bullet left out."""
        self.write("\n" * (before or 1), "\n" * (before or 1))
        start = self.write(bullet, bullet).start
        span = self.write(text, shown_line(text))
        self.blocks.append(Block(start, span.end, before, 0, len(bullet), between))
        self.paints.append(Paint(start, span.end, style))
        return span

    def add_own(self, notes: Sequence[str]) -> None:
        """Add notes of the reader, line by line as they were written."""
        for note in notes:
            for number, line in enumerate(note.split("\n")):
                before, bullet = (0, "  ") if number else (1, OWN)
                self.add(line, "own-note", before=before, bullet=bullet)

    def add_labels(self, labels: Sequence[tuple[str, ...]]) -> None:
        """Add one line of labels, each a text and its styles."""
        if not labels:
            return
        self.write("\n", "\n")
        start = self.length
        for n, (label, *styles) in enumerate(labels):
            text = f"{_SPACE}{shown_line(label).replace(' ', _SPACE)}{_SPACE}"
            if n:
                self.write(" ", " ")
            span = self.write(text, text)
            self.paints += [Paint(span.start, span.end, style) for style in styles]
        self.blocks.append(Block(start, self.length))

    def add_body(self, article: Article, look: ReadingSettings) -> Span:
        """Add the text of an article, empty lines above every paragraph of it."""
        self.write("\n\n", "\n\n")
        body = self.write(article.text, shown(article.text))
        laid = lay_out_body(article.text, article.headings, article.markup, body.start)
        heads = {paint.start for paint in laid.paints if paint.style == "heading"}
        self.blocks += _spaced(laid.blocks, heads, look)
        self.paints += laid.paints
        self.links += laid.links
        return body

    def finish(self, title: Span, body: Span, words: int) -> Page:
        """The page, all on it."""
        original, drawn = "".join(self.original), "".join(self.drawn)
        return Page(
            original, drawn, tuple(self.blocks), tuple(self.paints), title, body,
            tuple(self.links), merge(len(drawn), [self.paints]),
            _paragraphs(original, self.blocks, body), _headings(self.paints), words,
        )  # fmt: skip

    def add_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Add what goes with the article, each with its media type and where it is."""
        if not attachments:
            return
        self.add(ATTACHED, "related-head", before=2, bullet="── ")
        for one in attachments:
            kind = f"{clean_line(one.media_type, _MEDIA_TYPE)}  " if one.media_type else ""
            address = shown_address(one.url)
            span = self.add(f"{kind}{address}", "related", bullet="   ")
            if target := safe_url(one.url):
                start = span.end - len(address)
                self.links.append(PageLink(start, span.end, target))
                self.paints.append(Paint(start, span.end, "link"))


def _paragraphs(text: str, blocks: Iterable[Block], body: Span) -> list[int]:
    starts = [one.start for one in blocks if body.start <= one.start < body.end]
    apart = [at for at in starts if text[at - 2 : at] == "\n\n"]
    return apart if len(apart) > 1 else starts


def _headings(paints: Iterable[Paint]) -> list[Paint]:
    heads = (one for one in paints if one.style == "heading")
    return [Paint(one.start, one.end, CURRENT_HEADING) for one in heads]


def _spaced(
    blocks: Sequence[Block], heads: Collection[int], look: ReadingSettings
) -> Iterator[Block]:
    """The blocks of a text with as much room between them and their lines as is asked for.

    Paragraphs that no empty line parts are told apart by an indent.
    """
    apart = look.line_spacing
    for number, block in enumerate(blocks):
        before, indent = block.before, block.indent
        if number and block.before:
            before = look.paragraph_spacing + apart
            if not before and (block.start in heads or block.kept or block.hanging):
                before = 1
            elif not before:
                indent += _INDENT
        elif number and not block.kept:
            before = apart
        yield replace(block, before=before, indent=indent, apart=0 if block.kept else apart)


def _no_colour(_tag: str) -> Colour | None:
    return None


def make_page(
    article: Article,
    now: datetime,
    note: str = "",
    also: Sequence[str] = (),
    look: ReadingSettings = _AS_USUAL,
    own: Sequence[str] = (),
    colour_of: Callable[[str], Colour | None] = _no_colour,
) -> Page:
    """Lay out an article: title, origin, tags, text, related links, attachments.

    `now` is aware; moments are told in its zone. `note` stands at the end of an article that
    is only a summary; `also` are other sources that told of it, `look` says how it stands, `own`
    is what the reader has written of the whole article, `colour_of` tells the colours of tags.
    """
    page = _Builder()
    row = article.row
    title = page.add(row.title, "title", before=1)
    if row.title_derived:
        page.add(DERIVED, "derived")
    words = count_words(article.text)
    origin = _origin(article, now, minutes_of(words, look.words_per_minute))
    page.add(f"{_BETWEEN} ".join(origin), "meta", between=_BETWEEN)
    if also:
        page.add(tell_also(also), "meta")
    if article.authors:
        page.add(f"By {', '.join(article.authors)}", "meta")
    page.add_labels(_labels(row, colour_of))
    page.add_own(own)
    body = page.add_body(article, look)
    if article.partial and note:
        page.add(note, "note", before=2)
    if article.related:
        page.add(RELATED, "related-head", before=2, bullet="── ")
        for headline in article.related:
            page.add(headline, "related", bullet="   ")
    page.add_attachments(article.attachments)
    return page.finish(title, body, words)


def tell_also(sources: Sequence[str]) -> str:
    """Where else an article was found, in one line: "also in: Quarry Post and 3 more"."""
    named = ", ".join(clean_line(name, _SOURCE) for name in sources[:_NAMED])
    more = f" and {len(sources) - _NAMED:,} more" if len(sources) > _NAMED else ""
    return f"also in: {named}{more}"


def _origin(article: Article, now: datetime, minutes: int) -> list[str]:
    date = format_date_long(article.row.published, now).replace(" ", _SPACE)
    time = tell_time(minutes).replace(" ", _SPACE)
    parts = (article.row.source, date, article.place, article.agency, time)
    # The source of an article is often the agency of its dateline.
    return [part for part in dict.fromkeys(parts) if part]


def _labels(row: ArticleRow, colour_of: Callable[[str], Colour | None]) -> list[tuple[str, ...]]:
    labels: list[tuple[str, ...]] = [("★ starred", "star")] if row.starred else []
    if row.archived:
        labels.append(("archived", "archived"))
    for tag in row.tags:
        colour = colour_of(tag)
        labels.append((f"#{tag}", "tag", *([f"tag-{colour}"] if colour is not None else [])))
    return labels
