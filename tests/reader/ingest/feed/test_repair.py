"""What is repaired before a parser of XML sees it."""

from __future__ import annotations

import time

import pytest
from lxml import etree

from reader.errors import ImportItemError
from reader.ingest.feed.repair import DEEPEST, repair
from tests.reader.ingest.feed.documents import atom, parse, rss


def fixed(inside: str) -> str:
    data = repair(f"<rss>{inside}</rss>".encode())
    etree.fromstring(data)
    return data.decode().removeprefix("<rss>").removesuffix("</rss>")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("a &amp; b &lt; &#8217;", "a &amp; b &lt; &#8217;"),
        ("a & b&c=d", "a &amp; b&amp;c=d"),
        ("&nbsp;&eacute;&hellip;", "\xa0é…"),
        ("&LT;&QUOT;&AMP;", "&#60;&#34;&#38;"),
        ("&nothing;&bomb", "&amp;nothing;&amp;bomb"),
        ("&#0;&#27;&#xD800;&#xFFFF;&#x110000;&#999999999;", ""),
        ("&#128;&#X41;&#x9b;&#129;", "€&#65;›"),
        ("a\x00\x1b\x0bb\ufffe", "ab"),
        ("<!-- <![CDATA[ -->&#55555;a", "a"),
        ("<![CDATA[ <!-- ]]>&#55555;a", "<![CDATA[ <!-- ]]>a"),
        ("a <? b <!-- c <![CDATA[ d", "a &lt;? b &lt;!-- c <![CDATA[ d</rss>]]>"),
        ("<?x <![CDATA[ ?>&#55555;a", "a"),
        ("<![CDATA[a & b &nbsp; < c]]>", "<![CDATA[a & b &nbsp; < c]]>"),
        ("<!-- a -- b --><?php x ?>c", "c"),
        ("a <!-- b", "a &lt;!-- b"),
        ("a < b <3", "a &lt; b &lt;3"),
        ("<!ENTITY a 'b'>", "&lt;!ENTITY a 'b'>"),
        ("<a><b>c</a>", "<a><b>c</b></a>"),
        ("</x>a</y>", "a"),
        ("<a b=c d='e' f>g</a>", "<a b=\"c\" d='e'>g</a>"),
        ("<a b=c/>", '<a b="c"/>'),
        ('<a b="c>d</a>', "<a>d</a>"),
        ("<a b='1' b='2'/>", "<a b='1' b='2'/>"),
    ],
)
def test_repairs(inside: str, expected: str) -> None:
    if expected.count("b='") == 2:
        # The parser drops the second by itself.
        assert repair(inside.join(("<rss>", "</rss>")).encode()).decode().count("b=") == 2
    else:
        assert fixed(inside) == expected


def test_what_comes_before_the_first_element_goes() -> None:
    prolog = (
        '\n<?xml version="1.0"?><!-- <rss> --><?x y?>'
        '<!DOCTYPE rss [<!ENTITY a "<rss>"> <!ELEMENT b (c)> ]>\n'
    )
    assert repair((prolog + "<rss/>").encode()) == b"<rss/>"


def test_an_entity_of_the_document_is_not_expanded() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">'
    bomb += '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    parsed = parse(bomb + rss("<title>&b;&c;</title>", "<title>Good</title>"))
    assert [draft.title for draft in parsed.drafts] == ["&b;&c;", "Good"]


def test_what_is_open_is_closed() -> None:
    document = "<rss><channel><item><title>One</title><description>Text<p>more"
    assert [draft.text for draft in parse(document).drafts] == ["Text\n\nmore"]


def test_a_new_entry_closes_the_one_before() -> None:
    document = "<rss><channel><item><title>One<b></title><item><title>Two</title></item></channel>"
    assert [draft.title for draft in parse(document).drafts] == ["One", "Two"]


def test_a_section_without_end_costs_no_other_entry() -> None:
    broken = "<title>One</title><description><![CDATA[Text</description>"
    three = parse(rss(broken, broken, "<title>Two</title>")).drafts
    assert [draft.text for draft in three] == ["Text", "Text", ""]
    assert [(d.title, d.text) for d in parse(rss(broken, "<title>Two</title>")).drafts] == [
        ("One", "Text"),
        ("Two", ""),
    ]


def test_deep_nesting_loses_tags_and_no_text() -> None:
    deep = "<div>" * 100_000 + "deep" + "</div>" * 100_000
    parsed = parse(
        rss(f"<title>One</title><description>{deep}</description>", "<title>Two</title>")
    )
    assert [(d.title, d.text) for d in parsed.drafts] == [("One", "deep"), ("Two", "")]
    assert repair(f"<rss>{deep}</rss>".encode()).count(b"<div>") == DEEPEST - 1


@pytest.mark.parametrize("opening", ["<?", "<!--", "<![CDATA["])
def test_what_has_no_end_is_looked_at_once(opening: str) -> None:
    started = time.process_time()
    repair(f"<rss>{opening * 300_000}".encode())
    repair(f"<rss><?<!--{opening * 300_000}</rss>".encode())
    assert time.process_time() - started < 5


@pytest.mark.parametrize("inside", ["<a/>" * 1_600_000, "&a;" * 4_100_000])
def test_more_than_any_feed_has_is_refused(inside: str) -> None:
    with pytest.raises(ImportItemError):
        repair(f"<rss>{inside}</rss>".encode())


@pytest.mark.parametrize(
    "broken",
    [b"<" + b"a" * 60_000, b"<item><title>&#" + b"9" * 6000 + b";</title></item>"],
    ids=["a name without an end", "a number of thousands of digits"],
)
def test_the_entries_around_what_is_endless_are_read_at_once(broken: bytes) -> None:
    good = b"<item><title>Good</title><link>https://skerry.example/1</link></item>"
    began = time.process_time()
    parsed = parse(b"<rss version='2.0'><channel>" + good + broken + good + b"</channel></rss>")
    assert time.process_time() - began < 2
    assert [draft.title for draft in parsed.drafts].count("Good") == 2


WHOLE = rss(
    "<title>One</title><description>Text</description>",
    "<title>Two</title><description><![CDATA[Last <b>words</b> of it]]></description>",
)


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("</channel></rss>", "Last words of it"),
        ("]]></desc", "Last words of it"),
        (" of it]]>", "Last words"),
        ("b>", "Last words"),
        ("b> of it]]>", "Last words"),
        ("rds</b>", "Last wo"),
        (">words</b>", "Last"),
    ],
)
def test_a_document_that_ends_in_the_middle_keeps_its_entries(end: str, text: str) -> None:
    parsed = parse(WHOLE[: WHOLE.rindex(end)])
    assert [(d.title, d.text) for d in parsed.drafts] == [("One", "Text"), ("Two", text)]
    assert [(f.item, f.reason) for f in parsed.failures] == [("document", "ends in the middle")]


@pytest.mark.parametrize(
    "document",
    [
        WHOLE,
        WHOLE.replace("</rss>", "</RSS >" + " " * 5000),
        WHOLE.replace("<rss ", "<RSS "),
        WHOLE.replace("</channel>", "").replace("</item></rss>", "</rss>"),
        WHOLE.replace("]]>", "") + "<!-- ",
        atom("<title>One</title><content type='html'>a &lt;"),
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:id>x</a:id></a:entry></a:feed>",
    ],
)
def test_a_document_whose_root_is_closed_does_not_end_in_the_middle(document: str) -> None:
    parsed = parse(document)
    assert parsed.drafts
    assert not parsed.failures


def test_a_feed_without_content_is_whole() -> None:
    assert not parse("<rss version='2.0'/>").failures
