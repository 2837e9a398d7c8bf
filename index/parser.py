"""The query language: text to tree, with positions and suggestions where it is wrong.

    either  = all { "OR" all }
    all     = operand { ["AND"] operand }
    operand = { "NOT" | "-" } ( "(" either ")" | [ field ":" ] value )

`sort:` is no condition: it may stand anywhere, and the last one counts. A sign that stands
alone ("war - peace") is left out of a group of words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from index.errors import QuerySyntaxError, SyntaxProblem
from index.fields import FIELDS, SORT_VALUES, nearest
from index.leaves import Reading, is_noise, one_of, read_leaf
from index.lexer import Kind, Token, lex
from index.query import ANYWHERE, And, Everything, Not, Or, Query, Sort
from index.query_text import explain, to_text

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "ParsedQuery", "explain", "parse", "parse_partial", "to_text"]

MAX_LENGTH = 4000
"""Code points of the longest query."""

MAX_DEPTH = 50
"""How many brackets may be open at once."""

_ENDS = (Kind.CLOSE, Kind.OR, Kind.AND)
_VALUES = (Kind.OPEN, Kind.WORD, Kind.QUOTED)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """What a text asks for. `sort` None: the text does not say. `problems`, in the order of
    the text, is empty unless the text was parsed in part."""

    query: Query
    sort: Sort | None
    problems: tuple[QuerySyntaxError, ...]


def parse(text: str, *, now: datetime) -> ParsedQuery:
    """The query that `text` is; empty text is Everything.

    `now` is an aware moment, from which `today`, `7d` and the like count. Raises
    QuerySyntaxError for the first problem, and nothing else.
    """

    def refuse(error: QuerySyntaxError) -> None:
        raise error

    parser = _Parser(_sized(text), Reading(now, refuse))
    return ParsedQuery(parser.read(), parser.sort, ())


def parse_partial(text: str, *, now: datetime) -> ParsedQuery:
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
    parser = _Parser(_without_sign(tokens, len(text), reading), reading)
    query = parser.read()
    ordered = sorted(problems.values(), key=lambda error: (error.start, error.end))
    return ParsedQuery(query, parser.sort, tuple(ordered))


def _sized(text: str) -> list[Token]:
    """The tokens of a text that is neither too long nor nested too deep."""
    if len(text) > MAX_LENGTH:
        raise QuerySyntaxError(SyntaxProblem.TOO_LONG, MAX_LENGTH, len(text))
    tokens = lex(text)
    depth = 0
    for token in tokens:
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
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


class _Parser:
    """One pass over the tokens. `sort` is known after `read`."""

    def __init__(self, tokens: list[Token], reading: Reading) -> None:
        self.sort: Sort | None = None
        self._tokens = tokens
        self._reading = reading
        self._at = 0
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
        suggestion = nearest(head.text, FIELDS)
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
        return read_leaf(token, field, self._reading)


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
