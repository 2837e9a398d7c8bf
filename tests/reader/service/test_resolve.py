"""What the reader wrote becomes sets of ids and entity ids; the rest is left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from index.parser import SavedQuery, parse
from index.query import And, IdSet, InSet, Not, Or, Query, Term
from reader.model import EntityKind
from reader.service.resolve import answered_by_state, resolve, wanted_entities

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Shelf:
    """A lookup over plain tables."""

    tags: dict[str, set[int]] = field(default_factory=dict)
    places: dict[str, set[int]] = field(default_factory=dict)
    marks: dict[str, set[int]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    rules: dict[str, set[int]] = field(default_factory=dict)
    changes: dict[int, set[int]] = field(default_factory=dict)
    names: dict[tuple[str, EntityKind | None], tuple[int, ...]] = field(default_factory=dict)
    waiting: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def tagged(self, name: str) -> IdSet:
        return IdSet(self.tags.get(name, ()))

    def tagged_under(self, prefix: str) -> IdSet:
        sets = (ids for name, ids in self.tags.items() if name.startswith(prefix))
        return IdSet(set().union(*sets))

    def tagged_at_all(self) -> IdSet:
        return IdSet(set().union(*self.tags.values()))

    def within(self, name: str) -> IdSet:
        return IdSet(self.places.get(name, ()))

    def within_under(self, prefix: str) -> IdSet:
        sets = (ids for name, ids in self.places.items() if name.startswith(prefix))
        return IdSet(set().union(*sets))

    def sourced(self, *, feeding: bool) -> IdSet:
        return self.within_under("News" if feeding else "")

    def marked(self, mark: str) -> IdSet:
        return IdSet(self.marks.get(mark, ()))

    def noted(self) -> IdSet:
        return IdSet(self.notes)

    def highlighted(self) -> IdSet:
        return IdSet(one for one, text in self.notes.items() if "grain" in text)

    def changed(self, event_id: int) -> IdSet:
        return IdSet(self.changes.get(event_id, ()))

    def ruled(self, name: str) -> IdSet:
        return IdSet(self.rules.get(name, ()))

    def ruled_under(self, prefix: str) -> IdSet:
        return IdSet(
            one for name in self.rules if name.startswith(prefix) for one in self.rules[name]
        )

    def noted_with(self, words: str) -> IdSet:
        return IdSet(one for one, text in self.notes.items() if words in text.split())

    def noted_like(self, prefix: str) -> IdSet:
        return IdSet(
            one
            for one, text in self.notes.items()
            if any(word.startswith(prefix) for word in text.split())
        )

    def named(self, name: str, kind: EntityKind | None) -> Iterable[int]:
        return self.names.get((name, kind), ())

    def named_like(self, prefix: str, kind: EntityKind | None) -> Iterable[int]:
        return next(
            ids for (name, of), ids in self.names.items() if of == kind and name.startswith(prefix)
        )

    def unheard(self, entity_ids: Collection[int]) -> tuple[IdSet, IdSet]:
        naming = {one for one, ids in self.waiting.items() if set(ids) & set(entity_ids)}
        return IdSet(naming), IdSet(self.waiting.keys() - naming)


SHELF = Shelf(
    tags={"war": {1, 2}, "war/east": {3}, "tea": {4}},
    places={"News": {1, 5}, "News/Sea": {5}, "Quay Notes": {6}},
    marks={"read": {1, 4}, "starred": {2}},
    notes={3: "see grain", 5: "later"},
    rules={"Sea": {2, 4}, "Sea/Tide": {6}},
    changes={7: {1, 5}},
    names={("putin", EntityKind.PER): (7,), ("un", EntityKind.ORG): (8, 9), ("x", None): (5,)},
)


class Any:
    """Whatever is asked for is saved."""

    def find(self, name: str, *, starting: bool) -> Sequence[SavedQuery]:
        return [SavedQuery(name, "*")]

    def nearest(self, name: str) -> str:
        raise AssertionError(name)


def resolved(text: str) -> Query:
    return resolve(parse(text, now=NOW, saved=Any()).query, SHELF)


def inset(label: str, *ids: int) -> InSet:
    return InSet(label, IdSet(ids))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag:war", inset("tag:war", 1, 2)),
        ("tag:war/*", inset("tag:war/*", 3)),
        ("tag:nothing", inset("tag:nothing")),
        ('in:"Quay Notes"', inset("in:Quay Notes", 6)),
        ("in:News", inset("in:News", 1, 5)),
        ("in:News/*", inset("in:News/*", 5)),
        ("is:read", inset("is:read", 1, 4)),
        ("is:unread", Not(inset("is:read", 1, 4))),
        ("is:tagged", inset("is:tagged", 1, 2, 3, 4)),
        ("has:note", inset("has:note", 3, 5)),
        ("has:highlight", inset("has:highlight", 3)),
        ("has:feed", inset("has:feed", 1, 5)),
        ("has:source", inset("has:source", 1, 5, 6)),
        ("rule:Sea", inset("rule:Sea", 2, 4)),
        ("change:7", inset("change:7", 1, 5)),
        ("change:8", inset("change:8")),
        ("rule:Sea/*", inset("rule:Sea/*", 6)),
        ("note:grain", inset("note:grain", 3)),
        ("note:gr*", inset("note:gr*", 3)),
        ("note:*", inset("has:note", 3, 5)),
        ("id:12", inset("id:12", 12)),
        ("who:putin", Term("7", field="entity")),
        ("org:un", Or((Term("8", field="entity"), Term("9", field="entity")))),
        ("entity:x", Term("5", field="entity")),
        ("who:put*", Term("7", field="entity")),
        ("where:nowhere", inset("where:nowhere")),
        ("drone", Term("drone")),
        ("-tag:tea war", And((Not(inset("tag:tea", 4)), Term("war")))),
        ("tag:tea OR (war is:starred)",
         Or((inset("tag:tea", 4), And((Term("war"), inset("is:starred", 2)))))),
    ],
)  # fmt: skip
def test_conditions_become_what_the_index_knows(text: str, expected: Query) -> None:
    assert resolved(text) == expected


def test_of_what_waits_the_library_knows_whom_it_names() -> None:
    shelf = Shelf(names={("x", None): (5, 6)}, waiting={1: (4,), 2: (6, 7), 3: ()})
    terms = Or((Term("5", field="entity"), Term("6", field="entity")))
    assert resolve(Term("x", field="entity"), shelf) == And(
        (Or((terms, inset("entity:x", 2))), Not(inset("entity:x", 1, 3)))
    )


def test_entities_asked_for_leave_out_the_excluded_ones() -> None:
    query = parse("(who:putin OR org:un OR who:put*) -entity:x war", now=NOW).query
    assert wanted_entities(query, SHELF) == {7, 8, 9}


class OnlyNames(Shelf):
    """A lookup that is to be asked for names alone."""

    def tagged(self, name: str) -> IdSet:
        raise AssertionError(name)

    def tagged_under(self, prefix: str) -> IdSet:
        raise AssertionError(prefix)

    def within(self, name: str) -> IdSet:
        raise AssertionError(name)

    def within_under(self, prefix: str) -> IdSet:
        raise AssertionError(prefix)

    def marked(self, mark: str) -> IdSet:
        raise AssertionError(mark)

    def noted_with(self, words: str) -> IdSet:
        raise AssertionError(words)

    def noted_like(self, prefix: str) -> IdSet:
        raise AssertionError(prefix)


def test_looking_for_entities_looks_up_nothing_else() -> None:
    query = parse(
        "is:read tag:war tag:war/* note:a note:b* in:News in:News/* wagner date:2023", now=NOW
    ).query
    assert wanted_entities(query, OnlyNames()) == frozenset()


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("", True),
        ("is:unread date:2023 -tag:war", True),
        ("in:News -in:News/*", True),
        ("tag:war OR date:none", True),
        ("tag:war drone", False),
        ("note:grain -has:note", True),
        ("who:putin", False),
        ("-drone", False),
    ],
)
def test_what_the_library_can_answer_alone(text: str, alone: bool) -> None:
    assert answered_by_state(resolved(text)) is alone
