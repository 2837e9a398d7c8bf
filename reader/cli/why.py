"""`why`: why an article is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import click

from reader.cli.finding import QUERY_WORDS, json_option
from reader.cli.saved_shapes import why_record
from reader.cli.session import (
    Session,
    make_searchable,
    print_json,
    print_line,
    query_text,
    session_of,
)
from reader.kept import Note, RuleDeed
from reader.service.explaining import Condition, TagOrigin, TagSince, Why


@click.command("why", short_help="Why an article is here.", context_settings=QUERY_WORDS)
@click.argument("article", metavar="ID", type=click.IntRange(min=1))
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@json_option
@session_of
def why_command(session: Session, article: int, query: tuple[str, ...], as_json: bool) -> None:
    """Where an article came from, what rules did to it, who tagged it, and what of QUERY it
    answers."""
    text = query_text(query)
    make_searchable(session.library, text)
    why = session.library.explaining.why(article, text)
    if as_json:
        print_json(why_record(why))
        return
    for line in why_lines(why):
        print_line(line)


def why_lines(why: Why) -> Iterator[str]:
    """All that is known, a fact a line."""
    yield why.row.title
    yield from _under("Of what was asked:", map(_condition, why.conditions))
    yield from _under("It came:", _came(why))
    yield from _under("Rules that saw it arrive:", map(_deed, why.deeds))
    yield from _under("Saved searches it answers now:", (one.name for one in why.answers))
    yield from _under("Tags:", map(_tag, why.tags))
    yield from _under("Notes:", map(_note, why.notes))


def _under(heading: str, facts: Iterable[str]) -> Iterator[str]:
    lines = [line for fact in facts for line in fact.splitlines()]
    if lines:
        yield heading
    for line in lines:
        yield f"  {line}"


def _condition(condition: Condition) -> str:
    sign = {True: "yes", False: "no ", None: "?  "}[condition.is_met]
    found = ", ".join(f"{one.text} ({one.times})" for one in condition.words)
    return f"{sign}  {condition.text}{f': {found}' if found else ''}"


def _came(why: Why) -> Iterator[str]:
    feed = f", its feed {why.feed.url}" if why.feed else ""
    file = f", read from {why.file}" if why.file else ""
    yield f"{_moment(why.row.added)} from {why.row.source or 'no source'}{feed}{file}"
    for one in why.places:
        also = " ".join(filter(None, (one.source, one.url or one.origin)))
        yield f"{_moment(one.seen)} found at {also} too"


def _deed(deed: RuleDeed) -> str:
    back = " (taken back)" if deed.taken_back else ""
    return f"{_moment(deed.at)} {deed.rule}: {deed.deed or 'nothing left to do'}{back}"


def _tag(tag: TagSince) -> str:
    when = f" since {_moment(tag.at)}" if tag.at else ""
    return f"{tag.name}{when}{_WHO[tag.origin].format(by=tag.by)}"


_WHO = {
    TagOrigin.READER: " by you ({by})",
    TagOrigin.RULE: " by the rule {by}",
    TagOrigin.RUN: " by the rule {by}, run by you",
    TagOrigin.IMPORT: " as it came from another reader",
    TagOrigin.UNKNOWN: ", for longer than is written down",
}


def _note(note: Note) -> str:
    quote = f"“{note.anchor.quote}”" if note.anchor.quote else ""
    return " ".join(filter(None, (quote, note.words)))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
