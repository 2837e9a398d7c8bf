"""Any sequence of articles, corrections, naming anew, undoing and redoing, through Naming, beside
an oracle that knows for each name whom it may mean: what the reader said holds."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.entities import Found
from reader.model import ArticleId, Draft, EntityId, EntityKind, Mention, OutboxItem
from reader.service.naming import Naming
from reader.store import Store, open_store
from tests.reader.store.helpers import database_of

NAMES = ("Ada Brankovan", "Otto Brankovan", "Ada Zorvek", "Brankovan", "Brankovan", "Zorvek")
SURNAMES = NAMES[-2:]
PATTERN = re.compile(r"(?:Ada |Otto )?(?:Brankovan|Zorvek)")


class Plain:
    """Finds these names, and remembers in which texts."""

    name, version = "plain", "1"

    def __init__(self) -> None:
        self.read: set[str] = set()

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        self.read.update(texts)
        return [
            [Found(one.start(), one.end(), EntityKind.PER, 0.9) for one in PATTERN.finditer(text)]
            for text in texts
        ]


@dataclass
class Said:
    """What the reader said, by ids; places by article and start."""

    merged: dict[int, int] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, EntityKind] = field(default_factory=dict)
    places: dict[tuple[int, int], int | None] = field(default_factory=dict)

    def root(self, one: int) -> int:
        while one in self.merged:
            one = self.merged[one]
        return one

    def is_about(self, one: int) -> bool:
        """Whether anything is said of what an entity stands for."""
        root = self.root(one)
        same = root in self.merged.values() or root != one
        return same or root in self.ignored or root in self.names or root in self.kinds


class Both:
    """A store named through Naming, and what is expected of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.recogniser = Plain()
        self.naming = Naming(store, self.recogniser)
        self.texts: dict[int, str] = {}
        self.may: dict[tuple[int, int], set[str]] = {}
        """The keys of those whom each name of an article may mean."""
        self.apart: dict[str, set[int]] = {"brankovan": set(), "zorvek": set()}
        """Whom a surname was given to on its own at any time."""
        self.said = Said()
        self.done: list[Said] = []
        self.undone: list[Said] = []

    def add(self, *articles: list[str]) -> None:
        ids = []
        for names in articles:
            text = f"Number {len(self.texts)}. " + " met. ".join([*names, ""])
            ids.append(self.store.articles.save(Draft(text[:9], text))[0])
            self.texts[ids[-1]] = text
        self.name(ids)

    def anew(self, first: int) -> None:
        self.name([ArticleId(one) for one in self.texts if one >= first])

    def name(self, ids: Sequence[ArticleId]) -> None:
        self.recogniser.read.clear()
        items = [OutboxItem(one, 0, 1, needs_entities=True) for one in ids]
        texts = self.store.articles.get_texts(ids)
        self.store.entities.replace_many(self.naming.batch(items, texts))
        self.naming.relink()
        for article, text in self.texts.items():
            if text in self.recogniser.read:
                self.expect(article, text)

    def expect(self, article: int, text: str) -> None:
        keys = [one.group().lower() for one in PATTERN.finditer(text)]
        for one, key in zip(PATTERN.finditer(text), keys, strict=True):
            full = {other for other in keys if other.endswith(f" {key}")}
            self.may[article, one.start()] = full or self.owners(key)

    def owners(self, key: str) -> set[str]:
        """Who may be meant by a name in an article that does not tell it in full."""
        ids = self.ids()
        if " " in key or (key in ids and self.said.is_about(ids[key])):
            return {key}
        bearers = {one for one in ids if one.endswith(f" {key}")}
        return {key} | {one for one in bearers if self.said.root(ids[one]) not in self.said.ignored}

    def ids(self) -> dict[str, int]:
        return self.known(EntityKind.PER)

    def known(self, kind: EntityKind) -> dict[str, int]:
        """The entities that were of this kind from the beginning, by key."""
        rows = database_of(self.store).rows("SELECT key, id FROM entity WHERE kind = ?", (kind,))
        return dict(rows)

    def correct(self, what: str, one: int, other: int) -> None:
        shown = sorted(count.entity.id for count in self.store.entities.list_counts(None, 99))
        if not shown:
            return
        before = copy.deepcopy(self.said)
        events = len(self.store.events.list_events(999))
        getattr(self, what)(shown[one % len(shown)], shown[other % len(shown)], one)
        if len(self.store.events.list_events(999)) > events:
            self.done.append(before)
            self.undone.clear()

    def merge(self, entity: EntityId, into: EntityId, _: int) -> None:
        if entity != into:
            self.store.corrections.merge(entity, into)
            self.said.merged[entity] = into

    def ignore(self, entity: EntityId, *_: int) -> None:
        self.store.corrections.ignore(entity)
        self.said.ignored.add(entity)

    def rename(self, entity: EntityId, _into: int, number: int) -> None:
        self.store.corrections.rename(entity, f"Called {number}")
        self.said.names[entity] = f"Called {number}"

    def set_kind(self, entity: EntityId, *_: int) -> None:
        self.store.corrections.set_kind(entity, EntityKind.ORG)
        own = {one: key for key, one in self.ids().items()}.get(entity)
        same = self.said.root(self.known(EntityKind.ORG).get(own or "", entity))
        if same == entity:
            self.said.kinds[entity] = EntityKind.ORG
        else:
            self.said.merged[entity] = same

    def split(self, entity: EntityId, _into: int, number: int) -> None:
        forms = {one.text for one in self.store.entities.forms(entity, 99)} & set(SURNAMES)
        for form in sorted(forms)[number % 2 :][:1]:
            self.apart[form.lower()].add(self.store.corrections.split(entity, form))

    def reassign(self, entity: EntityId, _into: int, number: int) -> None:
        article, start = list(self.may)[number % len(self.may)]
        end = start + len(self.form(article, start))
        to = None if number % 4 == 0 else entity
        self.store.corrections.reassign(article, start, end, to)
        self.said.places[article, start] = to

    def form(self, article: int, start: int) -> str:
        (form,) = PATTERN.findall(self.texts[article], start)[:1]
        return str(form)

    def undo(self) -> None:
        if self.store.events.undo() is not None:
            self.undone.append(self.said)
            self.said = self.done.pop()

    def redo(self) -> None:
        if self.store.events.redo() is not None:
            self.done.append(self.said)
            self.said = self.undone.pop()

    def check(self) -> None:
        ids = self.ids()
        for article in self.texts:
            told = {one.start: one for one in self.store.entities.list_mentions(article)}
            for where, keys in self.may.items():
                if where[0] == article:
                    shown = told.pop(where[1], None)
                    self.check_one(where, {ids[one] for one in keys if one in ids}, shown)
            assert not told

    def check_one(self, where: tuple[int, int], may: set[int], shown: Mention | None) -> None:
        if where in self.said.places:
            to = self.said.places[where]
            may = set() if to is None else {to}
        else:
            may = may | self.apart.get(self.form(*where).lower(), set())
        roots = {self.said.root(one) for one in may}
        if shown is None:
            assert not roots or roots & self.said.ignored
            return
        assert shown.entity_id in roots - self.said.ignored
        if shown.entity_id in self.said.names:
            assert shown.name == self.said.names[shown.entity_id]
        is_person = shown.entity_id in self.ids().values()
        kind = EntityKind.PER if is_person else EntityKind.ORG
        assert shown.kind is self.said.kinds.get(shown.entity_id, kind)


articles = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
        # Somebody owns a surname who is named much more often than others.
        st.sampled_from([1, 1, 1, 12]),
    ).map(lambda one: [one[0]] * one[1]),
    min_size=1,
    max_size=4,
).map(lambda some: [names for same in some for names in same])
acts = st.one_of(
    articles.map(lambda some: ("add", *some)),
    st.tuples(st.just("anew"), st.integers(1, 9)),
    st.tuples(
        st.just("correct"),
        st.sampled_from(
            [
                "merge",
                "merge",
                "merge",
                "ignore",
                "ignore",
                "rename",
                "set_kind",
                "split",
                "reassign",
            ]
        ),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    st.sampled_from([("undo",), ("redo",)]),
)


@settings(max_examples=60, deadline=None)
@example(  # a bare name goes on being what it was merged into when somebody else owns its like
    first=[["Brankovan"]],
    given=[
        ("add", ["Otto Brankovan"], ["Ada Brankovan"]),
        ("correct", "merge", 0, 1),
        ("add", *[["Ada Brankovan"]] * 12),
        ("anew", 1),
    ],
)
@given(first=articles, given=st.lists(acts, max_size=12))
def test_what_the_reader_said_holds(
    tmp_path_factory: pytest.TempPathFactory, first: list[list[str]], given: list[tuple[Any, ...]]
) -> None:
    store = open_store(tmp_path_factory.mktemp("library"))
    both = Both(store)
    both.add(*first)
    for act, *values in given:
        getattr(both, act)(*values)
        both.check()
    while both.done:
        both.undo()
    both.check()
    store.close()
