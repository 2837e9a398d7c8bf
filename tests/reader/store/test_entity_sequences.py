"""Any sequence of namings, texts, corrections, undoing and redoing, beside a plain oracle that
counts everything anew from what was told and what the reader said."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reader.store.entity_changes
import reader.store.together
from reader.model import (
    SURE,
    ArticleId,
    Draft,
    EntityId,
    EntityKind,
    Named,
    NameForm,
    StoredEntity,
)
from reader.sentences import sentences
from reader.store import Store, open_store
from reader.store.rules import spot_at
from tests.reader.store.helpers import Clock, Place, database_of

WORDS = ("Ann", "Lee", "Bo", "Tern", "Kiev", "ANN")
TEXTS = (
    "Ann met Lee. Bo saw Kiev. Ann left Tern.",
    "Lee and Bo and Ann. Kiev fell; Ann and ANN stayed.",
    "Tern. Kiev. Bo met Bo and Ann.\nLee left",
)
KEYS = ("ann", "lee", "bo", "tern", "kiev")


Spot = tuple[int, str, int, str]
"""An article, a form, which of them it was and a digest, by which spots are in order."""

Around = tuple[str, int, int]
"""A sentence, where in it a form stood, and how often the text had it."""


def around(text: str, form: str, start: int) -> Around:
    ((begin, end),) = [one for one in sentences(text) if one[0] <= start < one[1]]
    return text[begin:end], start - begin, len(starts_of(text, form))


def starts_of(text: str, form: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(form, at)]


@dataclass
class Plain:
    """Texts, mentions told by entity key, and what the reader said."""

    least: int = round(SURE * 100)
    texts: dict[int, str] = field(default_factory=dict)
    told: dict[int, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    splits: dict[tuple[int, str], int] = field(default_factory=dict)
    overrides: dict[Spot, tuple[int, Around]] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    """Articles of which nothing is said since they have another text."""

    def root(self, one: int) -> int:
        while one in self.merged:
            one = self.merged[one]
        return one

    def mentions(self, article: int) -> list[tuple[int, int, int, int]]:
        """Start, end, entity and confidence of what counts, sorted."""
        if article in self.blank:
            return []
        text = self.texts[article]
        kept = [
            (start, end, self.splits.get((one, text[start:end].lower()), one), sure)
            for start, end, one, sure in self.told.get(article, [])
        ]
        for (where, form, place, digest), (to, _) in sorted(self.overrides.items()):
            start = self.start((where, form, place, digest))
            if where != article or start is None:
                continue
            end = start + len(form)
            if to:
                kept = [one for one in kept if one[1] <= start or end <= one[0]]
                kept.append((start, end, to, 100))
            else:
                kept = [one for one in kept if one[:2] != (start, end)]
        return sorted(kept)

    def start(self, spot: Spot) -> int | None:
        """Where a spot is now."""
        article, form, place, _ = spot
        text, (_, (sentence, offset, times)) = self.texts[article], self.overrides[spot]
        starts = starts_of(text, form)
        same = [at for at in starts if around(text, form, at)[:2] == (sentence, offset)]
        if len(same) == 1:
            return same[0]
        return starts[place] if len(starts) == times else None

    def sure(self, article: int) -> list[tuple[int, int, int]]:
        return [(a, b, one) for a, b, one, sure in self.mentions(article) if sure >= self.least]


def check(store: Store, plain: Plain) -> None:
    articles: Counter[int] = Counter()
    mentions: Counter[int] = Counter()
    forms: dict[int, Counter[str]] = {}
    pairs: Counter[tuple[int, int]] = Counter()
    for article, text in plain.texts.items():
        sure = [(a, b, plain.root(one)) for a, b, one in plain.sure(article)]
        shown = [one for one in sure if one[2] not in plain.ignored]
        listed = store.entities.list_mentions(article)
        assert [(one.start, one.end, one.entity_id) for one in listed] == shown
        (document,) = store.articles.documents([article])
        assert document.entities == tuple(sorted({root for _, _, root in shown}))
        articles.update({root for _, _, root in sure})
        mentions.update(root for _, _, root in sure)
        for start, end, root in sure:
            forms.setdefault(root, Counter())[text[start:end]] += 1
        for start, end in sentences(text):
            inside = sorted({root for at, _, root in sure if start <= at < end})
            pairs.update(combinations(inside, 2))
    counts = store.entities.list_counts(None, 99)
    expected = {root: n for root, n in articles.items() if root not in plain.ignored}
    assert {one.entity.id: one.articles for one in counts} == expected
    assert {one.entity.id: one.mentions for one in counts} == {
        root: mentions[root] for root in expected
    }
    within = store.entities.list_counts(list(plain.texts), 99)
    assert sorted(within, key=repr) == sorted(counts, key=repr)
    for root in expected:
        seen = sorted(forms[root].items(), key=lambda one: (-one[1], one[0]))
        assert store.entities.forms(root, 99) == tuple(NameForm(*one) for one in seen)
        others = {b if a == root else a: n for (a, b), n in pairs.items() if root in (a, b)}
        told = store.entities.together(root, 99)
        assert {one.entity.id: one.sentences for one in told} == {
            one: n for one, n in others.items() if one not in plain.ignored
        }
    rows = database_of(store).rows("SELECT count(*) FROM together WHERE n <= 0")
    assert rows == [(0,)]


class Both:
    """A store and the oracle, given the same acts."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.plain = Plain()
        self.done: list[Plain] = []
        self.undone: list[Plain] = []
        for number, text in enumerate(TEXTS, 1):
            store.articles.save(Draft(str(number), text, guid=str(number)))
            self.plain.texts[number] = text

    def name(self, found: dict[int, list[tuple[int, int, int]]]) -> None:
        """Per article: number of a word of the text, key of an entity, confidence."""
        batch = []
        for article, chosen in found.items():
            places = word_places(self.plain.texts[article])
            by_key: dict[str, list[Place]] = {}
            taken = set()
            for word, key, sure in chosen:
                start, end = places[word % len(places)]
                if start not in taken:
                    taken.add(start)
                    by_key.setdefault(KEYS[key], []).append(Place(start, end, sure / 100))
            entities = tuple(
                StoredEntity(key, EntityKind.PER, key, (), spots) for key, spots in by_key.items()
            )
            batch.append(Named(ArticleId(article), None, "r 1", entities))
        self.store.entities.replace_many(batch)
        ids = self.ids()
        self.plain.blank.difference_update(found)
        for one in batch:
            self.plain.told[one.article_id] = sorted(
                (place.start, place.end, ids[found.key], round(place.confidence * 100))
                for found in one.entities
                for place in found.mentions
            )

    def rewrite(self, article: int, text: str) -> None:
        if text != self.plain.texts[article]:
            self.store.articles.save(Draft(str(article), text, guid=str(article)))
            self.plain.texts[article] = text
            self.plain.told[article] = []
            self.plain.blank.add(article)

    def correct(self, what: str, one: int, other: int) -> None:
        ids = sorted(self.ids().values())
        if not ids:
            return
        entity, into = ids[one % len(ids)], ids[other % len(ids)]
        before = copy.deepcopy(self.plain)
        events = len(self.store.events.list_events(999))
        getattr(self, what)(entity, into, one, other)
        if len(self.store.events.list_events(999)) > events:
            self.done.append(before)
            self.undone.clear()

    def merge(self, entity: int, into: int, *_: int) -> None:
        root, other = self.plain.root(entity), self.plain.root(into)
        if root != other:
            self.store.corrections.merge(entity, into)
            self.plain.merged[root] = other

    def ignore(self, entity: int, *_: int) -> None:
        self.store.corrections.ignore(entity)
        self.plain.ignored.add(self.plain.root(entity))

    def split(self, entity: int, _into: int, _one: int, _other: int) -> None:
        forms = self.store.entities.forms(entity, 99)
        if not forms:
            return
        root, key = self.plain.root(entity), forms[-1].text.lower()
        members = {one for one in self.ids().values() if self.plain.root(one) == root}
        to = self.store.corrections.split(entity, forms[-1].text)
        apart = {one for one in members if self.plain.splits.get((one, key), root) not in members}
        given = {
            one for (one, form), to in self.plain.splits.items() if form == key and to in members
        }
        for one in (members | given) - {int(to)} - apart:
            self.plain.splits[one, key] = to

    def reassign(self, _entity: int, into: int, one: int, other: int) -> None:
        article = one % len(TEXTS) + 1
        text = self.plain.texts[article]
        places = word_places(text)
        start, end = places[other % len(places)]
        to = None if other % 3 == 0 else EntityId(into)
        self.store.corrections.reassign(article, start, end, to)
        form = text[start:end]
        known = [one for one in sorted(self.plain.overrides) if one[:2] == (article, form)]
        spot = spot_at(text, form, start)
        assert spot is not None
        key = (article, form, starts_of(text, form).index(start), spot.context)
        known = [one for one in known if self.plain.start(one) == start] or [key]
        told = self.plain.overrides.get(known[-1], (0, around(text, form, start)))[1]
        self.plain.overrides[known[-1]] = (self.plain.root(into) if to else 0, told)
        self.plain.blank.discard(article)

    def undo(self) -> None:
        if self.store.events.undo() is not None:
            self.undone.append(self.restore(self.done.pop()))

    def redo(self) -> None:
        if self.store.events.redo() is not None:
            self.done.append(self.restore(self.undone.pop()))

    def restore(self, said: Plain) -> Plain:
        """What the reader said is as it was then; texts and names are as they are."""
        before = copy.deepcopy(self.plain)
        said.texts, said.told, said.blank = self.plain.texts, self.plain.told, self.plain.blank
        # What is said of a place is said again.
        changed = said.overrides.items() ^ self.plain.overrides.items()
        said.blank.difference_update(article for (article, *_), _ in changed)
        self.plain = said
        return before

    def ids(self) -> dict[str, int]:
        return dict(database_of(self.store).rows("SELECT key, id FROM entity"))


def word_places(text: str) -> list[tuple[int, int]]:
    return sorted(
        (at, at + len(word))
        for word in WORDS
        for at in range(len(text))
        if text.startswith(word, at)
    )


names = st.tuples(
    st.just("name"),
    st.dictionaries(
        st.integers(1, 3),
        st.lists(
            st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from([39, 40, 50, 90])),
            max_size=8,
        ),
        max_size=3,
    ),
)
rewrites = st.tuples(st.just("rewrite"), st.integers(1, 3), st.sampled_from(TEXTS))
corrections = st.tuples(
    st.just("correct"),
    st.sampled_from(["merge", "merge", "ignore", "split", "reassign"]),
    st.integers(0, 9),
    st.integers(0, 9),
)
turns = st.tuples(st.sampled_from(["undo", "undo", "redo"]))
acts = st.one_of(names, names, rewrites, corrections, corrections, turns)


@settings(max_examples=60, deadline=None)
@given(
    given=st.lists(acts, max_size=14),
    tabled=st.sampled_from([1, 2, 400]),
    at_once=st.sampled_from([1, 500]),
)
def test_acts(
    tmp_path_factory: pytest.TempPathFactory,
    given: list[tuple[Any, ...]],
    tabled: int,
    at_once: int,
) -> None:
    kept = reader.store.together.TABLED, reader.store.entity_changes.AT_ONCE
    reader.store.together.TABLED = tabled
    reader.store.entity_changes.AT_ONCE = at_once
    try:
        store = open_store(tmp_path_factory.mktemp("library"), clock=Clock())
        both = Both(store)
        for act, *values in given:
            getattr(both, act)(*values)
            while store.corrections.apply_waiting(1):
                pass
            check(store, both.plain)
        assert database_of(store).rows("PRAGMA foreign_key_check") == []
        store.close()
    finally:
        reader.store.together.TABLED, reader.store.entity_changes.AT_ONCE = kept
