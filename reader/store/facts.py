"""What the reader did, by article, in the words of a dump; and the articles a dump tells of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from reader.kept import NoteId
from reader.model import ArticleId
from reader.store.database import Database
from reader.store.links import link_digest

_AT_ONCE = 1000
"""Rows of a page."""

_PAGE = " AND (a.identity, {value}) > (?, ?) ORDER BY a.identity, {value} LIMIT ?"

_MARKED = "m.mark IN ('archived', 'read', 'starred') AND m.article_id = a.id"

# By the index of identities, which gives them in order: nothing is ever sorted as a whole.
_ARTICLES = f"""
SELECT lower(hex(a.identity)), lower(hex(a.content)), b.url, a.title, a.identity
FROM article a CROSS JOIN body b ON b.article_id = a.id
WHERE a.identity > ? AND (
    EXISTS (SELECT 1 FROM article_mark m WHERE {_MARKED})
    OR EXISTS (SELECT 1 FROM article_tag x WHERE x.article_id = a.id)
    OR EXISTS (SELECT 1 FROM position p WHERE p.article_id = a.id AND p.top > 0)
    OR EXISTS (SELECT 1 FROM note n WHERE n.article_id = a.id)
)
ORDER BY a.identity LIMIT ?
"""  # noqa: S608


class Told(NamedTuple):
    """By what an article is known elsewhere. `identity` and `content` are digests in hexadecimal:
    what tells the article from others, and what it says."""

    identity: str
    content: str
    link: str
    title: str


class Facts:
    """What is known of articles, each fact with the identity of its article and in the order of
    these. It is read page by page: what changes meanwhile is told as it was or as it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self) -> Iterator[Told]:
        """The articles that any of the facts below are about."""
        after = b""
        while rows := self._database.rows(_ARTICLES, (after, _AT_ONCE)):
            yield from (Told(*row[:-1]) for row in rows)
            after = rows[-1][-1]

    def marks(self) -> Iterator[tuple[str, str]]:
        """Which article has which mark."""
        return self._pairs(f"article_mark m ON {_MARKED} WHERE 1", "m.mark")

    def tags(self) -> Iterator[tuple[str, str]]:
        """Which article has which tag."""
        tags = "article_tag x ON x.article_id = a.id JOIN tag t ON t.id = x.tag_id WHERE 1"
        return self._pairs(tags, "t.name")

    def positions(self) -> Iterator[tuple[str, int]]:
        """Where the reader left off, in code points of the text; 0 is not told."""
        return self._pairs("position p ON p.article_id = a.id WHERE p.top > 0", "p.top")

    def notes(self) -> Iterator[tuple[str, NoteId]]:
        """Which article has which note."""
        return self._pairs("note n ON n.article_id = a.id WHERE 1", "n.id")

    def find(self, told: Told) -> ArticleId | None:
        """The article of this library that another one, or this one, tells so.

        Numbers of feeds and places of files differ between libraries, and so may identities: an
        article that says the same comes first, then the one behind the same link, then the one
        with this identity and title. None where that fits no article, or more than one.
        """
        identity, content = bytes.fromhex(told.identity), bytes.fromhex(told.content)
        holder = self._database.value(
            "SELECT coalesce((SELECT id FROM article WHERE identity = :identity),"
            " (SELECT article_id FROM told WHERE identity = :identity))",
            {"identity": identity},
        )
        same = self._ids("SELECT id FROM article WHERE content = ?", content)
        linked = []
        if not same and told.link:
            digest = link_digest(told.link)
            linked = self._ids("SELECT article_id FROM link WHERE digest = ?", digest)
        for candidates in (same, linked):
            if holder in candidates:
                return ArticleId(holder)
            if len(candidates) == 1:
                return candidates[0]
        if holder is None or same or linked:
            return None
        title = self._database.value("SELECT title FROM article WHERE id = ?", (holder,))
        return ArticleId(holder) if title == told.title else None

    def _ids(self, sql: str, digest: bytes) -> list[ArticleId]:
        return [ArticleId(one) for (one,) in self._database.rows(f"{sql} LIMIT 2", (digest,))]

    def _pairs(self, joined: str, value: str) -> Iterator[tuple[str, Any]]:
        """Values of tables that are joined to the articles, none twice for an article."""
        page = (
            f"SELECT a.identity, {value} FROM article a CROSS JOIN {joined}"  # noqa: S608
            f"{_PAGE.format(value=value)}"
        )
        after: tuple[bytes, Any] = (b"", 0)
        while rows := self._database.rows(page, (*after, _AT_ONCE)):
            yield from ((identity.hex(), found) for identity, found in rows)
            after = rows[-1]
