"""Any sequence of fetches of some feeds, whose entries change their ids, links and words.

What is always true: fetching the same again changes nothing; what the reader marked stays
marked; nothing that was told is lost, and no entry is there twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.feeds import Subscription
from reader.model import ArticleId, Draft, Mark, Outcome
from reader.store import Store, open_store
from tests.reader.store.helpers import database_of, dump

FEEDS = ("https://a.example/feed", "https://b.example/feed", "https://c.example/feed")

WORDS = [
    " ".join(f"{word}{number}" for number in range(30))
    for word in ("storm", "grain", "bridge", "ferry", "quay")
]
"""Texts that have nothing in common, each long enough to be told from others."""


@dataclass(frozen=True)
class Story:
    """What a source reports: its own words and title, as they are told after some changes."""

    number: int
    edits: int = 0
    moves: int = 0
    renamed: int = 0

    def draft(self, feed: str, *, guid: bool, link: bool) -> Draft:
        tracking = f"?utm_source={feed[8]}" if self.moves % 2 else ""
        return Draft(
            title=f"Story {self.number}",
            text=WORDS[self.number] + f" edit{self.edits}" * min(self.edits, 1) * self.edits,
            guid=f"{self.number}.{self.renamed}" if guid else "",
            url=f"https://site.example/{self.number}{tracking}" if link else "",
            feed=feed,
        )


changes = st.one_of(
    st.tuples(st.just("edits"), st.integers(0, 4)),
    st.tuples(st.just("moves"), st.integers(0, 4)),
    st.tuples(st.just("renamed"), st.integers(0, 4)),
    st.tuples(st.just("read"), st.integers(0, 4)),
    st.tuples(st.just("fetch"), st.integers(0, 2)),
    st.tuples(st.just("fetch"), st.integers(0, 2)),
)


def opened(factory: pytest.TempPathFactory) -> Store:
    store = open_store(factory.mktemp("library"))
    for number, url in enumerate(FEEDS):
        store.feeds.add(Subscription(url, f"Feed {number}"), private=False)
    return store


def same_again(store: Store, document: list[Draft]) -> None:
    """Saving a document that was saved just now writes no version, no article, no place."""
    before = shape(store)
    assert {store.articles.save(one)[1] for one in document} <= {Outcome.DUPLICATE}
    assert shape(store) == before


def shape(store: Store) -> dict[str, list[tuple[object, ...]]]:
    tables = ("article", "body", "version", "duplicate", "article_mark", "outbox", "link")
    return {name: database_of(store).rows(f"SELECT * FROM {name}") for name in tables}


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(changes, max_size=14), guid=st.booleans())
def test_stories_in_several_feeds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], guid: bool
) -> None:
    store = opened(tmp_path_factory)
    stories = {number: Story(number) for number in range(5)}
    seen: dict[int, ArticleId] = {}
    read: set[int] = set()
    for what, which in steps:
        if what == "fetch":
            document = [one.draft(FEEDS[which], guid=guid, link=True) for one in stories.values()]
            for number, one in enumerate(document):
                article_id, _ = store.articles.save(one)
                assert seen.setdefault(number, article_id) == article_id
            same_again(store, document)
        elif what == "read":
            if which in seen:
                store.marks.apply([seen[which]], Mark.READ)
                read.add(seen[which])
        else:
            story = stories[which]
            stories[which] = replace(story, **{what: getattr(story, what) + 1})
    assert store.articles.count() == len(seen) == len(set(seen.values()))
    assert set(store.marks.packed("read").ids()) == read
    check_lines(store, read)
    for number, article_id in seen.items():
        assert WORDS[number] in store.articles.get_article(article_id).text
        assert len(store.articles.list_versions(article_id)) <= stories[number].edits
    store.close()


def check_lines(store: Store, read: set[int]) -> None:
    """What the sources count is what is found in them."""
    for line in store.sources.list_lines():
        lists = store.sources.article_ids(store.sources.find_within(line.name))
        inside = {int(one) for ids in lists for one in ids.split(",") if one}
        assert (line.articles, line.unread) == (len(inside), len(inside - read))


entries = st.builds(
    Draft,
    title=st.sampled_from(["A", "B", ""]),
    title_derived=st.booleans(),
    text=st.sampled_from(["", "short", *WORDS[:3], WORDS[0] + " more", " ".join(WORDS)]),
    guid=st.sampled_from(["", "1", "2"]),
    url=st.sampled_from(
        ["", "https://site.example", "https://site.example/1", "http://site.example/2?utm_x=1"]
    ),
    feed=st.sampled_from(["", *FEEDS[:2]]),
    source=st.sampled_from(["", "Post"]),
)
"""Entries whose ids, links and words say anything."""


@settings(max_examples=100, deadline=None)
@given(document=st.lists(entries, min_size=1, max_size=8))
def test_any_document_settles(
    tmp_path_factory: pytest.TempPathFactory, document: list[Draft]
) -> None:
    store = opened(tmp_path_factory)
    document = [replace(one, feed=one.feed or FEEDS[2]) for one in document]
    # Entries of one id may take turns at first, each as an article of its own, not for ever.
    for one in document * (len(document) + 1):
        store.articles.save(one)
    same_again(store, document)
    assert database_of(store).rows("PRAGMA foreign_key_check") == []
    store.close()


@settings(max_examples=100, deadline=None)
@given(before=st.lists(entries, max_size=6), given=st.lists(entries, max_size=8))
def test_what_is_foretold_of_entries_comes_true(
    tmp_path_factory: pytest.TempPathFactory, before: list[Draft], given: list[Draft]
) -> None:
    store = opened(tmp_path_factory)
    for one in before:
        store.articles.save(one)
    count, whole = store.articles.count(), dump(store)
    foretelling = store.articles.foretelling()
    told = [foretelling.tell(one) for one in given]
    assert dump(store) == whole
    come = [store.articles.save(one) for one in given]
    assert told == [(one if one <= count else None, outcome) for one, outcome in come]
    store.close()
