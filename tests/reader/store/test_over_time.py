"""Articles that are told again: by their feed, by another one, under other ids and links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reader.errors import ArticleNotFoundError
from reader.feeds import Subscription
from reader.model import (
    ArticleId,
    Attachment,
    Draft,
    Duplicate,
    Mark,
    Markup,
    MarkupKind,
    Outcome,
    Precision,
    Published,
    Span,
)
from reader.store import Store
from tests.reader.store.helpers import NOON, Clock, database_of, draft, entity

SKERRY = "https://skerry.example/feed"
TERN = "https://tern.example/feed"
PAGE = "https://skerry.example/storm"

STORM = (
    "The storm struck the harbour at night, tore two boats from their moorings and closed the"
    " bridge to the island until noon, the harbour master said."
)
GRAIN = (
    "A ship with forty tons of barley left the quay on Monday after weeks of talks between the"
    " farmers and the owners of the only crane that still works."
)
LONG = STORM + " Nobody was hurt, and the ferry sails again." * 20

ADDED, UPDATED, DUPLICATE = Outcome.ADDED, Outcome.UPDATED, Outcome.DUPLICATE


@pytest.fixture(autouse=True)
def feeds(store: Store) -> None:
    store.feeds.add(Subscription(SKERRY, "Skerry Post"), private=False)
    store.feeds.add(Subscription(TERN, "Tern"), private=False)


def told(feed: str = SKERRY, **known: Any) -> Draft:
    values: dict[str, Any] = {"title": "Storm", "text": STORM, "guid": "g1", "url": PAGE}
    return Draft(**(values | {"feed": feed} | known))


def at(**time: float) -> Published:
    return Published(NOON + timedelta(**time), Precision.SECOND)


def texts(store: Store) -> list[str]:
    return [store.articles.get_article(one).text for one in store.articles.ids()]


def versions(store: Store, article_id: int = 1) -> int:
    return len(store.articles.list_versions(article_id))


def writes(store: Store) -> int:
    return database_of(store)._connection.total_changes


# One feed


def test_an_entry_belongs_to_the_source_of_its_feed(store: Store) -> None:
    assert store.articles.save(told(source="Someone")) == (1, ADDED)
    assert store.articles.get_article(1).row.source == "Skerry Post"
    before = writes(store)
    assert store.articles.save(told(source="Someone else")) == (1, DUPLICATE)
    assert writes(store) == before
    assert store.articles.list_duplicates(1) == ()


def test_neither_another_name_nor_another_address_makes_another_article(store: Store) -> None:
    store.articles.save(told())
    store.sources.rename("Skerry Post", "Skerry")
    assert store.articles.save(told()) == (1, DUPLICATE)
    feed = store.feeds.find_by_address(SKERRY)
    assert feed is not None
    store.feeds.move(feed.id, "https://skerry.example/atom")
    for address in (SKERRY, "https://skerry.example/atom"):
        assert store.articles.save(told(feed=address)) == (1, DUPLICATE)
    assert store.articles.save(told(title="Gale", feed=SKERRY)) == (1, UPDATED)
    assert store.articles.get_article(1).row.source == "Skerry"


def test_an_address_that_is_not_subscribed_stands_for_a_source_without_a_name(
    store: Store,
) -> None:
    for number, address in enumerate(("https://a.example/", "https://b.example/"), start=1):
        other = told(feed=address, text=f"{GRAIN} {number}", title=f"T{number}", url="")
        assert store.articles.save(other) == (number, ADDED)
        assert store.articles.save(other) == (number, DUPLICATE)
    named = told(feed="https://a.example/", source="Ann", text=LONG, url="", title="T3")
    assert store.articles.save(named) == (3, ADDED)
    assert store.articles.get_article(3).row.source == "Ann"


def test_a_changed_entry_keeps_its_earlier_text_and_what_the_reader_did(store: Store) -> None:
    store.articles.save(told())
    store.marks.apply([1], Mark.READ)
    store.tags.apply([1], ["sea"], [])
    assert store.articles.save(told(text=GRAIN)) == (1, UPDATED)
    row = store.articles.get_article(1).row
    assert (row.read, row.tags, versions(store)) == (True, ("sea",), 1)


def test_an_id_that_is_given_again_is_another_article(store: Store) -> None:
    store.articles.save(told())
    grain = told(title="Grain", text=GRAIN, url="https://skerry.example/grain")
    for outcome in (ADDED, DUPLICATE):
        assert store.articles.save(grain) == (2, outcome)
        assert store.articles.save(told()) == (1, DUPLICATE)
    later = told(title="Grain", text=GRAIN + " More.", url="https://skerry.example/grain")
    assert store.articles.save(later) == (2, UPDATED)
    assert [versions(store, one) for one in (1, 2)] == [0, 1]


@pytest.mark.parametrize("url", ["", "https://skerry.example/"])
def test_an_id_of_all_entries_does_not_make_them_one(store: Store, url: str) -> None:
    entries = [
        told(title=f"Entry {n}", text=f"{n} {words}", url=url)
        for n, words in enumerate((STORM, GRAIN, ""))
    ]
    for outcome in (ADDED, DUPLICATE, DUPLICATE):
        for number, entry in enumerate(entries, start=1):
            assert store.articles.save(entry) == (number, outcome)
    assert versions(store) == 0


def test_what_is_told_without_a_feed_may_leave_out_the_link(store: Store) -> None:
    store.articles.save(draft("x", url=PAGE, title="Storm", text=STORM))
    later = f"{STORM} The bridge is shut."
    assert store.articles.save(draft("x", title="Gale", text=later)) == (1, UPDATED)


@pytest.mark.parametrize("known", [{"guid": "x"}, {"guid": "", "url": PAGE}])
def test_an_id_or_a_link_that_is_used_twice_loses_nothing(
    store: Store, known: dict[str, str]
) -> None:
    first = draft("", **{"title": "Storm", "text": STORM, **known})
    other = draft("", **{"title": "Grain", "text": GRAIN, **known})
    assert [store.articles.save(one) for one in (first, other)] == [(1, ADDED), (2, ADDED)]
    assert [store.articles.save(one) for one in (first, other)] == [(1, DUPLICATE), (2, DUPLICATE)]


def test_entries_without_a_title_that_share_an_id(store: Store) -> None:
    entries = [
        told(title=words[:20], title_derived=True, text=words, url="") for words in (STORM, GRAIN)
    ]
    for outcome in (ADDED, DUPLICATE):
        for number, entry in enumerate(entries, start=1):
            assert store.articles.save(entry) == (number, outcome)


def test_a_headline_that_goes_to_and_fro_makes_no_more_versions(store: Store) -> None:
    store.articles.save(told())
    assert store.articles.save(told(title="Gale")) == (1, UPDATED)
    for _ in range(3):
        assert store.articles.save(told()) == (1, DUPLICATE)
        assert store.articles.save(told(title="Gale")) == (1, DUPLICATE)
    assert versions(store) == 1
    assert store.articles.save(told(title="Hurricane")) == (1, UPDATED)


def test_a_changed_id_is_the_same_article(store: Store) -> None:
    store.articles.save(told())
    store.marks.apply([1], Mark.READ)
    assert store.articles.save(told(guid="g2")) == (1, DUPLICATE)
    assert store.articles.save(told(guid="g2", text=STORM + " More.")) == (1, UPDATED)
    assert store.articles.save(told(guid="g3", url=PAGE + "?utm_source=x")) == (1, DUPLICATE)
    assert store.articles.save(told(guid="g4", text=STORM + " Still more.")) == (1, UPDATED)
    # What goes on under the latest id is followed; what the earlier ones say again is known.
    assert store.articles.save(told(guid="g4", text=STORM + " The end.")) == (1, UPDATED)
    for guid, text in (("g1", ""), ("g2", " More."), ("g4", " The end.")):
        assert store.articles.save(told(guid=guid, text=STORM + text)) == (1, DUPLICATE)
    assert store.articles.count() == 1
    assert store.articles.get_article(1).row.read
    assert versions(store) == 3


def test_ids_that_are_new_at_every_fetch_do_not_pile_up(store: Store) -> None:
    store.articles.save(told())
    for number in range(60):
        assert store.articles.save(told(guid=f"n{number}")) == (1, DUPLICATE)
    known = database_of(store).value("SELECT count(*) FROM told")
    assert known <= 32
    assert store.articles.list_duplicates(1) == ()


def test_entries_that_all_have_the_home_page_as_link(store: Store) -> None:
    home = "https://skerry.example/"
    entries = [
        told(guid=f"g{n}", title=f"Entry {n}", text=words, url=home)
        for n, words in enumerate((STORM, GRAIN, "Short.", "", "Short too.", LONG[200:]), start=1)
    ]
    for outcome in (ADDED, DUPLICATE):
        for number, entry in enumerate(entries, start=1):
            assert store.articles.save(entry) == (number, outcome)
    # Among many only the title tells which it is.
    changed = told(guid="new", title="Entry 4", text="", url=home)
    assert store.articles.save(changed) == (4, DUPLICATE)
    other = told(guid="other", title="Entry 9", text="", url=home)
    assert store.articles.save(other) == (7, ADDED)
    derived = told(guid="d", title="Entry 4", title_derived=True, text="Else.", url=home)
    assert store.articles.save(derived) == (8, ADDED)


def test_issues_of_a_series_are_articles_of_their_own(store: Store) -> None:
    for number, text in enumerate(("Rain at noon.", "Sun.", STORM, GRAIN)):
        issue = told(guid=f"day {number}", title="Weather", text=text, published=at(days=number))
        assert store.articles.save(issue) == (number + 1, ADDED)
        assert store.articles.save(issue) == (number + 1, DUPLICATE)


def test_one_title_on_one_day_under_one_link_is_one_article(store: Store) -> None:
    store.articles.save(told(text="", published=at()))
    assert store.articles.save(told(guid="g2", text=STORM, published=at(hours=3))) == (1, UPDATED)
    assert store.articles.get_article(1).text == STORM


# Several places


def test_one_article_in_two_feeds_is_one(store: Store) -> None:
    store.articles.save(told())
    store.marks.apply([1], Mark.READ)
    other = told(TERN, guid="t1", url="http://www.skerry.example/storm/?fbclid=1", title="Gale")
    assert store.articles.save(other) == (1, DUPLICATE)
    before = writes(store)
    for one in (told(), other):
        assert store.articles.save(one) == (1, DUPLICATE)
    assert writes(store) == before
    assert store.articles.get_article(1).row.title == "Storm"
    (place,) = store.articles.list_duplicates(1)
    assert place == Duplicate("", "Tern", other.url, NOON)
    # A small change there changes nothing here, and is not looked at again.
    corrected = told(TERN, guid="t1", url="https://tern.example/1", text=STORM + " More.")
    assert store.articles.save(corrected) == (1, DUPLICATE)
    assert store.articles.save(corrected) == (1, DUPLICATE)
    assert store.articles.count() == 1
    assert len(store.articles.list_duplicates(1)) == 1
    assert store.articles.save(told(text=STORM + " Quiet now.")) == (1, UPDATED)


def test_one_link_with_other_words_and_another_title_is_another_article(store: Store) -> None:
    store.articles.save(told())
    assert store.articles.save(told(TERN, title="Grain", text=GRAIN)) == (2, ADDED)


def test_the_longer_text_of_another_feed_becomes_the_text(store: Store) -> None:
    short = told(text="The storm struck the harbour.", published=at())
    store.articles.save(short)
    assert store.articles.save(told(TERN, text=LONG, title="Gale")) == (2, ADDED)
    longer = told(TERN, text=LONG, guid="t2", authors=("Ann Lee",))
    for outcome in (UPDATED, DUPLICATE, DUPLICATE):
        assert store.articles.save(longer) == (1, outcome)
        assert store.articles.save(short) == (1, DUPLICATE)
    article = store.articles.get_article(1)
    assert (article.text, article.row.title, article.row.source) == (LONG, "Storm", "Skerry Post")
    assert (article.row.published, article.url, versions(store)) == (at(), PAGE, 1)
    # The feed itself says something else that is short, then something that is long.
    assert store.articles.save(told(text="A storm struck the harbour.")) == (1, DUPLICATE)
    assert store.articles.save(told(text="A storm struck the harbour.")) == (1, DUPLICATE)
    assert store.articles.get_article(1).text == LONG
    assert store.articles.save(told(text=LONG * 3)) == (1, UPDATED)
    assert store.articles.save(longer) == (1, DUPLICATE)
    assert (store.articles.get_article(1).text, versions(store)) == (LONG * 3, 2)


def test_another_feed_does_not_put_its_own_words_under_a_link(store: Store) -> None:
    store.articles.save(told(text=STORM))
    store.articles.save(told(guid="g2", title="Quay", text="", url="https://tern.example/quay"))
    evil = told(TERN, guid="e", text=(GRAIN + " Buy.") * 9)
    for _ in range(2):
        assert store.articles.save(evil) == (1, DUPLICATE)
        assert store.articles.save(told()) == (1, DUPLICATE)
    assert texts(store) == [STORM, ""]
    store.feeds.add(Subscription("https://evil.example/feed", "Evil"), private=False)
    quay = {"title": "Quay", "url": "https://tern.example/quay"}
    evil = told("https://evil.example/feed", guid="e", text=GRAIN, **quay)
    assert store.articles.save(evil) == (2, DUPLICATE)
    # Where nothing is known, the feed of the host to which the link leads has the words.
    assert store.articles.save(told(TERN, guid="t", text=STORM, **quay)) == (2, UPDATED)
    assert texts(store) == [STORM, STORM]
    # A file is one that the reader chose.
    chosen = draft("x", text=LONG[:20] + GRAIN * 9, url=PAGE, title="Storm")
    assert store.articles.save(chosen) == (1, UPDATED)


def test_a_text_that_changes_at_every_fetch_keeps_its_first_and_latest_texts(
    store: Store,
) -> None:
    for number in range(30):
        store.articles.save(told(text=f"{STORM} {number}"))
    kept = [version.number for version in store.articles.list_versions(1)]
    assert kept == [1, *range(21, 30)]
    assert store.articles.get_article(1).version == 30


def test_a_changed_id_does_not_bring_the_summary_back(store: Store) -> None:
    store.articles.save(told(text="The storm struck the harbour."))
    store.articles.save(told(TERN, guid="t", text=LONG))
    assert store.articles.save(told(guid="g2", text="The storm struck the harbour.")) == (
        1,
        DUPLICATE,
    )
    assert store.articles.save(told(guid="g3", text="A big storm.")) == (1, DUPLICATE)
    assert store.articles.get_article(1).text == LONG


def test_the_same_words_under_another_link_are_a_copy_that_may_part(store: Store) -> None:
    store.articles.save(told())
    copy = told(TERN, guid="t1", url="https://tern.example/9")
    assert store.articles.save(copy) == (1, DUPLICATE)
    assert store.articles.save(copy) == (1, DUPLICATE)
    grain = told(TERN, guid="t1", url="https://tern.example/9", title="Grain", text=GRAIN)
    for outcome in (ADDED, DUPLICATE):
        assert store.articles.save(grain) == (2, outcome)
        assert store.articles.save(told()) == (1, DUPLICATE)
    # Back again: a copy, as it was at first.
    assert store.articles.save(copy) == (1, DUPLICATE)


def test_an_id_goes_over_to_another_copy(store: Store) -> None:
    store.articles.save(told())
    store.articles.save(told(guid="g2", url="https://skerry.example/b", title="Grain", text=GRAIN))
    store.articles.save(told(TERN, guid="t1", url=""))
    moved = told(TERN, guid="t1", url="", title="Grain", text=GRAIN)
    for _ in range(2):
        assert store.articles.save(moved) == (2, DUPLICATE)


def test_the_article_of_a_link(store: Store) -> None:
    store.articles.save(told())
    assert store.articles.find_by_link("http://www.skerry.example/storm/?utm_source=x") == 1
    assert store.articles.find_by_link("https://skerry.example/") is None
    store.articles.save(told(guid="g2", title="Grain", text=GRAIN))
    assert store.articles.count() == 2
    assert store.articles.find_by_link(PAGE) is None


# Full texts


def test_the_full_text_stays_whatever_the_feed_tells_again(store: Store, clock: Clock) -> None:
    summary = told(text="A storm.", partial=True, attachments=(Attachment("https://a.example/1"),))
    store.articles.save(summary)
    store.entities.replace_mentions(1, [entity("Ann", (0, 2))])
    store.outbox.done(store.outbox.take(9))
    page = Draft(
        "Storm | Skerry Post",
        LONG,
        headings=(Span(0, 9),),
        markup=(Markup(4, 9, MarkupKind.LINK, "https://a.example/"),),
        published=at(days=-1),
        url=PAGE,
    )
    assert store.articles.replace_text(ArticleId(1), page) is UPDATED
    article = store.articles.get_article(1)
    assert (article.text, article.partial, article.version) == (LONG, False, 2)
    assert (article.row.title, article.row.published) == ("Storm", at(days=-1))
    assert (article.headings, article.markup) == (page.headings, page.markup)
    assert article.attachments == summary.attachments
    assert store.entities.list_mentions(1) == ()
    assert store.outbox.pending() == 1
    assert store.articles.replace_text(ArticleId(1), page) is DUPLICATE
    for _ in range(2):
        assert store.articles.save(summary) == (1, DUPLICATE)
        assert store.articles.save(told(text="A heavy storm.", partial=True)) == (1, DUPLICATE)
    assert (store.articles.get_article(1).text, versions(store)) == (LONG, 1)


def test_a_derived_title_and_an_unknown_date_come_from_the_page(store: Store) -> None:
    store.articles.save(told(title="A storm", title_derived=True, text="A storm."))
    page = Draft("The great storm", LONG, attachments=(Attachment("https://a.example/2", "a/b"),))
    assert store.articles.replace_text(ArticleId(1), page) is UPDATED
    article = store.articles.get_article(1)
    assert (article.row.title, article.row.title_derived) == ("The great storm", False)
    assert article.attachments == page.attachments


def test_an_article_that_is_not_there_gets_no_text(store: Store) -> None:
    with pytest.raises(ArticleNotFoundError):
        store.articles.replace_text(ArticleId(5), Draft("", LONG))


# What another reader knew


def test_states_of_another_reader_count_once(store: Store) -> None:
    known: dict[str, Any] = {"origin": "/cache.db, item 1", "tags": ("World News", "+", "a/b")}
    imported = told(marks=frozenset({Mark.READ, Mark.STARRED, Mark.UNARCHIVED}), **known)
    assert store.articles.save(imported) == (1, ADDED)
    row = store.articles.get_article(1).row
    assert (row.read, row.starred, row.archived) == (True, True, False)
    assert row.tags == ("a/b", "world-news")
    store.marks.apply([1], Mark.UNREAD)
    for origin in ("/cache.db, item 1", "/cache.db, item 2"):
        again = told(marks=frozenset({Mark.READ}), origin=origin)
        assert store.articles.save(again) == (1, DUPLICATE)
    changed = told(marks=frozenset({Mark.READ}), origin="/cache.db, item 1", text=GRAIN)
    assert store.articles.save(changed) == (1, UPDATED)
    assert not store.articles.get_article(1).row.read


def test_states_count_for_an_article_that_is_here_already(store: Store) -> None:
    store.articles.save(told())
    imported = told(origin="/cache.db, item 1", marks=frozenset({Mark.READ}))
    assert store.articles.save(imported) == (1, DUPLICATE)
    assert store.articles.get_article(1).row.read
    store.marks.apply([1], Mark.UNREAD)
    assert store.articles.save(imported) == (1, DUPLICATE)
    assert not store.articles.get_article(1).row.read
    other = told(origin="/pocket.csv, line 2", tags=("sea",), feed="", source="Pocket")
    assert store.articles.save(other) == (1, DUPLICATE)
    assert store.articles.get_article(1).row.tags == ("sea",)


@pytest.mark.parametrize("origin", ["/p1.csv, line 2", "/p1 (1).csv, line 2", "/p1.csv, line 9"])
def test_a_copy_of_an_export_undoes_nothing(store: Store, origin: str) -> None:
    def exported(origin: str, *tags: str) -> Draft:
        marks = frozenset({Mark.READ, Mark.STARRED})
        return draft("", guid="", url=PAGE, origin=origin, tags=tags, marks=marks)

    store.articles.save(exported("/p1.csv, line 2", "sea", "read"))
    store.tags.apply([1], [], ["sea"])
    store.marks.apply([1], Mark.UNREAD)
    assert store.articles.save(exported(origin, "sea", "read")) == (1, DUPLICATE)
    row = store.articles.get_article(1).row
    assert (row.tags, row.read, row.starred) == (("read",), False, True)
    # A later export tells more of the article.
    assert store.articles.save(exported(origin, "sea", "storm")) == (1, DUPLICATE)
    row = store.articles.get_article(1).row
    assert (row.tags, row.read, row.starred) == (("read", "storm"), False, True)


def test_what_another_reader_added_long_ago_stands_there(store: Store) -> None:
    store.articles.save(told(added=NOON - timedelta(days=400)))
    late = told(guid="g2", url="", title="Grain", text=GRAIN, added=NOON + timedelta(days=1))
    store.articles.save(late)
    dated = told(guid="g3", url="", title="X", text=LONG, added=NOON, published=at(days=-2))
    store.articles.save(dated)
    rows = store.articles.get_rows([1, 2, 3]).values()
    assert [row.added for row in rows] == [NOON - timedelta(days=400), NOON, NOON]
    assert list(store.articles.order()) == [2, 3, 1]


def test_a_renamed_source_is_no_other_place(store: Store) -> None:
    store.articles.save(draft("one"))
    store.sources.rename("Gazette", "Herald")
    assert store.articles.save(draft("one")) == (1, DUPLICATE)
    assert store.articles.list_duplicates(1) == ()
    assert store.articles.save(draft("one", text="Changed.")) == (1, UPDATED)
    assert store.articles.get_article(1).row.source == "Herald"


def test_markup_and_attachments_come_back(store: Store) -> None:
    markup = (
        Markup(0, 3, MarkupKind.STRONG),
        Markup(4, 9, MarkupKind.LINK, "https://a.example/?a=1&b=“2”"),
    )
    attachments = (Attachment("https://a.example/1.mp3", "audio/mpeg"), Attachment("https://b"))
    store.articles.save(told(markup=markup, attachments=attachments, partial=True))
    article = store.articles.get_article(1)
    assert (article.markup, article.attachments, article.partial) == (markup, attachments, True)


# Foretold


@pytest.mark.parametrize("stored", [0, 4, 6])
def test_entries_of_one_link_are_foretold(store: Store, stored: int) -> None:
    home = "https://skerry.example/"
    words = [STORM, GRAIN, "Short.", "", "Short too.", LONG[200:]]
    entries = [
        told(guid=f"g{n}", title=f"Entry {n}", text=text, url=home) for n, text in enumerate(words)
    ]
    again = [told(TERN, guid=f"t{n}", title=f"Entry {n}", text="", url=home) for n in range(7)]
    longer = [told(TERN, guid=f"t{n}", title=f"Entry {n}", text=LONG * 3, url=home) for n in (2, 3)]
    for one in entries[:stored]:
        store.articles.save(one)
    check_foretold(store, [*entries[stored:], *again, *longer, *entries])


def test_a_file_with_another_article_is_foretold(store: Store) -> None:
    files = [Draft(text[:9], text, file=b"/latest.txt") for text in (STORM, GRAIN, LONG, STORM)]
    store.articles.save(files[0])
    check_foretold(store, [*files, *files])


def test_an_identity_that_goes_over_is_foretold(store: Store) -> None:
    store.articles.save(told())
    copy = told(TERN, guid="t1", url="https://tern.example/9")
    grain = told(TERN, guid="t1", url="https://tern.example/9", title="Grain", text=GRAIN)
    dated = told(text=STORM + " At noon.", published=at(hours=1))
    later = [told(text=LONG), told(guid="g2", text=LONG), told(guid="g3", text=LONG + " More.")]
    check_foretold(store, [copy, grain, copy, grain, dated, *later, dated])


def test_a_further_identity_that_goes_over_under_one_link_is_foretold(store: Store) -> None:
    grain = told(TERN, guid="t1", title="Grain", text=GRAIN)
    check_foretold(store, [told(), told(TERN, guid="t1"), grain, told(), grain])


def check_foretold(store: Store, drafts: list[Draft]) -> None:
    """Saving drafts comes to what was foretold of them."""
    count = store.articles.count()
    foretelling = store.articles.foretelling()
    foretold = [foretelling.tell(one) for one in drafts]
    come = [store.articles.save(one) for one in drafts]
    assert foretold == [(one if one <= count else None, outcome) for one, outcome in come]


def test_a_headline_that_goes_to_and_fro_is_foretold(store: Store) -> None:
    check_foretold(store, [told(), told(title="Gale"), told(), told(title="Gale"), told()])
