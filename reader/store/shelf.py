"""The articles of the library, as finding that of a draft asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.feeds import FeedId
from reader.model import ArticleId, Precision
from reader.store.database import Database
from reader.store.deciding import FEW, Holder, Known, Subscribed
from reader.store.likeness import Said

_HOLDER = """
SELECT a.id, a.content, t.content, a.identity = t.identity
FROM told t CROSS JOIN article a ON a.id = t.article_id WHERE t.identity = :identity
UNION ALL SELECT id, content, content, 1 FROM article WHERE identity = :identity
LIMIT 1
"""

_KNOWN = """
SELECT a.title, a.title_derived, b.text,
    CASE WHEN a.published_precision = :second THEN a.published_at END, s.name, b.url, a.content,
    coalesce((SELECT content FROM told WHERE identity = a.identity), a.content) = a.content
FROM article a CROSS JOIN body b ON b.article_id = a.id CROSS JOIN source s ON s.id = a.source_id
WHERE a.id = :id
"""

_FEED = """
SELECT f.id, s.name FROM feed f CROSS JOIN source s ON s.id = f.source_id WHERE f.url = :url
UNION ALL SELECT f.id, s.name FROM feed_address x CROSS JOIN feed f ON f.id = x.feed_id
    CROSS JOIN source s ON s.id = f.source_id WHERE x.url = :url
LIMIT 1
"""

_HAS_VERSION = """
SELECT EXISTS (SELECT 1 FROM version WHERE article_id = :id AND content = :content)
"""


class StoredShelf:
    """The articles of the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_feed(self, url: str) -> Subscribed | None:
        row = self._database.row(_FEED, {"url": url})
        return None if row is None else Subscribed(FeedId(row[0]), row[1])

    def find_holder(self, identity: bytes) -> Holder | None:
        row = self._database.row(_HOLDER, {"identity": identity})
        return None if row is None else Holder(row[0], row[1], row[2], bool(row[3]))

    def find_copy(self, content: bytes) -> ArticleId | None:
        return next(iter(self.copies(content)), None)

    def copies(self, content: bytes) -> Iterable[ArticleId]:
        """All articles that say this, ascending."""
        return map(
            ArticleId,
            self._database.ids("SELECT id FROM article WHERE content = ? ORDER BY id", (content,)),
        )

    def find_linked(self, link: bytes) -> Sequence[ArticleId]:
        rows = self._database.rows(
            "SELECT article_id FROM link WHERE digest = ? ORDER BY article_id LIMIT ?",
            (link, FEW + 1),
        )
        return [ArticleId(one) for (one,) in rows]

    def find_titled(self, link: bytes, title_key: str) -> ArticleId | None:
        row = self._database.row(
            "SELECT a.id FROM article a WHERE a.title_key = ? AND EXISTS"
            " (SELECT 1 FROM link WHERE digest = ? AND article_id = a.id)"
            " ORDER BY a.id DESC LIMIT 1",
            (title_key, link),
        )
        return None if row is None else ArticleId(row[0])

    def known(self, article_id: ArticleId) -> Known:
        row = self._database.rows(_KNOWN, {"id": article_id, "second": Precision.SECOND})[0]
        title, derived, text, published, source, url, content, is_own = row
        said = Said(title, bool(derived), text, published)
        return Known(said, source, url, content, bool(is_own))

    def has_said(self, article_id: ArticleId, content: bytes) -> bool:
        return content in self.told_of(article_id).values() or self.has_version(article_id, content)

    def told_of(self, article_id: ArticleId) -> dict[bytes, bytes]:
        """What was told last of an article, by identity."""
        return dict(
            self._database.rows(
                "SELECT identity, content FROM told WHERE article_id = ?", (article_id,)
            )
        )

    def has_version(self, article_id: ArticleId, content: bytes) -> bool:
        """Whether this is one of the earlier texts of an article that are kept."""
        return bool(self._database.value(_HAS_VERSION, {"id": article_id, "content": content}))

    def content(self, article_id: ArticleId) -> bytes:
        """Digest of what an article says."""
        content: bytes = self._database.value(
            "SELECT content FROM article WHERE id = ?", (article_id,)
        )
        return content

    def own_identity(self, article_id: ArticleId) -> bytes:
        """What tells an article from others first of all."""
        identity: bytes = self._database.value(
            "SELECT identity FROM article WHERE id = ?", (article_id,)
        )
        return identity
