"""The same few characters over and over: what a search with steps back would take hours for."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.hostile.cases import (
    Case,
    around,
    before,
    good_feeds,
    letter,
    lines,
    mbox,
    opml,
    page,
    prose,
    rss,
)

LENGTH = 20_000
"""Characters of each run; with work in the square of them reading takes tenths of a second."""

RUNS: dict[str, tuple[str, str, str]] = {
    "tag-name": ("<", "a", ""),
    "tag-names": ("", "<a", ""),
    "end-tags": ("", "</", ""),
    "attribute-name": ("<a ", "b", ""),
    "attributes": ("<a", " b=c", ""),
    "quotes-open": ("<a ", "b='", ""),
    "quotes": ("<a ", "'\"", ">"),
    "tags-in-quotes": ("", "<a b='", ""),
    "equals": ("<a b", " =", ">"),
    "spaces-in-tag": ("<a", " ", ""),
    "spaces": ("x", " ", "y"),
    "lines": ("x", " \n", "y"),
    "comments": ("", "<!--", ""),
    "comment": ("<!", "-", ""),
    "sections": ("", "<![CDATA[", ""),
    "section-ends": ("", "]]>", ""),
    "instructions": ("", "<?x ", ""),
    "doctypes": ("", "<!DOCTYPE a [", ""),
    "ampersands": ("", "&", ""),
    "references": ("", "&#", ""),
    "reference": ("&#", "9", ";"),
    "reference-hexadecimal": ("&#x", "f", ";"),
    "name-of-entity": ("&", "a", ";"),
    "brackets": ("", "[", ""),
    "round-brackets": ("", "(", ""),
    "links": ("", "[a](", ""),
    "capitals": ("", "A", ""),
    "capital-words": ("", "Aa ", ""),
    "initials": ("", "A. ", ""),
    "dashes": ("", "- ", ""),
    "dashes-close": ("", "-", ""),
    "digits": ("", "1", ""),
    "dates": ("", "2023-", ""),
    "dots": ("", ". ", ""),
    "escapes": ("", "\x1b[", ""),
    "escape": ("\x1b[", "0;", ""),
    "strings-of-terminals": ("", "\x1b]", ""),
    "bells": ("\x1b]0;", "a\x07", ""),
    "marks": ("e", "\u0301", ""),
    "joiners": ("", "a\u200d", ""),
    "styles": ("", "<p style='display:", "'>"),
    "tables": ("<table>", "<td>", ""),
    "encoded-words": ("", "=?utf-8?B?", ""),
    "from-lines": ("", "\nFrom ", ""),
    "headers": ("", "\nA: ", ""),
    "commas": ("", ",", ""),
    "quotation-marks": ("", '"', ""),
    "addresses": ("", "http://a.", ""),
    "at-signs": ("", "a@", ""),
    "colons": ("", "a:", ""),
}
"""Names of runs, each with what stands before them, what comes again, and what stands behind."""


def run_of(name: str, length: int) -> str:
    start, again, end = RUNS[name]
    return start + again * (length // len(again)) + end


def _feed(name: str, run: str) -> bytes:
    bad = f"<item><title>Run</title><description>{prose(name, 'run')} {run}</description></item>"
    # In front of the last entry an end of everything that may be open.
    return rss(name, f"{bad}<!-- --><item><title>']]>\"--></title></item>").encode()


def _title(name: str, run: str) -> bytes:
    return lines(name, json.dumps({"title": run, "text": run, "date": run, "tags": [run]})).encode()


def _page(name: str, run: str) -> bytes:
    return page(name).replace("</article>", f"<p>{run}</p></article>").encode()


def _opml(name: str, run: str) -> bytes:
    return opml(name).replace("</body>", f"<outline text='x'>{run}</outline></body>").encode()


def _mail(name: str, run: str) -> bytes:
    kind = "Content-Type: text/html; charset=utf-8\n"
    return mbox(name, letter(name, "Run", 1, run, kind), letter(name, run[:9_000], 2)).encode()


def _bookmarks(name: str, run: str) -> bytes:
    good = f'<DT><A HREF="https://news.example/{name}/1">{before(name)}</A>\n'
    head = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"
    return f"{head}{good}<DT><A HREF='https://n.example/{name}'>x</A>\n<DD>{run}\n".encode()


def _text(name: str, run: str) -> bytes:
    return f"{before(name)}\n\n{prose(name, 1)}\n\n{run}\n\n{prose(name, 2)}\n".encode()


_WAYS: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    "feed": ("xml", _feed),
    "record": ("jsonl", _title),
    "page": ("html", _page),
    "list": ("opml", _opml),
    "mail": ("mbox", _mail),
    "bookmarks": ("html", _bookmarks),
    "text": ("txt", _text),
}


def run_case(way: str, name: str, length: int = LENGTH) -> Case:
    """A document with a run of so many characters."""
    suffix, write = _WAYS[way]
    whole = f"run-{way}-{name}"

    def make() -> bytes:
        return write(whole, run_of(name, length))

    file = f"{whole}.{suffix}"
    if way == "list":
        return Case(file, make, feeds=good_feeds(whole))
    both = way in {"record", "mail"}
    return Case(file, make, titles=around(whole) if both else (before(whole),))


CASES_BY_WAY = {way: tuple(run_case(way, name) for name in RUNS) for way in _WAYS}
CASES: tuple[Case, ...] = tuple(case for cases in CASES_BY_WAY.values() for case in cases)
