"""Saved searches and rules that name a tag or a saved search called otherwise now. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import TypeAlias

from index.lexer import Kind, Token, lex
from index.query import Prefix, Term
from index.query_text import to_text
from reader.kept import Deeds, SavedSearch

Moved: TypeAlias = Callable[[str], str | None]
"""What a tag is called now, None where it is called as before; however it is written."""

_TAGS = ("tag",)


def retagged(search: SavedSearch, moved: Moved) -> SavedSearch:
    """The same search, and what it does, with tags as they are called now."""
    return replace(
        search,
        query=retagged_query(search.query, moved),
        deeds=_retagged_deeds(search.deeds, moved),
    )


def retagged_query(text: str, moved: Moved, fields: Collection[str] = _TAGS) -> str:
    """A query in which `tag:`, or other `fields`, asks for what it asked for by the names of now,
    all else as it is written.

    The beginning of a name stays, unless it ends with a level ("war/*").
    """
    for token in reversed(list(_values(lex(text), fields))):
        written = _rewritten(token, moved)
        if written is not None:
            text = text[: token.start] + written + text[token.end :]
    return text


def _retagged_deeds(deeds: Deeds, moved: Moved) -> Deeds:
    add = tuple(dict.fromkeys(moved(one) or one for one in deeds.add))
    remove = dict.fromkeys(moved(one) or one for one in deeds.remove)
    # Of two tags that became one a rule that sets the first and takes the other sets it.
    return replace(deeds, add=add, remove=tuple(one for one in remove if one not in add))


def _values(tokens: list[Token], fields: Collection[str]) -> Iterator[Token]:
    """The values of some fields, those of their groups among them."""
    groups, heads = [""], {token.end: token.text for token in tokens if token.kind is Kind.FIELD}
    for token in tokens:
        field = heads.get(token.start, groups[-1]).lower()
        if token.kind is Kind.OPEN:
            groups.append(field)
        elif token.kind is Kind.CLOSE and len(groups) > 1:
            groups.pop()
        elif token.kind in (Kind.WORD, Kind.QUOTED) and field in fields:
            yield token


def _rewritten(token: Token, moved: Moved) -> str | None:
    """A value as it is to be written, None where it stays."""
    name = token.text.rstrip("*").removeprefix("=")
    is_prefix = token.text.endswith("*") or token.suffix == "*"
    level = name.removesuffix("/")
    if not level or (is_prefix and level == name):
        return None
    now = moved(level)
    if now is None:
        return None
    return to_text(Prefix(f"{now}/") if is_prefix else Term(now))
