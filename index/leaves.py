"""The leaves of a query: one word or one quoted text, read for the field it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.dates import date_examples, date_query, suggest_date
from index.errors import QuerySyntaxError, SyntaxProblem
from index.fields import HAS_VALUES, IS_VALUES, WHOLE_FIELDS, value_meant
from index.lexer import Kind, Token
from index.query import (
    ANYWHERE,
    DATE_FIELDS,
    TEXT_FIELDS,
    Everything,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

MAX_NEAR = 100
"""The widest distance of a Near, in words."""

_MAX_FUZZY = 2
_LAST_ID = 2**63 - 1
_STARS = re.compile(r"\*+")
_FUZZY = re.compile(r"(.*[^~])~([0-9]*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,19}")
_CHOICES = {"is": IS_VALUES, "has": HAS_VALUES}
_ANY_OF = {"tag": Term("tagged", "is"), "note": Term("note", "has")}
"""What a lone star asks for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a leaf needs: the moment that is now, and where problems go.

    `report` raises where the query must be sound; where it returns, the leaf falls back on
    what can be used, or None.
    """

    now: datetime
    report: Callable[[QuerySyntaxError], None]

    def problem(
        self,
        kind: SyntaxProblem,
        token: Token,
        suggestion: str = "",
        choices: Sequence[str] = (),
    ) -> None:
        """Report `kind` at `token`."""
        self.report(QuerySyntaxError(kind, token.start, token.end, token.text, suggestion, choices))


def has_word(text: str) -> bool:
    """Whether anything in `text` can be searched: a letter or a digit."""
    return any(map(str.isalnum, text))


def is_noise(query: Query) -> bool:
    """Whether `query` is a sign that stands alone, like the dash of "war - peace"."""
    return (
        isinstance(query, Term)
        and (query.field == ANYWHERE or query.field in TEXT_FIELDS)
        and not has_word(query.text)
    )


def read_leaf(token: Token, field: str, reading: Reading) -> Query | None:
    """The leaf that the WORD or QUOTED `token` is in `field`; None after a reported problem."""
    quoted = token.kind is Kind.QUOTED
    if field in WHOLE_FIELDS:
        leaf = (_whole_quoted if quoted else _whole_word)(token, field, reading)
        if field == "lang" and isinstance(leaf, Term | Prefix):
            return type(leaf)(leaf.text.lower(), field)
        return leaf
    if field in DATE_FIELDS:
        return _date(token, field, reading)
    if field in _CHOICES:
        return _choice(token, field, reading)
    if field in ("id", "change"):
        return _number(token, field, reading)
    return (_text_quoted if quoted else _text_word)(token, field, reading)


def _text_word(token: Token, field: str, reading: Reading) -> Query | None:
    raw = token.text
    if raw.startswith("=") and raw != "=":
        return Term(raw[1:], field, exact=True)
    if _STARS.fullmatch(raw):
        return _star(token, field, reading)
    if "://" in raw or not has_word(raw):
        return Term(raw, field)
    if "*" in raw or "?" in raw:
        return _pattern(token, field, reading)
    fuzzy = _FUZZY.fullmatch(raw)
    if fuzzy and has_word(fuzzy[1]):
        return _fuzzy(fuzzy[1], fuzzy[2], token, field, reading)
    return Term(raw, field)


def _star(token: Token, field: str, reading: Reading) -> Query | None:
    """Every article has a title and a text; what else is known needs a value."""
    if field in (ANYWHERE, "title", "text"):
        return Everything()
    reading.problem(SyntaxProblem.MISSING_VALUE, token)
    return None


def _pattern(token: Token, field: str, reading: Reading) -> Query | None:
    raw = token.text
    if raw[0] in "*?":
        suggestion = raw.strip("*?") + "*"
        reading.problem(SyntaxProblem.LEADING_WILDCARD, token, suggestion)
        return None
    body = raw.rstrip("*")
    return Wildcard(raw, field) if "*" in body or "?" in body else Prefix(body, field)


def _fuzzy(word: str, number: str, token: Token, field: str, reading: Reading) -> Query:
    distance = int(number or 1)
    if 1 <= distance <= _MAX_FUZZY:
        return Fuzzy(word, distance, field)
    nearest_distance = min(max(distance, 1), _MAX_FUZZY)
    reading.problem(SyntaxProblem.BAD_NUMBER, token, f"{word}~{nearest_distance}")
    return Fuzzy(word, nearest_distance, field)


def _text_quoted(token: Token, field: str, reading: Reading) -> Query | None:
    words = tuple(token.text.split())
    if not words:
        _empty_quotes(token, field, reading)
        return None
    if token.exact:
        _refuse_suffix(token, reading)
        return Term(" ".join(words), field, exact=True)
    words = tuple(filter(has_word, words)) or words
    if token.suffix == "*" and len(words) == 1:
        return Prefix(words[0], field)
    plain = Phrase(words, field) if len(words) > 1 else Term(words[0], field)
    if token.suffix.startswith("~"):
        return _near(plain, token, reading)
    _refuse_suffix(token, reading)
    return plain


def _near(plain: Phrase | Term, token: Token, reading: Reading) -> Query:
    distance = int(token.suffix[1:] or 0)
    if not 1 <= distance <= MAX_NEAR:
        suggestion = f'"{token.text}"~{MAX_NEAR if distance else 5}'
        reading.problem(SyntaxProblem.BAD_NUMBER, token, suggestion)
        return plain
    return Near(plain.words, distance, plain.field) if isinstance(plain, Phrase) else plain


def _empty_quotes(token: Token, field: str, reading: Reading) -> None:
    # Quotes that were only opened are reported as that.
    if token.closed:
        problem = SyntaxProblem.MISSING_VALUE if field else SyntaxProblem.MISSING_TERM
        reading.problem(problem, token)


def _refuse_suffix(token: Token, reading: Reading) -> None:
    if token.suffix:
        equals = "=" if token.exact else ""
        reading.problem(SyntaxProblem.UNKNOWN_VALUE, token, f'{equals}"{token.text}"')


def _whole_word(token: Token, field: str, reading: Reading) -> Query | None:
    raw = token.text
    if _STARS.fullmatch(raw):
        return _any_value(token, field, reading)
    body = raw.removeprefix("=") or raw
    if body[0] in "*?":
        reading.problem(SyntaxProblem.LEADING_WILDCARD, token, body.strip("*?") + "*")
        return None
    stem = body.rstrip("*")
    if cut := re.search(r"[*?]|~[0-9]*\Z", stem):
        star = "" if cut[0].startswith("~") else "*"
        reading.problem(SyntaxProblem.UNKNOWN_VALUE, token, stem[: cut.start()] + star)
        return None
    return Term(body, field) if stem == body else Prefix(stem, field)


def _any_value(token: Token, field: str, reading: Reading) -> Query | None:
    if field in _ANY_OF:
        return _ANY_OF[field]
    reading.problem(SyntaxProblem.MISSING_VALUE, token)
    return None


def _whole_quoted(token: Token, field: str, reading: Reading) -> Query | None:
    text = " ".join(token.text.split())
    if not text:
        _empty_quotes(token, field, reading)
        return None
    if token.suffix == "*":
        return Prefix(text, field)
    _refuse_suffix(token, reading)
    return Term(text, field)


def _date(token: Token, field: str, reading: Reading) -> Query | None:
    text = _plain(token)
    found = date_query(field, text, reading.now)
    if found is None:
        suggestion = suggest_date(text, reading.now)
        examples = () if suggestion else date_examples(reading.now)
        reading.problem(SyntaxProblem.BAD_DATE, token, suggestion, examples)
    return found


def _choice(token: Token, field: str, reading: Reading) -> Query | None:
    value = one_of(_CHOICES[field], token, SyntaxProblem.UNKNOWN_VALUE, reading)
    return Term(value, field) if value else None


def one_of(
    choices: Sequence[str], token: Token, problem: SyntaxProblem, reading: Reading
) -> str | None:
    """The choice that `token` names in any case, or None after reporting `problem`."""
    value = _plain(token).lower()
    if value in choices:
        return value
    reading.problem(problem, token, value_meant(value, choices), choices)
    return None


def _number(token: Token, field: str, reading: Reading) -> Query | None:
    text = _plain(token)
    if _NUMBER.fullmatch(text) and int(text) <= _LAST_ID:
        return Term(str(int(text)), field)
    reading.problem(SyntaxProblem.BAD_NUMBER, token)
    return None


def _plain(token: Token) -> str:
    return token.text.strip() + token.suffix
