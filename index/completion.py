"""What is being written at a place of a query, and what could be written there. Pure.

Positions are code points of the query text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import zip_longest

from index.analysis.tokens import fold
from index.analysis.words import starts_like
from index.dates import month_named
from index.fields import FIELDS, HAS_VALUES, IS_VALUES, SORT_VALUES, WHOLE_FIELDS
from index.lexer import Kind, Token, lex
from index.query import ANYWHERE, DATE_FIELDS, Term
from index.query_text import to_text

SHORTEST_LIKE = 3
"""Letters from which on something one edit away is looked for: fewer are like anything."""

_DATE_WORDS = ("today", "yesterday", "7d", "1m", "1y", "none")
_ONE_PIECE = (*WHOLE_FIELDS, "source")
"""Fields of which a whole value is offered, also between quotes."""
_VALUES = {
    "is": IS_VALUES,
    "has": HAS_VALUES,
    "sort": SORT_VALUES,
    **dict.fromkeys(DATE_FIELDS, _DATE_WORDS),
}

_PATTERN = re.compile(r"[*?~]|://")
_BEFORE_BOUND = re.compile(r".*\.\.|[<>]=?", re.DOTALL)
_SPACE_OR_END = re.compile(r"\s|\Z")
_WORD_START = re.compile(r"(?<!\w)\w")
_LAST_WORD = re.compile(r"(?<![\w:-])([^\W\d_]+)\.?,?\s+\Z")
_YEAR = re.compile(r"\d{4}")
_QUOTES = re.compile('["“”]')


class Slot(Enum):
    """What may stand at a place."""

    CONDITION = auto()
    """A word, or the name of a field."""
    FIELD = auto()
    """The name of a field whose colon is there."""
    VALUE = auto()
    """One value, quoted where it needs quotes."""
    BOUND = auto()
    """One end of a span of dates."""
    QUOTED_WORD = auto()
    """One word between quotes."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What has been written up to the cursor of something to be completed.

    `text` is its letters, `field` the name of the field that it is a value of, ANYWHERE when
    of none. A completion takes the place of what stands from `start` up to `end`.
    """

    slot: Slot
    field: str
    text: str
    start: int
    end: int

    def written(self, value: str) -> str:
        """`value` as it is written here; for the name of a field see `written_field`."""
        if self.slot is Slot.QUOTED_WORD:
            return _QUOTES.sub("'", value)
        return to_text(Term(value))


def written_field(name: str) -> str:
    """The name of a field as it is written before its value."""
    return f"{name}:"


def lead_at(text: str, cursor: int) -> Lead | None:
    """What is being written right before `cursor`, None where there is nothing to complete:
    after a space, an operator or a bracket, in a pattern, behind a closing quote."""
    field, groups = ANYWHERE, [ANYWHERE]
    tokens = lex(text)
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.start >= cursor:
            break
        if cursor <= token.end:
            return _lead(text, cursor, token, following, field)
        groups = _groups_after(token, groups, field)
        field = token.text.lower() if _is_before_value(token, following) else groups[-1]
    return None


def known_values(lead: Lead) -> Sequence[str]:
    """The values that the language itself knows for the field of `lead`, likeliest first."""
    values = _VALUES.get(lead.field, ())
    return [value for value in values if value != "none"] if lead.slot is Slot.BOUND else values


def month_before(text: str, lead: Lead) -> Lead | None:
    """What "July 2023" is as a date, in the place of both words, where `lead` is the year; None
    where it is none."""
    before = _LAST_WORD.search(text, 0, lead.start)
    if before is None or lead.slot is not Slot.CONDITION or not _YEAR.fullmatch(lead.text):
        return None
    month = month_named(f"{before[1]} {lead.text}")
    return replace(lead, field="date", text=month, start=before.start()) if month else None


def begins(name: str, lead: str) -> bool:
    """Whether `name` begins with `lead`; both may be written in any way."""
    return fold(name).startswith(fold(lead))


def likeness(name: str, lead: str) -> int | None:
    """How well `name` goes on from `lead`, 0 being best; written in any way, as in `begins`.

    0: it begins with it. 1: a later word of it does. 2 and 3: the same with something one edit
    away, the first letter being right. None: it does not.
    """
    name, lead = fold(name), fold(lead)
    if name.startswith(lead):
        return 0
    later = [name[found.start() :] for found in _WORD_START.finditer(name, 1)]
    if any(rest.startswith(lead) for rest in later):
        return 1
    if len(lead) < SHORTEST_LIKE:
        return None
    if name[:1] == lead[0] and starts_like(name, lead):
        return 2
    return 3 if any(rest[0] == lead[0] and starts_like(rest, lead) for rest in later) else None


def _groups_after(token: Token, groups: list[str], field: str) -> list[str]:
    """The fields of the brackets that are open behind `token`, outermost first."""
    if token.kind is Kind.OPEN:
        return [*groups, field]
    if token.kind is Kind.CLOSE and len(groups) > 1:
        return groups[:-1]
    return groups


def _is_before_value(token: Token, following: Token | None) -> bool:
    return (
        token.kind is Kind.FIELD
        and following is not None
        and following.start == token.end
        and following.kind is not Kind.CLOSE
    )


def _lead(text: str, cursor: int, token: Token, following: Token | None, field: str) -> Lead | None:
    match token.kind:
        case Kind.FIELD:
            return _field_lead(text, cursor, token, following)
        case Kind.WORD:
            found = _word_lead(text, cursor, token, field)
        case Kind.QUOTED:
            found = _quoted_lead(text, cursor, token, field)
        case _:
            return None
    return found if found is None or field in (ANYWHERE, *FIELDS) else None


def _field_lead(text: str, cursor: int, token: Token, following: Token | None) -> Lead | None:
    if cursor < token.end:
        return Lead(Slot.FIELD, ANYWHERE, text[token.start : cursor], token.start, token.end)
    name = token.text.lower()
    if name not in FIELDS or _is_before_value(token, following):
        return None
    return Lead(Slot.VALUE, name, "", cursor, cursor)


def _word_lead(text: str, cursor: int, token: Token, field: str) -> Lead | None:
    if _PATTERN.search(token.text):
        return None
    # An equals sign stays: it asks for this form only, completed or not.
    start = token.start + token.text.startswith("=")
    typed = text[start:cursor]
    if not any(map(str.isalnum, typed)):
        return None
    slot = Slot.VALUE if field or start > token.start else Slot.CONDITION
    lead = Lead(slot, field, typed, start, token.end)
    return _bound(lead, text) if field in DATE_FIELDS else lead


def _bound(lead: Lead, text: str) -> Lead:
    """The end of a span of dates that is being written, or `lead` when it is no span."""
    before = _BEFORE_BOUND.match(lead.text)
    cursor = lead.start + len(lead.text)
    dots = text.find("..", cursor, lead.end)
    if before is None and dots < 0:
        return lead
    skipped = before.end() if before else 0
    return replace(
        lead,
        slot=Slot.BOUND,
        text=lead.text[skipped:],
        start=lead.start + skipped,
        end=lead.end if dots < 0 else dots,
    )


def _quoted_lead(text: str, cursor: int, token: Token, field: str) -> Lead | None:
    opening = token.start + token.exact
    first = opening + 1
    last = first + len(token.text)
    if not first <= cursor <= last:
        return None
    if field in _ONE_PIECE or field in _VALUES:
        # What an open quote has swallowed of the rest of the query is given back.
        end = token.end if token.closed else _end_of_word(text, cursor, last)
        return Lead(Slot.VALUE, field, text[first:cursor], opening, end)
    words = text[first:cursor].split()
    if not words or text[cursor - 1].isspace():
        return None
    start = cursor - len(words[-1])
    return Lead(Slot.QUOTED_WORD, field, words[-1], start, _end_of_word(text, cursor, last))


def _end_of_word(text: str, at: int, last: int) -> int:
    found: Iterator[re.Match[str]] = _SPACE_OR_END.finditer(text, at, last)
    return next(found).start()
