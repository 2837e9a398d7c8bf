"""Results and articles as text for a person. Styles vanish when stdout is no terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Container, Iterable, Iterator, Sequence

import click

from reader.clean import strip_unsafe
from reader.cli.session import print_line, say
from reader.model import Article, ArticleRow, Markup, MarkupKind, Span
from reader.service.facets import FacetView
from reader.service.searching import SearchResult
from reader.text import count

MEASURE = 76
"""Columns of a paragraph."""

_MARK = re.compile(r"(?:[•◦▪*-]|\d{1,4}[.)]) ")
_OF_LINES = frozenset({MarkupKind.PRE, MarkupKind.TABLE, MarkupKind.QUOTE, MarkupKind.ITEM})


def print_result(result: SearchResult, *, snippets: bool) -> None:
    """One article a line, with a snippet below it when asked; the total goes to stderr."""
    page = result.page
    width = max((len(str(hit.row.id)) for hit in page.items), default=1)
    for hit in page.items:
        click.echo(_row_line(hit.row, width))
        if snippets and hit.snippet:
            click.echo(f"{' ' * (width + 2)}{marked(hit.snippet, hit.spans)}")
    say(_total_line(result, pages=not snippets))


def print_rows(rows: Sequence[ArticleRow]) -> None:
    """One article a line."""
    width = max((len(str(row.id)) for row in rows), default=1)
    for row in rows:
        click.echo(_row_line(row, width))


def print_facets(facets: FacetView) -> None:
    """Counts over an answer, under a heading for each kind that has any."""
    entities = [
        (one.articles, f"{one.entity.kind:<4}  {one.entity.name}") for one in facets.entities
    ]
    kinds = {
        "Tags": [(one.articles, one.name) for one in facets.tags],
        "Sources": [(one.articles, one.name) for one in facets.sources],
        "Names": entities,
        "Months": [(one.articles, one.name) for one in facets.months],
    }
    for kind, counts in kinds.items():
        if counts:
            click.echo(f"\n{kind}")
        for articles, name in counts:
            print_line(f"{articles:>7,}  {name}")


def _total_line(result: SearchResult, *, pages: bool) -> str:
    shown, total = len(result.page.items), result.page.total
    if not total:
        words = ", ".join(result.suggestions)
        return "nothing found" + (f"; did you mean {words}?" if words else "")
    some = f"{shown:,} of " if shown < total else ""
    more = f"; more with --after {result.page.cursor}" if pages and result.page.cursor else ""
    return f"{some}{count(total, 'article')}, {result.took_ms:.0f} ms{more}"


def _row_line(row: ArticleRow, width: int) -> str:
    marks = f"{' ' if row.read else '●'}{'★' if row.starred else ' '}"
    date = row.published.iso[:10] if row.published else "no date"
    title = click.style(strip_unsafe(row.title), bold=not row.read)
    facts = [strip_unsafe(row.source), *(f"#{strip_unsafe(tag)}" for tag in row.tags)]
    return (
        f"{row.id:>{width}} {marks} {date:<10}  {title}  {' '.join(filter(None, facts))}".rstrip()
    )


def marked(text: str, spans: Iterable[Span]) -> str:
    """A text, safe to print, with its spans set off."""
    parts, at = [], 0
    for span in spans:
        parts += [
            strip_unsafe(text[at : span.start]),
            click.style(strip_unsafe(text[span.start : span.end]), bold=True, underline=True),
        ]
        at = span.end
    return "".join([*parts, strip_unsafe(text[at:])])


def print_article(article: Article) -> None:
    """The whole article, wrapped for reading."""
    for line in article_lines(article):
        print_line(line)
    click.echo("")


def article_lines(article: Article) -> Iterator[str]:
    """The lines of an article, head and links included, wrapped for reading."""
    row = article.row
    yield f"{row.title}{'  (derived title)' if row.title_derived else ''}"
    facts = [row.source, row.published.iso if row.published else "no date", article.place]
    facts += [article.agency, ", ".join(article.authors), *(f"#{tag}" for tag in row.tags)]
    yield " · ".join(fact for fact in facts if fact)
    if article.url:
        yield article.url
    yield ""
    yield from text_lines(article.text, article.markup)
    links = dict.fromkeys(one.target for one in article.markup if one.target)
    yield from _list("Links:", links)
    yield from _list("Attached:", (one.url for one in article.attachments))
    yield from _list("Related links in the original:", article.related)


def _list(head: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield ""
            yield head
        yield f"  - {line}"


def text_lines(text: str, markup: Iterable[Markup]) -> Iterator[str]:
    """The lines of a text wrapped for reading: tables and code as they are, quotes behind a
    bar, items indented below their mark."""
    coming = sorted((one for one in markup if one.kind in _OF_LINES), key=lambda one: -one.start)
    over: list[Markup] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        while coming and coming[-1].start < end:
            over.append(coming.pop())
        over = [one for one in over if one.end > at]
        yield from _wrapped(line.expandtabs(4), {one.kind for one in over})
        at = end + 1


def _wrapped(line: str, kinds: Container[MarkupKind]) -> list[str]:
    bar = "│ " if MarkupKind.QUOTE in kinds else ""
    if MarkupKind.PRE in kinds or MarkupKind.TABLE in kinds or not line.strip():
        return [f"{bar}{line}".rstrip()]
    inner = line.lstrip(" ") if MarkupKind.ITEM in kinds else line
    indent = " " * (len(line) - len(inner))
    mark = _MARK.match(inner) if MarkupKind.ITEM in kinds else None
    return textwrap.wrap(
        inner,
        MEASURE,
        initial_indent=bar + indent,
        subsequent_indent=bar + indent + " " * (mark.end() if mark else 0),
        break_on_hyphens=False,
    )
