"""`index status`, `index update`, `index rebuild` and `index verify`."""

from __future__ import annotations

from collections.abc import Callable

import click

from reader.cli.finding import json_option
from reader.cli.session import (
    Exit,
    Session,
    index_with_patience,
    print_json,
    say,
    session_of,
)
from reader.cli.shapes import check_record, index_record
from reader.service.indexing import IndexState
from reader.text import count

REMEDY = "the next search builds it anew, `dateline index rebuild` does so now"


@click.group("index")
def index_group() -> None:
    """Look after the full-text index; it can always be built anew."""


@index_group.command("status")
@json_option
@session_of
def status_command(session: Session, as_json: bool) -> None:
    """How the index stands beside the library."""
    report = session.library.indexing.status()
    if as_json:
        print_json(index_record(report))
        return
    click.echo(f"articles   {report.articles:,}")
    if report.problem:
        click.echo(f"index      unusable: {report.problem}")
        say(REMEDY)
    else:
        click.echo(f"indexed    {report.documents:,}")
        click.echo(f"segments   {report.segments:,}")
        click.echo(f"size       {report.size / 1_000_000:.1f} MB")
    click.echo(f"waiting    {report.waiting:,}")


@index_group.command("rebuild")
@json_option
@session_of
def rebuild_command(session: Session, as_json: bool) -> int:
    """Build the index anew from the library."""
    return _index(session, session.library.indexing.rebuild, as_json)


@index_group.command("update")
@json_option
@session_of
def update_command(session: Session, as_json: bool) -> int:
    """Index what waits now, so that the next search need not."""
    return _index(session, session.library.indexing.run, as_json)


def _index(session: Session, work: Callable[..., IndexState], as_json: bool) -> int:
    indexing = session.library.indexing
    state = index_with_patience(work)
    if as_json:
        print_json(index_record(indexing.status()))
    match state:
        case IndexState.BUSY:
            say("another process is indexing; try again when it is done")
            return Exit.BUSY
        case IndexState.STOPPED:
            say("stopped; the next search goes on with the rest")
            return Exit.INTERRUPTED
        case IndexState.DONE:
            say(f"{count(indexing.status().documents, 'article')} indexed")
            return Exit.DONE


@index_group.command("verify")
@json_option
@session_of
def verify_command(session: Session, as_json: bool) -> int:
    """Compare the index with the library."""
    check = session.library.indexing.verify()
    if as_json:
        print_json(check_record(check))
    elif check.problem:
        say(f"the index cannot be used; {REMEDY} ({check.problem})")
    else:
        say(
            "the index holds every article"
            if check.sound
            else f"{count(len(check.missing), 'article')} missing, "
            f"{len(check.surplus):,} too many; `dateline index rebuild` mends it"
        )
    return Exit.DONE if check.sound else Exit.SOME_FAILED
