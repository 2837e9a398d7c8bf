"""What newsboat keeps: its list, caches of several versions, and one that it wrote itself."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest

from reader.feeds import Subscription
from reader.ingest import Reason
from reader.model import Attachment, Draft, Mark
from tests.reader.ingest.saved_files import (
    FEED,
    URLS,
    draft,
    failures,
    items,
    newsboat_cache,
    put,
    told,
)


def test_the_list_of_feeds(tmp_path: Path) -> None:
    first, second, *others = items(put(tmp_path, "urls", URLS))
    assert first == Subscription("https://skerry.example/feed", "Skerry Post", "", "isles")
    assert second == Subscription("https://lamp.example/atom", 'A "quoted" name')
    assert told(others) == [
        f"line 5, query:Unread:unread: {Reason.FILTER}",
        f"line 6, exec:~/bin/make-feed.sh: {Reason.PROGRAM}",
        f"line 7, filter:~/bin/sift:https://tide.example/rss: {Reason.PROGRAM}",
        "http://tide.example/rss",
    ]


def test_a_list_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    assert told(items(put(tmp_path, "feeds.txt", URLS)))[0] == "https://skerry.example/feed"
    assert told(items(put(tmp_path, "urls", "# none yet\n"))) == [f": {Reason.NOTHING}"]


@pytest.mark.parametrize("modern", [True, False])
def test_a_cache(tmp_path: Path, modern: bool) -> None:
    path = newsboat_cache(tmp_path / "cache.db", modern=modern)
    before = sorted(tmp_path.iterdir())
    feed, query, one, two, bad = items(path)
    assert feed == Subscription(
        "https://skerry.example/feed", "Skerry Post", "https://skerry.example/"
    )
    assert told([query]) == [f"feed 2, Unread (query:Unread:unread): {Reason.FILTER}"]
    read = draft(one)
    assert (read.guid, read.title, read.text) == ("tag:1", "One", "The ferry came.")
    assert (read.feed, read.source) == ("https://skerry.example/feed", "Skerry Post")
    assert (read.authors, read.url) == (("Ada Flett",), "https://skerry.example/1")
    assert read.published is not None
    assert read.published.iso == "2020-09-13T12:26:40Z"
    assert (read.marks, read.tags) == (frozenset({Mark.READ, Mark.STARRED}), ("flag-s", "flag-x"))
    assert read.attachments == (Attachment("https://skerry.example/1.mp3", "audio/mpeg"),)
    unread = draft(two)
    assert (unread.title, unread.marks, unread.published) == ("Two & <two>", frozenset(), None)
    assert unread.text == ("A < B." if modern else "")
    assert told([bad]) in ([f"entry 4: {Reason.NO_CONTENT}"], ["ÿþ"])
    assert sorted(tmp_path.iterdir()) == before


def test_a_cache_in_an_archive(tmp_path: Path) -> None:
    import gzip

    path = newsboat_cache(tmp_path / "cache.db")
    packed = put(tmp_path, "cache.db.gz", gzip.compress(path.read_bytes()))
    assert told(items(packed)) == told(items(path))


def test_a_cache_that_is_being_written_is_read_without_a_lock(tmp_path: Path) -> None:
    path = newsboat_cache(tmp_path / "cache.db")
    with closing(sqlite3.connect(path)) as writing:
        writing.execute("BEGIN EXCLUSIVE")
        writing.execute("UPDATE rss_item SET unread = 1")
        assert draft(items(path)[2]).marks == {Mark.READ, Mark.STARRED}


def test_databases_of_others_and_damaged_ones(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (a)")
        other.execute("CREATE VIEW rss_item AS SELECT a FROM t")
        other.commit()
    assert told(items(tmp_path / "other.db")) == [f": {Reason.NOTHING}"]
    data = newsboat_cache(tmp_path / "cache.db").read_bytes()
    cut = put(tmp_path, "cut.db", data[:5000])
    assert told(items(cut))[-1] == f": {Reason.DAMAGED}"
    with closing(sqlite3.connect(tmp_path / "cache.db")) as cache:
        cache.execute("DROP TABLE rss_item")
    assert told(items(tmp_path / "cache.db"))[0] == "https://skerry.example/feed"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the output of the tests is for the tests."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "www").mkdir()
    put(tmp_path / "www", "feed.xml", FEED)
    handler = partial(_Quiet, directory=str(tmp_path / "www"))
    with HTTPServer(("127.0.0.1", 0), handler) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
def test_what_newsboat_itself_has_written(tmp_path: Path, server: str) -> None:
    urls = put(tmp_path, "urls", f'{server}/feed.xml "~Mine"\n')
    cache, settings = tmp_path / "cache.db", put(tmp_path, "config", "")
    command = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", str(settings), "-x", "reload"]
    subprocess.run(command, check=True, timeout=60, env={"HOME": str(tmp_path), "TERM": "dumb"})
    with closing(sqlite3.connect(cache)) as database:
        database.execute("UPDATE rss_item SET unread = 0, flags = 'as'")
        database.commit()
    feed, article = items(cache)
    assert feed == Subscription(f"{server}/feed.xml", "Skerry Post")
    assert isinstance(article, Draft)
    assert (article.title, article.text) == ("One", "The ferry came.")
    assert (article.guid, article.feed) == ("tag:skerry,1", f"{server}/feed.xml")
    assert article.marks == {Mark.READ, Mark.STARRED}
    assert article.tags == ("flag-a", "flag-s")
    assert not failures(items(urls))
