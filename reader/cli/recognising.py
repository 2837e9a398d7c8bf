"""`entities status` and `entities rebuild`: how the names in articles are found."""

from __future__ import annotations

from functools import partial

import click

from reader.cli.finding import json_option
from reader.cli.session import (
    Exit,
    Session,
    index_with_patience,
    print_json,
    print_line,
    say,
    session_of,
)
from reader.cli.shapes import names_report_record
from reader.service.index_told import IndexState
from reader.service.recognising import NamesReport
from reader.text import count, explain


@click.command("status")
@json_option
@session_of
def status_command(session: Session, as_json: bool) -> None:
    """Which recogniser finds the names, and how far it is."""
    report = session.library.recognising.status()
    if as_json:
        print_json(names_report_record(report))
        return
    print_line(f"recogniser  {report.recogniser}")
    if report.trouble:
        say(f"{explain(report.trouble)}; the built-in recogniser stands in for it")
    else:
        print_line(f"version     {report.version}")
    click.echo(f"articles    {report.done:,}")
    click.echo(f"waiting     {report.waiting:,}")
    click.echo(f"entities    {report.entities:,}")
    click.echo(f"mentions    {report.mentions:,}")


@click.command("rebuild", short_help="Find the names of all articles anew.")
@click.option("--with", "name", metavar="NAME", help="From now on by another recogniser.")
@json_option
@session_of
def rebuild_command(session: Session, name: str | None, as_json: bool) -> int:
    """Find the names of all articles anew, or go on where that was cut off."""
    library = session.library
    library.recognising.choose(name)
    state = index_with_patience(partial(library.indexing.run, anew=True))
    report = library.recognising.status()
    if as_json:
        print_json(names_report_record(report))
    return _tell(state, report)


def _tell(state: IndexState, report: NamesReport) -> int:
    waiting = f"{count(report.waiting, 'article')} to go"
    match state:
        case IndexState.BUSY:
            say(f"another process goes on with {report.recogniser}; {waiting}")
            return Exit.BUSY
        case IndexState.STOPPED if not report.waiting:
            say("stopped; the next search brings the index up to date")
            return Exit.INTERRUPTED
        case IndexState.STOPPED:
            say(f"stopped, {waiting}; `dateline entities rebuild` goes on, and so does the screen")
            return Exit.INTERRUPTED
        case IndexState.DONE:
            say(f"{count(report.done, 'article')} named by {report.recogniser} {report.version}")
            return Exit.DONE
