"""`tags` and `entities`: counts within an answer."""

from __future__ import annotations

import click

from index.query import IdSet
from reader.cli.finding import QUERY_WORDS, json_option
from reader.cli.session import (
    Session,
    bring_index_up_to_date,
    make_searchable,
    print_json,
    print_line,
    query_text,
    session_of,
)
from reader.cli.shapes import entities_record, names_record

query_argument = click.argument("query", nargs=-1, type=click.UNPROCESSED)
limit_option = click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True,
    help="Most lines to print.",
)  # fmt: skip


@click.command("tags", context_settings=QUERY_WORDS)
@query_argument
@limit_option
@json_option
@session_of
def tags_command(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Tags and their articles, most used first; with QUERY within its answer."""
    within, waiting = scope_of(session, query)
    counts = session.library.browsing.list_tags(within=within, limit=limit)
    if as_json:
        print_json(names_record(counts) | {"waiting": waiting})
        return
    for one in counts:
        print_line(f"{one.articles:>7,}  {one.name}")


@click.command("entities", context_settings=QUERY_WORDS)
@query_argument
@limit_option
@json_option
@session_of
def entities_command(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """People, places and organisations by articles; with QUERY within its answer."""
    if not query:
        bring_index_up_to_date(session.library)
    within, waiting = scope_of(session, query)
    counts = session.library.browsing.list_entities(within=within, limit=limit)
    if as_json:
        print_json(entities_record(counts) | {"waiting": waiting})
        return
    for one in counts:
        print_line(
            f"{one.articles:>7,}  {one.mentions:>7,}  {one.entity.kind:<4}  {one.entity.name}"
        )


def scope_of(session: Session, query: tuple[str, ...]) -> tuple[IdSet | None, int]:
    """The articles to count in, all of them for None, and how many could not be searched."""
    text = query_text(query)
    if not text.strip():
        return None, 0
    waiting = make_searchable(session.library, text)
    return session.library.searching.ids(text), waiting
