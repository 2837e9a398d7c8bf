"""The JSON shapes of the command line: stable, keys may be added and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from reader.feeds import FeedFailure, SourceLine, UpdateReport
from reader.kept import Note, TagLook
from reader.model import (
    Amount,
    Article,
    ArticleRow,
    Change,
    Entity,
    EntityCard,
    EntityCount,
    EntityId,
    Event,
    Evidence,
    Hit,
    ImportFailure,
    ImportReport,
    Mention,
    NameCount,
    Outcome,
    Page,
    Span,
    Together,
    iso_second,
)
from reader.service.correcting import Corrected
from reader.service.facets import FacetView
from reader.service.index_told import IndexCheck, IndexReport
from reader.service.recognising import NamesReport
from reader.service.searching import SearchResult
from reader.service.subscribing import Subscribed, health_of
from reader.text import explain

Record = Mapping[str, Any]


def result_record(query: str, result: SearchResult, waiting: int) -> dict[str, Any]:
    """An answer; `waiting` articles could not be searched yet."""
    page: Page[Hit] = result.page
    return {
        "query": query,
        "understood": result.understood,
        "total": page.total,
        "waiting": waiting,
        "took_ms": result.took_ms,
        "cursor": page.cursor,
        "suggestions": list(result.suggestions),
        "hits": [hit_record(hit) for hit in page.items],
    }


def hit_record(hit: Hit) -> Record:
    return {
        **row_record(hit.row),
        "score": hit.score,
        "snippet": hit.snippet,
        "spans": spans_record(hit.spans),
    }


def row_record(row: ArticleRow) -> Record:
    return {
        "id": row.id,
        "title": row.title,
        "title_derived": row.title_derived,
        "source": row.source,
        "published": row.published.iso if row.published else None,
        "read": row.read,
        "starred": row.starred,
        "archived": row.archived,
        "tags": list(row.tags),
    }


def article_record(
    article: Article, mentions: Iterable[Mention], amounts: Iterable[Amount], versions: int
) -> Record:
    """An article; `versions` counts its texts that are kept, the present one among them."""
    row = article.row
    return {
        **row_record(row),
        "url": article.url,
        "author": ", ".join(article.authors),
        "authors": list(article.authors),
        "place": article.place,
        "agency": article.agency,
        "dateline": article.dateline,
        "published_precision": row.published.precision if row.published else None,
        "added": iso_second(row.added),
        "version": article.version,
        "versions": versions,
        "text": article.text,
        "headings": spans_record(article.headings),
        "guid": article.guid,
        "partial": article.partial,
        "markup": [
            {"start": one.start, "end": one.end, "kind": one.kind, "target": one.target}
            for one in article.markup
        ],
        "attachments": [{"url": one.url, "type": one.media_type} for one in article.attachments],
        "related": list(article.related),
        "entities": [mention_record(mention) for mention in mentions],
        "amounts": [
            {
                "start": one.start,
                "end": one.end,
                "type": one.kind,
                "text": article.text[one.start : one.end],
            }
            for one in amounts
        ],
    }


def mention_record(mention: Mention) -> Record:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.kind,
        "entity_id": mention.entity_id,
        "name": mention.name,
    }


def spans_record(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def import_record(report: ImportReport) -> Record:
    return {
        "added": report.added,
        "updated": report.updated,
        "duplicate": report.duplicate,
        "failed": failures_record(report.failed),
        "ids": list(report.ids),
        "interrupted": report.interrupted,
        "subscribed": report.subscribed,
        "retagged": report.retagged,
        "passed": failures_record(report.passed),
        "failed_total": report.failed_total,
        "passed_total": report.passed_total,
    }


def subscribed_record(found: Subscribed) -> Record:
    return {
        "source": found.feed.source,
        "url": found.feed.url,
        "folder": found.feed.folder,
        "known": found.known,
        "added": found.added,
        "ids": list(found.ids),
        "others": [{"url": one.url, "title": one.title} for one in found.others],
        "problems": failures_record(found.failures),
    }


def update_record(report: UpdateReport) -> Record:
    return {
        "asked": report.asked,
        "unchanged": report.unchanged,
        "added": report.added,
        "updated": report.updated,
        "failed": [feed_failure_record(one) for one in report.failed],
        "waiting": [feed_failure_record(one) for one in report.waiting],
        "problems": failures_record(report.failures),
        "ids": list(report.ids),
        "interrupted": report.interrupted,
    }


def feed_failure_record(failure: FeedFailure) -> Record:
    return {
        "source": failure.source,
        "url": failure.url,
        "reason": failure.reason,
        "again": moment_record(failure.again),
    }


def failures_record(failures: Iterable[ImportFailure]) -> list[Record]:
    return [{"path": one.path, "item": one.item, "reason": one.reason} for one in failures]


def saved_record(article: Article, outcome: Outcome) -> Record:
    row = article.row
    return {"id": row.id, "outcome": outcome, "title": row.title, "url": article.url}


def source_record(line: SourceLine, articles: int) -> Record:
    """A source; `articles` may be fewer than it has, within an answer."""
    feed = line.feed
    return {
        "name": line.name,
        "articles": articles,
        "unread": line.unread,
        "url": feed.url if feed else "",
        "folder": feed.folder if feed else "",
        "health": health_of(feed),
        "error": feed.error if feed else "",
        "checked": moment_record(feed.checked if feed else None),
        "next": moment_record(feed.due if feed else None),
        "every": feed.every if feed else 0,
    }


def moment_record(moment: datetime | None) -> str | None:
    return None if moment is None else iso_second(moment)


def change_record(change: Change) -> Record:
    return {"matched": change.matched, "changed": change.changed}


def names_record(counts: Iterable[NameCount]) -> dict[str, Any]:
    return {"items": [{"name": one.name, "articles": one.articles} for one in counts]}


def tag_record(count: NameCount, nested: int | None, look: TagLook) -> Record:
    """A tag; `nested` counts its articles and those of tags below it, its own where there are
    none."""
    return {
        "name": count.name,
        "articles": count.articles,
        "nested": count.articles if nested is None else nested,
        "colour": look.colour,
        "letter": look.key or None,
    }


def entities_record(counts: Iterable[EntityCount]) -> dict[str, Any]:
    return {
        "items": [
            {
                "name": one.entity.name,
                "articles": one.articles,
                "mentions": one.mentions,
                "entity_id": one.entity.id,
                "type": one.entity.kind,
            }
            for one in counts
        ]
    }


def entity_record(entity: Entity) -> dict[str, Any]:
    return {"entity_id": entity.id, "name": entity.name, "type": entity.kind}


def card_record(
    card: EntityCard, evidence: Mapping[EntityId, Evidence | None], page: Page[Evidence]
) -> dict[str, Any]:
    """A card; `evidence` has a sentence for each that is named together with it, `page` its
    articles."""

    def together(some: Iterable[Together]) -> list[Record]:
        return [together_record(one, evidence[one.entity.id]) for one in some]

    return {
        "entity": entity_record(card.entity),
        "articles": card.articles,
        "mentions": card.mentions,
        "forms": [{"text": one.text, "mentions": one.mentions} for one in card.forms],
        "first": row_record(card.first) if card.first else None,
        "last": row_record(card.last) if card.last else None,
        "months": names_record(card.months)["items"],
        "together": together(card.together),
        "places": together(card.places),
        "tags": names_record(card.tags)["items"],
        "related": [entity_record(one) for one in card.related],
        "total": page.total,
        "items": [evidence_record(one) for one in page.items],
    }


def together_record(one: Together, evidence: Evidence | None) -> Record:
    return {
        **entity_record(one.entity),
        "sentences": one.sentences,
        "evidence": evidence_record(evidence) if evidence else None,
    }


def evidence_record(evidence: Evidence) -> Record:
    """A sentence with its article; spans lie in the sentence, `offset` in the text."""
    return {
        "article": row_record(evidence.row),
        "sentence": evidence.sentence,
        "spans": spans_record(evidence.spans),
        "offset": evidence.offset,
    }


def corrected_record(correction: str, corrected: Corrected) -> Record:
    now = corrected.entity
    return {
        "correction": correction,
        "entity": None if now is None else entity_record(now.entity),
        "articles": corrected.articles,
        "mentions": corrected.mentions,
    }


def facets_record(facets: FacetView) -> Record:
    return {
        "tags": names_record(facets.tags)["items"],
        "sources": names_record(facets.sources)["items"],
        "entities": [
            {
                "name": one.entity.name,
                "articles": one.articles,
                "entity_id": one.entity.id,
                "type": one.entity.kind,
            }
            for one in facets.entities
        ],
        "months": names_record(facets.months)["items"],
    }


def note_record(note: Note) -> dict[str, Any]:
    """A note; offsets lie in the text that its article had when it was made."""
    anchor = note.anchor
    return {
        "id": note.id,
        "article": note.article_id,
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.quote,
        "words": note.words,
        "made": iso_second(note.made),
        "changed": iso_second(note.changed),
    }


def event_record(event: Event | None) -> Record | None:
    if event is None:
        return None
    return {
        "id": event.id,
        "at": iso_second(event.at),
        "kind": event.kind,
        "detail": event.detail,
        "changed": event.changed,
        "undone": event.undone,
        "dropped": event.dropped,
        "passing": event.passing,
        "query": event.query or None,
        "title": event.title or None,
    }


def index_record(report: IndexReport) -> Record:
    return {
        "articles": report.articles,
        "documents": report.documents,
        "waiting": report.waiting,
        "segments": report.segments,
        "bytes": report.size,
        "problem": report.problem or None,
    }


def names_report_record(report: NamesReport) -> Record:
    return {
        "recogniser": report.recogniser,
        "version": report.version or None,
        "problem": explain(report.trouble) if report.trouble else None,
        "done": report.done,
        "waiting": report.waiting,
        "entities": report.entities,
        "mentions": report.mentions,
    }


def check_record(check: IndexCheck) -> Record:
    return {
        "sound": check.sound,
        "missing": list(check.missing),
        "surplus": list(check.surplus),
        "problem": check.problem or None,
    }
