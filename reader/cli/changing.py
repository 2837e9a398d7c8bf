"""`tag`, `mark`, `undo`, `redo` and `history`."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext

import click

from index.errors import IndexBusyError
from index.query import IdSet
from reader.cli.completion import complete_tag
from reader.cli.finding import QUERY_WORDS, json_option, limit_option
from reader.cli.session import (
    ROW_ID,
    Exit,
    Session,
    index_what_waits,
    print_json,
    print_line,
    query_text,
    say,
    session_of,
)
from reader.cli.shapes import change_record, event_record
from reader.model import Change, Event, Mark, Single
from reader.reports import (
    describe_event,
    describe_single,
    describe_where,
    tell_read_too,
)
from reader.service.library import Library
from reader.text import count

QUERY = "query"
"""Under this key the context of a command holds what stood after the two dashes."""

ONE_ID = re.compile(r"id:\d+")

AFTER_QUERY = ("--json", "--dry-run")


class QueryAfterDashes(click.Command):
    """A command of the form `WORDS... -- QUERY`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--help" not in args and not ctx.resilient_parsing:
            if "--" not in args:
                raise click.UsageError("say which articles after two dashes: -- QUERY", ctx)
            at = args.index("--")
            words, args = args[at + 1 :], args[:at]
            # Options may follow the query, as they may everywhere else.
            while words and words[-1] in AFTER_QUERY:
                args.append(words.pop())
            ctx.meta[QUERY] = query_text(tuple(words))
            if not ctx.meta[QUERY].strip():
                raise click.UsageError("the query after -- is empty; * stands for all", ctx)
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "--", "QUERY"]


dry_run_option = click.option("--dry-run", is_flag=True, help="Only count; change nothing.")


@click.command(
    "tag",
    short_help="Add and remove tags on all that answers QUERY.",
    cls=QueryAfterDashes,
    context_settings=QUERY_WORDS,
)
@click.argument(
    "names",
    metavar="(+NAME|-NAME)...",
    nargs=-1,
    type=click.UNPROCESSED,
    shell_complete=complete_tag,
)
@dry_run_option
@json_option
@click.pass_context
def tag_command(ctx: click.Context, names: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Add (+NAME) and remove (-NAME) tags on every article that answers QUERY."""
    if not names:
        raise click.UsageError("name at least one tag: +NAME adds it, -NAME removes it")
    for name in names:
        if name[:1] not in "+-" or len(name) == 1:
            raise click.UsageError(f"{name}: a tag is added with +NAME, removed with -NAME")
    add = [name[1:] for name in names if name[0] == "+"]
    remove = [name[1:] for name in names if name[0] == "-"]
    return _change(
        ctx,
        lambda library, ids, query: library.tagging.tag(ids, add, remove, query=query),
        f"tagged {' '.join(names)}",
        dry_run=dry_run,
        as_json=as_json,
    )


@click.command("mark", cls=QueryAfterDashes, context_settings=QUERY_WORDS)
@click.argument("state", type=click.Choice([mark.value for mark in Mark]))
@dry_run_option
@json_option
@click.pass_context
def mark_command(ctx: click.Context, state: str, dry_run: bool, as_json: bool) -> int:
    """Mark every article that answers QUERY."""
    return _change(
        ctx,
        lambda library, ids, query: library.tagging.mark(ids, Mark(state), query=query),
        f"marked {state}",
        dry_run=dry_run,
        as_json=as_json,
    )


def _change(
    ctx: click.Context,
    act: Callable[[Library, IdSet, str], Change],
    verb: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    session = ctx.ensure_object(Session)
    library = session.library
    query = ctx.meta[QUERY]
    wanted = library.searching.needs_index(query) or library.rules.concern(query)
    if wanted and index_what_waits(library):
        # Half an answer is worse than none where something is changed.
        raise IndexBusyError(session.folder)
    ids = library.searching.ids(query)
    with library.rehearsal() if dry_run else nullcontext():
        change = act(library, ids, query.strip())
    if as_json:
        print_json(change_record(change))
    else:
        would = "would have " if dry_run else ""
        told = f"{count(change.changed, 'article')} of {change.matched:,} found"
        say(f"{would}{verb}: {told}{tell_read_too(change)}")
    if not change.matched and ONE_ID.fullmatch(query.strip()):
        say(f"there is no article {query.strip().removeprefix('id:')}")
        return Exit.NOT_FOUND
    return Exit.DONE


@click.command("undo")
@json_option
@session_of
def undo_command(session: Session, as_json: bool) -> None:
    """Take back the last change."""
    event = session.library.history.undo()
    session.library.correcting.finish()
    _tell_event(event, "undid", as_json)


@click.command("redo")
@json_option
@session_of
def redo_command(session: Session, as_json: bool) -> None:
    """Make the last change that was taken back again."""
    event = session.library.history.redo()
    session.library.correcting.finish()
    _tell_event(event, "did again", as_json)


def _tell_event(event: Event | None, verb: str, as_json: bool) -> None:
    if as_json:
        print_json({"event": event_record(event)})
    else:
        say(f"{verb}: {describe_event(event)}" if event else f"nothing to {_BARE[verb]}")


_BARE = {"undid": "undo", "did again": "redo"}


@click.command("history")
@limit_option
@click.option(
    "--jump",
    metavar="ID",
    type=ROW_ID,
    help="Go back, or forward again, to right after this change; 0 is before all.",
)
@click.option(
    "--take-back",
    metavar="ID",
    type=ROW_ID,
    help="Take back this change alone, whatever came after it.",
)
@click.option(
    "--again",
    metavar="ID",
    type=ROW_ID,
    help="Make this change again that was undone for good.",
)
@json_option
@session_of
def history_command(
    session: Session,
    limit: int,
    jump: int | None,
    take_back: int | None,
    again: int | None,
    as_json: bool,
) -> None:
    """The changes you made, newest first."""
    if sum(one is not None for one in (jump, take_back, again)) > 1:
        raise click.UsageError("one of --jump, --take-back and --again at a time")
    if jump is not None:
        _jump(session.library, jump, as_json)
        return
    if take_back is not None:
        _tell_single(session.library.history.take_back(take_back), as_json, again=False)
        return
    if again is not None:
        _tell_single(session.library.history.make_again(again), as_json, again=True)
        return
    events = session.library.history.list_events(limit)
    if as_json:
        print_json({"items": [event_record(event) for event in events]})
        return
    width = max((len(str(event.id)) for event in events), default=1)
    for event in events:
        left = "  (undone before later changes)"
        undone = left if event.dropped else "  (undone)" if event.undone else ""
        told = describe_event(event) + describe_where(event)
        line = f"{event.at:%Y-%m-%d %H:%M} UTC  {told}{undone}"
        print_line(f"{event.id:>{width}}  {line}")


def _tell_single(single: Single, as_json: bool, *, again: bool) -> None:
    if as_json:
        record = event_record(single.event)
        print_json({"event": record, "total": single.total, "kept": single.kept})
    else:
        say(describe_single(single, again=again))


def _jump(library: Library, event_id: int, as_json: bool) -> None:
    jump = library.history.jump(event_id)
    library.correcting.finish()
    if as_json:
        print_json({"undone": jump.undone, "redone": jump.redone})
    elif jump.undone:
        say(f"took back {count(jump.undone, 'change')}")
    else:
        say(f"made {count(jump.redone, 'change')} again")
