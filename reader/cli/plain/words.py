"""What line mode says: whole words in place of signs and columns, one thing a line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from unicodedata import combining, normalize

from reader.cli.plain.shelf import Shelf
from reader.commands.verbs import BY_NAME
from reader.model import ArticleRow, LibraryCounts
from reader.text import count

HELP = """\
A number reads that article of the list. Enter alone goes on: the next page of a text or a list,
and at the end the next unread article.
n: next unread. p: the one before in the list. l: the list again, from its beginning.
b: back to the list before. Ctrl-C stops what is being told, Ctrl-D or quit leaves.
Other commands, the same as behind the colon on the screen and in the shell:"""

HERE = (
    "search", "narrow", "all", "sort", "tag", "mark", "note", "find", "open", "reload",
    "card", "entity", "source",
)  # fmt: skip
"""Verbs that mean something else than in the shell: the list, the article, the name at hand."""

NEEDS_SCREEN = "this needs the screen: run dateline without --plain"


def greeting(counts: LibraryCounts) -> str:
    return (
        f"dateline, line mode. {count(counts.articles, 'article')}, {counts.unread:,} unread."
        " help tells what can be done."
    )


def row_words(number: int, row: ArticleRow) -> str:
    """One row: "3. Grain ships leave Odesa. Quay Notes, 2022-08-01. unread. tags: war"."""
    date = row.published.iso[:10] if row.published else "no date"
    states = [
        word
        for word, holds in (
            ("unread", not row.read),
            ("starred", row.starred),
            ("archived", row.archived),
        )
        if holds
    ]
    title = row.title.rstrip(".")
    parts = [f"{number}. {title}", ", ".join(filter(None, (row.source, date)))]
    parts += [", ".join(states)] if states else []
    parts += [f"tags: {' '.join(row.tags)}"] if row.tags else []
    # What has been cut off is told as that, and as no sentence that ends.
    return ". ".join(parts).replace("…. ", "… ")


def broken(line: str, width: int) -> Sequence[str]:
    """A line in so many columns, broken between words."""
    if len(line) <= width:
        return (line,)
    return wrap(line, width, break_long_words=False, break_on_hyphens=False)


def list_words(shelf: Shelf, understood: str) -> str:
    """What a list is, said before its rows."""
    if not shelf.query:
        return count(len(shelf.ids), "article")
    found = count(len(shelf.ids), "article") if shelf.ids else "nothing found"
    return f"{found} for {understood or shelf.text}"


def page_words(shelf: Shelf) -> str:
    """How far a list was told."""
    left = len(shelf.ids) - shelf.told
    return f"{left:,} more: Enter" if left else "end of the list"


def paragraphs_with(text: str, words: str) -> Iterator[str]:
    """The paragraphs of a text in which words stand, whatever their case and accents."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    sought = _fold(words)
    for number, paragraph in enumerate(paragraphs, 1):
        if sought in _fold(paragraph):
            yield f"paragraph {number} of {len(paragraphs):,}: {paragraph}"


def _fold(text: str) -> str:
    letters = normalize("NFKD", " ".join(text.split())).casefold()
    return "".join(letter for letter in letters if not combining(letter))


def help_lines(commands: Mapping[str, str]) -> Iterator[str]:
    """What can be typed; `commands` are those of the shell with what they do."""
    yield from HELP.splitlines()
    for name in HERE:
        yield f"{BY_NAME[name].usage}: {BY_NAME[name].about}"
    yield from (f"{name}: {about}" for name, about in commands.items() if name not in HERE)
