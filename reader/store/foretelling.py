"""What saving would come to, told without writing."""

from __future__ import annotations

import sqlite3
import weakref
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from index.analysis import fold
from reader.model import ArticleId, Draft, Outcome
from reader.store.database import Database
from reader.store.deciding import (
    FEW,
    Holder,
    Known,
    Subscribed,
    Verdict,
    decide,
    kept_title,
    said_of,
)
from reader.store.identity import content_of, left_identity
from reader.store.likeness import Said
from reader.store.links import link_digest
from reader.store.shelf import StoredShelf

_NEW = 1 << 62
"""Articles that are not there yet have ids from here on, which none ever has."""

_TABLES = """
PRAGMA journal_mode = OFF;
CREATE TABLE held (identity BLOB PRIMARY KEY, article_id, told) WITHOUT ROWID;
CREATE INDEX held_article ON held (article_id);
CREATE TABLE own (article_id INTEGER PRIMARY KEY, identity);
CREATE TABLE said (article_id INTEGER PRIMARY KEY, title, title_derived, published, text,
    source, url, content, title_key);
CREATE INDEX said_content ON said (content);
CREATE INDEX said_title ON said (title_key);
CREATE TABLE linked (digest BLOB, article_id, PRIMARY KEY (digest, article_id)) WITHOUT ROWID;
CREATE TABLE earlier (article_id, content, PRIMARY KEY (article_id, content)) WITHOUT ROWID;
BEGIN;
"""

_TITLED = """
SELECT article_id FROM said WHERE title_key = ?
    AND EXISTS (SELECT 1 FROM linked WHERE digest = ? AND linked.article_id = said.article_id)
ORDER BY article_id DESC LIMIT 1
"""

_HAS_SAID = """
SELECT EXISTS (SELECT 1 FROM earlier WHERE article_id = :id AND content = :content)
    OR EXISTS (SELECT 1 FROM held WHERE article_id = :id AND told = :content)
"""


class Foretelling:
    """What saving drafts one after another would come to. Nothing is written to the library or
    locked: what differs from it goes to a temporary database, which SQLite keeps in a nameless
    file."""

    def __init__(self, database: Database) -> None:
        self._stored = StoredShelf(database)
        connection = sqlite3.connect("", isolation_level=None)
        connection.executescript(_TABLES)
        weakref.finalize(self, connection.close)
        self._notes = Database(Path(gettempdir()), connection)
        self._added = 0

    def tell(self, draft: Draft) -> tuple[ArticleId | None, Outcome]:
        """The article the draft would go to, None for one that is not there yet."""
        verdict = decide(self, draft)
        article_id = verdict.article_id
        if article_id is None:
            article_id = self._add(draft, verdict)
        elif verdict.outcome is Outcome.UPDATED or verdict.succeeds:
            self._change(article_id, draft, verdict)
        if verdict.tell:
            self._hold(verdict.identity, article_id, verdict.content)
        return (article_id if article_id < _NEW else None), verdict.outcome

    def find_feed(self, url: str) -> Subscribed | None:
        return self._stored.find_feed(url)

    def find_holder(self, identity: bytes) -> Holder | None:
        held = self._held(identity)
        if held is None:
            holder = self._stored.find_holder(identity)
            return holder and holder._replace(content=self._content(holder.id))
        article_id, told = held
        is_own = self._own_identity(article_id) == identity
        return Holder(article_id, self._content(article_id), told, is_own)

    def find_copy(self, content: bytes) -> ArticleId | None:
        stored = self._stored.copies(content)
        known = [one for one in stored if self._content(one) == content]
        copy = self._notes.value("SELECT min(article_id) FROM said WHERE content = ?", (content,))
        return min([*known, *([] if copy is None else [ArticleId(copy)])], default=None)

    def find_linked(self, link: bytes) -> Sequence[ArticleId]:
        rows = self._notes.rows(
            "SELECT article_id FROM linked WHERE digest = ? ORDER BY article_id LIMIT ?",
            (link, FEW + 1),
        )
        found = {*self._stored.find_linked(link), *(ArticleId(one) for (one,) in rows)}
        return sorted(found)[: FEW + 1]

    def find_titled(self, link: bytes, title_key: str) -> ArticleId | None:
        row = self._notes.row(_TITLED, (title_key, link))
        stored = self._stored.find_titled(link, title_key)
        found = [] if row is None else [ArticleId(row[0])]
        if stored is not None and self._said(stored) is None:
            found.append(stored)
        return max(found, default=None)

    def known(self, article_id: ArticleId) -> Known:
        known = self._said(article_id) or self._stored.known(article_id)
        return replace(known, is_own=self._told_by_own(article_id) == known.content)

    def has_said(self, article_id: ArticleId, content: bytes) -> bool:
        if self._notes.value(_HAS_SAID, {"id": article_id, "content": content}):
            return True
        stored = self._stored.told_of(article_id).items()
        is_told = any(told == content and self._held(one) is None for one, told in stored)
        return is_told or self._stored.has_version(article_id, content)

    def _add(self, draft: Draft, verdict: Verdict) -> ArticleId:
        self._added += 1
        article_id = ArticleId(_NEW + self._added)
        if verdict.displaced is not None:
            self._displace(verdict.displaced, verdict.identity)
        self._identify(article_id, verdict.identity)
        self._hold(verdict.identity, article_id, verdict.content)
        self._say(article_id, said_of(draft), verdict.source, draft.url, verdict.content)
        return article_id

    def _displace(self, article_id: ArticleId, identity: bytes) -> None:
        if self._own_identity(article_id) == identity:
            left = left_identity(article_id)
            self._identify(article_id, left)
            self._hold(left, article_id, self._content(article_id))

    def _change(self, article_id: ArticleId, draft: Draft, verdict: Verdict) -> None:
        known = self.known(article_id)
        own = self._own_identity(article_id)
        # What the source told under the identity of the article stays known.
        self._hold(own, article_id, self._told_by_own(article_id))
        if verdict.is_longer:
            self._lengthen(article_id, known, draft)
            return
        if verdict.succeeds:
            self._identify(article_id, verdict.identity)
        self._hold(verdict.identity, article_id, verdict.content)
        if verdict.outcome is Outcome.DUPLICATE:
            return
        self._notes.run("INSERT OR IGNORE INTO earlier VALUES (?, ?)", (article_id, known.content))
        said = said_of(draft)
        if draft.published is None:
            said = replace(said, published=known.said.published)
        self._say(article_id, said, known.source, draft.url or known.url, verdict.content)

    def _lengthen(self, article_id: ArticleId, known: Known, draft: Draft) -> None:
        title, derived = kept_title(known.said, draft)
        self._notes.run("INSERT OR IGNORE INTO earlier VALUES (?, ?)", (article_id, known.content))
        said = Said(title, derived, draft.text, known.said.published)
        content = content_of(title, draft.text)
        self._say(article_id, said, known.source, known.url, content)

    def _say(
        self, article_id: ArticleId, said: Said, source: str, url: str, content: bytes
    ) -> None:
        """Let an article have this text from now on."""
        text = zlib.compress(said.text.encode(), 1)
        kept = (article_id, said.title, said.title_derived, said.published, text)
        self._notes.run(
            "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*kept, source, url, content, fold(said.title)),
        )
        if url:
            self._notes.run(
                "INSERT OR IGNORE INTO linked VALUES (?, ?)", (link_digest(url), article_id)
            )

    def _said(self, article_id: ArticleId) -> Known | None:
        row = self._notes.row("SELECT * FROM said WHERE article_id = ?", (article_id,))
        if row is None:
            return None
        _, title, derived, published, text, source, url, content, _ = row
        said = Said(title, bool(derived), zlib.decompress(text).decode(), published)
        return Known(said, source, url, content, is_own=True)

    def _hold(self, identity: bytes, article_id: ArticleId, told: bytes) -> None:
        self._notes.run(
            "INSERT OR REPLACE INTO held VALUES (?, ?, ?)", (identity, article_id, told)
        )

    def _held(self, identity: bytes) -> tuple[ArticleId, bytes] | None:
        row = self._notes.row("SELECT article_id, told FROM held WHERE identity = ?", (identity,))
        return None if row is None else (ArticleId(row[0]), row[1])

    def _content(self, article_id: ArticleId) -> bytes:
        row = self._notes.row("SELECT content FROM said WHERE article_id = ?", (article_id,))
        return self._stored.content(article_id) if row is None else row[0]

    def _identify(self, article_id: ArticleId, identity: bytes) -> None:
        self._notes.run("INSERT OR REPLACE INTO own VALUES (?, ?)", (article_id, identity))

    def _own_identity(self, article_id: ArticleId) -> bytes:
        row = self._notes.row("SELECT identity FROM own WHERE article_id = ?", (article_id,))
        return self._stored.own_identity(article_id) if row is None else row[0]

    def _told_by_own(self, article_id: ArticleId) -> bytes:
        """What was told last under the identity of an article itself."""
        holder = self.find_holder(self._own_identity(article_id))
        return self._content(article_id) if holder is None else holder.told
