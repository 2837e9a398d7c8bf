"""Feed documents and pages that are files, and which files are read in a process with limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.ingest import FoundFile, Reason, discover, is_for_worker
from tests.reader.ingest import saved_files as saved
from tests.reader.ingest.saved_files import FEED, PAGE, draft, items, put, told


def test_entries_belong_to_the_feed_that_names_itself(tmp_path: Path) -> None:
    (item,) = items(put(tmp_path, "feed.xml", FEED))
    entry = draft(item)
    assert (entry.title, entry.text, entry.source) == ("One", "The ferry came.", "Skerry Post")
    assert (entry.guid, entry.feed) == ("tag:skerry,1", "https://skerry.example/feed")
    assert entry.origin == f"{tmp_path}/feed.xml, entry 1"


@pytest.mark.parametrize(
    "link",
    [
        "",
        '<atom:link rel="self" href="javascript:x"/>',
        '<atom:link rel="next" href="http://a.b/"/>',
    ],
)
def test_a_feed_that_does_not_say_where_it_is(tmp_path: Path, link: str) -> None:
    text = FEED.replace('<atom:link rel="self" href="https://skerry.example/feed"/>', link)
    (item,) = items(put(tmp_path, "feed.rss", text))
    assert (draft(item).feed, draft(item).source) == ("", "Skerry Post")


def test_a_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Skerry Post",
        "feed_url": "https://skerry.example/feed.json",
        "items": [{"id": "https://skerry.example/1", "content_html": "<p>The ferry came.</p>"}],
    }
    (item,) = items(put(tmp_path, "feed.json", json.dumps(feed)))
    assert (draft(item).feed, draft(item).text) == (feed["feed_url"], "The ferry came.")
    (item,) = items(put(tmp_path, "feed.json", json.dumps(feed | {"feed_url": 5})))
    assert draft(item).feed == ""


def test_what_is_called_a_feed_and_is_none(tmp_path: Path) -> None:
    assert told(items(put(tmp_path, "a.rss", "Not at all."))) == [f": {Reason.NOT_FEED}"]


def test_a_page(tmp_path: Path) -> None:
    path = put(tmp_path, "page.html", PAGE)
    (item,) = items(path)
    assert draft(item).title == "Ferry comes"
    assert draft(item).text.startswith("The ferry came to the pier")
    assert (draft(item).origin, draft(item).file) == (str(path), bytes(path))


KINDS = {
    "a.txt": ("The tram was late.", False),
    "a.md": ("# Tram", False),
    "a.jsonl": (saved.JSONL, False),
    "a.csv": (saved.CSV, False),
    "a.json": (saved.JSON, True),
    "a.opml": (saved.OPML, True),
    "a.xml": (FEED, True),
    "a.html": (PAGE, True),
    "a.eml": (saved.MBOX, True),
    "urls": (saved.URLS, True),
    "empty.txt": ("", False),
}


@pytest.mark.parametrize("name", KINDS)
def test_where_a_file_is_read(tmp_path: Path, name: str) -> None:
    text, limited = KINDS[name]
    path = put(tmp_path, name, text)
    assert is_for_worker(FoundFile(path)) is limited
    assert is_for_worker(FoundFile(path), "opml")
    assert not is_for_worker(FoundFile(path), "text")
    assert not is_for_worker(FoundFile(tmp_path / "none.opml"), "opml")


def test_in_folders_doubtful_files_are_taken_for_what_they_hold(tmp_path: Path) -> None:
    for name, text in (
        ("a.json", saved.JSON),
        ("b.json", '{"name": "left-pad", "dependencies": {}}'),
        ("c.json", saved.WALLABAG),
        ("d.xml", FEED),
        ("e.xml", "<project><name>x</name></project>"),
        ("f.csv", saved.CSV),
        ("g.csv", "lat,lon\n1,2\n"),
        ("h.csv", saved.POCKET),
        ("i.html", PAGE),
        ("j.db", "SQLite format 3\x00"),
        ("k.xml", ""),
        ("urls", saved.URLS),
    ):
        put(tmp_path, name, text)
    found = [one.path.name for one in discover([tmp_path]) if isinstance(one, FoundFile)]
    assert found == ["a.json", "c.json", "d.xml", "f.csv", "h.csv", "i.html"]


def test_entries_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Skerry Post",
        "items": ["none", {"id": "https://skerry.example/1", "content_text": "The ferry came."}],
    }
    found = told(items(put(tmp_path, "feed.json", json.dumps(feed))))
    assert sorted(one.partition(":")[0] for one in found) == ["The ferry came", "entry 1"]


def test_a_feed_in_wide_characters(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        text = FEED.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>')
        (item,) = items(put(tmp_path, "feed.xml", text.encode(encoding)))
        assert (draft(item).title, draft(item).feed) == ("One", "https://skerry.example/feed")
