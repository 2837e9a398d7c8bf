"""The query language: text to tree, with positions and suggestions where it is wrong.

    either  = all { "OR" all }
    all     = operand { ["AND"] operand }
    operand = { "NOT" | "-" } ( "(" either ")" | [ field ":" ] value )

`sort:` is no condition: it may stand anywhere, and the last one counts. A sign that stands
alone ("war - peace") is left out of a group of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from index.errors import QuerySyntaxError, SyntaxProblem
from index.fields import FIELDS, SORT_VALUES, field_meant
from index.leaves import Reading, is_noise, one_of, read_leaf
from index.lexer import Kind, Token, lex
from index.query import ANYWHERE, And, Everything, Not, Or, Prefix, Query, Sort, Term
from index.query_text import explain, to_text

__all__ = [
    "MAX_DEPTH", "MAX_LENGTH", "ParsedQuery", "SavedQueries", "SavedQuery", "explain", "parse",
    "parse_partial", "to_text",
]  # fmt: skip

MAX_LENGTH = 4000
"""Code points of the longest query."""

MAX_DEPTH = 50
"""How many brackets may be open at once."""

_MOST_SAVED = 10 * MAX_LENGTH
"""Code points of all saved searches that a query asks for, each as often as it does."""

_ENDS = (Kind.CLOSE, Kind.OR, Kind.AND)
_VALUES = (Kind.OPEN, Kind.WORD, Kind.QUOTED)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a text asks for. `sort` None: the text does not say. `problems`, in the order of
    the text, is empty unless the text was parsed in part."""

    query: Query
    sort: Sort | None
    problems: tuple[QuerySyntaxError, ...]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """The text of a query with a name, which is the same however it is written."""

    name: str
    text: str


class SavedQueries(Protocol):
    """The queries that `saved:` puts in its place."""

    def find(self, name: str, *, starting: bool) -> Sequence[SavedQuery]:
        """Those called so, or those whose names begin so."""

    def nearest(self, name: str) -> str:
        """A name that may be meant, or empty."""


class _NoneSaved:
    def find(self, name: str, *, starting: bool) -> Sequence[SavedQuery]:  # noqa: ARG002
        return ()

    def nearest(self, name: str) -> str:  # noqa: ARG002
        return ""


def parse(
    text: str, *, now: datetime, saved: SavedQueries | None = None, within: Sequence[str] = ()
) -> ParsedQuery:
    """The query that `text` is; empty text is Everything.

    `now` is an aware moment, from which `today`, `7d` and the like count. `saved` are those that
    may stand in it, but for those `within` which it stands. Raises QuerySyntaxError for the first
    problem, and nothing else.
    """
    reading = Reading(now, _refuse)
    parser = _Parser(_sized(text), reading, _Saved(saved or _NoneSaved(), tuple(within)))
    return ParsedQuery(parser.read(), parser.sort, ())


def parse_partial(text: str, *, now: datetime, saved: SavedQueries | None = None) -> ParsedQuery:
    """The complete parts of a query that is still being written; never raises.

    What is incomplete or wrong is left out and reported in `problems`: open quotes and
    brackets end with the text, an operator or field without a value is dropped.
    """
    problems: dict[tuple[SyntaxProblem, int], QuerySyntaxError] = {}

    def note(error: QuerySyntaxError) -> None:
        problems.setdefault((error.problem, error.start), error)

    try:
        tokens = _sized(text)
    except QuerySyntaxError as error:
        return ParsedQuery(Everything(), None, (error,))
    reading = Reading(now, note)
    names = _Saved(saved or _NoneSaved())
    parser = _Parser(_without_sign(tokens, len(text), reading), reading, names)
    query = parser.read()
    ordered = sorted(problems.values(), key=lambda error: (error.start, error.end))
    return ParsedQuery(query, parser.sort, tuple(ordered))


def _refuse(error: QuerySyntaxError) -> None:
    raise error


def _sized(text: str, depth: int = 0) -> list[Token]:
    """The tokens of a text that is neither too long nor nested too deep, in so many brackets."""
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(SyntaxProblem.TOO_LONG, MAX_LENGTH, len(text))
    if depth > MAX_DEPTH:
        raise QuerySyntaxError(SyntaxProblem.TOO_DEEP, 0, len(text))
    tokens, outside = lex(text), depth
    for token in tokens:
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth = max(outside, depth - 1)
        if depth > MAX_DEPTH:
            raise QuerySyntaxError(SyntaxProblem.TOO_DEEP, token.start, token.end, token.text)
    return tokens


def _without_sign(tokens: list[Token], length: int, reading: Reading) -> list[Token]:
    """The tokens without a `-` or `=` at the very end, whose word is still to come."""
    if tokens and tokens[-1].end == length and set(tokens[-1].text) in ({"-"}, {"="}):
        last = tokens[-1]
        if last.kind is Kind.WORD:
            reading.problem(SyntaxProblem.MISSING_TERM, last)
            return tokens[:-1]
    return tokens


@dataclass(slots=True)
class _Saved:
    """Saved searches, the names of those `within` which a text stands, and for how many code
    points there is still room: searches that ask for others twice grow fast."""

    queries: SavedQueries
    within: tuple[str, ...] = ()
    room: list[int] = field(default_factory=lambda: [_MOST_SAVED])

    def inside(self, one: SavedQuery) -> _Saved:
        """The same for what stands in one. Raises QuerySyntaxError."""
        self.room[0] -= len(one.text)
        if one.name in self.within:
            raise QuerySyntaxError(SyntaxProblem.SAVED_CYCLE, 0, 0, one.name)
        if self.room[0] < 0:
            raise QuerySyntaxError(SyntaxProblem.TOO_LONG, 0, 0, one.name)
        return _Saved(self.queries, (*self.within, one.name), self.room)


class _Parser:
    """One pass over the tokens. `sort` is known after `read`."""

    def __init__(
        self, tokens: list[Token], reading: Reading, saved: _Saved, outside: int = 0
    ) -> None:
        self.sort: Sort | None = None
        self._tokens = tokens
        self._reading = reading
        self._saved = saved
        self._at = 0
        self._outside = outside
        self._depth = 0

    def read(self) -> Query:
        return self._either(ANYWHERE) or Everything()

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _missing_term(self, token: Token) -> None:
        self._reading.problem(SyntaxProblem.MISSING_TERM, token)

    def _either(self, field: str) -> Query | None:
        """Alternatives, up to the end or a closing bracket."""
        found: list[Query] = []
        operator: Token | None = None
        while True:
            before = self._at
            clause = self._all(field)
            following = self._peek()
            is_or = following is not None and following.kind is Kind.OR
            if clause is not None:
                found.append(clause)
            elif before == self._at and (operator or is_or):
                self._missing_term(operator or self._tokens[before])
            if not is_or:
                return _disjunction(found)
            operator = self._take()

    def _all(self, field: str) -> Query | None:
        """Conditions side by side, up to the end, an OR or a closing bracket."""
        found: list[Query | None] = []
        operator: Token | None = None
        while (token := self._peek()) and token.kind is not Kind.OR:
            if token.kind is Kind.CLOSE and self._depth:
                break
            if token.kind is Kind.CLOSE:
                self._reading.problem(SyntaxProblem.STRAY_CLOSE, self._take())
            elif token.kind is Kind.AND:
                if operator or not found:
                    self._missing_term(token)
                operator = self._take()
            else:
                found.append(self._operand(field))
                operator = None
        if operator:
            self._missing_term(operator)
        return _conjunction(clause for clause in found if clause is not None)

    def _operand(self, field: str) -> Query | None:
        signs: list[Token] = []
        while (token := self._peek()) and token.kind is Kind.NOT:
            signs.append(self._take())
        if token is None or token.kind in _ENDS:
            self._missing_term(signs[-1])
            return None
        if token.kind is Kind.OPEN:
            clause = self._group(field)
        elif token.kind is Kind.FIELD:
            clause = self._fielded(negated=bool(signs))
        else:
            clause = self._leaf(field)
        return _negation(clause) if clause is not None and len(signs) % 2 else clause

    def _group(self, field: str) -> Query | None:
        opening = self._take()
        before = self._at
        self._depth += 1
        found = self._either(field)
        self._depth -= 1
        closing = self._peek()
        if closing is None:
            self._reading.problem(SyntaxProblem.OPEN_GROUP, opening)
            return found
        if before == self._at:
            start, end = opening.start, closing.end
            empty = QuerySyntaxError(SyntaxProblem.MISSING_TERM, start, end, "()")
            self._reading.report(empty)
        self._take()
        return found

    def _fielded(self, *, negated: bool) -> Query | None:
        head = self._take()
        name = head.text.lower()
        value = self._peek()
        if value and (value.start != head.end or value.kind not in _VALUES):
            value = None
        if name not in FIELDS:
            self._unknown_field(head)
            if value:
                self._skip_value(value)
            return None
        if value is None:
            self._reading.problem(SyntaxProblem.MISSING_VALUE, head)
            return None
        if name == "sort":
            self._sort(head, value, negated=negated)
            return None
        return self._group(name) if value.kind is Kind.OPEN else self._leaf(name)

    def _unknown_field(self, head: Token) -> None:
        end = head.end - 1
        suggestion = field_meant(head.text)
        self._reading.report(
            QuerySyntaxError(SyntaxProblem.UNKNOWN_FIELD, head.start, end, head.text, suggestion)
        )

    def _skip_value(self, value: Token) -> None:
        if value.kind is Kind.OPEN:
            self._group(ANYWHERE)
        else:
            self._take()

    def _sort(self, head: Token, value: Token, *, negated: bool) -> None:
        self._skip_value(value)
        if negated or value.kind is Kind.OPEN:
            self._reading.problem(SyntaxProblem.BAD_SORT, head)
        elif order := one_of(SORT_VALUES, value, SyntaxProblem.BAD_SORT, self._reading):
            self.sort = Sort(order)

    def _leaf(self, field: str) -> Query | None:
        token = self._take()
        if token.kind is Kind.QUOTED and not token.closed:
            self._reading.problem(SyntaxProblem.OPEN_QUOTE, token)
        leaf = read_leaf(token, field, self._reading)
        if field in ("saved", "rule") and isinstance(leaf, Term | Prefix):
            found = self._named(leaf, token)
            return self._put_in(found, token) if field == "saved" or not found else leaf
        return leaf

    def _named(self, leaf: Term | Prefix, token: Token) -> Sequence[SavedQuery]:
        """The saved searches that are called so; that there is none is a problem."""
        queries = self._saved.queries
        found = queries.find(leaf.text, starting=isinstance(leaf, Prefix))
        if not found:
            near = queries.nearest(leaf.text)
            self._reading.problem(SyntaxProblem.UNKNOWN_SAVED, token, near)
        return found

    def _put_in(self, found: Sequence[SavedQuery], token: Token) -> Query | None:
        """What saved searches ask for, any of them, without their orders."""
        try:
            return _disjunction([self._inside(one) for one in found])
        except QuerySyntaxError as error:
            is_cycle = error.problem is SyntaxProblem.SAVED_CYCLE
            problem = SyntaxProblem.SAVED_CYCLE if is_cycle else SyntaxProblem.SAVED_WRONG
            self._reading.problem(problem, token)
            return None

    def _inside(self, one: SavedQuery) -> Query:
        saved, depth = self._saved.inside(one), self._outside + self._depth + 1
        tokens = _sized(one.text, depth)
        return _Parser(tokens, Reading(self._reading.now, _refuse), saved, depth).read()


def _conjunction(clauses: Iterable[Query]) -> Query | None:
    flat = list(_flattened(clauses, And))
    kept = [clause for clause in flat if not is_noise(clause)] or flat[:1]
    return And(tuple(kept)) if len(kept) > 1 else next(iter(kept), None)


def _disjunction(clauses: Iterable[Query]) -> Query | None:
    flat = list(_flattened(clauses, Or))
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _flattened(clauses: Iterable[Query], kind: type[And] | type[Or]) -> Iterable[Query]:
    for clause in clauses:
        if isinstance(clause, kind):
            yield from clause.clauses
        else:
            yield clause


def _negation(clause: Query) -> Query:
    return clause.clause if isinstance(clause, Not) else Not(clause)
