"""`import`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from reader.cli.finding import json_option
from reader.cli.session import (
    Exit,
    ProgressLine,
    Session,
    index_what_waits,
    print_json,
    say,
    session_of,
    stopping,
)
from reader.cli.shapes import import_record
from reader.model import ImportReport
from reader.reports import describe_failures, describe_import
from reader.service.importing import FORMATS, ImportProgress
from reader.service.library import Library
from reader.text import count


@click.command("import", short_help="Bring in files and folders.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--source", metavar="NAME", help="Source of articles that do not name theirs.")
@click.option("--format", "file_format", type=click.Choice(FORMATS), help="Do not detect it.")
@click.option("--dry-run", is_flag=True, help="Tell what would happen; store nothing.")
@json_option
@session_of
def import_command(
    session: Session,
    paths: tuple[str, ...],
    source: str | None,
    file_format: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring in files and folders: articles, feeds, pages, mail, what other readers export."""
    if not all(paths):
        raise click.UsageError("an empty path: which files?")
    line = ProgressLine()
    with _library(session, dry_run) as library, stopping() as stop:
        report = library.importing.import_paths(
            [Path(path) for path in paths],
            source=source,
            file_format=file_format,
            dry_run=dry_run,
            progress=lambda progress: line.show(_progress_text(progress)),
            stop=stop,
        )
    line.clear()
    # Before the index is touched: what is stored is told whatever becomes of that.
    if as_json:
        print_json(import_record(report))
    _tell(report, dry_run)
    if report.interrupted:
        return Exit.INTERRUPTED
    if not dry_run:
        index_what_waits(session.library)
    return Exit.SOME_FAILED if report.failed else Exit.DONE


@contextmanager
def _library(session: Session, dry_run: bool) -> Iterator[Library]:
    """The library, or an empty one elsewhere where a dry run would make the first one."""
    if not dry_run or Library.is_in(session.folder):
        yield session.library
        return
    with (
        TemporaryDirectory(prefix="dateline-") as folder,
        closing(Library.open(Path(folder))) as library,
    ):
        yield library


def _progress_text(progress: ImportProgress) -> str:
    failed = f", {progress.failed:,} failed" if progress.failed else ""
    return (
        f"importing: {progress.files:,} of {count(progress.total_files, 'file')}, "
        f"{progress.added:,} new{failed}  (Ctrl-C stops)"
    )


def _tell(report: ImportReport, dry_run: bool) -> None:
    for line in describe_failures(report.passed, report.passed_total, "passed over"):
        say(line)
    for line in describe_failures(report.failed, report.failed_total, "failed"):
        say(line)
    say(describe_import(report, would=dry_run))
    if report.subscribed and not dry_run:
        say("`dateline update` asks the new sources for their articles")
    if report.interrupted:
        say("stopped; what was brought in is kept, and importing again goes on from there")
