"""Any sequence of drafts and mentions, beside plain dictionaries that do the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Draft, EntityKind, Outcome, StoredEntity
from reader.store import Store, open_store
from tests.reader.store.helpers import Place, add, database_of, entities_of

drafts = st.builds(
    Draft,
    title=st.sampled_from(["A", "B"]),
    text=st.sampled_from(["", "x", "y", "x "]),
    source=st.sampled_from(["", "Post"]),
    guid=st.sampled_from(["", "", "1"]),
    url=st.sampled_from(["", "", "u"]),
    file=st.sampled_from([b"", b"/f", b"/g"]),
)

# Without an id or a link, or known by an id under which alone these words are told.
unlinked = st.one_of(
    st.builds(
        Draft,
        title=st.sampled_from(["A", "B"]),
        text=st.sampled_from(["", "x", "y", "x "]),
        source=st.sampled_from(["", "Post"]),
        file=st.sampled_from([b"", b"/f", b"/g"]),
    ),
    st.builds(
        lambda source, number: Draft("C", f"{source} {number}", source=source, guid="1"),
        st.sampled_from(["Post", "Tern"]),
        st.integers(1, 3),
    ),
)


@dataclass
class Plain:
    """What a library knows, in dictionaries."""

    identity: dict[tuple[object, ...], int] = field(default_factory=dict)
    content: dict[int, tuple[str, str]] = field(default_factory=dict)
    texts: Counter[int] = field(default_factory=Counter)

    def save(self, draft: Draft) -> tuple[int, Outcome]:
        said = (draft.title, draft.text.strip())
        key = key_of(draft, said)
        known = self.identity.get(key)
        if known is not None and self.content[known] == said:
            return known, Outcome.DUPLICATE
        if known is not None and key[0] == "file" and not are_alike(self.content[known], said):
            known = None
        if known is not None:
            outcome = Outcome.UPDATED
        elif copies := [one for one, other in self.content.items() if other == said and said[1]]:
            return copies[0], Outcome.DUPLICATE
        else:
            known = self.identity[key] = len(self.content) + 1
            outcome = Outcome.ADDED
        self.content[known] = said
        self.texts[known] += 1
        return known, outcome


def are_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """The texts here are one word, so they are the same or have nothing in common."""
    return one[0] == other[0] or (one[1] == other[1] != "")


def key_of(draft: Draft, said: object) -> tuple[object, ...]:
    if draft.guid:
        return ("guid", draft.source, draft.guid)
    if draft.url:
        return ("url", draft.source, draft.url)
    if draft.file:
        return ("file", draft.file)
    return ("content", said)


@settings(max_examples=40, deadline=None)
@given(given=st.lists(unlinked, max_size=12))
def test_drafts(tmp_path_factory: pytest.TempPathFactory, given: list[Draft]) -> None:
    store, plain = open_store(tmp_path_factory.mktemp("library")), Plain()
    for one in given:
        assert store.articles.save(one) == plain.save(one)
    assert store.counts().articles == len(plain.content)
    for article_id, (title, text) in plain.content.items():
        article = store.articles.get_article(article_id)
        assert (article.row.title, article.text.strip()) == (title, text)
        assert article.version == plain.texts[article_id]
        assert len(store.articles.list_versions(article_id)) == min(article.version - 1, 10)
    items = store.outbox.take(99)
    assert {item.article_id: item.version for item in items} == dict(plain.texts)
    sources = {one.name: one.articles for one in store.sources.list_counts(None, 9)}
    places = [
        {row.source, *(one.source for one in store.articles.list_duplicates(row.id))}
        for row in store.articles.get_rows(store.articles.ids()).values()
    ]
    assert sources == Counter(name for one in places for name in one)
    within = store.sources.list_counts(store.articles.ids(), 9)
    assert {one.name: one.articles for one in within} == sources
    store.close()


@settings(max_examples=60, deadline=None)
@given(
    before=st.lists(drafts, max_size=8),
    given=st.lists(drafts, max_size=8, unique_by=lambda one: one.file or id(one)),
)
def test_what_is_foretold_comes_true(
    tmp_path_factory: pytest.TempPathFactory, before: list[Draft], given: list[Draft]
) -> None:
    store = open_store(tmp_path_factory.mktemp("library"))
    for one in before:
        store.articles.save(one)
    count = store.articles.count()
    foretelling = store.articles.foretelling()
    told = [foretelling.tell(one) for one in given]
    assert store.articles.count() == count
    come = [store.articles.save(one) for one in given]
    assert told == [(one if one <= count else None, outcome) for one, outcome in come]
    store.close()


entities = st.builds(
    StoredEntity,
    name=st.just("Name"),
    kind=st.sampled_from([EntityKind.PER, EntityKind.ORG]),
    key=st.sampled_from(["ann", "ann lee", "lee ann x", "bo"]),
    alias_keys=st.lists(st.sampled_from(["lee", "ann lee", "a b"]), max_size=2).map(tuple),
    mentions=st.lists(st.integers(0, 9).map(lambda at: Place(at, at + 1, 0.5)), max_size=3),
)


@settings(max_examples=40, deadline=None)
@given(
    given=st.lists(
        st.tuples(st.integers(1, 3), st.lists(entities, max_size=4), st.booleans()), max_size=8
    )
)
def test_mentions(
    tmp_path_factory: pytest.TempPathFactory,
    given: list[tuple[int, list[StoredEntity], bool]],
) -> None:
    store = open_store(tmp_path_factory.mktemp("library"))
    add(store, "1", "2", "3", text="0123456789.")
    places: dict[int, set[tuple[int, int]]] = {1: set(), 2: set(), 3: set()}
    seen: set[int] = set()
    for number, (article_id, found, rewrite) in enumerate(given):
        if rewrite:
            store.articles.save(
                Draft("Title 1", f"0123456789 {number}", source="Gazette", guid="1")
            )
            places[1] = set()
        store.entities.replace_mentions(article_id, found)
        places[article_id] = {(one.start, one.end) for e in found for one in e.mentions}
        check_counts(store, places)
        # Once an entity, always that entity.
        known = set(entities_of(store))
        assert seen <= known
        seen |= known
    assert database_of(store).rows("PRAGMA foreign_key_check") == []
    store.close()


def check_counts(store: Store, places: dict[int, set[tuple[int, int]]]) -> None:
    """The kept numbers are those that counting gives."""
    articles: Counter[int] = Counter()
    mentions: Counter[int] = Counter()
    for article_id, expected in places.items():
        listed = store.entities.list_mentions(article_id)
        assert {(one.start, one.end) for one in listed} == expected
        inside = Counter(one.entity_id for one in listed)
        counted = store.entities.article_counts(article_id)
        assert {one.entity.id: one.mentions for one in counted} == inside
        articles.update(inside.keys())
        mentions.update(inside)
    for within in (None, [1, 2, 3]):
        rows = store.entities.list_counts(within, 99)
        assert {one.entity.id: one.articles for one in rows} == articles
        assert {one.entity.id: one.mentions for one in rows} == mentions
