"""The JSON shapes of saved searches, rules and explanations: stable as those of `shapes`."""

from __future__ import annotations

from typing import Any

from reader.cli.shapes import Record, moment_record, row_record
from reader.commands.deeds import deeds_text
from reader.kept import Note, RuleDeed, SavedCount, SavedSearch
from reader.model import iso_second
from reader.service.explaining import Condition, TagSince, Why
from reader.service.rules_told import RuleTest


def saved_search_record(saved: SavedSearch) -> dict[str, Any]:
    """A saved search; `number` counts from 1 in the order of the reader."""
    deeds = saved.deeds
    return {
        "name": saved.name,
        "query": saved.query,
        "number": saved.place + 1,
        "rule": deeds_text(deeds) or None,
        "active": saved.active,
        "deeds": {
            "add": list(deeds.add),
            "remove": list(deeds.remove),
            "marks": list(deeds.marks),
            "notify": deeds.notify or None,
        },
    }


def saved_counts_record(counts: tuple[SavedCount, ...]) -> dict[str, Any]:
    return {
        "items": [
            {
                **saved_search_record(one.saved),
                "articles": one.total,
                "unread": one.unread,
                "problem": one.problem or None,
            }
            for one in counts
        ]
    }


def rule_test_record(test: RuleTest) -> dict[str, Any]:
    return {
        "matched": test.matched,
        "would_change": test.changed,
        "deeds": [{"deed": one.deed, "articles": one.articles} for one in test.would_change],
        "newest": [row_record(row) for row in test.rows],
    }


def why_record(why: Why) -> dict[str, Any]:
    """Why an article is here; `conditions` are those of the query that was asked about."""
    feed = why.feed
    return {
        **row_record(why.row),
        "added": iso_second(why.row.added),
        "conditions": [_condition(one) for one in why.conditions],
        "rules": [_deed(one) for one in why.deeds],
        "answers": [saved_search_record(one) for one in why.answers],
        "feed": {"url": feed.url, "folder": feed.folder} if feed else None,
        "file": why.file or None,
        "places": [
            {
                "origin": one.origin,
                "source": one.source,
                "url": one.url,
                "seen": iso_second(one.seen),
            }
            for one in why.places
        ],
        "tagged": [_tag(one) for one in why.tags],
        "notes": [_note(one) for one in why.notes],
    }


def _condition(condition: Condition) -> Record:
    return {
        "text": condition.text,
        "met": condition.is_met,
        "words": [{"text": one.text, "times": one.times} for one in condition.words],
    }


def _deed(deed: RuleDeed) -> Record:
    return {
        "rule": deed.rule,
        "deed": deed.deed or None,
        "at": iso_second(deed.at),
        "taken_back": deed.taken_back,
    }


def _tag(tag: TagSince) -> Record:
    return {"name": tag.name, "from": tag.origin, "at": moment_record(tag.at), "by": tag.by or None}


def _note(note: Note) -> Record:
    return {"id": note.id, "quote": note.anchor.quote, "words": note.words}
