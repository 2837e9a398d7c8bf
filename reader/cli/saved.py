"""`saved`: queries with a name."""

from __future__ import annotations

import click

from reader.cli.changing import QUERY, QueryAfterDashes
from reader.cli.finding import json_option
from reader.cli.saved_shapes import saved_counts_record, saved_search_record
from reader.cli.session import (
    Session,
    bring_index_up_to_date,
    print_json,
    print_line,
    query_text,
    say,
    session_of,
)
from reader.commands.deeds import deeds_text
from reader.kept import SavedCount, SavedSearch
from reader.text import explain


def _plain(_ctx: click.Context, _param: click.Parameter, text: str) -> str:
    """Bytes that are no text came as half characters, which a library cannot keep."""
    return query_text((text,)) if not text.startswith("--") else text


name_argument = click.argument("name", callback=_plain)


@click.group("saved", invoke_without_command=True)
@json_option
@click.pass_context
def saved_group(ctx: click.Context, as_json: bool) -> None:
    """Saved searches with how much answers each. NAME may have levels, as in War/Ukraine."""
    if ctx.invoked_subcommand is None:
        _list(ctx.ensure_object(Session), as_json)


def _list(session: Session, as_json: bool) -> None:
    library = session.library
    saved = library.saved_searches
    wanted = any(saved.needs_index(one) or library.rules.concern(one.query) for one in saved.list())
    waiting = bring_index_up_to_date(library) if wanted else 0
    counts = saved.counts(explain)
    if as_json:
        print_json({**saved_counts_record(counts), "waiting": waiting})
        return
    width = max((len(one.saved.name) for one in counts), default=0)
    for one in counts:
        print_line(_line(one, width))
    if not counts:
        say("nothing is saved yet; `dateline saved add NAME -- QUERY` saves a search")


def _line(counted: SavedCount, width: int) -> str:
    saved = counted.saved
    number = f"{saved.place + 1:>2}  {saved.name:<{width}}  "
    told = f"{counted.problem}  " if counted.problem else _numbers(counted)
    rule = f"  → {deeds_text(saved.deeds)}" if saved.deeds else ""
    rests = "  (off)" if saved.deeds and not saved.active else ""
    return f"{number}{told}{saved.query}{rule}{rests}"


def _numbers(counted: SavedCount) -> str:
    return f"{counted.unread or 0:>7,} unread of {counted.total or 0:>7,}  "


@saved_group.command("add", cls=QueryAfterDashes)
@name_argument
@json_option
@click.pass_context
def add_command(ctx: click.Context, name: str, as_json: bool) -> None:
    """Save QUERY as NAME, behind the others."""
    session = ctx.ensure_object(Session)
    saved = session.library.saved_searches.add(name, ctx.meta[QUERY])
    _tell(saved, f"saved {saved.name}, number {saved.place + 1}", as_json)


@saved_group.command("query", cls=QueryAfterDashes)
@name_argument
@json_option
@click.pass_context
def query_command(ctx: click.Context, name: str, as_json: bool) -> None:
    """Let NAME ask QUERY from now on."""
    session = ctx.ensure_object(Session)
    saved = session.library.saved_searches.set_query(name, ctx.meta[QUERY])
    _tell(saved, f"{saved.name} asks: {saved.query}", as_json)


@saved_group.command("rename")
@name_argument
@click.argument("new", callback=_plain)
@json_option
@session_of
def rename_command(session: Session, name: str, new: str, as_json: bool) -> None:
    """Call NAME otherwise, or all that is below it."""
    renamed = session.library.saved_searches.rename(name, new)
    if as_json:
        print_json({"items": [saved_search_record(one) for one in renamed]})
    else:
        say(f"renamed {', '.join(one.name for one in renamed)}")


@saved_group.command("move")
@name_argument
@click.argument("number", type=click.IntRange(min=1))
@json_option
@session_of
def move_command(session: Session, name: str, number: int, as_json: bool) -> None:
    """Put NAME at the place of what has this number in the list."""
    session.library.saved_searches.move(name, number - 1)
    _list(session, as_json)


@saved_group.command("remove")
@name_argument
@session_of
def remove_command(session: Session, name: str) -> None:
    """Forget NAME; the articles and what a rule did stay."""
    gone = session.library.saved_searches.remove(name)
    say(f"removed {gone.name}; `dateline undo` brings it back")


def _tell(saved: SavedSearch, text: str, as_json: bool) -> None:
    if as_json:
        print_json(saved_search_record(saved))
    else:
        say(text)
