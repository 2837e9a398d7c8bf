"""`export`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from index.query import Sort
from reader.clean import strip_unsafe
from reader.cli.finding import QUERY_WORDS
from reader.cli.session import (
    ProgressLine,
    Session,
    file_or_output,
    make_searchable,
    query_text,
    say,
    session_of,
    stopping,
)
from reader.service.exporting import ExportFormat
from reader.service.library import Library
from reader.text import count

OPML = "opml"
"""The format of exports that lists feeds."""


@click.command(
    "export",
    short_help="Write out articles with highlights and notes.",
    context_settings=QUERY_WORDS,
)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice([*(one.value for one in ExportFormat), OPML]),
)
@click.option(
    "--output",
    type=click.Path(),
    callback=file_or_output,
    metavar="FILE",
    help="Write a file, whole or not at all, in place of printing (-).",
)
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@session_of
def export_command(
    session: Session, query: tuple[str, ...], form: str, output: Path | None, force: bool
) -> None:
    """Whole articles that answer QUERY, newest first, with their highlights and notes; all without
    QUERY.

    The formats bibtex and csl-json are citations, notes the highlights and notes alone, opml the
    list of feeds.
    """
    text = query_text(query)
    if form == OPML:
        _feeds(session, text, output, force)
        return
    wanted = ExportFormat(form)
    if wanted is ExportFormat.EPUB and output is None:
        raise click.UsageError("a book goes into a file: --output FILE")
    library = session.library
    make_searchable(library, text)
    ids = library.searching.ordered_ids(text, Sort.NEWEST)
    title = _title(library, ids, text)
    if output is None:
        _print(library.exporting.export(ids, wanted, title=title))
        return
    line = ProgressLine()
    with stopping() as stop:

        def step(done: int) -> None:
            if stop():
                raise click.Abort
            line.show(f"writing {done:,} of {len(ids):,}")

        try:
            written = library.exporting.write(
                output, ids, wanted, title=title, force=force, step=step
            )
        finally:
            line.clear()
    say(f"wrote {count(written, 'article')} to {output}")


def _title(library: Library, ids: Sequence[int], text: str) -> str:
    """What a file of many articles is called by its query, one of a single article by that."""
    rows = library.reading.rows(ids[:1]) if len(ids) == 1 else {}
    return next((row.title for row in rows.values()), text.strip() or "dateline")


def _feeds(session: Session, text: str, output: Path | None, force: bool) -> None:
    if text.strip():
        raise click.UsageError("opml is a list of feeds: it takes no QUERY")
    subscribing = session.library.subscribing
    if output is None:
        _print(subscribing.export_opml())
    else:
        session.library.exporting.write_text(output, subscribing.export_opml(), force=force)
        say(f"wrote the feeds to {output}")
    if hidden := subscribing.list_hidden():
        say(f"without their passwords or tokens: {', '.join(hidden)}")


def _print(pieces: Iterable[str]) -> None:
    for piece in pieces:
        click.echo("\n".join(map(strip_unsafe, piece.split("\n"))), nl=False)
