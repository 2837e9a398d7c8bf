"""Documents made to cost much: what is kept of them, and that they cost little."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from reader.errors import ImportItemError
from reader.ingest import Reason
from reader.ingest.feed.document import DOCUMENT_LIMIT
from reader.ingest.feed.tree import MOST_ENTRIES
from tests.reader.ingest.feed.documents import parse, rss

START = datetime(2020, 1, 1, tzinfo=UTC)
MANY = """
import re, time
from pathlib import Path
from datetime import UTC, datetime
from reader.ingest.feed import parse_feed
item = "<item><title>Entry {0}</title><link>https://a.example/{0}</link>"
item += "<pubDate>{1:02} Jan 20{2:02} 10:00:00 GMT</pubDate></item>"
items = "".join(item.format(n, n % 28 + 1, n // 10000) for n in range(200_000))
data = ("<rss><channel>" + items + "</channel></rss>").encode()
del items
parsed = parse_feed(data, url="https://a.example/", latest=datetime(2026, 11, 24, tzinfo=UTC))
print(len(parsed.drafts), parsed.dropped, parsed.drafts[0].title)
peak = re.search("VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())
print(time.process_time(), int(peak[1]) // 1024)
"""


def numbered(number: int, *, dated: bool = True) -> str:
    date = f"<pubDate>{START + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}</pubDate>"
    return f"<title>Entry {number}</title>{date if dated else ''}"


def test_the_newest_entries_are_kept_in_their_order() -> None:
    many = [numbered(n) for n in range(MOST_ENTRIES + 5)]
    parsed = parse(rss(*many))
    assert (len(parsed.drafts), parsed.dropped) == (MOST_ENTRIES, 5)
    assert parsed.drafts[0].title == "Entry 5"
    assert parsed.drafts[0].origin.endswith("entry 6")
    assert parse(rss(*reversed(many))).drafts[-1].title == "Entry 5"


def test_without_dates_the_first_are_kept() -> None:
    many = [numbered(n, dated=n == MOST_ENTRIES + 4) for n in range(MOST_ENTRIES + 5)]
    drafts = parse(rss(*many)).drafts
    assert [drafts[0].title, drafts[-2].title] == ["Entry 0", f"Entry {MOST_ENTRIES - 2}"]
    assert drafts[-1].title == f"Entry {MOST_ENTRIES + 4}"


def test_the_newest_items_of_json_are_kept() -> None:
    items = ",".join(
        f'{{"id": {n}, "date_published": "{START + timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}"}}'
        for n in range(MOST_ENTRIES + 5)
    )
    parsed = parse(f'{{"version": "https://jsonfeed.org/version/1", "items": [{items}, {{}}]}}')
    assert (len(parsed.drafts), parsed.dropped) == (MOST_ENTRIES, 6)
    assert [parsed.drafts[0].guid, parsed.drafts[-1].guid] == ["5", str(MOST_ENTRIES + 4)]


def test_two_hundred_thousand_entries_in_bounded_time_and_memory() -> None:
    run = subprocess.run(
        [sys.executable, "-c", MANY], capture_output=True, text=True, check=True, env=os.environ
    )
    kept, used = run.stdout.splitlines()
    assert kept.startswith(f"{MOST_ENTRIES} {200_000 - MOST_ENTRIES} Entry 19")
    seconds, megabytes = used.split()
    assert float(seconds) < 8
    assert int(megabytes) < 400


def cpu_of(document: str) -> float:
    started = time.process_time()
    parse(document)
    return time.process_time() - started


@pytest.mark.parametrize(
    "document",
    [
        rss("<title>a</title>").replace(
            "<item>", "<item " + " ".join(f'a{n}="b"' for n in range(20_000)) + ">"
        ),
        rss("<title>a</title>" + "".join(f'<enclosure url="/{n}"/>' for n in range(20_000))),
        rss("<title>" + "a" * 3_000_000 + "</title>"),
        rss("<title>" + "&amp;" * 500_000 + "</title>"),
        rss("<title>a</title><description>" + "<a><b></a>" * 50_000),
        rss("<title>a</title><description>" + '<a "' * 200_000),
        rss("<title>a</title><description>" + "<!--" * 200_000),
        rss("<title>a</title><description>" + "<![CDATA[" * 200_000),
        "<?" * 1_000_000 + rss("<title>a</title>"),
        "<!DOCTYPE a [" + "]  " * 1_000_000 + ">" + rss("<title>a</title>"),
        "<rss><channel>" + "<item><title>a</title>" * 50_000,
        "<rss><channel>" + "<item>" * 100_000,
    ],
    ids=lambda document: document[:20] + document[-20:],
)
def test_hostile_documents_cost_little(document: str) -> None:
    assert cpu_of(document) < 5


def test_a_document_that_is_too_large_is_refused() -> None:
    with pytest.raises(ImportItemError) as caught:
        parse(b"<rss>" + b" " * DOCUMENT_LIMIT)
    assert caught.value.reason == Reason.TOO_LARGE_DOCUMENT


def test_json_with_more_values_than_any_feed_is_refused() -> None:
    with pytest.raises(ImportItemError) as caught:
        parse('{"items": [' + "[]," * 1_100_000 + "[]]}")
    assert caught.value.reason == Reason.EXPANDS


def test_no_parser_is_loaded_before_a_feed_is_read() -> None:
    code = "import sys, reader.ingest.feed; sys.exit('lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
