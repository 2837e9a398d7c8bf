"""`entity`: what the library knows of someone or something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import click

from reader.clean import strip_unsafe
from reader.cli.finding import QUERY_WORDS, json_option
from reader.cli.printing import MEASURE, marked
from reader.cli.session import (
    Exit,
    Session,
    bring_index_up_to_date,
    print_json,
    print_line,
    query_text,
    say,
    session_of,
)
from reader.cli.shapes import card_record, entity_record
from reader.model import (
    ArticleId,
    ArticleRow,
    Entity,
    EntityCard,
    EntityId,
    EntityKind,
    Evidence,
    NameCount,
    Page,
    Span,
    Together,
)
from reader.service.cards import Cards
from reader.sparkline import months_between, sparkline
from reader.text import count

KINDS = {
    EntityKind.PER: "person",
    EntityKind.LOC: "place",
    EntityKind.ORG: "organisation",
    EntityKind.MISC: "name",
}
MOST = 10
"""Lines of a part of a card that are printed; JSON has all that the card has."""

_INDENT = " " * 9
_WORD = re.compile(r"\S+")


@click.command("entity", short_help="What the library knows of NAME.", context_settings=QUERY_WORDS)
@click.argument("name", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option(
    "--limit", type=click.IntRange(0, 10_000), default=MOST, show_default=True,
    help="Most articles to print.",
)  # fmt: skip
@json_option
@session_of
def entity_command(session: Session, name: tuple[str, ...], limit: int, as_json: bool) -> int:
    """What the library knows of NAME, any name it goes by; #12 is the one with that id.

    Where nobody is called so, near names are told and the exit code is 3, with --json too.
    """
    waiting = bring_index_up_to_date(session.library)
    cards, asked = session.library.cards, query_text(name)
    with session.library.reading.snapshot():
        found = cards.find(asked)
        if not found:
            tell_near(cards, asked)
            return Exit.NOT_FOUND
        card = cards.card(found[0].id)
        page = cards.articles(card.entity.id, 0, limit)
        most = None if as_json else MOST
        others = {*card.together[:most], *card.places[:most]}
        evidence = {one.entity.id: cards.evidence(card.entity.id, one.entity.id) for one in others}
    if as_json:
        record = card_record(card, evidence, page)
        record["others"] = [entity_record(one) for one in found[1:]]
        print_json(record | {"waiting": waiting})
        return Exit.DONE
    _print_card(card, evidence, page)
    if len(found) > 1:
        say(f"other entities of that name: {named(found[1:])}")
    return Exit.DONE


def tell_near(cards: Cards, name: str) -> None:
    """Say that nobody is called so, and who is called nearly so."""
    near = [one.entity for one in cards.near(name)]
    say(f'no article names "{name}"' + (f"; near: {named(near)}" if near else ""))


def named(entities: Sequence[Entity]) -> str:
    """Entities in a line, each with the id that addresses it."""
    shown = ", ".join(f"{one.name} ({KINDS[one.kind]}, #{one.id})" for one in entities[:MOST])
    return shown + (f" and {len(entities) - MOST:,} more" if len(entities) > MOST else "")


def _print_card(
    card: EntityCard, evidence: Mapping[EntityId, Evidence | None], page: Page[Evidence]
) -> None:
    entity = card.entity
    click.echo(
        f"{click.style(strip_unsafe(entity.name), bold=True)}  {KINDS[entity.kind]}, #{entity.id}"
    )
    print_line(f"{count(card.mentions, 'mention')} in {count(card.articles, 'article')}")
    _print_dates(card)
    if card.related:
        print_line(f"related: {named(card.related)}")
    _print_months(card.months)
    _print_counts("Names seen", [(one.mentions, one.text) for one in card.forms])
    _print_together("Named in the same sentence", card.together[:MOST], evidence)
    _print_together("Places", card.places[:MOST], evidence)
    _print_counts("Tags", [(one.articles, one.name) for one in card.tags])
    _print_articles(page)


def _print_dates(card: EntityCard) -> None:
    undated = card.articles - sum(one.articles for one in card.months)
    without = f"{undated:,} without a date"
    if card.first and card.last:
        more = f", and {without}" if undated else ""
        print_line(f"first seen {_date(card.first)}, last seen {_date(card.last)}{more}")
    elif undated:
        print_line(without)


def _print_months(months: Sequence[NameCount]) -> None:
    if months:
        first, last = months[-1].name, months[0].name
        line = sparkline(months_between(months), MEASURE - len(first) - len(last) - 2)
        _print_heading("By month")
        click.echo(f"{first} {line} {last}")


def _print_counts(heading: str, counts: Sequence[tuple[int, str]]) -> None:
    if counts:
        _print_heading(heading)
    for n, name in counts[:MOST]:
        print_line(f"{n:>7,}  {name}")


def _print_together(
    heading: str, together: Sequence[Together], evidence: Mapping[EntityId, Evidence | None]
) -> None:
    if together:
        _print_heading(heading)
    shown = set[tuple[ArticleId, int]]()
    for one in together:
        print_line(f"{one.sentences:>7,}  {one.entity.name} ({KINDS[one.entity.kind]})")
        found = evidence[one.entity.id]
        if found and (place := (found.row.id, found.offset)) not in shown:
            shown.add(place)
            _print_sentence(found)
        elif found:
            print_line(f"{_INDENT}(in a sentence above)")


def _print_articles(page: Page[Evidence]) -> None:
    shown = len(page.items)
    some = f", the newest {shown:,} of {page.total:,}" if shown < page.total else ""
    if page.items:
        _print_heading(f"Articles{some}")
    for one in page.items:
        facts = " · ".join(filter(None, (one.row.title, one.row.source)))
        print_line(f"{one.row.id:>7}  {_date(one.row)}  {facts}")
        _print_sentence(one)


def _print_heading(heading: str) -> None:
    click.echo(f"\n{click.style(heading, bold=True)}")


def _print_sentence(evidence: Evidence) -> None:
    for start, end in _lines(evidence.sentence, MEASURE - len(_INDENT)):
        spans = [
            Span(max(one.start, start) - start, min(one.end, end) - start)
            for one in evidence.spans
            if one.start < end and start < one.end
        ]
        click.echo(_INDENT + marked(evidence.sentence[start:end], spans))


def _lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end when it is wrapped between words."""
    start = end = 0
    for word in _WORD.finditer(text):
        if end and word.end() - start > width:
            yield start, end
            start = word.start()
        end = word.end()
    if end:
        yield start, end


def _date(row: ArticleRow) -> str:
    return row.published.iso[:10] if row.published else "no date"
