"""What services for reading later, browsers and other readers export."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.feeds import Subscription
from reader.ingest import Reason
from reader.model import Mark, MarkupKind, Precision
from tests.reader.ingest.saved_files import (
    BOOKMARKS,
    INSTAPAPER,
    POCKET,
    POCKET_PAGE,
    WALLABAG,
    draft,
    items,
    put,
    told,
)

SAVED = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
ARCHIVED = frozenset({Mark.READ, Mark.ARCHIVED})


def test_pocket_rows(tmp_path: Path) -> None:
    first, second, bad = items(put(tmp_path, "part_000000.csv", POCKET))
    saved = draft(first)
    assert (saved.title, saved.text, saved.partial) == ("Tide tables, explained", "", True)
    assert (saved.url, saved.source) == ("https://tide.example/tables", "tide.example")
    assert (saved.tags, saved.marks, saved.added) == (("sea", "moon"), ARCHIVED, SAVED)
    # Pocket writes the address where it knew no title.
    assert (draft(second).title, draft(second).title_derived) == ("why keepers strike", True)
    assert not draft(second).marks
    assert told([bad]) == [f"line 4, javascript:alert(1): {Reason.NO_PAGE}"]


def test_the_earlier_page_of_pocket(tmp_path: Path) -> None:
    new, old = map(draft, items(put(tmp_path, "ril_export.html", POCKET_PAGE)))
    assert (new.title, new.tags, new.marks, new.added) == (
        "New & old",
        ("sea", "moon"),
        frozenset(),
        SAVED,
    )
    assert (old.title, old.marks) == ("Old", ARCHIVED)


def test_instapaper(tmp_path: Path) -> None:
    kept, done, loved, filed = map(draft, items(put(tmp_path, "export.csv", INSTAPAPER)))
    assert (kept.marks, kept.tags, kept.added) == (frozenset(), (), SAVED)
    assert (done.marks, done.tags) == (ARCHIVED, ("sea", "moon"))
    assert done.text == "Words that were marked."
    assert loved.marks == {Mark.STARRED}
    assert filed.tags == ("North Sea", "a", "b")
    assert done.origin == f"{tmp_path}/export.csv, line 3"


@pytest.mark.parametrize("written", ['["a", "b"', "[" * 100_000])
def test_tags_of_instapaper_that_are_no_list(tmp_path: Path, written: str) -> None:
    quoted = written.replace('"', '""')
    row = f'URL,Title,Selection,Folder,Tags\nhttps://a.example/,A,,,"{quoted}"\n'
    (item,) = items(put(tmp_path, "i.csv", row))
    assert draft(item).title == "A"


def test_wallabag(tmp_path: Path) -> None:
    full, link, bad = items(put(tmp_path, "wallabag.json", WALLABAG))
    saved = draft(full)
    assert (saved.title, saved.text) == ("Harbour lights", "The lamp was lit.\n\nIt burned.")
    assert (saved.dateline, saved.place, saved.agency) == (
        "KIRKWALL, Orkney (AP) —",
        "Kirkwall, Orkney",
        "AP",
    )
    (strong,) = saved.markup
    assert saved.text[strong.start : strong.end] == "lamp"
    assert strong.kind is MarkupKind.STRONG
    assert saved.marks == {Mark.READ, Mark.ARCHIVED, Mark.STARRED}
    assert (saved.tags, saved.authors, saved.lang) == (("sea", "moon"), ("Ada Flett",), "en")
    assert saved.added == datetime(2020, 1, 2, 1, 4, 5, tzinfo=UTC)
    assert saved.published is not None
    assert saved.published.precision is Precision.SECOND
    assert not saved.partial
    assert (draft(link).title, draft(link).partial) == ("lamp.example", True)
    assert told([bad]) == [f"entry 3, No address (notes): {Reason.NO_ADDRESS}"]


def test_bookmarks(tmp_path: Path) -> None:
    one, sea, live, recent = items(put(tmp_path, "bookmarks.html", BOOKMARKS))
    assert (draft(one).title, draft(one).text) == ("One & all", "What it is about")
    assert (draft(one).tags, draft(one).added) == (("x", "y"), SAVED)
    assert (draft(sea).title, draft(sea).tags) == ("how tides work", ("Sea",))
    assert draft(sea).added == SAVED
    assert live == Subscription("https://tide.example/rss", "Live", "https://tide.example/")
    assert told([recent]) == [f"link 4, Recent (place:sort=8): {Reason.NO_PAGE}"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.html", "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL></DL>"),
        ("p.html", "<html><title>Pocket Export</title><h1>Unread</h1></html>"),
        ("o.opml", "<opml><body/></opml>"),
    ],
)
def test_lists_without_a_link(tmp_path: Path, name: str, text: str) -> None:
    assert told(items(put(tmp_path, name, text))) == [f": {Reason.NOTHING}"]


def test_starred_articles_of_the_google_reader_interface(tmp_path: Path) -> None:
    item = {
        "id": "tag:google.com,2005:reader/item/000000000000002a",
        "title": "Ferry &amp; pier",
        "published": 1600000000,
        "author": "Ada Flett",
        "canonical": [{"href": "javascript:x"}, {"href": "https://skerry.example/42"}],
        "categories": [
            "user/-/state/com.google/read",
            "user/1/state/com.google/starred",
            "user/-/label/North Sea",
            "plain",
        ],
        "origin": {"streamId": "feed/https://skerry.example/feed", "title": "Skerry Post"},
        "summary": {"content": "<p>The ferry came.</p>"},
    }
    empty = {"origin": {"streamId": "feed/52"}, "alternate": []}
    path = put(tmp_path, "starred.json", json.dumps({"id": "user/-", "items": [item, empty]}))
    first, second = items(path)
    saved = draft(first)
    assert (saved.text, saved.source, saved.url) == (
        "The ferry came.",
        "Skerry Post",
        "https://skerry.example/42",
    )
    assert (saved.feed, saved.tags) == ("https://skerry.example/feed", ("North Sea",))
    assert saved.marks == {Mark.READ, Mark.STARRED}
    assert told([second]) == [f"entry 2: {Reason.NO_CONTENT}"]
