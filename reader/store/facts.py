"""What the reader did, by article, in the words of a dump; and the articles a dump tells of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from reader.model import ArticleId
from reader.store.database import Database, json_ids
from reader.store.links import link_digest

_AT_ONCE = 5000


class Told(NamedTuple):
    """By what an article is known elsewhere. `identity` and `content` are digests in hexadecimal:
    what tells the article from others, and what it says."""

    identity: str
    content: str
    link: str
    title: str


class Facts:
    """Marks, tags and places as pairs with an article, in the order of the article's identity."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def marks(self) -> list[tuple[str, ArticleId]]:
        """Which article has which mark."""
        return self._pairs("SELECT mark, article_id AS id FROM article_mark")

    def tags(self) -> list[tuple[str, ArticleId]]:
        """Which article has which tag."""
        return self._pairs(
            "SELECT t.name, x.article_id AS id FROM article_tag x JOIN tag t ON t.id = x.tag_id"
        )

    def positions(self) -> list[tuple[int, ArticleId]]:
        """Where the reader left off, in code points of the text; 0 is not told."""
        return self._pairs("SELECT top, article_id AS id FROM position WHERE top > 0")

    def told(self, ids: Collection[int]) -> dict[ArticleId, Told]:
        """By what articles are known elsewhere."""
        found: dict[ArticleId, Told] = {}
        ordered = sorted(ids)
        for start in range(0, len(ordered), _AT_ONCE):
            rows = self._database.rows(
                "SELECT a.id, lower(hex(a.identity)), lower(hex(a.content)), b.url, a.title"
                " FROM article a JOIN body b ON b.article_id = a.id"
                " WHERE a.id IN (SELECT value FROM json_each(?))",
                (json_ids(ordered[start : start + _AT_ONCE]),),
            )
            found.update((ArticleId(row[0]), Told(*row[1:])) for row in rows)
        return found

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

    def _pairs(self, pairs: str) -> list[tuple[Any, ArticleId]]:
        return self._database.rows(
            f"SELECT p.* FROM ({pairs}) p JOIN article a ON a.id = p.id"  # noqa: S608
            " ORDER BY a.identity, 1"
        )
