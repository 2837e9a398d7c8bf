"""`tags` and `entities`: counts within an answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import click

from index.query import IdSet
from reader.cli.finding import QUERY_WORDS, json_option
from reader.cli.recognising import rebuild_command, status_command
from reader.cli.session import (
    Session,
    bring_index_up_to_date,
    make_searchable,
    print_json,
    print_line,
    query_text,
    say,
    session_of,
)
from reader.cli.shapes import entities_record, tag_record
from reader.kept import TagLook
from reader.model import NameCount
from reader.text import count

query_argument = click.argument("query", nargs=-1, type=click.UNPROCESSED)
limit_option = click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=1000, show_default=True,
    help="Most lines to print.",
)  # fmt: skip

COUNTING = ""
"""The command behind `entities` alone, which has no name."""


@click.command(
    "tags", short_help="Tags and their articles, most used first.", context_settings=QUERY_WORDS
)
@query_argument
@limit_option
@json_option
@session_of
def tags_command(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Tags and their articles, most used first; with QUERY within its answer.

    A tag with others below it is told with the articles of all of them, too.
    """
    within, waiting = scope_of(session, query)
    browsing = session.library.browsing
    counts = browsing.list_tags(within=within, limit=limit)
    nested = browsing.count_nested([one.name for one in counts], within)
    looks = {look.name: look for look in session.library.tagging.looks()}
    # A tag may have been taken away since it was counted.
    told = [(one, nested.get(one.name), looks.get(one.name, TagLook(one.name))) for one in counts]
    if as_json:
        print_json({"items": [tag_record(*one) for one in told], "waiting": waiting})
        return
    _tell_none(counts)
    for one in told:
        print_line(_tag_line(*one))


def _tag_line(count: NameCount, nested: int | None, look: TagLook) -> str:
    facts = [look.colour.value] if look.colour else []
    facts += [f"key {look.key}"] if look.key else []
    facts += [] if nested is None else [f"{nested:,} with those below"]
    told = f"  ({', '.join(facts)})" if facts else ""
    return f"{count.articles:>7,}  {count.name}{told}"


class QueryOrCommand(click.Group):
    """`entities QUERY`, and commands of its own where one of them is all that is asked."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not self._is_command(args):
            args = [COUNTING, *args]
        return super().parse_args(ctx, args)

    def _is_command(self, args: list[str]) -> bool:
        """`rebuild --with NAME` is one, `rebuild the bridge` and `-- rebuild` are queries."""
        if not args or args[0] not in self.commands:
            return False
        return all(word.startswith("-") or before == "--with" for before, word in pairwise(args))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return counting_command if name == COUNTING else super().get_command(ctx, name)


@click.command(context_settings=QUERY_WORDS)
@query_argument
@limit_option
@json_option
@session_of
def counting_command(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """People, places and organisations by articles; with QUERY within its answer.

    `entities status` and `entities rebuild` look after the names themselves; after two dashes
    these words are a query.
    """
    if not query:
        bring_index_up_to_date(session.library)
    within, waiting = scope_of(session, query)
    counts = session.library.browsing.list_entities(within=within, limit=limit)
    unnamed = session.library.recognising.unnamed()
    if unnamed and not waiting:
        say(f"{count(unnamed, 'article')} without names yet: `dateline entities rebuild`")
    if as_json:
        print_json(entities_record(counts) | {"waiting": waiting})
        return
    _tell_none(counts)
    for one in counts:
        print_line(
            f"{one.articles:>7,}  {one.mentions:>7,}  {one.entity.kind:<4}  {one.entity.name}"
        )


@click.group("entities", short_help="Count entities, or look after the names.", cls=QueryOrCommand)
def entities_command() -> None:
    """Count the entities of an answer, or look after the names in all articles."""


entities_command.add_command(status_command)
entities_command.add_command(rebuild_command)


def _tell_none(counts: Sequence[object]) -> None:
    if not counts:
        say("nothing found")


def scope_of(session: Session, query: tuple[str, ...]) -> tuple[IdSet | None, int]:
    """The articles to count in, all of them for None, and how many could not be searched."""
    text = query_text(query)
    if not text.strip():
        return None, 0
    waiting = make_searchable(session.library, text)
    return session.library.searching.ids(text), waiting
