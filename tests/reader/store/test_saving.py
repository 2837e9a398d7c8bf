"""Drafts becoming articles: new, changed, or here already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ArticleNotFoundError
from reader.model import Draft, Duplicate, Mark, Outcome, Precision, Published, Span, Version
from reader.store import Store
from reader.store.identity import content_of, identity_of
from tests.reader.store.helpers import NOON, Clock, add, draft, entity, published

FULL = Draft(
    title="Grain ships leave again",
    text="Opening\n\nThe first ships left.\n\nBackground\n\nTalks began in May.",
    title_derived=True,
    headings=(Span(0, 7), Span(32, 42)),
    related=("Harbour damaged", "Prices fall"),
    published=Published(datetime(2023, 7, 23, 9, 30, 15, 999_999, tzinfo=UTC), Precision.SECOND),
    dateline="ODESA, 23 July (Agency) -",
    place="Odesa",
    agency="Agency",
    source="Gazette",
    url="https://example.org/grain",
    guid="grain-1",
    authors=("Ann Lee", "Bo Ek"),
    lang="en",
    origin="/news/grain.txt",
    file=b"/news/grain.txt",
)


def test_everything_comes_back(store: Store) -> None:
    article_id, outcome = store.articles.save(FULL)
    article = store.articles.get_article(article_id)
    assert outcome is Outcome.ADDED
    assert (article.row.title, article.row.title_derived) == (FULL.title, True)
    assert (article.text, article.headings, article.related) == (
        FULL.text,
        FULL.headings,
        FULL.related,
    )
    assert (article.dateline, article.place, article.agency) == (
        FULL.dateline,
        FULL.place,
        FULL.agency,
    )
    assert (article.url, article.authors, article.lang) == (FULL.url, FULL.authors, FULL.lang)
    assert (article.row.source, article.version) == ("Gazette", 1)
    assert (article.row.read, article.row.starred, article.row.archived) == (False, False, False)
    assert article.row.tags == ()


def test_times_are_whole_seconds(store: Store, clock: Clock) -> None:
    clock.now = NOON.replace(microsecond=999_999)
    article_id, _ = store.articles.save(FULL)
    row = store.articles.get_article(article_id).row
    assert row.added == NOON
    assert row.published == Published(
        datetime(2023, 7, 23, 9, 30, 15, tzinfo=UTC), Precision.SECOND
    )


@pytest.mark.parametrize("year", [1, 1912, 1969, 9999])
def test_any_year_can_be_kept(store: Store, year: int) -> None:
    (article_id,) = add(store, "old", published=published(year, 5, 1, precision=Precision.YEAR))
    assert store.articles.get_article(article_id).row.published == Published(
        datetime(year, 5, 1, tzinfo=UTC), Precision.YEAR
    )


@pytest.mark.parametrize("article_id", [1, 0, -1, 2**63, 10**30])
def test_an_article_that_is_not_there(store: Store, article_id: int) -> None:
    with pytest.raises(ArticleNotFoundError) as caught:
        store.articles.get_article(article_id)
    assert caught.value.article_id == article_id


def test_the_same_again_is_a_duplicate(store: Store) -> None:
    article_id, _ = store.articles.save(FULL)
    assert store.articles.save(FULL) == (article_id, Outcome.DUPLICATE)
    assert store.articles.count() == 1
    assert store.articles.list_duplicates(article_id) == ()
    assert store.articles.get_article(article_id).version == 1


def test_another_place_of_the_same_text_is_remembered_once(store: Store, clock: Clock) -> None:
    (article_id,) = add(store, "one", origin="/a/one.txt")
    for minutes in (0, 5):
        clock.pass_time(minutes=minutes)
        for origin in ("/b/one.txt", "/c/one.txt", "/a/one.txt"):
            copy = draft("one", origin=origin)
            assert store.articles.save(copy) == (article_id, Outcome.DUPLICATE)
    assert store.articles.list_duplicates(article_id) == (
        Duplicate("/b/one.txt", "Gazette", "", NOON),
        Duplicate("/c/one.txt", "Gazette", "", NOON),
    )


def test_the_same_text_under_another_name_is_linked(store: Store) -> None:
    (article_id,) = add(store, "one")
    copy = draft("one", guid="else", source="Courier", url="https://example.org/1")
    assert store.articles.save(copy) == (article_id, Outcome.DUPLICATE)
    assert store.articles.list_duplicates(article_id) == (
        Duplicate("", "Courier", "https://example.org/1", NOON),
    )
    assert store.outbox.pending() == 1


def test_a_copy_that_changes_becomes_an_article_of_its_own(store: Store) -> None:
    add(store, "one")
    store.articles.save(draft("one", guid="else", source="Courier"))
    changed = draft("two", guid="else", source="Courier", text="Other words.")
    assert store.articles.save(changed) == (2, Outcome.ADDED)
    assert store.articles.get_article(1).text == "Text of one."


def test_titles_without_text_do_not_make_copies(store: Store) -> None:
    add(store, "monday", title="Morning briefing", text="")
    assert add(store, "tuesday", title="Morning briefing", text="") == [2]


def test_spacing_and_composition_do_not_make_a_change(store: Store) -> None:
    (article_id,) = add(store, "one", title="A  café", text="One.\n\nTwo.")
    again = draft("one", title="A cafe\u0301", text="One.\nTwo. ")
    assert store.articles.save(again) == (article_id, Outcome.DUPLICATE)


def test_a_change_keeps_the_earlier_text(store: Store, clock: Clock) -> None:
    (article_id,) = add(store, "one", published=published(2023, 7, 1), url="https://example.org/1")
    clock.pass_time(days=1)
    second = draft(
        "one", title="Second", text="Text of one, second.", title_derived=True, place="Minsk"
    )
    assert store.articles.save(second) == (article_id, Outcome.UPDATED)
    clock.pass_time(days=1)
    third = draft("one", text="Text of one, third.", published=published(2023, 7, 2))
    assert store.articles.save(third) == (article_id, Outcome.UPDATED)
    article = store.articles.get_article(article_id)
    assert (article.row.title, article.text, article.version) == (
        "Title one",
        "Text of one, third.",
        3,
    )
    assert article.row.published == published(2023, 7, 2)
    assert (article.place, article.url) == ("", "https://example.org/1")
    assert article.row.added == NOON
    assert store.articles.list_versions(article_id) == (
        Version(1, "Title one", "Text of one.", NOON.replace(day=24)),
        Version(2, "Second", "Text of one, second.", NOON.replace(day=25)),
    )


def test_a_date_that_is_not_told_again_stays_known(store: Store) -> None:
    add(store, "one", published=published(2023, 7, 1))
    add(store, "two", published=published(2023, 7, 2))
    store.articles.save(draft("one", text="Changed."))
    assert store.articles.get_article(1).row.published == published(2023, 7, 1)
    assert list(store.articles.order()) == [2, 1]


def test_a_change_keeps_what_the_reader_did(store: Store) -> None:
    (article_id,) = add(store, "one")
    store.tags.apply([article_id], ["war"], [])
    for mark in (Mark.READ, Mark.STARRED, Mark.ARCHIVED):
        store.marks.apply([article_id], mark)
    store.positions.save(article_id, 7)
    store.articles.save(draft("one", text="Changed."))
    row = store.articles.get_article(article_id).row
    assert (row.read, row.starred, row.archived, row.tags) == (True, True, True, ("war",))
    assert store.positions.get(article_id) == 7


def test_a_change_drops_mentions_and_waits_for_the_index(store: Store) -> None:
    (article_id,) = add(store, "one")
    store.entities.replace_mentions(article_id, [entity("Ann", (0, 4))])
    store.outbox.done(store.outbox.take(9))
    store.articles.save(draft("one", text="Changed."))
    assert store.entities.list_mentions(article_id) == ()
    assert store.entities.article_counts(article_id) == ()
    (item,) = store.outbox.take(9)
    assert (item.article_id, item.version, item.needs_entities) == (article_id, 2, True)


def test_a_file_that_changes_is_the_same_article(store: Store) -> None:
    plain = draft("note", guid="", file=b"/news/note.txt")
    article_id, _ = store.articles.save(plain)
    changed = draft("note", guid="", file=b"/news/note.txt", text="Changed.")
    assert store.articles.save(changed) == (article_id, Outcome.UPDATED)
    copy = draft("note", guid="", file=b"/elsewhere/note.txt", text="Changed.")
    assert store.articles.save(copy) == (article_id, Outcome.DUPLICATE)


def test_another_article_in_a_known_file_is_added_and_the_earlier_one_stays(store: Store) -> None:
    def latest(title: str, text: str, **known: object) -> Draft:
        return draft(title, guid="", file=b"/latest.txt", title=title, text=text, **known)

    storm = "The storm struck Bergen at night and closed the bridge for a day."
    grain = "A ship with corn left Odesa on Monday after weeks of talks."
    assert store.articles.save(latest("Storm", storm)) == (1, Outcome.ADDED)
    assert store.articles.save(latest("Grain", grain)) == (2, Outcome.ADDED)
    assert store.articles.get_article(1).text == storm
    assert store.articles.get_article(1).version == 1
    assert store.articles.save(latest("Grain again", grain + " More follow.")) == (
        2,
        Outcome.UPDATED,
    )
    # The earlier one back in its file is a copy of itself.
    assert store.articles.save(latest("Storm", storm)) == (1, Outcome.DUPLICATE)
    trees = "The council voted to plant lindens along the quay next spring."
    assert store.articles.save(latest("Trees", trees)) == (3, Outcome.ADDED)
    assert store.articles.count() == 3


def test_a_link_joins_texts_that_are_alike(store: Store) -> None:
    first = draft("one", guid="", url="https://example.org/1", file=b"/a.txt")
    assert store.articles.save(first) == (1, Outcome.ADDED)
    other = draft(
        "two", guid="", url="https://example.org/1", file=b"/a.txt", text="Text of one, again."
    )
    assert store.articles.save(other) == (1, Outcome.UPDATED)


def test_files_whose_names_look_the_same_are_two(store: Store) -> None:
    for number, name in enumerate((b"/a\xff.txt", b"/a\xfe.txt", b"/a\x01.txt"), start=1):
        one = draft("note", guid="", origin="/a\ufffd.txt", file=name, text=f"Text {number}.")
        assert store.articles.save(one) == (number, Outcome.ADDED)


@pytest.mark.parametrize("origin", ["/news/all.jsonl, line 3", "/news/note.txt", ""])
def test_what_is_in_no_file_of_its_own_is_told_by_its_words(store: Store, origin: str) -> None:
    first = draft("one", guid="", origin=origin)
    second = draft("two", guid="", origin=origin)
    assert store.articles.save(first) == (1, Outcome.ADDED)
    assert store.articles.save(second) == (2, Outcome.ADDED)
    assert store.articles.save(first) == (1, Outcome.DUPLICATE)


def test_the_same_id_from_another_source_is_another_article(store: Store) -> None:
    add(store, "one")
    assert store.articles.save(draft("one", source="Courier", text="Other.")) == (
        2,
        Outcome.ADDED,
    )


def test_a_link_tells_articles_without_an_id(store: Store) -> None:
    first = draft("one", guid="", url="https://example.org/1", origin="/a.jsonl, line 1")
    moved = draft("one", guid="", url="https://example.org/1", file=b"/b.txt", text="New.")
    assert store.articles.save(first) == (1, Outcome.ADDED)
    assert store.articles.save(moved) == (1, Outcome.UPDATED)


TEXTS = st.text(max_size=20)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_parts_of_an_identity_do_not_run_together(a: str, b: str, c: str, d: str) -> None:
    first = Draft("", "", source=a, guid=b + "x")
    second = Draft("", "", source=c, guid=d + "x")
    assert (identity_of(first, b"") == identity_of(second, b"")) == ((a, b) == (c, d))


@given(TEXTS, TEXTS)
def test_content_is_title_and_text(title: str, text: str) -> None:
    assert content_of(title, text) == content_of(f" {title}\n", f"\t{text} ")
    assert content_of(title, text) != content_of(title, text + " more")
    assert content_of(title + " more", text) != content_of(title, "more " + text)


def test_kinds_of_identity_do_not_meet() -> None:
    ids = [
        identity_of(Draft("t", "x", guid="/x"), b""),
        identity_of(Draft("t", "x", url="/x"), b""),
        identity_of(Draft("t", "x", file=b"/x"), b""),
        identity_of(Draft("t", "x"), content_of("t", "x")),
    ]
    assert len(set(ids)) == 4


def test_a_bookmark_takes_no_text_away(store: Store) -> None:
    page = draft("Ferry strike ends", guid="", url="https://skerry.example/1", text="It ended.")
    bookmark = replace(page, text="", partial=True)
    assert store.articles.save(bookmark)[1] is Outcome.ADDED
    assert store.articles.save(page)[1] is Outcome.UPDATED
    for one in (bookmark, page, bookmark):
        assert store.articles.save(one)[1] is Outcome.DUPLICATE
    assert store.articles.get_article(1).text == "It ended."


def test_two_files_that_share_a_link_settle(store: Store) -> None:
    one = draft(
        "Ferry strike ends", guid="", url="https://skerry.example/1", text="It ended. So it is."
    )
    other = replace(one, title="Strike over", text="It ended. So it is, they say.")
    assert [store.articles.save(each)[1] for each in (one, other)] == ["added", "updated"]
    assert {store.articles.save(each)[1] for each in (one, other, one)} == {Outcome.DUPLICATE}
