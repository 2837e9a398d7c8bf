"""What stands on an entity card, line by line. Pure.

Widths are terminal cells; the first cell of a line is left out: the cursor is drawn there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from rich.cells import cell_len

from reader.clean import clean_line
from reader.model import (
    ArticleRow,
    Entity,
    EntityCard,
    EntityKind,
    Evidence,
    NameCount,
    NameForm,
    Together,
)
from reader.sparkline import months_between, sparkline
from reader.text import count
from reader.ui.format import (
    Line,
    Piece,
    fit,
    format_date,
    month_name,
    pad,
    pad_left,
    snippet_pieces,
)
from reader.ui.highlight import KIND_STYLES

KINDS = {
    EntityKind.PER: "person",
    EntityKind.LOC: "place",
    EntityKind.ORG: "organisation",
    EntityKind.MISC: "other name",
}
"""A kind in words."""

ROOMY = 64
"""From this width on an article has its date and source before its title."""

FORMS, TOGETHER, PLACES, TAGS = 8, 12, 8, 8
"""Lines of a section at most."""

_NAME = 36
"""Cells of a name before its count, where there is room."""
_SPARK = 60
_SOURCE = 18
_DATE = 11
_WAITING = "…"


class Whole(Enum):
    """The line that stands for all articles of a card."""

    ARTICLES = "articles"


Target: TypeAlias = NameForm | Together | Entity | NameCount | Evidence | Whole
"""What a line opens."""


@dataclass(frozen=True, slots=True)
class CardPage:
    """What is known of an entity by now: the card, and some of its articles, newest first."""

    entity: Entity
    card: EntityCard | None = None
    articles: tuple[Evidence, ...] | None = None


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line; several may stand for one target. A heading begins a section."""

    pieces: Line
    target: Target | None = None
    is_heading: bool = False


def facts_lines(page: CardPage, width: int, now: datetime) -> list[CardLine]:
    """Who it is, and everything but the articles."""
    lines = _head(page, width, now)
    card = page.card
    if card is None:
        return [*lines, CardLine(()), CardLine((("", "dim"), (f" {_WAITING}", "dim")))]
    others = [one for one in card.together if one.entity.kind is not EntityKind.LOC]
    lines += _section("Names seen", (_form(one, width) for one in card.forms[:FORMS]))
    together = (_together(one, width, str(one.entity.kind)) for one in others[:TOGETHER])
    lines += _section("Named together", together)
    lines += _section("Places", (_together(one, width) for one in card.places[:PLACES]))
    lines += _section("See also", (_related(one, width) for one in card.related))
    return lines + _section("Tags", (_tag(one, width) for one in card.tags[:TAGS]))


def article_lines(page: CardPage, width: int, now: datetime) -> list[CardLine]:
    """The articles, each with the sentence that names it."""
    total = page.card.articles if page.card else None
    head = f" Articles · {total:,}" if total is not None else " Articles"
    lines = [CardLine(((fit(head, width), "heading"),), Whole.ARTICLES, is_heading=True)]
    if page.articles is None:
        return [*lines, CardLine(((f" {_WAITING}", "dim"),))]
    for one in page.articles:
        lines += [CardLine(line, one) for line in _article(one, width, now)]
    if total is not None and len(page.articles) < total:
        lines.append(CardLine(((f" {_WAITING}", "dim"),)))
    return lines


# The head


def _head(page: CardPage, width: int, now: datetime) -> list[CardLine]:
    entity = page.entity
    kind = KINDS[entity.kind]
    name = fit(f" {clean_line(entity.name)}", max(0, width - len(kind) - 3))
    lines: list[Line] = [((name, f"name-{KIND_STYLES[entity.kind]}"), (f"  {kind}", "dim"))]
    if page.card is not None:
        lines += _told(page.card, width, now)
    return [CardLine(line) for line in lines]


def _told(card: EntityCard, width: int, now: datetime) -> Iterator[Line]:
    facts = [f"{count(card.articles, 'article')}", f"{count(card.mentions, 'mention')}"]
    seen = [
        f"{word} {format_date(row.published, now)}"
        for word, row in (("first", card.first), ("last", card.last))
        if row is not None and row.published is not None
    ]
    whole = f" {' · '.join([*facts, *seen])}"
    if cell_len(whole) <= width:
        yield ((whole, "dim"),)
    else:
        yield ((fit(f" {' · '.join(facts)}", width), "dim"),)
        yield ((fit(f" {' · '.join(seen)}", width), "dim"),)
    if line := _months(card.months, width):
        yield line


def _months(months: Sequence[NameCount], width: int) -> Line:
    """A sparkline between the names of its first and last month; one month is named once."""
    names = sorted(one.name for one in months)
    if not names:
        return ()
    first, last = month_name(names[0]), month_name(names[-1]) if len(names) > 1 else ""
    room = min(_SPARK, width - len(first) - len(last) - 4)
    if room < min(2, len(names)):
        return ()
    drawn = sparkline(months_between(months), room)
    return ((f" {first} ", "dim"), (drawn, "spark"), (f" {last}", "dim"))


# Sections


def _section(heading: str, lines: Iterable[CardLine]) -> list[CardLine]:
    """An empty line, the heading and the lines; nothing at all without lines."""
    found = list(lines)
    if not found:
        return []
    return [CardLine(()), CardLine(((f" {heading}", "heading"),), is_heading=True), *found]


def _counted(name: str, number: str, width: int, style: str, kind: str = "") -> Line:
    after = f"  {kind}" if kind else ""
    room = max(0, min(_NAME, width - 10 - len(after)))
    named = (("   ", "text"), (pad(clean_line(name), room), style), (pad_left(number, 7), "count"))
    return (*named, (after, "dim")) if after else named


def _form(form: NameForm, width: int) -> CardLine:
    return CardLine(_counted(form.text, f"{form.mentions:,}", width, "text"), form)


def _together(one: Together, width: int, kind: str = "") -> CardLine:
    style = KIND_STYLES[one.entity.kind]
    return CardLine(_counted(one.entity.name, f"{one.sentences:,}", width, style, kind), one)


def _related(entity: Entity, width: int) -> CardLine:
    line = _counted(entity.name, "", width, KIND_STYLES[entity.kind], str(entity.kind))
    return CardLine(line, entity)


def _tag(tag: NameCount, width: int) -> CardLine:
    return CardLine(_counted(f"#{tag.name}", f"{tag.articles:,}", width, "tag"), tag)


# Articles


def _article(evidence: Evidence, width: int, now: datetime) -> Iterator[Line]:
    row = evidence.row
    date, source = format_date(row.published, now), clean_line(row.source)
    if width < ROOMY:
        yield (("   ", "text"), _title(row, width - 4))
        below = " · ".join(part for part in (date, source) if part)
        yield (("   ", "text"), (fit(below, max(0, width - 4)), "dim"))
        return
    lead = f"   {pad(date, _DATE)}  {pad(source, _SOURCE)}  "
    yield ((lead, "dim"), _title(row, width - cell_len(lead) - 1))
    indent = " " * (_DATE + 5)
    pieces = snippet_pieces(evidence.sentence, evidence.spans, width - len(indent) - 1)
    yield ((indent, "text"), *((text, _SNIPPET.get(style, style)) for text, style in pieces))


_SNIPPET = {"snippet": "sentence", "hit": "marked"}


def _title(row: ArticleRow, room: int) -> Piece:
    shown = fit(clean_line(row.title) or "(no title)", max(0, room))
    return shown, "title" if row.read else "unread"
