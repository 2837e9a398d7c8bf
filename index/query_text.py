"""Queries as text: the canonical way to write one, and one explained in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from index.dates import date_name, explain_range, range_text
from index.query import (
    And,
    Everything,
    Fuzzy,
    InSet,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Wildcard,
)

_Worded: TypeAlias = Term | Phrase | Near | Prefix | Wildcard | Fuzzy
_Leaf: TypeAlias = _Worded | Everything | InSet | Range

_BARE = re.compile(r"\w[\w.'’&@/+#%$-]*")
_OPERATORS = ("AND", "OR", "NOT")
_QUOTES = re.compile('["“”]')

_PLACES = {
    "": "title or text",
    "source": "the source",
    "author": "the author",
    "place": "the place of the report",
}
_WHOLE = {
    "lang": "language",
    "entity": "person, place or organisation",
    "who": "person",
    "org": "organisation",
    "where": "place",
    "in": "source or folder",
    "tag": "tag",
    "note": "note",
    "rule": "rule",
    "is": "is",
    "has": "has a",
    "id": "article with number",
    "change": "articles of your change number",
}


def to_text(query: Query) -> str:
    """The canonical text of `query`.

    For every tree that the parser makes, parsing this text gives the same tree; it may be
    longer than the text that was parsed. A set of ids is written as its label.
    """
    match query:
        case And(clauses):
            return " ".join(_grouped(c, (And, Or)) for c in clauses) or "*"
        case Or(clauses):
            return " OR ".join(_grouped(c, (Or,)) for c in clauses) or "-*"
        case Not(Range(field, None, None)):
            return f"{field}:none"
        case Not(clause):
            return f"-{_grouped(clause, (And, Or, Not))}"
        case _:
            return _leaf(query)


def _grouped(clause: Query, kinds: tuple[type, ...]) -> str:
    return f"({to_text(clause)})" if isinstance(clause, kinds) else to_text(clause)


def _leaf(query: _Leaf) -> str:
    match query:
        case Everything():
            return "*"
        case InSet(label):
            return label
        case Range(field):
            return f"{field}:{range_text(query)}"
        case _:
            return (f"{query.field}:" if query.field else "") + _value(query)


def _value(query: _Worded) -> str:
    match query:
        case Term(text, field, exact):
            return ("=" if exact else "") + _word(text, operators=not field and not exact)
        case Phrase(words):
            return _quoted(" ".join(words))
        case Near(words, distance):
            return f"{_quoted(' '.join(words))}~{distance}"
        case Prefix(text):
            return f"{_word(text)}*"
        case Wildcard(pattern):
            return pattern
        case _:
            return f"{query.text}~" if query.distance == 1 else f"{query.text}~{query.distance}"


def _word(text: str, *, operators: bool = False) -> str:
    """`text` as it is where it can only be read as a word, else in quotes."""
    safe = _BARE.fullmatch(text) and not (operators and text in _OPERATORS)
    return text if safe else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + _QUOTES.sub("'", text) + '"'


def explain(query: Query) -> str:
    """How `query` was understood: plain words, one condition a line, groups indented by two
    spaces. Days are days of UTC."""
    return "\n".join(_lines(query))


def _lines(query: Query) -> Iterator[str]:
    match query:
        case And(clauses):
            yield from _group("all of:", clauses)
        case Or(clauses):
            yield from _group("any of:", clauses)
        case Not(Range(_, None, None) as dated):
            yield f"{date_name(dated)} is unknown"
        case Not(clause):
            if isinstance(clause, And | Or | Not):
                yield from _group("not:", (clause,))
            else:
                yield f"not: {_sentence(clause)}"
        case _:
            yield _sentence(query)


def _group(heading: str, clauses: Iterable[Query]) -> Iterator[str]:
    yield heading
    for clause in clauses:
        for line in _lines(clause):
            yield f"  {line}"


def _sentence(query: _Leaf) -> str:
    match query:
        case Everything():
            return "every article"
        case InSet(label, ids):
            return f"{label} ({len(ids)} articles)"
        case Range():
            return explain_range(query)
        case Term(text, field) | Prefix(text, field) if field in _WHOLE:
            return _whole_sentence(text, field, starts=isinstance(query, Prefix))
        case _:
            return f"{_words_sentence(query)} in {_PLACES.get(query.field, query.field)}"


def _whole_sentence(text: str, field: str, *, starts: bool) -> str:
    kind = _WHOLE[field]
    if field in ("is", "has"):
        return f"{kind} {text}"
    if field == "rule":
        return f"brought to the rule '{text}{'*' if starts else ''}' as it came in"
    if field == "note":
        return f"a note with {'a word that starts with ' if starts else ''}'{text}'"
    return f"any {kind} whose name starts with '{text}'" if starts else f"the {kind} '{text}'"


def _words_sentence(query: _Worded) -> str:
    match query:
        case Term(text, _, exact):
            return f"exactly '{text}'" if exact else f"the word '{text}'"
        case Phrase(words):
            return f"the words {_listed(words)} next to each other"
        case Near(words, distance):
            return f"the words {_listed(words)} within {distance} words of each other"
        case Prefix(text):
            return f"a word that starts with '{text}'"
        case Wildcard(pattern):
            return f"a word of the pattern '{pattern}'"
        case _:
            letters = "1 letter" if query.distance == 1 else f"{query.distance} letters"
            return f"a word at most {letters} away from '{query.text}'"


def _listed(words: Iterable[str]) -> str:
    return " ".join(f"'{word}'" for word in words)
