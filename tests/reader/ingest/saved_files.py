"""Small documents of every format, written for the tests, and how they are read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from reader.feeds import Subscription
from reader.ingest import FoundFile, Item, read_file
from reader.model import Draft, ImportFailure, Tagged

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine &amp; theirs</title></head><body>
<outline text="Isles" title="Isles">
  <outline type="rss" text="Skerry Post" xmlUrl="https://skerry.example/feed"
    htmlUrl="https://skerry.example/"/>
  <outline text="Lights">
    <outline XMLURL="https://lamp.example/atom" TITLE="Lamp &eacute;tude" TYPE="atom"/></outline>
</outline>
<outline type="rss" text="Tides" xmlUrl="https://tide.example/rss" category="/Sea/Moon,other"/>
<outline type="link" text="A page" url="https://page.example/"/>
</body></opml>
"""

URLS = r"""# what I read
https://skerry.example/feed "~Skerry Post" isles "north sea" !
"https://lamp.example/atom"  "~A \"quoted\" name"

"query:Unread:unread = \"yes\""
exec:~/bin/make-feed.sh
"filter:~/bin/sift:https://tide.example/rss" sea
feed://tide.example/rss
"""

POCKET = """title,url,time_added,tags,status
"Tide tables, explained",https://tide.example/tables,1600000000,sea|moon,archive
https://skerry.example/why-keepers-strike.html,https://skerry.example/why-keepers-strike.html,1600000001,,unread
,javascript:alert(1),1600000002,,unread
"""

POCKET_PAGE = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul>
<li><a href="https://tide.example/new" time_added="1600000000" tags="sea,moon">New &amp; old</a>
</ul><h1>Read Archive</h1><ul>
<li><a href="https://tide.example/old" time_added="1600000001" tags="">Old</a></li>
</ul></body></html>
"""

INSTAPAPER = """URL,Title,Selection,Folder,Timestamp,Tags
https://tide.example/1,Kept,,Unread,1600000000,[]
https://tide.example/2,Done,"Words that were
marked.",Archive,1600000001,"[""sea"", ""moon""]"
https://tide.example/3,Loved,,Starred,1600000002,
https://tide.example/4,Filed,,North Sea,1600000003,"a, b"
"""

WALLABAG = json.dumps(
    [
        {
            "is_archived": 1,
            "is_starred": 1,
            "tags": ["sea", {"label": "moon"}],
            "id": 7,
            "title": "Harbour lights",
            "url": "https://lamp.example/7",
            "content": "<p>KIRKWALL, Orkney (AP) — The <b>lamp</b> was lit.</p><p>It burned.</p>",
            "created_at": "2020-01-02T03:04:05+0200",
            "published_at": "2019-12-31T08:00:00+0000",
            "published_by": ["Ada Flett", None],
            "language": "en",
            "domain_name": "lamp.example",
        },
        {"is_archived": 0, "is_starred": 0, "url": "https://lamp.example/8", "content": ""},
        {"is_archived": 0, "url": "notes", "title": "No address"},
    ]
)

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
  <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
  <DL><p>
    <DT><A HREF="https://tide.example/1" ADD_DATE="1600000000" TAGS="x,y">One &amp; all</A>
    <DD>What it is about
    <DT><H3>Sea</H3>
    <DL><p>
      <DT><A HREF="https://tide.example/how-tides-work.html" ADD_DATE="1600000000000000"></A>
    </DL><p>
    <DT><A FEEDURL="https://tide.example/rss" HREF="https://tide.example/">Live</A>
  </DL><p>
  <DT><A HREF="place:sort=8">Recent</A>
</DL><p>
"""

TAG_DUMP = """#notmuch-dump batch-tag:3 config,properties,tags
#@ new.tags unread;inbox
#= 1.skerry@list.example lang=en
+inbox +lists/skerry +two%20words +unread -- id:1.skerry@list.example
+flagged +replied +signed -- id:2@lamp.example
+gr%c3%bcn -- id:"odd ""one"") here"
"""

MBOX = """From skerry@list.example Mon Jan  6 10:00:00 2020
Return-Path: <skerry@list.example>
From: =?utf-8?q?Ad=C3=A1_Flett?= <ada@skerry.example>
List-Id: "The Skerry Letter" <letter.skerry.example>
Subject: =?iso-8859-1?Q?Caf=E9?= =?utf-8?q?_news?=
Date: Mon, 06 Jan 2020 10:00:00 +0100 (CET)
Message-ID: <1.skerry@list.example>
Archived-At: <https://skerry.example/letters/1>
Status: RO
X-Status: F
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain

The plain words.
--inner
Content-Type: text/html; charset=no-such-thing
Content-Transfer-Encoding: quoted-printable

<p>From the <a href=3D"https://skerry.example/isles">isles</a>.</p><p>Sec=
ond.</p>
--inner--
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename="tides.pdf"

%PDF
--outer--

From b@lamp.example Mon Jan  6 11:00:00 2020
From: b@lamp.example
Subject: Plain
Message-ID: <2@lamp.example>

The lamp was lit.
>From the tower it was seen.
"""

CSV = """id;titre;Title;BODY;date;tags
1;x;First;"A text that
goes on.";2020-01-02;sea, moon
2;x;Second;<p>Some <em>marked</em> words.</p>;1600000000;
"""

JSON = json.dumps(
    {
        "status": "ok",
        "articles": [
            {"title": "First", "content": "A text [with, brackets}.", "source": {"name": "Post"}},
            "not a record",
            {"title": "Second", "url": "https://tide.example/2"},
        ],
    }
)

JSONL = '{"title": "One", "text": "Words."}\n{"title": "Two", "tags": ["sea"]}\n'

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Skerry Post</title><atom:link rel="self" href="https://skerry.example/feed"/>
<item><title>One</title><guid>tag:skerry,1</guid><link>https://skerry.example/1</link>
<description>&lt;p&gt;The ferry came.&lt;/p&gt;</description></item>
</channel></rss>
"""

PAGE = """<!doctype html><html lang="en"><head><title>Ferry comes</title></head><body><article>
<h1>Ferry comes</h1>
<p>The ferry came to the pier in the morning, as it had each morning before that one, and the
people who waited for it had brought what they wanted to send across the sound.</p>
<p>It went back at noon with less than half of its load, since the weather did not seem likely to
hold, and nobody was left on the pier when the rain began to fall on it.</p>
</article></body></html>
"""


def newsboat_cache(path: Path, *, modern: bool = True) -> Path:
    """A cache as newsboat writes it; an old one lacks the columns that came later."""
    later = ", content_mime_type VARCHAR(255) NOT NULL DEFAULT ''" if modern else ""
    extra = (
        ", enclosure_url TEXT, enclosure_type TEXT, flags TEXT, deleted INTEGER NOT NULL DEFAULT 0"
    )
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE rss_feed (rssurl TEXT PRIMARY KEY, url TEXT, title TEXT)")
        database.execute(
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT,"
            f" url TEXT, feedurl TEXT, pubDate INTEGER, content TEXT, unread INTEGER{extra}{later})"
        )
        database.executemany(
            "INSERT INTO rss_feed VALUES (?, ?, ?)",
            [
                ("https://skerry.example/feed", "https://skerry.example/", "Skerry Post"),
                ('query:Unread:unread = "yes"', "", "Unread"),
            ],
        )
        feed = "https://skerry.example/feed"
        rows = [
            ("tag:1", "One", "Ada Flett", "https://skerry.example/1", feed, 1600000000,
             "<p>The <b>ferry</b> came.</p>", 0,
             "https://skerry.example/1.mp3", "audio/mpeg", "sx", 0),
            ("tag:2", "Two & <two>", None, "https://skerry.example/2", feed,
             0, "", 1, None, None, "", 0),
            ("tag:3", "Gone", "", "https://skerry.example/3", feed, 1, "Gone.", 1, "", "", None, 1),
            ("tag:4", "", "", "", feed, "soon", b"\xff\xfe", 1, "javascript:x", "", 5, 0),
        ]  # fmt: skip
        marks = ", ".join("?" * 12)
        database.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread,"
            f" enclosure_url, enclosure_type, flags, deleted) VALUES ({marks})",
            rows,
        )
        if modern:
            database.execute(
                "UPDATE rss_item SET content_mime_type = 'text/plain' WHERE guid = 'tag:2'"
            )
            database.execute("UPDATE rss_item SET content = 'A < B.' WHERE guid = 'tag:2'")
    database.close()
    return path


def put(folder: Path, name: str, data: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def items(path: Path, **options: str) -> list[Item]:
    return list(read_file(FoundFile(path), **options))  # type: ignore[arg-type]


def told(found: list[Item]) -> list[str]:
    """What came of a file in few words: a title, an address of a feed, or item and reason."""
    return [
        item.title
        if isinstance(item, Draft)
        else item.url
        if isinstance(item, Subscription)
        else item.guid
        if isinstance(item, Tagged)
        else f"{item.item}: {item.reason}"
        for item in found
    ]


def draft(item: Item) -> Draft:
    assert isinstance(item, Draft), item
    return item


def failures(found: list[Item]) -> list[ImportFailure]:
    return [item for item in found if isinstance(item, ImportFailure)]
