"""The word of a query that is still being written stands for all words that begin so.

Positions are code points of the query text.
"""

from __future__ import annotations

import re

from index.fields import GROWING_FIELDS, WHOLE_FIELDS
from index.lexer import Kind, Token, lex
from index.query import ANYWHERE

SHORTEST = 2
"""Letters from which on a word stands for those that begin with it."""

_PLAIN = re.compile(r"=?\w[^*?~:]{0,63}")
"""What a star behind it makes the beginning of a word; a colon would make a field of it. What is
longer is no word."""
_IN_QUOTES = re.compile(r"[\w'’.&+-]{1,64}")
_QUOTES = '"“”'
_OPERATORS = ("AND", "OR", "NOT")

_Frame = tuple[str, bool]
"""The field that holds in brackets, and whether what is in them is negated."""


def growing(text: str, cursor: int) -> tuple[int, int] | None:
    """Where the word stands whose end is being written at `cursor`; at the end of a phrase that
    is still open, where all of it stands, with its quote.

    None where there is no such word: between quotes, right before a bracket or another letter,
    in a pattern, in a field of other things than words and names, or where less is found for
    every word that is meant, after `NOT` and a minus.
    """
    if text[cursor : cursor + 1].strip():
        return None
    frames: list[_Frame] = [(ANYWHERE, False)]
    field, negated = frames[-1]
    before: Token | None = None
    for token in lex(text[:cursor]):
        if before is not None and before.kind is Kind.FIELD and before.end != token.start:
            field = frames[-1][0]
        if token.end == cursor and token.kind in (Kind.WORD, Kind.QUOTED):
            is_last = not text[cursor:].strip()
            may = _may_grow(token.text) if token.kind is Kind.WORD else _is_begun(token, field)
            grows = field in GROWING_FIELDS and not negated and may
            return (token.start, token.end) if grows and (token.closed or is_last) else None
        match token.kind:
            case Kind.NOT:
                negated = True
            case Kind.FIELD:
                field = token.text.lower()
            case Kind.OPEN:
                frames.append((field, negated))
            case _:
                if token.kind is Kind.CLOSE and len(frames) > 1:
                    frames.pop()
                field, negated = frames[-1]
        before = token
    return None


def grown(word: str) -> str:
    """`word` or anything that begins so, to be written in its place; of a phrase that is still
    open its words, of which the last is such a one."""
    if word[0] not in _QUOTES:
        return f"({word} OR {word.removeprefix('=')}*)"
    *others, last = word[1:].split()
    return f"({' '.join(others)} {grown(last)})" if others else grown(last)


def _is_begun(token: Token, field: str) -> bool:
    """Whether what stands between quotes is open and asks for the same without them, its last
    word apart."""
    words = token.text.split()
    if token.closed or token.exact or not words or token.text[-1].isspace():
        return False
    if len(words) > 1 and field in WHOLE_FIELDS:
        return False
    are_plain = all(_IN_QUOTES.fullmatch(one) and one[0].isalnum() for one in words)
    return are_plain and _may_grow(words[-1]) and not set(words) & set(_OPERATORS)


def _may_grow(word: str) -> bool:
    letters = sum(map(str.isalnum, word))
    return letters >= SHORTEST and bool(_PLAIN.fullmatch(word)) and word not in _OPERATORS
