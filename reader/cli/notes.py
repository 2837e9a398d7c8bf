"""`note` and `notes`: highlights and what is written on them."""

from __future__ import annotations

import click

from reader.cli.counting import query_argument, scope_of
from reader.cli.finding import QUERY_WORDS, json_option, limit_option
from reader.cli.session import ROW_ID, Session, print_json, print_line, say, session_of
from reader.cli.shapes import note_record, row_record
from reader.model import NotedRow, Page
from reader.service.noting import Noting
from reader.text import count

LONGEST_ID = 19
"""Digits that no id has."""


@click.command(
    "notes", short_help="Highlights and notes, newest first.", context_settings=QUERY_WORDS
)
@query_argument
@limit_option
@click.option("--after", "cursor", metavar="CURSOR", help="Go on after an earlier page.")
@json_option
@session_of
def notes_command(
    session: Session, query: tuple[str, ...], limit: int, cursor: str | None, as_json: bool
) -> None:
    """Highlights and notes, newest first; with QUERY those of the articles that answer it."""
    within, waiting = scope_of(session, query)
    page = session.library.notes.list(within, limit, cursor)
    if as_json:
        items = [note_record(one.note) | {"row": row_record(one.row)} for one in page.items]
        record = {"items": items, "total": page.total, "cursor": page.cursor, "waiting": waiting}
        print_json(record)
    else:
        _print_page(page)


def _print_page(page: Page[NotedRow]) -> None:
    for one in page.items:
        print_line(f"{one.note.id:>6}  {one.note.made:%Y-%m-%d}  {one.row.id} {one.row.title}")
        for line in one.note.anchor.quote.splitlines():
            print_line(f"{'':>8}> {line}")
        for line in one.note.words.splitlines():
            print_line(f"{'':>8}{line}")
    shown = f"{len(page.items):,} of " if len(page.items) < page.total else ""
    more = f"; more with --after {page.cursor}" if page.cursor else ""
    say(f"{shown}{count(page.total, 'note')}{more}")


@click.command("note", short_help="Write a note on an article, or on words of it.")
@click.argument("words", nargs=-1, metavar="[ARTICLE] WORDS...")
@click.option("--start", type=click.IntRange(min=0), help="Where the stretch begins.")
@click.option("--end", type=click.IntRange(min=0), help="Where it ends, itself left out.")
@click.option("--quote", metavar="TEXT", help="The stretch as the article says it.")
@click.option("--change", metavar="NOTE", type=ROW_ID, help="Give a note other words.")
@click.option("--remove", metavar="NOTE", type=ROW_ID, help="Remove a note.")
@json_option
@session_of
def note_command(
    session: Session,
    words: tuple[str, ...],
    start: int | None,
    end: int | None,
    quote: str | None,
    change: int | None,
    remove: int | None,
    as_json: bool,
) -> None:
    """Write WORDS on the article with the id ARTICLE, or on a stretch of its text.

    A stretch is given by two places in the text (code points, as in `show --json`) or by its
    words; without WORDS it is highlighted.
    """
    if [start is not None or end is not None, quote is not None].count(True) > 1:
        raise click.UsageError("say where by --start and --end, or by --quote")
    if change is not None and remove is not None:
        raise click.UsageError("change a note or remove it")
    notes, text = session.library.notes, " ".join(words)
    if remove is not None:
        note, verb = notes.get(remove), "removed"
        notes.remove(remove)
    elif change is not None:
        note, verb = notes.change(change, text), "changed"
    else:
        article_id, text = _article_and_words(words)
        place = _stretch(notes, article_id, start, end, quote)
        if place[0] == place[1] and not text:
            raise click.UsageError("say what to write, or which stretch to highlight")
        note, verb = notes.add(article_id, *place, text), "noted" if text else "highlighted"
    if as_json:
        print_json(note_record(note))
    else:
        say(f"{verb}: note {note.id} on article {note.article_id}")


def _article_and_words(words: tuple[str, ...]) -> tuple[int, str]:
    first = words[0] if words else ""
    if not (first.isascii() and first.isdigit() and len(first) < LONGEST_ID):
        raise click.UsageError("say on which article: its id, then what to write")
    return int(first), " ".join(words[1:]).strip()


def _stretch(
    notes: Noting, article_id: int, start: int | None, end: int | None, quote: str | None
) -> tuple[int, int]:
    """The place of a stretch; (0, 0) for the whole article."""
    if quote is not None:
        span = notes.find_quote(article_id, quote)
        return span.start, span.end
    if (start is None) is not (end is None):
        raise click.UsageError("--start and --end go together")
    return start or 0, end or 0
