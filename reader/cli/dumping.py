"""`dump` and `restore`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TextIO

import click

from reader.cli.finding import json_option
from reader.cli.session import Exit, Session, file_or_output, print_json, say, session_of
from reader.reports import describe_rest_of_restore, describe_restore
from reader.service.restoring import RestoreReport
from reader.text import explain


@click.command("dump", short_help="Write everything you made as lines of text.")
@click.argument("file", required=False, type=click.Path(), callback=file_or_output)
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@session_of
def dump_command(session: Session, file: Path | None, force: bool) -> None:
    """Write everything you made as lines of text: marks, tags, notes, places, looks of tags,
    saved searches, rules, and corrections of names.

    The lines are sorted, one fact each, and the same for the same library: fit for diff and for
    version control. Feeds are told by `export --format opml`.
    """
    # Nobody may want the rest: it ends before the library is closed.
    with closing(session.library.dumping.dump()) as lines:
        if file is None:
            for line in lines:
                click.echo(line)
            return
        session.library.exporting.write_text(file, _ended(lines), force=force)
    say(f"wrote {file}")


def _ended(lines: Iterable[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


@click.command("restore", short_help="Make this library what a dump says.")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@click.option("--accumulate", is_flag=True, help="Add what the dump says; take nothing away.")
@click.option("--dry-run", is_flag=True, help="Only tell; change nothing.")
@json_option
@session_of
def restore_command(
    session: Session, file: TextIO, accumulate: bool, dry_run: bool, as_json: bool
) -> int:
    """Make what you made in this library what the dump in FILE (- is standard input) says.

    Bring in the articles first: what is about articles that are not here is told, and a later
    restore brings it. `undo` takes it back; corrections of names are changes of their own, and
    then it is told how all of it is taken back.
    """
    library = session.library
    with library.rehearsal() if dry_run else nullcontext():
        report = library.restoring.restore(file, file.name, accumulate=accumulate)
    if not dry_run:
        library.correcting.finish()
    if as_json:
        print_json(_record(report))
    _tell(report, dry_run)
    return Exit.SOME_FAILED if report.failed else Exit.DONE


def _record(report: RestoreReport) -> dict[str, object]:
    return {
        "facts": report.facts,
        "changed": report.changed,
        "searches": report.searches,
        "notes": report.notes,
        "looks": report.looks,
        "corrections": report.corrections,
        "left_out": report.left_out,
        "elsewhere": list(report.elsewhere),
        "off": list(report.off),
        "unanswered": [{"name": name, "error": explain(e)} for name, e in report.unanswered],
        "before": report.before,
        "partial": report.is_partial,
        "failed": [
            {"path": one.path, "item": one.item, "reason": one.reason} for one in report.failed
        ],
    }


def _tell(report: RestoreReport, dry_run: bool) -> None:
    say(describe_restore(report, would=dry_run))
    for line in describe_rest_of_restore(report):
        say(line)
    for name in report.off:
        say(f'the rule "{name}" starts a command and is off: dateline rule on "{name}"')
    if report.steps > 1 and not dry_run:
        say(f"`dateline history --jump {report.before}` goes back to before all of it")
    for one in report.failed:
        say(f"{one.path}, line {one.item}: {one.reason}")
