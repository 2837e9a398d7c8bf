"""`list`, `search` and `show`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

import click

from index.errors import QuerySyntaxError, SearchIndexError
from index.query import Sort
from reader.cli.printing import print_article, print_facets, print_result
from reader.cli.session import (
    Exit,
    Session,
    bring_index_up_to_date,
    make_searchable,
    print_json,
    print_text,
    query_text,
    say,
    session_of,
    tell_error,
)
from reader.cli.shapes import article_record, facets_record, result_record
from reader.errors import NotFoundError, ReaderError
from reader.model import Article, ArticleId
from reader.text import explain

QUERY_WORDS = {"ignore_unknown_options": True}
"""A query may start with a minus: `dateline list -is:read`."""

limit_option = click.option(
    "--limit", type=click.IntRange(0, 1_000_000), default=20, show_default=True,
    help="Most articles to print.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command(
    "list", short_help="Articles that answer QUERY, newest first.", context_settings=QUERY_WORDS
)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--sort", type=click.Choice([one.value for one in Sort]), help="Order of the list.")
@limit_option
@click.option("--after", "cursor", metavar="CURSOR", help="Go on after an earlier page.")
@json_option
@session_of
def list_command(
    session: Session,
    query: tuple[str, ...],
    sort: str | None,
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> None:
    """Articles that answer QUERY, newest first; all of them without one."""
    text = query_text(query)
    waiting = make_searchable(session.library, text)
    result = session.library.searching.list_page(
        text, sort=Sort(sort) if sort else None, limit=limit, cursor=cursor
    )
    if as_json:
        print_json(result_record(text, result, waiting))
    else:
        print_result(result, snippets=False)


@click.command("search", context_settings=QUERY_WORDS)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@limit_option
@click.option("--explain", is_flag=True, help="Also tell how the query was understood.")
@click.option(
    "--facets",
    is_flag=True,
    help="Also count tags, sources, names and months over the whole answer.",
)
@click.option(
    "--queries",
    type=click.File(encoding="utf-8", errors="replace"),
    help="Run one query a line from a file (- is standard input).",
)
@json_option
@session_of
def search_command(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    explain: bool,
    facets: bool,
    queries: TextIO | None,
    as_json: bool,
) -> int:
    """Articles that answer QUERY, best first, with snippets."""
    text = query_text(query)
    if (queries is None) == (not text.strip()):
        raise click.UsageError("give either a QUERY or --queries FILE")
    run = _SearchRun(session, limit, explain, facets, as_json)
    if facets or queries is not None:
        run.waiting = bring_index_up_to_date(session.library)
    else:
        run.waiting = make_searchable(session.library, text)
    if queries is None:
        run.one(text)
        return Exit.DONE
    return run.every(line.rstrip("\r\n") for line in queries)


class _SearchRun:
    """The options of one `search` and what it does with each query."""

    def __init__(
        self, session: Session, limit: int, explain: bool, facets: bool, as_json: bool
    ) -> None:
        self._searching = session.library.searching
        self._limit = limit
        self._explain = explain
        self._facets = facets
        self._as_json = as_json
        self.waiting = 0

    def one(self, text: str) -> None:
        result = self._searching.search(text, limit=self._limit)
        if not self._as_json:
            if self._explain:
                print_text(self._searching.explain(text))
            print_result(result, snippets=True)
            if self._facets:
                print_facets(self._searching.facets(text))
            return
        record = result_record(text, result, self.waiting)
        if self._explain:
            record["explain"] = self._searching.explain(text)
        if self._facets:
            record["facets"] = facets_record(self._searching.facets(text))
        print_json(record)

    def every(self, lines: Iterable[str]) -> Exit:
        """One answer a line; a query that fails has its error in its place."""
        outcome = Exit.DONE
        for text in lines:
            try:
                self.one(text)
            except (ReaderError, SearchIndexError) as error:
                outcome = Exit.SOME_FAILED
                self._tell(text, error)
        return outcome

    def _tell(self, text: str, error: ReaderError | SearchIndexError) -> None:
        if not self._as_json:
            tell_error(error)
            return
        record: dict[str, object] = {"query": text, "error": explain(error)}
        if isinstance(error, QuerySyntaxError):
            record |= {"position": error.start, "suggestion": error.suggestion or None}
        print_json(record)


@click.command("show")
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=click.IntRange(min=1))
@click.option(
    "--version",
    type=click.IntRange(min=1),
    help="Show an earlier text: 1 is the first one, as the feed told it.",
)
@json_option
@session_of
def show_command(session: Session, ids: tuple[int, ...], version: int | None, as_json: bool) -> int:
    """Print whole articles; with --json one object a line."""
    reading = session.library.reading
    outcome = Exit.DONE
    for article_id in map(ArticleId, ids):
        try:
            article = reading.get_article(article_id)
            shown = reading.get_version(article_id, version) if version else article
        except NotFoundError as error:
            tell_error(error)
            outcome = Exit.NOT_FOUND
            continue
        earlier = [one.number for one in reading.list_versions(article_id)]
        if as_json:
            # Places lie in the present text.
            mentions = reading.list_mentions(article_id) if shown == article else ()
            amounts = reading.list_amounts(shown.text)
            print_json(article_record(shown, mentions, amounts, len(earlier) + 1))
            continue
        print_article(shown)
        _tell_more(shown, [*earlier, article.version])
    return outcome


def _tell_more(article: Article, versions: Sequence[int]) -> None:
    """What else of an article can be had."""
    if article.url and not article.text.strip():
        say(f"only a link: `dateline save {article.url}` brings the text")
    others = [str(number) for number in versions if number != article.version]
    if others:
        say(f"version {article.version}; --version shows another: {', '.join(others)}")
