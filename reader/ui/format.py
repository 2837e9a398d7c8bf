"""How values read on the screen: dates, counts and the lines of a list row. Pure.

Widths are terminal cells. A line is a sequence of pieces, each a text and the name of its
style; pieces hold no control code whatever the values hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from reader.clean import clean_line
from reader.model import ArticleRow, EntityCount, Precision, Published, Span
from reader.ui.safety import shown_line

Piece = tuple[str, str]
Line = tuple[Piece, ...]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WIDE = 84
"""From this width on a row is one line of columns."""

_MARGIN = 3
_WIDE_MARGIN = 4
_GAP = "  "
_SOURCE_WIDTH = 18
_DATE_WIDTH = 11
_ENTITY_WIDE = 44
_ENTITY_NARROW = 26


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; `spans` lie in `snippet`, which only search results have."""

    article: ArticleRow
    snippet: str = ""
    spans: tuple[Span, ...] = ()


TagStyle = Callable[[str], str]
"""The name of the style that a tag is drawn in."""


def plain_tag(_name: str) -> str:
    """The style of a tag without a colour of its own."""
    return "tag"


def fit(text: str, width: int) -> str:
    """Return `text`, cut with an ellipsis when it is wider than `width` cells."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """Return `text` made exactly `width` cells wide."""
    return set_cell_size(fit(text, width), width)


def pad_left(text: str, width: int) -> str:
    """Return `text` made exactly `width` cells wide, at the right."""
    cut = fit(text, width)
    return " " * (width - cell_len(cut)) + cut


def format_count(number: int, one: str, many: str) -> str:
    """Return "1 article", "1,204 articles"."""
    return f"{number:,} {one if number == 1 else many}"


def format_date(published: Published | None, now: datetime) -> str:
    """Return a date for a narrow column, at most 11 cells: never finer than what is known.

    `now` is aware; its zone is the one a moment of today is told in.
    """
    if published is None:
        return "no date"
    at = _local(published, now)
    match published.precision:
        case Precision.YEAR:
            return f"{at.year}"
        case Precision.MONTH:
            return f"{_month(at)} {at.year}"
        case Precision.DAY if at.date() == now.date():
            return "today"
        case Precision.SECOND if at.date() == now.date():
            return f"{at:%H:%M}"
        case _:
            return f"{at.day} {_month(at)} {at.year}"


def format_date_long(published: Published | None, now: datetime) -> str:
    """Return a date in full, told in the zone of `now`: never finer than what is known."""
    if published is None:
        return "no date"
    at = _local(published, now)
    month = f"{MONTHS[at.month - 1]} {at.year}"
    match published.precision:
        case Precision.YEAR:
            return f"{at.year}"
        case Precision.MONTH:
            return month
        case Precision.DAY:
            return f"{DAYS[at.weekday()]}, {at.day} {month}"
        case _:
            return f"{DAYS[at.weekday()]}, {at.day} {month}, {at:%H:%M}"


def row_height(width: int, *, snippets: bool) -> int:
    """Return the number of lines of a row in a list `width` cells wide."""
    return (1 if width >= WIDE else 2) + snippets


def row_lines(
    row: Row, width: int, now: datetime, *, snippets: bool, tag_style: TagStyle = plain_tag
) -> tuple[Line, ...]:
    """Return the `row_height` lines of a row, each at most `width` cells wide.

    The first cell of a line is left out: the cursor is drawn there.
    """
    article = row.article
    labels = _labels(article, tag_style)
    is_wide = width >= WIDE
    lines = (
        [_wide_line(article, labels, width, now)]
        if is_wide
        else _two_lines(article, labels, width, now)
    )
    if snippets:
        lines.append(_snippet_line(row, width))
    return tuple(lines)


def snippet_pieces(snippet: str, spans: Sequence[Span], width: int) -> Line:
    """Return the part of `snippet` that shows its first hit within `width` cells."""
    text = shown_line(snippet)
    first = min((span.start for span in spans), default=0)
    start = 0 if cell_len(text[:first]) <= width // 2 else _word_start(text, first, width // 3)
    lead = "… " if start else ""
    end = start + len(fit(text[start:], width - cell_len(lead)).rstrip("…"))
    whole = fit(text[start:], width - cell_len(lead)) == text[start:]
    pieces = [(lead, "snippet"), *_marked(text, start, end, spans)]
    if not whole:
        pieces.append(("…", "snippet"))
    return tuple(piece for piece in pieces if piece[0])


def _local(published: Published, now: datetime) -> datetime:
    # A day, a month or a year is not a moment: no zone can move it.
    if published.precision is Precision.SECOND:
        return published.at.astimezone(now.tzinfo)
    return published.at


def _month(at: datetime) -> str:
    return MONTHS[at.month - 1][:3]


def month_name(month: str) -> str:
    """ "2023-07" as it is read: "Jul 2023"."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1][:3]} {year}"


def _mark(article: ArticleRow) -> Piece:
    return (" ", "title") if article.read else ("●", "unread-mark")


def _star(article: ArticleRow) -> Piece:
    return ("★", "star") if article.starred else (" ", "title")


def _title(article: ArticleRow, width: int) -> tuple[Line, int]:
    """Return the pieces of a title and their width."""
    lead = "~ " if article.title_derived else ""
    text = fit(clean_line(article.title) or "(no title)", max(0, width - len(lead)))
    pieces = ((lead, "derived"), (text, "title" if article.read else "unread"))
    return pieces, len(lead) + cell_len(text)


def _two_lines(
    article: ArticleRow, labels: Sequence[Piece], width: int, now: datetime
) -> list[Line]:
    room = max(0, width - _MARGIN - 1)
    title, _ = _title(article, room)
    date = fit(format_date(article.published, now), room)
    left, used = _within(_origin(article, labels), max(0, room - cell_len(date) - 1))
    gap = " " * (room - used - cell_len(date))
    below = (_star(article), (" ", "title"), *left, (gap, "meta"), _date(article, date))
    return [(_mark(article), (" ", "title"), *title), below]


def _wide_line(article: ArticleRow, labels: Sequence[Piece], width: int, now: datetime) -> Line:
    room = width - _WIDE_MARGIN - 1 - _SOURCE_WIDTH - _DATE_WIDTH - 2 * len(_GAP)
    title, used = _title(article, room)
    tags, used_by_tags = _within(labels, room - used - len(_GAP))
    if tags:
        title += ((_GAP, "meta"), *tags)
        used += len(_GAP) + used_by_tags
    source = pad(clean_line(article.source), _SOURCE_WIDTH)
    date = format_date(article.published, now)
    space = " " * (room - used) + _GAP
    before_date = _GAP + " " * (_DATE_WIDTH - cell_len(date))
    return (
        _mark(article), _star(article), (" ", "meta"), *title, (space, "meta"),
        (source, "source"), (before_date, "meta"), _date(article, date),
    )  # fmt: skip


def _date(article: ArticleRow, date: str) -> Piece:
    return date, "unknown" if article.published is None else "date"


def _origin(article: ArticleRow, labels: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that say where an article is from and what was made of it."""
    source = clean_line(article.source)
    return [*([(source, "source")] if source else []), *labels]


def _labels(article: ArticleRow, tag_style: TagStyle) -> list[Piece]:
    labels = [("archived", "archived")] if article.archived else []
    return labels + [(f"#{clean_line(tag)}", tag_style(tag)) for tag in article.tags]


def _within(pieces: Iterable[Piece], width: int) -> tuple[Line, int]:
    """Return the pieces, one space between them, that fit into `width`, and their width."""
    kept: list[Piece] = []
    used = 0
    for text, style in pieces:
        space = 1 if kept else 0
        cut = fit(text, width - used - space)
        if cell_len(cut) < min(3, cell_len(text)):
            break
        kept += [(" " * space, "meta"), (cut, style)]
        used += space + cell_len(cut)
        if cut != text:
            break
    return tuple(kept), used


def _snippet_line(row: Row, width: int) -> Line:
    margin = _WIDE_MARGIN if width >= WIDE else _MARGIN
    room = max(0, width - margin - 1)
    return ((" " * (margin - 1), "snippet"), *snippet_pieces(row.snippet, row.spans, room))


def _word_start(text: str, offset: int, cells: int) -> int:
    """Return the start of a word at most about `cells` cells before `offset`."""
    start = offset
    while start > 0 and cell_len(text[start - 1 : offset]) <= cells:
        start -= 1
    space = text.find(" ", start, offset)
    return space + 1 if space >= 0 else start


def _marked(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for span in sorted(spans, key=lambda span: span.start):
        first, last = max(at, span.start), min(end, span.end)
        if first >= last:
            continue
        pieces += [(text[at:first], "snippet"), (text[first:last], "hit")]
        at = last
    return [*pieces, (text[at:end], "snippet")]


def entity_line(count: EntityCount, width: int) -> Line:
    """Return the line of an entity: name, mentions here and, with room, articles in all.

    The first two cells are left out: the cursor is drawn there.
    """
    room = max(0, width - 3)
    here = pad_left(f"{count.mentions:,}", max(3, len(f" {count.mentions:,}")))
    everywhere = ""
    if width >= _ENTITY_WIDE:
        articles = f"in {format_count(count.articles, 'article', 'articles')}"
        everywhere = f" {articles:>14}"
    elif width >= _ENTITY_NARROW:
        everywhere = f" {f'in {count.articles:,}':>6}"
    name = pad(clean_line(count.entity.name), max(0, room - len(here) - len(everywhere)))
    return (name, "name"), (here, "mentions"), (everywhere, "articles")


def facet_line(name: str, articles: int, width: int) -> Line:
    """Return the line of an entity of a list: name and articles, without the same two cells."""
    room = max(0, width - 3)
    number = f" {articles:,}"
    return (pad(clean_line(name), max(0, room - len(number))), "name"), (number, "mentions")


def uncertain_line(name: str, mentions: int, width: int) -> Line:
    """Return the line of an entity that may be none, without the same two cells."""
    room = max(0, width - 3)
    here = pad_left(f"{mentions:,}", max(3, len(f" {mentions:,}")))
    shown = fit(clean_line(name), max(0, room - len(here) - 2))
    return (pad(f"{shown} ?", max(0, room - len(here))), "uncertain"), (here, "uncertain")
