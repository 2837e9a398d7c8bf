"""Articles as a book: EPUB 3, written by mkepub (docs/decisions/0019-epub.md)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reader.export.flow import Flow
from reader.export.html import article_body

STYLE = """\
.facts, .gone { font-size: .85em; color: #666; }
mark { background: #fbe7a1; }
pre { white-space: pre-wrap; font-size: .85em; }
blockquote { margin-left: 1em; font-style: italic; }
.notes, .note { border-left: .2em solid #d9b36c; padding-left: 1em; }
"""

LONGEST_TITLE = 200
"""Code points of a title in the table of contents."""


def write_epub(path: Path, title: str, flows: Iterable[Flow]) -> int:
    """Write a book of one chapter an article to a file that is not there yet; how many chapters.

    Raises OSError. The pages wait in a temporary folder, not in memory.
    """
    from markupsafe import escape
    from mkepub import Book

    # The library takes titles as XML; what is marked as escaped it does not escape again.
    book = Book(escape(title))
    chapters = 0
    with book.tempdir:
        book.set_stylesheet(STYLE)
        for flow in flows:
            name = escape(flow.article.row.title[:LONGEST_TITLE])
            book.add_page(name, article_body(flow, f"a{flow.article.row.id}"))
            chapters += 1
        book.save(str(path))
    return chapters
