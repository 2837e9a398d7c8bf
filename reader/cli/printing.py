"""Results and articles as text for a person. Styles vanish when stdout is no terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import click

from reader.clean import strip_unsafe
from reader.cli.session import print_line, say
from reader.model import Article, ArticleRow, Span
from reader.service.searching import FacetView, SearchResult
from reader.text import count

MEASURE = 76
"""Columns of a paragraph."""


def print_result(result: SearchResult, *, snippets: bool) -> None:
    """One article a line, with a snippet below it when asked; the total goes to stderr."""
    page = result.page
    width = max((len(str(hit.row.id)) for hit in page.items), default=1)
    for hit in page.items:
        click.echo(_row_line(hit.row, width))
        if snippets and hit.snippet:
            click.echo(f"{' ' * (width + 2)}{_marked(hit.snippet, hit.spans)}")
    say(_total_line(result, pages=not snippets))


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


def _marked(text: str, spans: Iterable[Span]) -> str:
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
    row = article.row
    print_line(f"{row.title}{'  (derived title)' if row.title_derived else ''}")
    facts = [row.source, row.published.iso if row.published else "no date", article.place]
    facts += [article.agency, ", ".join(article.authors), *(f"#{tag}" for tag in row.tags)]
    print_line(" · ".join(fact for fact in facts if fact))
    if article.url:
        print_line(article.url)
    for paragraph in article.text.split("\n\n"):
        click.echo("")
        for line in textwrap.wrap(strip_unsafe(paragraph), MEASURE) or [""]:
            click.echo(line)
    if article.related:
        click.echo("\nRelated links in the original:")
        for line in article.related:
            print_line(f"  - {line}")
    click.echo("")
