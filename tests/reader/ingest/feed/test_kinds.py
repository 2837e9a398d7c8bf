"""Every kind of feed document, and what is read of it."""

from __future__ import annotations

import pytest

from reader.errors import ImportItemError
from reader.ingest import Reason
from reader.ingest.feed import is_feed
from reader.ingest.feed.document import Entries
from reader.ingest.feed.parts import Parts
from reader.model import Attachment, MarkupKind, Precision
from tests.reader.ingest.feed.documents import ATOM, LATEST, URL, atom, entry, item, one, parse, rss

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://news.example/"><title>Harbour News</title>
<link>https://news.example/</link></channel>
<item rdf:about="https://news.example/ferry"><title>Ferry late</title>
<link>https://news.example/ferry</link><dc:date>2024-03-08T10:00+01:00</dc:date>
<dc:creator>Ada Quay</dc:creator><description>It waits.</description></item>
</rdf:RDF>"""
OLD_RDF = RDF.replace("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
OLD_ATOM = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour News</title>
<link rel="alternate" type="text/html" href="https://news.example/"/>
<entry><title mode="escaped" type="text/html">Ferry &lt;b&gt;late&lt;/b&gt;</title>
<link rel="alternate" type="text/html" href="/ferry"/><id>tag:news.example,2024:1</id>
<issued>2024-03-08T09:00:00Z</issued><modified>2024-03-09T09:00:00Z</modified>
<content type="application/xhtml+xml" mode="xml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>waits</b>.</p></div></content></entry></feed>"""
CDF = """<CHANNEL HREF="https://news.example/"><TITLE>Harbour News</TITLE>
<ITEM HREF="https://news.example/ferry"><TITLE>Ferry late</TITLE><ABSTRACT>It waits.</ABSTRACT>
</ITEM></CHANNEL>"""
RSS_11 = """<Channel xmlns="http://purl.org/net/rss1.1#"><items>
<item><title>Ferry late</title></item></items></Channel>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour News",
"home_page_url": "https://news.example/", "language": "en", "items": [
{"id": "1", "url": "/ferry", "title": "Ferry late", "content_html": "<p>It <b>waits</b>.</p>",
"date_published": "2024-03-08T10:00:00+01:00", "authors": [{"name": "Ada Quay"}],
"attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg"}]}]}"""


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (rss("<title>Ferry late</title>"), "RSS 2.0"),
        (rss("<title>Ferry late</title>").replace('"2.0"', '"0.91"'), "RSS 0.91"),
        ("<rss><channel><item><title>Ferry late</title></item></channel></rss>", "RSS"),
        (RDF, "RSS 1.0"),
        (OLD_RDF, "RSS 0.90"),
        (atom("<title>Ferry late</title>"), "Atom 1.0"),
        (f"<entry {ATOM}><title>Ferry late</title></entry>", "Atom 1.0"),
        (OLD_ATOM, "Atom 0.3"),
        (CDF, "CDF"),
        (RSS_11, "RSS 1.1"),
        (JSON, "JSON Feed 1.1"),
        (JSON.replace("1.1", "1"), "JSON Feed 1.0"),
    ],
)
def test_every_kind_is_known_and_read(document: str, kind: str) -> None:
    parsed = parse(document)
    assert parsed.kind == kind
    assert [draft.title for draft in parsed.drafts] == ["Ferry late"]
    assert is_feed(document.encode()) is (
        "xmlns" in document or "<rss" in document or "{" in document
    )


@pytest.mark.parametrize("document", [RDF, OLD_RDF, OLD_ATOM, CDF, JSON])
def test_title_link_and_text_of_every_kind(document: str) -> None:
    parsed = parse(document)
    draft = parsed.drafts[0]
    assert (parsed.title, parsed.site) == ("Harbour News", "https://news.example/")
    assert (draft.url, draft.text) == ("https://news.example/ferry", "It waits.")
    assert (draft.feed, draft.origin) == (URL, f"{URL}, entry 1")


@pytest.mark.parametrize("document", [RDF, OLD_ATOM, JSON])
def test_dates_are_those_of_publishing_in_utc(document: str) -> None:
    published = parse(document).drafts[0].published
    assert published is not None
    assert published.iso == "2024-03-08T09:00:00Z"


def test_the_rest_of_a_json_feed() -> None:
    draft = one(JSON)
    assert (draft.guid, draft.lang, draft.authors) == ("1", "en", ("Ada Quay",))
    assert draft.attachments == (Attachment("https://news.example/a.mp3", "audio/mpeg"),)
    assert [(mark.kind, draft.text[mark.start : mark.end]) for mark in draft.markup] == [
        (MarkupKind.STRONG, "waits")
    ]
    assert not draft.partial


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("A plain text.", Reason.NOT_FEED),
        ("<!doctype html><html><head><title>Log in</title></head></html>", Reason.NOT_FEED),
        ("<html><body>&lt;rss&gt; <rss></rss></body></html>", Reason.NOT_FEED),
        ('<opml version="2.0"><body/></opml>', Reason.NOT_FEED),
        ('<rdf:RDF xmlns:rdf="x"><person/></rdf:RDF>', Reason.NOT_FEED),
        ("{}", Reason.NOT_FEED),
        ("{", Reason.NOT_FEED),
        ('{"items": [{"a": 1}]}', Reason.NOT_FEED),
        ('{"version": "https://jsonfeed.org/version/1", "items": 5}', Reason.NOT_FEED),
        ('{"items": ' + "[" * 200_000, Reason.TOO_DEEP),
    ],
)
def test_what_is_no_feed_says_so(document: str, reason: Reason) -> None:
    with pytest.raises(ImportItemError) as caught:
        parse(document)
    assert (caught.value.path, caught.value.reason) == (URL, reason)
    assert not is_feed(document.encode()) or document.startswith(("{", "<rdf"))


def test_a_feed_without_entries_is_one() -> None:
    assert parse(rss()).drafts == ()
    assert parse(rss()).title == "Harbour News"


def test_a_feed_after_what_a_server_printed() -> None:
    assert one("<br /><b>Warning</b>: x\n" + rss("<title>Ferry</title>")).title == "Ferry"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_feeds_are_known_with_a_mark(encoding: str) -> None:
    document = rss("<title>Fähre</title>")
    assert is_feed(document.encode(encoding)) is (encoding != "utf-32" or True)
    assert one(document.encode(encoding)).title == "Fähre"


def test_what_is_not_known_as_a_feed() -> None:
    assert not is_feed(b"<channel><title>x</title></channel>")
    assert not is_feed(b"<html><rss>")
    assert not is_feed(b'{"version": "1.0"}')
    assert is_feed(b"<?xml version='1.0'?><!-- a --><!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss>")


def test_podcasts() -> None:
    draft = item(
        "<title>One</title><itunes:summary>First line\nSecond line</itunes:summary>"
        '<enclosure url="/one.mp3" type="audio/mpeg" length="5"/>'
        '<media:group><media:content url="one.mp4" type="video/mp4"/>'
        '<media:content url="/one.mp3" type="audio/mpeg"/></media:group>'
        "<itunes:author>Ada Quay</itunes:author>"
    )
    assert draft.text == "First line\nSecond line"
    assert draft.authors == ("Ada Quay",)
    assert draft.attachments == (
        Attachment("https://news.example/one.mp3", "audio/mpeg"),
        Attachment("https://news.example/feeds/one.mp4", "video/mp4"),
    )


def test_what_goes_with_a_picture_is_the_text_only_without_another() -> None:
    media = "<media:content url='a.jpg'><media:description>Ferry at the quay.</media:description>"
    assert item(f"{media}</media:content>").text == "Ferry at the quay."
    assert item(f"{media}</media:content><description>Late.</description>").text == "Late."


def test_links_of_atom() -> None:
    draft = entry(
        '<link rel="self" href="/self"/><link rel="edit" href="/edit"/>'
        '<link rel="alternate" type="application/pdf" href="/ferry.pdf"/>'
        '<link href="gemini://news.example/"/><link type="text/html" href="/ferry"/>'
        '<link rel="enclosure" type="audio/mpeg" href="/ferry.mp3"/>'
    )
    assert draft.url == "https://news.example/ferry"
    assert draft.attachments == (Attachment("https://news.example/ferry.mp3", "audio/mpeg"),)


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<link>https://a.example/1</link><guid>https://b.example/</guid>", "https://a.example/1"),
        ("<guid>https://b.example/</guid>", "https://b.example/"),
        ('<guid isPermaLink="false">https://b.example/</guid>', ""),
        ("<guid>abc</guid>", ""),
        ('<guid isPermaLink="true">abc</guid>', "https://news.example/feeds/abc"),
        ("<link>\n https://a.example/1 \n</link>", "https://a.example/1"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>http://[</link>", ""),
        ("<comments>https://a.example/talk</comments>", "https://a.example/talk"),
        ('<atom:link href="https://a.example/2"/>', "https://a.example/2"),
        (
            '<link>/three</link><atom:link href="https://a.example/2"/>',
            "https://news.example/three",
        ),
    ],
)
def test_links_of_rss(inside: str, url: str) -> None:
    assert item(f"<title>Ferry</title>{inside}").url == url


def test_relative_links_of_rss_start_from_the_site() -> None:
    head = "<title>x</title><link>https://site.example/blog/</link>"
    assert item("<link>one</link>", head=head).url == "https://site.example/blog/one"


def test_xml_base_is_joined_from_outside_in() -> None:
    document = (
        f'<feed {ATOM} xml:base="https://a.example/x/"><title>t</title><entry xml:base="y/">'
        '<title>t</title><link href="z"/><content type="html" xml:base="/w/">'
        '&lt;a href="v"&gt;text&lt;/a&gt;</content></entry></feed>'
    )
    draft = one(document)
    assert draft.url == "https://a.example/x/y/z"
    assert [mark.target for mark in draft.markup] == ["https://a.example/w/v"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<title>Fish &amp;amp; Chips</title>", "Fish & Chips"),
        ("<title>Ferry &lt;b&gt;late&lt;/b&gt;</title>", "Ferry late"),
        ("<title>vector&lt;int&gt; explained</title>", "vector<int> explained"),
        ("<title><![CDATA[Ferry <i>late</i> &eacute;]]></title>", "Ferry late é"),
        ("<title>Ferry <b>late</b></title>", "Ferry late"),
        ("<title>One&lt;br/&gt;two</title>", "One two"),
        ("<title></title><dc:title>Ferry</dc:title>", "Ferry"),
        ("<title>Fish&nbsp;&amp; Chips &eacute;</title>", "Fish & Chips é"),
        ("<title>A & B</title>", "A & B"),
        ("<title>&lt;![CDATA[Ferry &lt;i&gt;late]]&gt;</title>", "Ferry late"),
        ("<title>\x1b]0;x\x07Ferry&#27;[31m \u202elate</title>", "]0;xFerry[31m late"),
    ],
)
def test_titles_of_rss(title: str, expected: str) -> None:
    assert item(title).title == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<title>The &lt;b&gt; tag &amp;amp;</title>", "The <b> tag &amp;"),
        ('<title type="html">The &lt;b&gt;bold&lt;/b&gt; &amp;amp;</title>', "The bold &"),
        ('<title type="xhtml"><div>The <b>bold</b> one</div></title>', "The bold one"),
        ('<title type="application/octet-stream">RmVycnk=</title>', "Ferry"),
        ('<title type="application/octet-stream">not base64!</title>', "not base64!"),
        ('<title mode="base64">RmVyc</title>', "RmVyc"),
        ('<title mode="base64">/w==</title><id>1</id>', "1"),
        ('<title type="text">a &lt; b</title>', "a < b"),
    ],
)
def test_titles_of_atom(title: str, expected: str) -> None:
    assert entry(title).title == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<content>a &lt; b\n\nc</content>", "a < b\n\nc"),
        ("<content>&lt;p&gt;a&lt;/p&gt;</content>", "a"),
        ('<content type="text">&lt;p&gt;a&lt;/p&gt;</content>', "<p>a</p>"),
        ('<content type="html">&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</content>', "a\n\nb"),
        ('<content type="xhtml"><div><p>a</p><p>b<br/>c</p></div></content>', "a\n\nb\nc"),
        ('<content type="image/png">/9j/</content><summary>s</summary>', "s"),
        ("<summary>short</summary><content>the longer one</content>", "the longer one"),
        ('<content src="/a.html" type="text/html"/><summary>s</summary>', "s"),
    ],
)
def test_content_of_atom(content: str, expected: str) -> None:
    assert entry(f"<title>t</title>{content}").text == expected


def test_the_fullest_text_counts() -> None:
    assert (
        item(
            "<title>t</title><description>Short.</description>"
            "<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded>"
        ).text
        == "The whole text."
    )


@pytest.mark.parametrize(
    ("inside", "partial"),
    [
        ("<link>/a</link><description>Short.</description>", True),
        ("<link>/a</link>", True),
        ("<description>Short.</description>", False),
        (f"<link>/a</link><description>{'Long words. ' * 100}</description>", False),
        (f"<link>/a</link><description>{'Long words. ' * 100}[…]</description>", True),
        (f"<link>/a</link><description>{'Long words. ' * 100}Read more »</description>", True),
        ("<link>/a</link><content:encoded>Short.</content:encoded>", False),
    ],
)
def test_a_summary_is_partial_where_a_link_leads_on(inside: str, partial: bool) -> None:
    assert item(f"<title>t</title>{inside}").partial is partial


def test_people_and_languages() -> None:
    draft = item(
        "<title>t</title><author>ada@news.example (Ada Quay)</author><dc:language>de</dc:language>"
    )
    assert (draft.authors, draft.lang) == (("Ada Quay",), "de")
    assert item("<author>Bo Pier &lt;bo@x.example&gt;</author>").authors == ("Bo Pier",)
    assert item("<dc:creator>Ada</dc:creator><dc:creator>Bo</dc:creator>").authors == ("Ada", "Bo")
    head = "<title>x</title><author><name>Ada</name><email>a@x.example</email></author>"
    assert entry("<title>t</title>", head=head).authors == ("Ada",)
    assert entry("<author><email>b@x.example</email></author>", head=head).authors == (
        "b@x.example",
    )
    assert one(f'<feed {ATOM} xml:lang="nl"><entry><id>1</id></entry></feed>').lang == "nl"
    assert item("<title>t</title>", head="<language>fr</language>").lang == "fr"


def test_prefixes_and_namespaces_need_not_be_right() -> None:
    inside = "<title>Ferry</title><dc:creator>Ada</dc:creator><content:encoded>x</content:encoded>"
    default, prefixed = ATOM[7:-1], inside.replace("title>", "rss:title>")
    for document in (
        f"<rss version=2.0><channel><item>{inside}</item></channel></rss>",
        f'<rss xmlns="{default}" xmlns:dc="u:1"><channel><item>{inside}</item></channel></rss>',
        f"<rss><rss:channel><rss:item>{prefixed}</rss:item></rss:channel></rss>",
    ):
        draft = one(document)
        assert (draft.title, draft.authors, draft.text) == ("Ferry", ("Ada",), "x")


def test_what_belongs_to_other_things_is_not_taken() -> None:
    head = "<image><title>Logo</title><link>https://logo.example/</link></image><title>x</title>"
    parsed = parse(rss("<source url='https://b.example/'>B</source><title>t</title>", head=head))
    assert (parsed.title, parsed.site) == ("x", "")
    draft = entry("<source><title>Other</title><id>o</id></source><title>Mine</title><id>m</id>")
    assert (draft.title, draft.guid) == ("Mine", "m")


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<guid>abc</guid>", "abc"),
        ("<pubDate>Fri, 08 Mar 2024 09:00:00 GMT</pubDate>", "2024-03-08T09:00:00Z"),
        ("<enclosure url='https://a.example/1.mp3'/>", "https://a.example/1.mp3"),
        ("<author>Ada</author>", "Ada"),
        ("<category>ships</category>", "ships"),
        ("<category term='ships'/>", "ships"),
        ("<description>The ferry waits. It is late.</description>", "The ferry waits"),
    ],
)
def test_an_entry_with_anything_in_it_is_one(inside: str, title: str) -> None:
    draft = item(inside)
    assert (draft.title, draft.title_derived) == (title, True)


def test_dates_of_cdf_are_attributes() -> None:
    published = one('<CHANNEL><ITEM LASTMOD="2024-03-08T09:00Z"/></CHANNEL>').published
    assert published is not None
    assert published.iso == "2024-03-08T09:00:00Z"


def test_a_bad_entry_is_named_and_costs_no_other() -> None:
    parsed = parse(rss("<title>One</title>", "", "<title>Three</title>"))
    assert [draft.title for draft in parsed.drafts] == ["One", "Three"]
    assert [(f.path, f.item, f.reason) for f in parsed.failures] == [
        (URL, "entry 2", Reason.NO_CONTENT)
    ]
    assert parsed.drafts[1].origin == f"{URL}, entry 3"


def test_an_id_that_several_entries_share_is_not_used() -> None:
    same, other = "<guid>1</guid><link>/a</link>", "<guid>1</guid><link>/b</link>"
    own = "<guid>2</guid><link>/c</link>"
    assert [d.guid for d in parse(rss(same, other, own)).drafts] == ["", "", "2"]
    assert [d.guid for d in parse(rss(same, same, own)).drafts] == ["1", "1", "2"]


def test_a_long_id_is_told_by_its_digest() -> None:
    first, second = (item(f"<guid>{'a' * 400}{end}</guid>").guid for end in "bc")
    assert len(first) == 64
    assert first != second


def test_the_dateline_is_cut_off_and_spans_stay_right() -> None:
    draft = item(
        "<title>t</title><description><![CDATA[<p>KYIV, Ukraine (AP) — The <b>ferry</b> waits."
        "</p><h2>Later</h2><p>It left for <a href='/o'>Odesa</a>.</p>]]></description>"
    )
    assert draft.text == "The ferry waits.\n\nLater\n\nIt left for Odesa."
    assert (draft.dateline, draft.place, draft.agency) == (
        "KYIV, Ukraine (AP) —",
        "Kyiv, Ukraine",
        "AP",
    )
    assert [draft.text[s.start : s.end] for s in draft.headings] == ["Later"]
    assert [draft.text[m.start : m.end] for m in draft.markup] == ["ferry", "Odesa"]


def test_markup_over_the_dateline_is_clipped() -> None:
    draft = item(
        "<description><![CDATA[<p><b>KYIV, Ukraine (AP) — The ferry</b> waits.</p>]]></description>"
    )
    assert [draft.text[m.start : m.end] for m in draft.markup] == ["The ferry"]


def test_a_list_or_a_heading_has_no_dateline() -> None:
    draft = item("<description><![CDATA[<h2>KYIV, Ukraine (AP) — x</h2><p>y</p>]]></description>")
    assert draft.dateline == ""


def test_dates_outside_the_possible_are_unknown_and_another_may_count() -> None:
    never = "<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>"
    assert item(f"<title>t</title>{never}").published is None
    published = item(f"{never}<dc:date>2024-03-08</dc:date>").published
    assert published is not None
    assert (published.iso, published.precision) == ("2024-03-08", Precision.DAY)
    assert item(f"<pubDate>{LATEST.replace(year=2027).isoformat()}</pubDate>").published is None


def test_an_entry_inside_another_is_none() -> None:
    draft = item("<title>a</title><atom:entry><title>b</title></atom:entry>")
    assert draft.title == "a"


def test_an_error_nobody_thought_of_is_named_and_costs_no_other_entry() -> None:
    entries = Entries(URL, LATEST, [], [])
    entries.add(1, lambda: Parts(title=str(1 // 0)))
    entries.add(2, lambda: Parts(title="Two"))
    assert [draft.title for draft in entries.drafts] == ["Two"]
    assert [(f.item, f.reason) for f in entries.failures] == [("entry 1", Reason.UNEXPECTED)]
