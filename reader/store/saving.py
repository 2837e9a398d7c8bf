"""Taking a draft into the library: is it new, changed, or here already?"""

from __future__ import annotations

from typing import Any

from index.analysis import fold
from reader.model import ArticleId, Draft, Outcome
from reader.store.database import Database, Row
from reader.store.deciding import StoredShelf, Verdict, decide
from reader.store.identity import left_identity
from reader.store.rows import kept_spans, kept_strings
from reader.store.times import to_seconds


def save(database: Database, draft: Draft, now: int) -> tuple[ArticleId, Outcome]:
    """Store the draft in the running transaction. `now` is in seconds since 1970 UTC.

    A new text of a known article takes the place of the earlier one, which is kept, and so is
    all the reader did. A copy is remembered as another place of its article.
    """
    verdict = decide(StoredShelf(database), draft)
    if verdict.article_id is None:
        return _add(database, draft, verdict, now), verdict.outcome
    if verdict.outcome is Outcome.DUPLICATE:
        _note_duplicate(database, verdict.article_id, draft, now)
    else:
        _update(database, verdict.article_id, draft, verdict.content, now)
    return verdict.article_id, verdict.outcome


def _add(database: Database, draft: Draft, verdict: Verdict, now: int) -> ArticleId:
    if verdict.displaced is not None:
        database.run(
            "UPDATE article SET identity = ? WHERE id = ?",
            (left_identity(verdict.displaced), verdict.displaced),
        )
    published, precision = _published(draft)
    article_id = database.run(
        "INSERT INTO article (identity, content, source_id, title, title_derived, title_key,"
        " published_at, published_precision, added_at, sort_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            verdict.identity,
            verdict.content,
            _source_id(database, draft.source),
            draft.title,
            draft.title_derived,
            fold(draft.title),
            published,
            precision,
            now,
            now if published is None else published,
        ),
    )
    database.run(
        "INSERT INTO body (article_id, text, headings, related, dateline, place, agency,"
        " authors, lang, url, guid, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, *_body(draft), draft.url, draft.guid, draft.origin),
    )
    queue(database, article_id)
    return ArticleId(article_id)


def _update(
    database: Database, article_id: ArticleId, draft: Draft, content: bytes, now: int
) -> None:
    database.run(
        "INSERT INTO version (article_id, version, title, text, replaced_at)"
        " SELECT a.id, a.version, a.title, b.text, ? FROM article a, body b"
        " WHERE a.id = ? AND b.article_id = a.id",
        (now, article_id),
    )
    published, precision = _published(draft)
    # A date, a link or a file that was known and is not told again stays known.
    database.run(
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
    database.run(
        "UPDATE body SET text = ?, headings = ?, related = ?, dateline = ?, place = ?,"
        " agency = ?, authors = ?, lang = ?, url = coalesce(nullif(?, ''), url),"
        " origin = coalesce(nullif(?, ''), origin) WHERE article_id = ?",
        (*_body(draft), draft.url, draft.origin, article_id),
    )
    forget_mentions(database, article_id)
    queue(database, article_id)


def forget_mentions(database: Database, article_id: int) -> None:
    database.run("DELETE FROM mention WHERE article_id = ?", (article_id,))
    database.run("DELETE FROM article_entity WHERE article_id = ?", (article_id,))


def queue(database: Database, article_id: int) -> None:
    """Let the index hear of an article as it is now, even if an earlier state of it is on its
    way there: that one has another revision."""
    database.run(
        "INSERT INTO outbox (article_id, revision) VALUES (?, 1)"
        " ON CONFLICT (article_id) DO UPDATE SET revision = revision + 1",
        (article_id,),
    )


def _note_duplicate(database: Database, article_id: ArticleId, draft: Draft, now: int) -> None:
    """Remember the place, once; the one the article itself came from is not another."""
    database.run(
        "INSERT OR IGNORE INTO duplicate (article_id, origin, source, url, seen_at)"
        " SELECT a.id, :origin, :source, :url, :now"
        " FROM article a JOIN body b ON b.article_id = a.id JOIN source s ON s.id = a.source_id"
        " WHERE a.id = :id AND (b.origin, s.name, b.url) <> (:origin, :source, :url)",
        {
            "origin": draft.origin,
            "source": draft.source,
            "url": draft.url,
            "now": now,
            "id": article_id,
        },
    )


def _source_id(database: Database, name: str) -> int:
    known: Row | None = database.row("SELECT id FROM source WHERE name = ?", (name,))
    if known is not None:
        return int(known[0])
    return database.run("INSERT INTO source (name, sort_key) VALUES (?, ?)", (name, fold(name)))


def _published(draft: Draft) -> tuple[int | None, str | None]:
    if draft.published is None:
        return None, None
    return to_seconds(draft.published.at), draft.published.precision


def _body(draft: Draft) -> tuple[Any, ...]:
    return (
        draft.text,
        kept_spans(draft.headings),
        kept_strings(draft.related),
        draft.dateline,
        draft.place,
        draft.agency,
        kept_strings(draft.authors),
        draft.lang,
    )
