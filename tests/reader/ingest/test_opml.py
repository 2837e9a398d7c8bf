"""Lists of subscriptions: what is read, what is written, and how well on real lists."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.clean import clean_line
from reader.feeds import Subscription
from reader.ingest import Reason
from reader.ingest.addresses import shown_link
from reader.ingest.opml import DEEPEST, folder_path, write_opml
from tests.reader.ingest.saved_files import OPML, items, put, told

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "feeds"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("opml")


def read(folder: Path, text: str | bytes) -> list[Subscription]:
    found = items(put(folder, "list.opml", text), file_format="opml")
    return [item for item in found if isinstance(item, Subscription)]


def test_folders_names_and_addresses(folder: Path) -> None:
    assert read(folder, OPML) == [
        Subscription(
            "https://skerry.example/feed", "Skerry Post", "https://skerry.example/", "Isles"
        ),
        Subscription("https://lamp.example/atom", "Lamp étude", "", "Isles/Lights"),
        Subscription("https://tide.example/rss", "Tides", "", "Sea/Moon"),
    ]


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        ('xmlUrl="javascript:alert(1)"', Reason.NO_ADDRESS),
        ('xmlUrl="file:///etc/passwd"', Reason.NO_ADDRESS),
        ('xmlUrl="|~/bin/x"', Reason.PROGRAM),
        ('xmlUrl="exec:~/bin/x"', Reason.PROGRAM),
        ('xmlUrl="query:a:b"', Reason.FILTER),
        ('type="rss" url="mailto:a@b.example"', Reason.NO_ADDRESS),
    ],
)
def test_addresses_that_are_refused(folder: Path, outline: str, reason: Reason) -> None:
    path = put(folder, "bad.opml", f"<opml><body><outline {outline}/>{OPML[60:]}")
    failure, good = told(items(path))[:2]
    shown = outline.rpartition('="')[2][:-1].rpartition("@")[2]
    assert (failure, good) == (f"feed 1, {shown}: {reason}", "https://skerry.example/feed")


def test_what_is_shown_of_an_address_holds_no_secret() -> None:
    url = "http://ann:p@ss@skerry.example:99999/feed;id=k2?token=k1"
    assert shown_link(url, "Skerry") == "Skerry (skerry.example:99999/feed)"
    assert shown_link(url, url) == shown_link(url, "") == "skerry.example:99999/feed"
    assert shown_link("exec:fetch --key k3", "") == "exec:fetch"
    assert shown_link("", "") == ""


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("feed://a.example/x", "http://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://https://a.example/x", "https://a.example/x"),
        (" HTTPS://A.example/x ", "HTTPS://A.example/x"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
    ],
)
def test_forms_of_an_address(folder: Path, written: str, url: str) -> None:
    (one,) = read(folder, f'<opml><outline xmlUrl="{written}"/></opml>')
    assert one.url == url


def test_a_broken_list_gives_what_can_be_read(folder: Path) -> None:
    text = (
        '<opml><body></outline><!-- <outline xmlUrl="https://no.example/"/> -->'
        "<outline text='A & B' xmlUrl='https://a.example/'>"
        '<outline text="unclosed xmlUrl="https://b.example/" <outline'
        ' text="last" xmlUrl=https://c.example/ ><![CDATA[ <outline xmlUrl="https://no.example/"/>'
    )
    assert [(one.url, one.title) for one in read(folder, text)][:1] == [
        ("https://a.example/", "A & B")
    ]
    assert all("no.example" not in one.url for one in read(folder, text))


def test_entities_are_those_of_html_and_nothing_is_expanded(folder: Path) -> None:
    text = (
        '<!DOCTYPE opml [<!ENTITY a "https://evil.example/"><!ENTITY b SYSTEM "file:///etc/passwd">'
        ']><opml><body><outline text="&eacute;&b;&a;&#27;[31m" xmlUrl="https://a.example/"/></body></opml>'
    )
    (one,) = read(folder, text)
    assert one.title == "é&b;&a;[31m"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1"])
def test_character_sets(folder: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><opml><outline text="Café" xmlUrl="http://a.b/"/></opml>'
    assert [one.title for one in read(folder, text.encode(encoding))] == ["Café"]


def test_wrongly_declared(folder: Path) -> None:
    text = '<?xml version="1.0" encoding="us-ascii"?><opml><outline text="“Café”" xmlUrl="http://a.b/"/></opml>'
    assert [one.title for one in read(folder, text.encode("cp1252"))] == ["“Café”"]
    assert [one.title for one in read(folder, text.encode())] == ["“Café”"]


@pytest.mark.parametrize(
    "run",
    ["<a", "<", "<!--", "<![CDATA[", '<a "', "<a b=", "&#9", "a", "<a " + "b" * 50, "</", "&"],
)
def test_what_goes_on_for_ever_is_read_in_time(folder: Path, run: str) -> None:
    last = '> <outline xmlUrl="https://last.example/" text="&#' + "9" * 9000 + ';L"/>'
    begun = time.process_time()
    for text in (f"<opml>{run * 40_000}{last}", f"<opml>{run}{run[-1] * 400_000}{last}"):
        read(folder, text)
    assert time.process_time() - begun < 5


def test_folders_deeper_than_any(folder: Path) -> None:
    text = "<opml>" + '<outline text="x">' * 20_000 + '<outline xmlUrl="http://a.b/"/>'
    (one,) = read(folder, text)
    assert one.folder == "/".join("x" * DEEPEST)


NAMES = st.text(min_size=1, max_size=12)
FEEDS = st.lists(
    st.builds(
        lambda path, title, folders: Subscription(
            f"https://a.example/{path}",
            clean_line(title) or f"https://a.example/{path}",
            "https://a.example/?a&b",
            folder_path(folders),
        ),
        st.integers(0, 10_000),
        NAMES,
        st.lists(NAMES, max_size=3),
    ),
    max_size=8,
    unique_by=lambda one: one.url,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(feeds=FEEDS)
def test_what_is_written_is_read_again(folder: Path, feeds: list[Subscription]) -> None:
    written = "".join(write_opml(feeds))
    key = lambda one: one.url  # noqa: E731
    assert sorted(read(folder, written), key=key) == sorted(feeds, key=key)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_score_on_real_lists() -> None:
    cases = json.loads((SHARED / "expected.json").read_text(encoding="utf-8"))["cases"]
    lists = [case for case in cases if case["kind"] == "opml" and "feeds" in case]
    right = 0
    for case in lists:
        found = items(SHARED / case["file"], file_format="opml")
        feeds = {one.url: one.title for one in found if isinstance(one, Subscription)}
        right += feeds == {feed["url"]: feed["title"] for feed in case["feeds"]}
    assert right >= 0.97 * len(lists) > 0
