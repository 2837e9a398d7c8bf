"""Pages: what is read of them, and what hostile ones cost."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from benchmarks.pages import EXPECTED, read_cases, score
from reader.errors import ImportItemError
from reader.ingest.page import PAGE_LIMIT, read_page
from reader.ingest.reasons import Reason
from reader.model import Attachment, Draft, MarkupKind

LATEST = datetime(2030, 1, 1, tzinfo=UTC)
URL = "https://news.example/2021/harbour"
WORDS = (
    "The harbour was quiet in the morning and the boats lay still, while the keeper of the light"
    " looked out at the sea and counted the ships that were late. "
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Boats are late - The Bay</title>
<meta property="article:published_time" content="2021-03-04"><meta name="author" content="Ann Lee">
</head><body><nav><ul><li><a href="/">Home</a><li><a href="/sport">Sport</a></ul></nav>
<article><h1>Boats are late</h1>
<p>{WORDS}<b>Nobody</b> came, and the <a href="/boats">boats</a> waited with <code>x = 1</code>.</p>
<h2>What they say</h2><p>{WORDS}{WORDS}</p>
<ol><li>First they <em>wait</em><li>Then they leave</ol>
<blockquote><p>{WORDS}</p></blockquote>
<pre><code>def sail():
    return 1</code></pre>
<p>He said <q>no</q> to that.<br><br>{WORDS}</p><dl><dt>Tide<dd>Low</dl>
<figure><img src="/pic.jpg" alt="A boat"></figure></article>
<footer>All rights reserved</footer><script>var x = "<p>no</p>";</script></body></html>"""


def read(html: str, url: str = URL) -> Draft:
    return read_page(html.encode(), url=url, latest=LATEST)


def marks(draft: Draft, kind: MarkupKind) -> list[str]:
    return [draft.text[mark.start : mark.end] for mark in draft.markup if mark.kind is kind]


def test_the_main_text_keeps_its_form_and_the_rest_is_left_out() -> None:
    draft = read(PAGE)
    assert draft.title == "Boats are late"
    assert draft.published is not None
    assert draft.published.iso == "2021-03-04"
    assert (draft.authors, draft.lang, draft.source) == (("Ann Lee",), "en", "news.example")
    assert draft.text.startswith("The harbour was quiet")
    assert "Home" not in draft.text
    assert "rights" not in draft.text
    assert [draft.text[one.start : one.end] for one in draft.headings] == ["What they say"]
    assert marks(draft, MarkupKind.ITEM) == ["1. First they wait", "2. Then they leave"]
    assert marks(draft, MarkupKind.CODE) == ["x = 1"]
    assert marks(draft, MarkupKind.PRE) == ["def sail():\n    return 1"]
    assert marks(draft, MarkupKind.QUOTE) == [WORDS.strip()]
    assert "\n\nHe said “no” to that.\n\nThe harbour" in draft.text
    assert draft.text.endswith("Tide\n  Low\n\n[A boat]")
    assert [mark.target for mark in draft.markup if mark.target] == [
        "https://news.example/boats",
        "https://news.example/pic.jpg",
    ]
    assert draft.attachments == (Attachment("https://news.example/pic.jpg"),)


def test_a_file_tells_its_address_itself() -> None:
    html = PAGE.replace("</head>", "<link rel=canonical href='https://bay.example/x'></head>")
    draft = read(html, url="")
    assert (draft.url, draft.source) == ("https://bay.example/x", "bay.example")
    assert read(PAGE, url="").url == ""


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("\ufeffcafé".encode(), "latin-1"),
        ("café".encode(), "latin-1"),
        ("café".encode("utf-16"), ""),
        ("“café".encode("cp1252"), "iso-8859-1"),
        ("“café".encode("cp1252"), ""),
        (b"<meta charset=windows-1251>" + "кафе café".encode("cp1251", "ignore"), ""),
        ("кафе".encode("koi8-r"), "koi8-r"),
    ],
)
def test_characters(data: bytes, charset: str) -> None:
    text = read_page(data, url=URL, charset=charset, latest=LATEST).text
    assert "caf" in text or "кафе" in text
    assert "\ufffd" not in text


def test_a_short_page_is_read_from_where_its_text_stands() -> None:
    assert read("<html><body><p>Short note.</p></body></html>").text == "Short note."
    html = f"<nav>Home</nav><article><p>{WORDS}</p></article><article>Two</article><footer>End"
    assert read(html).text == WORDS.strip()
    assert read("<nav>Home</nav><div><p>Word</p></div><aside>no</aside>").text == "Word"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html></html>",
        "<title>Only a title</title>",
        "<script>var x = 1</script><img src=x>",
        "<h1>Sign in</h1><p>Sign in to go on.</p><form><input type='password'></form>",
        "<!--",
    ],
)
def test_nothing_to_read(html: str) -> None:
    with pytest.raises(ImportItemError) as caught:
        read(html)
    assert caught.value.reason == Reason.NO_CONTENT


def test_a_page_that_is_too_large() -> None:
    with pytest.raises(ImportItemError) as caught:
        read_page(b" " * (PAGE_LIMIT + 1), url=URL, latest=LATEST)
    assert caught.value.reason == Reason.TOO_LARGE


def test_an_article_beside_a_small_sign_in_form_is_read() -> None:
    assert WORDS.strip() in read(PAGE.replace("<nav>", "<nav><input type=password>")).text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + WORDS,
        f'<p title="{"x" * 1_000_000}">{WORDS}</p>',
        "".join(f'<a href="/p{number}">link {number}</a> ' for number in range(9_000)) + WORDS,
        f"<p>{WORDS} <b>bold <i>it" * 6_000,
        "<table>" + ("<tr>" + "<td>cell" * 10) * 1500 + f"</table><p>{WORDS}",
        ("<div>" * 120 + WORDS + "</div>" * 120) * 80,
        "<" * 1_000_000 + WORDS,
        "<svg>" * 50_000 + WORDS,
        "<article>" * 50_000 + WORDS,
        f"<p>{WORDS}\x00\x1b[31m{WORDS}",
    ],
    ids=["deep", "attribute", "links", "unclosed", "table", "nested", "brackets", "svg",
         "articles", "controls"],
)  # fmt: skip
def test_hostile_pages_are_read_within_limits(html: str) -> None:
    before = time.process_time()
    draft = read(html)
    assert time.process_time() - before < 8
    assert "quiet in the morning" in draft.text


@pytest.mark.skipif(not EXPECTED.exists(), reason="the pages lie outside the project")
def test_the_score_on_pages_read_by_people() -> None:
    found = score(read_cases())
    assert found.pages >= 1
    assert found.f1 >= 0.95


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    html = f"<title>Ferry strike ends</title><article><h1>Ferry  strike ends</h1><p>{WORDS}</p>"
    draft = read(f"{html}<h2>Next</h2><p>{WORDS} <em>So</em> it is.</p></article>")
    assert draft.text.startswith(WORDS[:20])
    assert [draft.text[one.start : one.end] for one in draft.headings] == ["Next"]
    assert "So" in [draft.text[one.start : one.end] for one in draft.markup]
