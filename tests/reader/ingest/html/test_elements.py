"""What each element of HTML becomes."""

from __future__ import annotations

import pytest

from reader.ingest.html import read_html
from reader.model import MarkupKind

BASE = "https://news.example/a/b"


def text(html: str) -> str:
    return read_html(html, base=BASE).text


def marks(html: str, kind: MarkupKind) -> list[str]:
    reading = read_html(html, base=BASE)
    return [reading.text[m.start : m.end] for m in reading.markup if m.kind is kind]


def targets(html: str, base: str = BASE) -> list[str]:
    return [mark.target for mark in read_html(html, base=base).markup]


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("", ""),
        ("   \n ", ""),
        ("One &amp; two", "One & two"),
        ("One\ntwo\n\n \nThree", "One two\n\nThree"),
        ("<p>One</p><p>Two", "One\n\nTwo"),
        ("<p>One\n  two\tthree&nbsp;four</p>", "One two three four"),
        ("One<div>Two<section>Three</section></div>Four", "One\n\nTwo\n\nThree\n\nFour"),
        ("un<b>break</b>able w<wbr>ord", "unbreakable word"),
        ("a<!-- no -->b<!-->c", "abc"),
        ("a<!DOCTYPE html><?php echo ?>b", "ab"),
        ("<p>One<br>two<br />three</p>", "One\ntwo\nthree"),
        ("One<br><br>two<br> <br>\n<br>three", "One\n\ntwo\n\nthree"),
        ("<br>One<br>", "One"),
        ("<h1>Head<br>line</h1>Text", "Head line\n\nText"),
        ("<h2>Head</h3>Text", "Head\n\nText"),
        ("Up<hr>down<hr><hr>below<hr>", "Up\n\n* * *\n\ndown\n\n* * *\n\nbelow"),
        ("<hr>Text", "Text"),
        ("a<script>var b = '<p>';</script>c<style>p {}</style>d", "acd"),
        ("a<script>b", "a"),
        ("a<iframe src=x></iframe>b<iframe/>c<iframe>d", "abcd"),
        ("a<svg><title>no</title><svg></svg>no</svg>b", "ab"),
        ("<template><p>no</template><noscript>yes</noscript>", "yes"),
        ("Choose <select><option>no</select><button>no</button><input value=no> it", "Choose it"),
        ("<p hidden>no<p>yes", "yes"),
        ("<div style='color:red; DISPLAY : None'>no<div>no</div></div>yes", "yes"),
        ("<span hidden>no</span><span class=hidden>yes</span>", "yes"),
        ("<a href=x hidden>yes", "yes"),
        ("CO<sub>2</sub>, 10<sup>-6</sup>, 1<sup>st</sup>", "CO2, 10⁻⁶, 1st"),
        ("She said <q>no</q>.", "She said “no”."),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("<details><summary>More</summary>Hidden once</details>", "More\n\nHidden once"),
        ("<figure><img src=a.png alt='A boat'><figcaption>At sea</figure>", "[A boat]\n\nAt sea"),
        ("<figure><img src=a.png alt='At sea'><figcaption>At <b>sea</b></figure>", "At sea"),
        ("It costs <s>9 <b>euro</b> </s>8 <del> </del>euro", "It costs ~~9 euro~~ 8 euro"),
        ("<del>One<p>two</p>three</del> four", "~~One~~\n\n~~two~~\n\n~~three~~ four"),
        ("<pre><strike>a\nb</strike>c", "~~a\nb~~c"),
        ("<s>\u0301a</s>\u0301b", "~~\u0301a~~\u0301b"),
        (
            "<ul><li><input type=checkbox checked>Sail<li><INPUT TYPE=Checkbox disabled> Row</ul>",
            "• [x] Sail\n• [ ] Row",
        ),
        ("1 < 2 <3 a<b", "1 < 2 <3 a<b"),
        ("a <b", "a <b"),
        ("<p title=\"a > b\" class='c>d'>text", "text"),
        ("<p don't>one</p><p can't>two", "one\n\ntwo"),
        ('<p title="never closed>one</p><p>two</p>', "one\n\ntwo"),
        ("<![CDATA[<p>One</p>]]>", "One"),
        ("</p>One</div>", "One"),
        ("<p>\u200b</p><p>One</p><p>\ufeff&nbsp;</p>", "One"),
        ("a\x00b\x1b[31mc&#27;d\u202ee&#x202e;f\ud800g&#xd800;", "abcdef\ufffdg\ufffd"),
        ("x" + "&#" + "9" * 5000 + ";y", "x\ufffdy"),
        ("e<b>\u0301</b>", "é"),
        ("<x-own>a</x-own> <FONT>b</FONT>", "a b"),
    ],
)
def test_text(html: str, read: str) -> None:
    assert text(html) == read


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<ul><li>One<li>Two</ul>", "• One\n• Two"),
        ("<ol start=9><li>One<li>Two<li value=20>Three</ol>", "9. One\n10. Two\n20. Three"),
        ("<ol start=x><li>One</ol>", "1. One"),
        ("<ol start=9><li>One<br>more<li><p>Two<p>more</ol>", "9. One\n   more\n10. Two\n    more"),
        ("<ul><li>One<ol><li>In<ul><li>Deep</ul></ol>more<li>Two</ul>",
         "• One\n  1. In\n    • Deep\n  more\n• Two"),
        ("<ul><li><p>One</p><p>more</p></li><li>Two<br>more</li></ul>",
         "• One\n  more\n• Two\n  more"),
        ("<ul>Said first<li>One</ul>After", "Said first\n• One\n\nAfter"),
        ("<li>Stray</li>After", "Stray\n\nAfter"),
        ("<ul><li></li><li>One</ul>", "• One"),
        ("<dl><dt>Term<dd>Meaning<br>more<dt>Other<dd>Else</dl>",
         "Term\n  Meaning\n  more\nOther\n  Else"),
        ("<ul><li><pre>a\n  b\n\nc</pre></ul>", "• a\n    b\n  c"),
        ("<ul><li><table><tr><td>a<td>b<tr><td>c<td>d</table></ul>", "• a  b\n  c  d"),
        ("<ul><li><h3>Head</h3>Text</ul>", "• Head\n  Text"),
    ],
)  # fmt: skip
def test_lists(html: str, read: str) -> None:
    reading = read_html(html)
    assert reading.text == read
    assert not reading.headings


def test_items_cover_their_own_lines_with_their_mark() -> None:
    html = "<ul><li>One<br>more<ul><li>In</ul><li>Two</ul>"
    assert marks(html, MarkupKind.ITEM) == ["• One\n  more", "• In", "• Two"]


def test_marks_on_words_move_with_the_indent_of_their_lines() -> None:
    html = "<ul><li>One <b>two<br>three</b> <i>four</i></ul>"
    assert marks(html, MarkupKind.STRONG) == ["two\n  three"]
    assert marks(html, MarkupKind.EMPHASIS) == ["four"]


def test_headings_are_paragraphs_with_their_place() -> None:
    reading = read_html(f"<h1>First</h1>Text<h6>Last</h6><h2>{'long ' * 100}</h2>")
    assert [reading.text[one.start : one.end] for one in reading.headings] == ["First", "Last"]


def test_quotes_cover_their_paragraphs() -> None:
    html = "Before<blockquote>One<p>Two<ul><li>Three</ul></blockquote>After<hr>"
    assert marks(html, MarkupKind.QUOTE) == ["One\n\nTwo\n\n• Three"]
    assert marks("a<hr><blockquote>b</blockquote><blockquote></blockquote>", MarkupKind.QUOTE) == [
        "b"
    ]


def test_preformatted_lines_keep_their_spaces() -> None:
    html = "<pre>\n  if a:\tb\n    <b>c</b>  \n\n\nd<br>e<div>f</div>\n<div>g</div></pre>"
    assert text(html) == "  if a:    b\n    c\n\nd\ne\nf\ng"
    assert marks(html, MarkupKind.PRE) == [text(html)]
    assert marks(html, MarkupKind.STRONG) == ["c"]
    assert not marks("<pre><code>a</code></pre>", MarkupKind.CODE)


def test_what_is_nothing_when_clean_ends_no_line() -> None:
    assert text("<pre>a<div><b>\x07</b>b</div></pre>") == "a\nb"


def test_a_mark_over_a_blank_line_is_parted() -> None:
    html = "<pre>a <a href='/x'>b\n\nc</a> d</pre>"
    assert marks(html, MarkupKind.LINK) == ["b", "c"]


def test_marks_on_words() -> None:
    html = "a <b>b</b> <em> c </em><code>d</code>, <strong><b>e</b></strong> f<i></i>"
    assert text(html) == "a b c d, e f"
    assert marks(html, MarkupKind.STRONG) == ["b", "e"]
    assert marks(html, MarkupKind.EMPHASIS) == ["c"]
    assert marks(html, MarkupKind.CODE) == ["d"]


def test_a_mark_goes_on_in_the_next_paragraph_and_ends_with_its_block() -> None:
    assert marks("<b>a<p>b</p></b>c", MarkupKind.STRONG) == ["a", "b"]
    assert marks("<div><b>a</div><div>b</div>", MarkupKind.STRONG) == ["a"]
    assert marks("<table><tr><td><i>a<td>b</table>", MarkupKind.EMPHASIS) == ["a"]


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://a.example/?x=1&amp;y=2", "https://a.example/?x=1&y=2"),
        ("/c", "https://news.example/c"),
        ("c d\n", "https://news.example/a/c%20d"),
        ("//b.example", "https://b.example"),
        ("mailto:ann@a.example", "mailto:ann@a.example"),
        (" HTTP://A.example/\u202e", "HTTP://A.example/"),
        ("#part", ""),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("https://a.example/" + "x" * 9000, ""),
    ],
)
def test_links(href: str, target: str) -> None:
    html = f'a <a class=x href="{href}">words</a> b'
    assert text(html) == "a words b"
    assert targets(html) == ([target] if target else [])


def test_links_without_a_base_and_with_the_base_of_the_page() -> None:
    assert targets('<a href="/c">words</a>', base="") == []
    assert targets('<base href="https://b.example/d/"><a href="c">words</a>') == [
        "https://b.example/d/c"
    ]


def test_a_link_ends_where_another_begins_and_none_is_empty() -> None:
    html = "<a href=/a>one <a href=/b>two</a> <a href=/c> </a><a href=/d><img src=x></a>"
    assert marks(html, MarkupKind.LINK) == ["one", "two"]
    assert marks("<a href=/a><h2>Head</h2><p>Text</p></a>", MarkupKind.LINK) == ["Head", "Text"]


def test_images_are_named_once_and_counters_are_not() -> None:
    html = """<img src="a.png"><img src="a.png" alt="Again"><img data-src="/b.png" src="data:x">
        <img srcset="/c.png 1x, /d.png 2x"><img src="/e.gif" width="1" height="1"><img src="">
        <img src="https://pixel.wp.com/g.gif"><img src="https://feeds.feedburner.com/~r/x">Text"""
    assert [image.url for image in read_html(html, base=BASE).shown] == [
        "https://news.example/a/a.png",
        "https://news.example/b.png",
        "https://news.example/c.png",
    ]


def shown(html: str) -> list[tuple[str, str]]:
    return [(one.url, one.media_type) for one in read_html(html, base=BASE).shown]


def links(html: str) -> list[tuple[str, str]]:
    reading = read_html(html, base=BASE)
    return [(reading.text[m.start : m.end], m.target) for m in reading.markup if m.target]


def test_words_for_a_picture_stand_in_its_place_and_lead_to_it() -> None:
    comic = '<p><img src="/c.png" alt="A cat asks  a dog."></p>Below<img src="/d.png" title="Two">'
    assert text(comic) == "[A cat asks a dog.]\n\nBelow [Two]"
    assert links(comic) == [
        ("[A cat asks a dog.]", "https://news.example/c.png"),
        ("[Two]", "https://news.example/d.png"),
    ]
    assert links("<a href=/big><img src=/small.png alt=Boat>") == [
        ("[Boat]", "https://news.example/big")
    ]
    assert text('Nice <img src="/e.png" alt="😀"> day') == "Nice 😀 day"


@pytest.mark.parametrize(
    "words",
    [
        "",
        ":-)",
        "image",
        "IMG_2041",
        "a-boat.JPEG",
        "https://a.example/x",
        "Photo 12",
        "the-tide_2",
    ],
)
def test_words_that_say_nothing_do_not_stand_for_a_picture(words: str) -> None:
    assert text(f'Nice <img src="/e.png" alt="{words}"> day') == "Nice day"
    assert shown(f'<img src="/e.png" alt="{words}">') == [("https://news.example/e.png", "")]


@pytest.mark.parametrize(
    ("html", "words", "kept"),
    [
        ("<video src=/a.mp4 title='The &amp; tide'>no</video>", "[video: The & tide]",
         ("https://news.example/a.mp4", "")),
        ("<video><p>no</p><source type='video/mp4; codecs=x' src=/a.mp4></video>", "[video]",
         ("https://news.example/a.mp4", "video/mp4")),
        ("<audio controls><source src=b.ogg></audio>", "[audio]",
         ("https://news.example/a/b.ogg", "")),
        ("<iframe src=//www.youtube-nocookie.com/embed/x title='YouTube video player'></iframe>",
         "[video]", ("https://www.youtube-nocookie.com/embed/x", "")),
        ("<iframe data-src=https://w.soundcloud.com/player/?url=x></iframe>", "[audio]",
         ("https://w.soundcloud.com/player/?url=x", "")),
        ("<iframe src=https://tube.example/videos/embed/1-2></iframe>", "[video]",
         ("https://tube.example/videos/embed/1-2", "")),
        ("<embed src=c.mpg type=video/mpeg>", "[video]",
         ("https://news.example/a/c.mpg", "video/mpeg")),
        ("<object><param name=Movie value=http://www.youtube.com/v/x><embed src=/y></object>",
         "[video]", ("http://www.youtube.com/v/x", "")),
    ],
)  # fmt: skip
def test_films_and_sounds_stand_in_their_place(
    html: str, words: str, kept: tuple[str, str]
) -> None:
    assert text(f"<p>Before {html} after") == f"Before {words} after"
    assert links(html) == [(words, kept[0])]
    assert shown(html) == [kept]


@pytest.mark.parametrize(
    "html",
    [
        "<video></video>",
        "<video src=javascript:x></video>",
        "<video src=x>",
        "<iframe src=https://count.example/ width=1 height=1></iframe>",
        "<iframe src=about:blank></iframe>",
        "<object><param name=loop value=/x></object>",
    ],
)
def test_what_shows_nothing_leaves_nothing(html: str) -> None:
    assert text(f"a {html.replace('src=x', '')}b") == "a b"
    assert not shown(html.replace("src=x", ""))


def test_what_nobody_knows_is_told_of_where_there_is_nothing_else() -> None:
    frame = "<iframe src=https://map.example/1 title='Map of the bay'></iframe>"
    assert shown(frame) == [("https://map.example/1", "")]
    assert text(f"a{frame}b") == "ab"
    assert links(frame) == [("[embedded page: Map of the bay]", "https://map.example/1")]


def test_no_more_is_kept_of_what_is_shown_than_anybody_looks_at() -> None:
    html = "".join(f"<img src=/{n}.png alt=Boat>" for n in range(100))
    assert len(shown(html)) == 50
    assert text(html).count("[Boat]") == 100


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<table><tr><th>Name<th>Sum<tr><td>Ann<td>1<tr><td>漢字<td>2</table>",
         "Name  Sum\nAnn   1\n漢字  2"),
        ("<table><caption>All</caption><tr><td>a<td>b</table>", "All\n\na  b"),
        ("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e<tr><td>f</table>",
         "a     b\nc  d  e\nf"),
        ("<table><tr><td>e\u0301\u0323x\u0301<td>b<tr><td>abc<td>d</table>",
         "\u1eb9\u0301x\u0301   b\nabc  d"),
        ("<table><tr>" + "<td>a" * 40 + "</table>", " | ".join("a" * 40)),
        ("<ul><li><table><tr><td>a<tr><td>b</table></ul>", "• a\n  b"),
        ("<table><tr><td>a<br>b<td><p>c</p></table>", "a b  c"),
        ("<table><tr><td>One<tr><td>Two</table>", "One\n\nTwo"),
        ("<table><tr><td><p>a<p>b<td>c</table>", "a\n\nb\n\nc"),
        ("<table><tr><td><ul><li>a</ul><td>b</table>", "• a\n\nb"),
        ("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a  b\n\nc"),
        ("<table><tr><td></table><table></table>x", "x"),
        ("<td>a</td><tr>b", "a\n\nb"),
        ("<table><td>a<td>b</table>", "a  b"),
        ("<table><tr><td><li>a</li><td>b</div></table>c", "a  b\n\nc"),
    ],
)  # fmt: skip
def test_tables(html: str, read: str) -> None:
    assert text(html) == read


def test_a_wide_table_is_told_row_by_row() -> None:
    long = "many words " * 4
    rows = f"<tr><td>{long}<td>{long}<td><tr><td>x<td>y<td>z"
    headed = f"<table><tr><th>A<th>B<th>{rows}</table>"
    words = long.strip()
    assert text(headed) == f"A: {words}\nB: {words}\n\nA: x\nB: y\nz"
    assert marks(headed, MarkupKind.TABLE) == [text(headed)]
    assert text(f"<table>{rows}</table>") == f"{words} | {words}\n\nx | y | z"


def test_links_and_headers_in_a_table_keep_their_marks() -> None:
    html = "<table><tr><th>Name<th>Sum<tr><td>Ann<td><a href=/x>12</a></table>"
    assert marks(html, MarkupKind.LINK) == ["12"]
    assert marks(html, MarkupKind.STRONG) == ["Name", "Sum"]
    assert marks(html, MarkupKind.TABLE) == ["Name  Sum\nAnn   12"]


def test_a_quote_in_a_table_that_only_arranges_keeps_its_place() -> None:
    html = "x<table><tr><td>a<td><blockquote>b</blockquote></table>y"
    assert text(html) == "x\n\na\n\nb\n\ny"
    assert marks(html, MarkupKind.QUOTE) == ["b"]


def test_what_is_nested_deeper_than_anybody_writes_keeps_its_words() -> None:
    html = "<blockquote><ul><li>" * 300 + "word" + "</ul></blockquote>" * 300 + "<p>end"
    assert text(html).split() == ["word", "end"]
