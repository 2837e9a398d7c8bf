"""Query text cut into tokens. Nothing is an error here: odd characters are parts of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from index.fields import FIELDS


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    FIELD = auto()
    WORD = auto()
    QUOTED = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query at the code points from `start` up to, not including, `end`.

    `text` of a FIELD is the name without the colon, of a QUOTED what stands between the
    quotes. `exact`, `suffix` (`*`, `~`, `~5`) and `closed` belong to QUOTED alone.
    """

    kind: Kind
    text: str
    start: int
    end: int
    exact: bool = False
    suffix: str = ""
    closed: bool = True


_END_OF_WORD = re.compile(r'[\s()"“”]|\Z')
_DASHES = re.compile(r"-+(?=[^\s)-])")
_HEAD = re.compile(r"([^\W\d_](?:[^\W\d]|-)*):")
_QUOTED = re.compile(r'(=?)["“”]([^"“”]*)(["“”]?)(\*|~[0-9]*|)')
_MARKS = {"(": Kind.OPEN, ")": Kind.CLOSE}
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


def lex(text: str) -> list[Token]:
    """The tokens of `text` in order. Positions are code points of `text`."""
    tokens: list[Token] = []
    at = _skip_space(text, 0)
    while at < len(text):
        in_value = bool(tokens) and tokens[-1].kind is Kind.FIELD and tokens[-1].end == at
        tokens.extend(_value(text, at) if in_value else _operand(text, at))
        at = _skip_space(text, tokens[-1].end)
    return tokens


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _operand(text: str, at: int) -> Iterator[Token]:
    if dashes := _DASHES.match(text, at):
        for start in range(at, dashes.end()):
            yield Token(Kind.NOT, "-", start, start + 1)
    elif (head := _HEAD.match(text, at)) and _names_a_field(text, head):
        yield Token(Kind.FIELD, head[1], at, head.end())
    else:
        for token in _value(text, at):
            kind = _OPERATORS.get(token.text, Kind.WORD)
            yield Token(kind, token.text, at, token.end) if token.kind is Kind.WORD else token


def _names_a_field(text: str, head: re.Match[str]) -> bool:
    # `http://x` and `std::vector` are text; `title://x` is not, since title is a field.
    return head[1].lower() in FIELDS or not text.startswith(("//", ":"), head.end())


def _value(text: str, at: int) -> Iterator[Token]:
    """The token at `at`, where operators, minus signs and field names are plain text."""
    if kind := _MARKS.get(text[at]):
        yield Token(kind, text[at], at, at + 1)
    elif quoted := _QUOTED.match(text, at):
        yield Token(
            Kind.QUOTED,
            quoted[2],
            at,
            quoted.end(),
            exact=bool(quoted[1]),
            suffix=quoted[4],
            closed=bool(quoted[3]),
        )
    else:
        end = next(_END_OF_WORD.finditer(text, at)).start()
        yield Token(Kind.WORD, text[at:end], at, end)
