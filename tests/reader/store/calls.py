"""One call of every public method of the store, by name."""

from __future__ import annotations

import inspect
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from reader.feeds import Feed, FeedId, Subscription
from reader.kept import Anchor, Colour, Deeds, SavedId, SavedSearch, TagLook
from reader.model import ArticleId as Id
from reader.model import (
    Correction,
    CorrectionKind,
    EntityKind,
    EventKind,
    Mark,
    Named,
    OutboxItem,
    Tagged,
)
from reader.model import EntityId as Entity
from reader.store import Store, look_change
from reader.store.facts import Told
from reader.store.row_changes import Kept
from reader.store.sets import SetChange
from tests.reader.store.helpers import add, draft, entity

Call = Callable[[Store], Any]

NOTE = 1
"""The note that `fill` makes."""

ONE = array("q", [1])

FEED, BEFORE = "https://skerry.example/feed", "https://skerry.example/rss"


def _inside(block: Callable[[Store], Any]) -> Call:
    def call(store: Store) -> None:
        with block(store):
            store.articles.count()

    return call


SAVED = SavedSearch(SavedId(1), "War", "tag:war", 0, Deeds(add=("seen",)))
OTHER = SavedSearch(SavedId(0), "Asia", "tag:war/asia", 0)


def _take_back(store: Store) -> None:
    with store.transaction():
        store.rule_deeds.took_back(SAVED.id, "+seen", [1], 1)


def _restore(store: Store) -> None:
    store.corrections.ignore(2)
    store.corrections.restore(2)


def _make_again(store: Store) -> None:
    undone = store.events.undo()
    with store.transaction():
        store.events.add(EventKind.TAG, "+new", store.tags.apply([1], ["new"], []))
    assert undone is not None
    store.single_changes.make_again(undone.id)


def _add_deed(store: Store) -> None:
    with store.transaction():
        store.rule_deeds.add(SAVED, "+new", [1])


READS: dict[str, Call] = {
    "articles.get_article": lambda store: store.articles.get_article(1),
    "articles.find_by_link": lambda store: store.articles.find_by_link("https://a.example/1"),
    "articles.get_rows": lambda store: store.articles.get_rows([1, 2]),
    "articles.get_texts": lambda store: store.articles.get_texts([1, 2]),
    "articles.documents": lambda store: store.articles.documents([1, 2]),
    "articles.order": lambda store: store.articles.order(),
    "articles.foretelling": lambda store: store.articles.foretelling().tell(draft("one")),
    "articles.given_ids": lambda store: store.articles.given_ids().find("1"),
    "articles.ids": lambda store: store.articles.ids(),
    "articles.moments": lambda store: [
        store.articles.moments(column, after)
        for column in ("sort", "date", "added")
        for after in (0, 1)
    ],
    "articles.edition": lambda store: store.articles.edition(),
    "articles.count": lambda store: store.articles.count(),
    "articles.count_existing": lambda store: store.articles.count_existing([1, 2]),
    "articles.list_versions": lambda store: store.articles.list_versions(1),
    "articles.list_duplicates": lambda store: store.articles.list_duplicates(1),
    "facts.articles": lambda store: [*store.facts.articles()],
    "facts.marks": lambda store: [*store.facts.marks()],
    "facts.tags": lambda store: [*store.facts.tags()],
    "facts.positions": lambda store: [*store.facts.positions()],
    "facts.notes": lambda store: [*store.facts.notes()],
    "facts.find": lambda store: store.facts.find(
        Told("ab" * 16, "cd" * 16, "https://a.example/1", "A")
    ),
    "marks.packed": lambda store: store.marks.packed("read").ids(),
    "tags.packed": lambda store: store.tags.packed("war").ids(),
    "tags.packed_under": lambda store: store.tags.packed_under("war/").ids(),
    "tags.packed_tagged": lambda store: store.tags.packed_tagged().ids(),
    "tags.packed_each": lambda store: list(store.tags.packed_each()),
    "tags.count_unread": lambda store: store.tags.count_unread(),
    "tags.list_counts": lambda store: store.tags.list_counts(5),
    "tags.names_starting": lambda store: store.tags.names_starting("w", 5),
    "entities.list_mentions": lambda store: store.entities.list_mentions(1),
    "entities.list_places": lambda store: store.entities.list_places([1, 2], [1]),
    "entities.find_ids": lambda store: store.entities.find_ids("ann", None),
    "entities.find_ids_starting": lambda store: store.entities.find_ids_starting("an", None),
    "entities.get_entities": lambda store: store.entities.get_entities([1, 2]),
    "entities.article_counts": lambda store: store.entities.article_counts(1),
    "entities.list_counts": lambda store: (
        store.entities.list_counts(None, 5),
        store.entities.list_counts([1, 2], 5),
    ),
    "entities.sentence_places": lambda store: store.entities.sentence_places(1, [1]),
    "entities.get": lambda store: store.entities.get(1),
    "entities.canonical": lambda store: store.entities.canonical([1, 2]),
    "entities.members": lambda store: store.entities.members(1),
    "entities.article_ids": lambda store: (
        store.entities.article_ids(1),
        store.entities.article_ids(1, 5),
    ),
    "entities.first_together": lambda store: store.entities.first_together([2, 1], 1),
    "entities.totals": lambda store: store.entities.totals(),
    "entities.forms": lambda store: store.entities.forms(1, 5),
    "entities.together": lambda store: store.entities.together(1, 5),
    "entities.candidates": lambda store: store.entities.candidates(["lee", "ann lee"]),
    "corrections.get": lambda store: store.corrections.get(1),
    "corrections.ignored": lambda store: store.corrections.ignored(),
    "corrections.waiting": lambda store: store.corrections.waiting(),
    "corrections.list": lambda store: store.corrections.list(),
    "corrections.find_article": lambda store: store.corrections.find_article("00"),
    "corrections.waits": lambda store: store.corrections.waits(
        Correction(CorrectionKind.IGNORE, "Anna Lee", EntityKind.PER)
    ),
    "settings.get": lambda store: store.settings.get("recogniser"),
    "stale.count": lambda store: store.stale.count("rules 1"),
    "stale.take": lambda store: store.stale.take("rules 1", 5),
    "events.get": lambda store: store.events.get(1),
    "events.article_ids": lambda store: store.events.article_ids(3),
    "events.last_standing": lambda store: store.events.last_standing(),
    "row_changes.counts": lambda store: store.row_changes.counts(3),
    "events.list_events": lambda store: store.events.list_events(5),
    "names.frequent": lambda store: store.names.frequent(None, 5),
    "names.starting": lambda store: (
        store.names.starting("an", None, 5),
        store.names.starting("ann le", None, 5),
    ),
    "names.like": lambda store: store.names.like("anm", None, 5),
    "tag_looks.list": lambda store: store.tag_looks.list(),
    "tag_looks.get": lambda store: store.tag_looks.get("war"),
    "tag_looks.of_letter": lambda store: store.tag_looks.of_letter("w"),
    "notes.get": lambda store: store.notes.get(NOTE),
    "notes.get_many": lambda store: store.notes.get_many([NOTE, 9]),
    "notes.of_article": lambda store: store.notes.of_article(1),
    "notes.newest": lambda store: store.notes.newest(),
    "notes.article_ids": lambda store: store.notes.article_ids(),
    "notes.with_stems": lambda store: store.notes.with_stems(["chang", "see"]),
    "notes.with_form": lambda store: store.notes.with_form("chan"),
    "row_changes.article_ids": lambda store: store.row_changes.article_ids(3),
    "row_changes.turned": lambda store: store.row_changes.turned(3, forward=False),
    "row_changes.free_id": lambda store: store.row_changes.free_id(Kept.NOTE),
    "saved_searches.list": lambda store: store.saved_searches.list(),
    "arrivals.count": lambda store: store.arrivals.count(),
    "arrivals.are_there": lambda store: store.arrivals.are_there(),
    "arrivals.take": lambda store: store.arrivals.take(5),
    "arrivals.links": lambda store: store.arrivals.links([1, 2]),
    "rule_deeds.of_article": lambda store: store.rule_deeds.of_article(1),
    "rule_deeds.of_rule": lambda store: store.rule_deeds.of_rule(SAVED.id),
    "rule_deeds.acted_on": lambda store: store.rule_deeds.acted_on([SAVED.id]),
    "rule_deeds.standing": lambda store: store.rule_deeds.standing(SAVED.id),
    "provenance.read_below": lambda store: store.provenance.read_below("/seeds", 0, 9),
    "provenance.origin": lambda store: store.provenance.origin(1),
    "provenance.tagged_at": lambda store: store.provenance.tagged_at(1, "war"),
    "provenance.is_taken_over": lambda store: store.provenance.is_taken_over(1, "war"),
    "outbox.pending": lambda store: store.outbox.pending(),
    "outbox.ids": lambda store: store.outbox.ids(),
    "outbox.take": lambda store: store.outbox.take(5),
    "sources.list_counts": lambda store: (
        store.sources.list_counts(None, 5),
        store.sources.list_counts([1, 2], 5),
    ),
    "sources.list_lines": lambda store: store.sources.list_lines(),
    "sources.list_folders": lambda store: store.sources.list_folders(5),
    "sources.nearest": lambda store: store.sources.nearest("gazete"),
    "sources.find_within": lambda store: store.sources.find_within("News"),
    "sources.find_under": lambda store: store.sources.find_under("News/"),
    "sources.find_all": lambda store: (
        store.sources.find_all(feeding=True),
        store.sources.find_all(feeding=False),
    ),
    "sources.stamp": lambda store: store.sources.stamp([1, 2]),
    "sources.article_ids": lambda store: store.sources.article_ids([1, 2]),
    "feeds.get": lambda store: store.feeds.get(FeedId(1)),
    "feeds.find_by_address": lambda store: (
        store.feeds.find_by_address(FEED),
        store.feeds.find_by_address(BEFORE),
    ),
    "feeds.find_by_source": lambda store: store.feeds.find_by_source("Skerry Post"),
    "feeds.list_feeds": lambda store: store.feeds.list_feeds(),
    "positions.get": lambda store: store.positions.get(1),
    "snapshot": _inside(lambda store: store.snapshot()),
    "counts": lambda store: store.counts(),
    "change_token": lambda store: store.change_token(),
}


WRITES: dict[str, Call] = {
    "articles.take_over": lambda store: store.articles.take_over(Id(1), Tagged("1", ("new",))),
    "articles.save": lambda store: store.articles.save(draft("new")),
    "articles.replace_text": lambda store: store.articles.replace_text(
        Id(1), draft("one", text="The whole of it.")
    ),
    "sources.rename": lambda store: store.sources.rename("Gazette", "Courier"),
    "feeds.add": lambda store: store.feeds.add(
        Subscription("https://tern.example/feed", "Tern"), private=False
    ),
    "feeds.note": lambda store: store.feeds.note(Feed(FeedId(1), "", FEED, failures=1)),
    "feeds.set": lambda store: store.feeds.set(FeedId(1), folder="Elsewhere"),
    "feeds.move": lambda store: store.feeds.move(FeedId(1), "https://skerry.example/new"),
    "feeds.give_title": lambda store: store.feeds.give_title(FeedId(2), "A Post"),
    "feeds.remove": lambda store: store.feeds.remove(FeedId(1)),
    "marks.apply": lambda store: store.marks.apply([1, 2], Mark.STARRED),
    "marks.put": lambda store: store.marks.put("archived", [1]),
    "marks.take": lambda store: store.marks.take("read", [1]),
    "tags.apply": lambda store: store.tags.apply([1, 2], ["new"], ["war"]),
    "tags.put": lambda store: store.tags.put("new", [1]),
    "tags.take": lambda store: store.tags.take("war", [1]),
    "tags.move": lambda store: store.tags.move({"war": "peace"}),
    "notes.add": lambda store: store.notes.add(1, Anchor(), "New.", "wrote"),
    "notes.change": lambda store: store.notes.change(store.notes.get(NOTE), "Other.", "changed"),
    "notes.remove": lambda store: store.notes.remove(store.notes.get(NOTE), "removed"),
    "row_changes.make": lambda store: store.row_changes.make(
        EventKind.TAG, "coloured", [look_change(TagLook("war", colour=Colour.RED))]
    ),
    "row_changes.restore": lambda store: store.row_changes.restore(
        next(one.id for one in store.events.list_events(9) if one.kind is EventKind.NOTE),
        forward=False,
    ),
    "entities.replace_mentions": lambda store: store.entities.replace_mentions(
        1, [entity("Bo", (0, 2))]
    ),
    "entities.replace_many": lambda store: store.entities.replace_many(
        [Named(Id(1), None, "", (entity("Bo", (0, 2)),))]
    ),
    "corrections.rename": lambda store: store.corrections.rename(1, "Anna Lee"),
    "corrections.set_kind": lambda store: store.corrections.set_kind(1, EntityKind.ORG),
    "corrections.ignore": lambda store: store.corrections.ignore(1),
    "corrections.restore": _restore,
    "corrections.merge": lambda store: store.corrections.merge(2, 1),
    "corrections.split": lambda store: store.corrections.split(1, "Cha"),
    "corrections.reassign": lambda store: store.corrections.reassign(1, 0, 3, Entity(2)),
    "corrections.apply_waiting": lambda store: store.corrections.apply_waiting(),
    "corrections.apply": lambda store: store.corrections.apply(
        [Correction(CorrectionKind.MERGE, "Ann Lee", EntityKind.PER, "Bo", EntityKind.PER)]
    ),
    "settings.put": lambda store: store.settings.put("recogniser", "rules"),
    "events.add": lambda store: store.events.add(
        EventKind.MARK, "read", [SetChange("read", True, ONE)]
    ),
    "events.undo": lambda store: store.events.undo(),
    "events.redo": lambda store: store.events.redo(),
    "events.jump": lambda store: store.events.jump(1),
    "single_changes.take_back": lambda store: store.single_changes.take_back(4),
    "single_changes.make_again": _make_again,
    "saved_searches.set_all": lambda store: store.saved_searches.set_all("saved", [OTHER, SAVED]),
    "arrivals.done": lambda store: store.arrivals.done([1]),
    "arrivals.clear": lambda store: store.arrivals.clear(),
    "rule_deeds.add": _add_deed,
    "rule_deeds.took_back": _take_back,
    "outbox.done": lambda store: store.outbox.done([OutboxItem(Id(1), 4, 2, False)]),
    "outbox.add_all": lambda store: store.outbox.add_all(),
    "positions.save": lambda store: store.positions.save(1, 5),
    "transaction": _inside(lambda store: store.transaction()),
    "rehearsal": _inside(lambda store: store.rehearsal()),
}


def fill(store: Store) -> None:
    """Put in something for every call to find."""
    add(store, "one", "two")
    store.articles.save(draft("one", text="Changed."))
    store.articles.save(draft("two", guid="copy"))
    store.entities.replace_mentions(1, [entity("Ann Lee", (0, 3), aliases="lee")])
    store.entities.replace_mentions(2, [entity("Bo", (0, 3)), entity("Ann Lee", (4, 6))])
    store.positions.save(2, 3)
    store.feeds.add(Subscription(BEFORE, "Skerry Post", folder="News"), private=False)
    store.feeds.move(FeedId(1), FEED)
    store.feeds.add(Subscription("https://post.example/feed"), private=False)
    store.saved_searches.set_all("saved War", [replace(SAVED, id=SavedId(0))])
    with store.transaction():
        store.rule_deeds.add(SAVED, "+seen", [1])
    store.notes.add(1, Anchor(0, 7, "Changed"), "See this.", "wrote a note")
    for name in ("war", "war/asia"):
        changes = store.tags.apply([1, 2], [name], [])
        store.events.add(EventKind.TAG, f"+{name}", changes)
    store.events.add(EventKind.MARK, "read", store.marks.apply([1], Mark.READ))
    store.events.undo()
    store.events.undo()
    store.events.redo()


def public_methods(store: Store) -> Iterator[str]:
    """The names of all public methods of the store and its parts."""
    for name, value in inspect.getmembers(store):
        if name.startswith("_"):
            continue
        if callable(value):
            yield name
        else:
            for inner, _ in inspect.getmembers(value, callable):
                if not inner.startswith("_"):
                    yield f"{name}.{inner}"
