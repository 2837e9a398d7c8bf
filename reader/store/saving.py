"""Taking a draft into the library: is it new, changed, or here already?"""

from __future__ import annotations

from typing import Any

from index.analysis import fold
from reader.errors import ArticleNotFoundError
from reader.model import ArticleId, Draft, Outcome
from reader.store.database import Database
from reader.store.deciding import Verdict, decide, kept_title
from reader.store.identity import content_of, left_identity
from reader.store.links import link_digest
from reader.store.naming_rows import NamingRows
from reader.store.places import Places, source_id
from reader.store.queueing import queue
from reader.store.rows import kept_attachments, kept_markup, kept_spans, kept_strings
from reader.store.shelf import StoredShelf
from reader.store.times import to_seconds

_MOST_TOLD = 32
"""Identities remembered of one article: some sources make up new ones all the time."""

_MOST_VERSIONS = 10
"""Earlier texts kept of one article, the first and the latest: some change at every fetch."""


class Saving:
    """Stores drafts, each in the running transaction. `now` is in seconds since 1970 UTC."""

    def __init__(self, database: Database, places: Places) -> None:
        self._database = database
        self._places = places
        self._shelf = StoredShelf(database)
        self._naming = NamingRows(database)

    def save(self, draft: Draft, now: int) -> tuple[ArticleId, Outcome]:
        """Store a draft, or find its article.

        A new text of a known article takes the place of the earlier one, which is kept, and so
        is all the reader did. A copy is remembered as another place of its article.
        """
        verdict = decide(self._shelf, draft)
        article_id = verdict.article_id
        if article_id is None:
            return self._add(draft, verdict, now), verdict.outcome
        self._places.meet(article_id, draft, verdict, now)
        self._places.take_over(article_id, draft)
        if verdict.outcome is Outcome.UPDATED or verdict.succeeds:
            # What the source told under the identity of the article stays known.
            self._keep_told(article_id, verdict.identity)
        if verdict.succeeds:
            # Another article may have been told of under it.
            self._database.run("DELETE FROM told WHERE identity = ?", (verdict.identity,))
            self._database.run(
                "UPDATE article SET identity = ? WHERE id = ?", (verdict.identity, article_id)
            )
        if verdict.is_longer:
            self._lengthen(article_id, draft, now, partial=draft.partial)
        elif verdict.outcome is Outcome.UPDATED:
            self._update(article_id, draft, verdict.content, now)
        if verdict.tell:
            self._tell(article_id, verdict)
        return article_id, verdict.outcome

    def replace_text(self, article_id: ArticleId, draft: Draft, now: int) -> Outcome:
        """Give an article the full text of its page. Raises ArticleNotFoundError.

        What its source told stays remembered, so that the same told again changes nothing.
        """
        if self._database.row("SELECT 1 FROM article WHERE id = ?", (article_id,)) is None:
            raise ArticleNotFoundError(article_id)
        return self._lengthen(article_id, draft, now, partial=False)

    def _add(self, draft: Draft, verdict: Verdict, now: int) -> ArticleId:
        if verdict.displaced is not None:
            self._displace(verdict.displaced, verdict.identity)
        published, precision = _published(draft)
        added = now if draft.added is None else min(now, to_seconds(draft.added))
        article_id = ArticleId(
            self._database.run(
                "INSERT INTO article (identity, content, source_id, title, title_derived,"
                " title_key, published_at, published_precision, added_at, sort_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    verdict.identity,
                    verdict.content,
                    source_id(self._database, verdict.source),
                    draft.title,
                    draft.title_derived,
                    fold(draft.title),
                    published,
                    precision,
                    added,
                    added if published is None else published,
                ),
            )
        )
        self._database.run(
            "INSERT INTO body (article_id, text, headings, related, markup, attachments, partial,"
            " dateline, place, agency, authors, lang, url, guid, origin)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (article_id, *_text(draft), *_told(draft), draft.url, draft.guid, draft.origin),
        )
        self._link(article_id, draft)
        queue(self._database, [article_id])
        self._places.take_over(article_id, draft)
        return article_id

    def _displace(self, article_id: ArticleId, identity: bytes) -> None:
        """Take an identity from its article."""
        self._database.run("DELETE FROM told WHERE identity = ?", (identity,))
        self._database.run(
            "UPDATE article SET identity = ? WHERE id = ? AND identity = ?",
            (left_identity(article_id), article_id, identity),
        )

    def _keep_told(self, article_id: ArticleId, identity: bytes = b"") -> None:
        self._database.run(
            "INSERT OR IGNORE INTO told (identity, article_id, content)"
            " SELECT identity, id, content FROM article WHERE id = ?1 AND identity <> ?2"
            " AND (SELECT count(*) FROM told WHERE article_id = ?1) < ?3",
            (article_id, identity, _MOST_TOLD),
        )

    def _tell(self, article_id: ArticleId, verdict: Verdict) -> None:
        """Remember what was told under an identity that is not, or no longer, all an article
        is known by."""
        if verdict.was_known:
            self._database.run(
                "UPDATE told SET content = ? WHERE identity = ?",
                (verdict.content, verdict.identity),
            )
        else:
            self._database.run(
                "INSERT INTO told (identity, article_id, content) SELECT ?1, ?2, ?3"
                " WHERE (SELECT count(*) FROM told WHERE article_id = ?2) < ?4"
                " ON CONFLICT (identity) DO UPDATE"
                " SET article_id = excluded.article_id, content = excluded.content",
                (verdict.identity, article_id, verdict.content, _MOST_TOLD),
            )

    def _update(self, article_id: ArticleId, draft: Draft, content: bytes, now: int) -> None:
        self._keep_version(article_id, now)
        self._forget(article_id)
        published, precision = _published(draft)
        # A date, a link or a file that was known and is not told again stays known.
        self._database.run(
            "UPDATE article SET content = :content, title = :title, title_derived = :derived,"
            " title_key = :key, version = version + 1, recogniser = NULL,"
            " published_at = coalesce(:published, published_at),"
            " published_precision = coalesce(:precision, published_precision),"
            " sort_at = coalesce(:published, sort_at) WHERE id = :id",
            {
                "content": content,
                "title": draft.title,
                "derived": draft.title_derived,
                "key": fold(draft.title),
                "published": published,
                "precision": precision,
                "id": article_id,
            },
        )
        origin = "" if draft.feed else draft.origin
        self._database.run(
            "UPDATE body SET text = ?, headings = ?, related = ?, markup = ?, attachments = ?,"
            " partial = ?, dateline = ?, place = ?, agency = ?, authors = ?, lang = ?,"
            " url = coalesce(nullif(?, ''), url), origin = coalesce(nullif(?, ''), origin)"
            " WHERE article_id = ?",
            (*_text(draft), *_told(draft), draft.url, origin, article_id),
        )
        self._link(article_id, draft)

    def _lengthen(self, article_id: ArticleId, draft: Draft, now: int, *, partial: bool) -> Outcome:
        """Give an article a text from elsewhere; its title, unless that was only derived, its
        date, if it has one, and all else that its source told stay."""
        known = self._shelf.known(article_id)
        title, derived = kept_title(known.said, draft)
        content = content_of(title, draft.text)
        if content != known.content:
            self._keep_told(article_id)
            self._keep_version(article_id, now)
            published, precision = _published(draft)
            self._database.run(
                "UPDATE article SET content = :content, title = :title, title_derived = :derived,"
                " title_key = :key, version = version + 1, recogniser = NULL,"
                " published_at = coalesce(published_at, :published),"
                " published_precision = coalesce(published_precision, :precision),"
                " sort_at = coalesce(published_at, :published, sort_at) WHERE id = :id",
                {
                    "content": content,
                    "title": title,
                    "derived": derived,
                    "key": fold(title),
                    "published": published,
                    "precision": precision,
                    "id": article_id,
                },
            )
            self._forget(article_id)
        elif draft.text != known.said.text:
            # Other blanks: the same words in other places.
            self._forget(article_id)
            self._database.run("UPDATE article SET recogniser = NULL WHERE id = ?", (article_id,))
        text, headings, related, markup, attachments, _ = _text(draft)
        self._database.run(
            "UPDATE body SET text = ?, headings = ?, related = ?, markup = ?,"
            " attachments = CASE ? WHEN '[]' THEN attachments ELSE ? END, partial = ?"
            " WHERE article_id = ?",
            (text, headings, related, markup, attachments, attachments, partial, article_id),
        )
        return Outcome.DUPLICATE if content == known.content else Outcome.UPDATED

    def _keep_version(self, article_id: ArticleId, now: int) -> None:
        self._database.run(
            "INSERT INTO version (article_id, version, title, text, replaced_at, content)"
            " SELECT a.id, a.version, a.title, b.text, ?, a.content FROM article a, body b"
            " WHERE a.id = ? AND b.article_id = a.id",
            (now, article_id),
        )
        self._database.run(
            "DELETE FROM version WHERE article_id = ?1"
            " AND version > (SELECT min(version) FROM version WHERE article_id = ?1)"
            " AND version NOT IN (SELECT version FROM version WHERE article_id = ?1"
            " ORDER BY version DESC LIMIT ?2)",
            (article_id, _MOST_VERSIONS - 1),
        )

    def _link(self, article_id: ArticleId, draft: Draft) -> None:
        if draft.url:
            self._database.run(
                "INSERT OR IGNORE INTO link (digest, article_id) VALUES (?, ?)",
                (link_digest(draft.url), article_id),
            )

    def _forget(self, article_id: ArticleId) -> None:
        """Drop what was found in the text before it is replaced, and let the index hear of the
        new one."""
        self._naming.forget(article_id)
        queue(self._database, [article_id])


def _published(draft: Draft) -> tuple[int | None, str | None]:
    if draft.published is None:
        return None, None
    return to_seconds(draft.published.at), draft.published.precision


def _text(draft: Draft) -> tuple[Any, ...]:
    return (
        draft.text,
        kept_spans(draft.headings),
        kept_strings(draft.related),
        kept_markup(draft.markup),
        kept_attachments(draft.attachments),
        draft.partial,
    )


def _told(draft: Draft) -> tuple[str, ...]:
    return (
        draft.dateline,
        draft.place,
        draft.agency,
        kept_strings(draft.authors),
        draft.lang,
    )
