"""Why an article is here, line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.commands.deeds import deeds_text
from reader.kept import RuleDeed
from reader.text import count
from reader.ui.format import Line, format_date_long
from reader.ui.links import shown_address

if TYPE_CHECKING:
    from reader.service.explaining import Condition, FoundWord, TagSince, Why

DIM = "$header-dim"
NAMED = 6
"""Words that are named with a condition, the most frequent ones."""

_MET = {True: "✓", False: "·", None: "?"}


def why_lines(why: Why, now: datetime) -> tuple[Line, ...]:
    """All of it: each part has a heading, and those with nothing to say are left out."""
    row = why.row
    lines: list[Line] = [((clean_line(row.title) or "(no title)", "bold"),)]
    parts = (
        ("What this list asks for", _conditions(why.conditions)),
        ("What rules did to it", _deeds(why.deeds, now)),
        ("Saved searches it answers", _answers(why)),
        ("Where it came from", _origin(why, now)),
        ("Tags", _tags(why.tags, now)),
        ("Notes", _notes(why)),
    )
    for heading, said in parts:
        told = list(said)
        if told:
            lines += [(("", ""),), ((heading, f"bold {DIM}"),), *told]
    return tuple(lines)


def _line(text: str, more: str = "", *, indent: int = 2) -> Line:
    return (f"{'':{indent}}{clean_line(text, 400)}", ""), (
        f"  {clean_line(more, 400)}" if more else "",
        DIM,
    )


def _conditions(conditions: Sequence[Condition]) -> Iterator[Line]:
    if not conditions:
        yield _line("everything: no condition is set")
    for one in conditions:
        first, *rest = one.text.splitlines() or [""]
        yield _line(f"{_MET[one.is_met]} {first}", _words(one.words))
        yield from (_line(line, indent=4 + len(line) - len(line.lstrip())) for line in rest)


def _words(words: Sequence[FoundWord]) -> str:
    shown = [f"{one.text} ×{one.times}" if one.times > 1 else one.text for one in words[:NAMED]]
    more = [f"and {len(words) - NAMED} more"] if len(words) > NAMED else []
    return ", ".join([*shown, *more])


def _deeds(deeds: Sequence[RuleDeed], now: datetime) -> Iterator[Line]:
    for rule in dict.fromkeys(one.rule for one in deeds):
        mine = [one for one in deeds if one.rule == rule]
        did = " ".join(map(_deed, mine)).strip() or "nothing was left to do"
        yield _line(f"{rule}: {did}", moment(mine[0].at, now))


def _deed(deed: RuleDeed) -> str:
    return f"{deed.deed} (taken back)" if deed.taken_back else deed.deed


def _answers(why: Why) -> Iterator[Line]:
    for one in why.answers:
        yield _line(one.name, f"rule: {deeds_text(one.deeds)}" if one.deeds else "")


def _origin(why: Why, now: datetime) -> Iterator[Line]:
    row = why.row
    yield _line(f"source {row.source}" if row.source else "no source", _feed(why))
    if why.file:
        yield _line(f"read from {why.file}")
    yield _line(f"came in {moment(row.added, now)}")
    if row.published is not None:
        yield _line(f"published {format_date_long(row.published, now)}")
    else:
        yield _line("it has no date: the list has it by when it came in")
    for place in why.places:
        yield _line(f"also found: {place.source or place.origin}", moment(place.seen, now))


def _feed(why: Why) -> str:
    feed = why.feed
    if feed is None:
        return ""
    folder = f", in {feed.folder}" if feed.folder else ""
    return f"feed {shown_address(feed.url)}{folder}"


_ORIGINS = {
    "reader": "by you",
    "rule": "by the rule {by}",
    "run": "by the rule {by}, run by you",
    "import": "came with the article",
    "unknown": "longer ago than is written down",
}


def _tags(tags: Sequence[TagSince], now: datetime) -> Iterator[Line]:
    for one in tags:
        when = f", {moment(one.at, now)}" if one.at is not None else ""
        yield _line(f"#{one.name}", f"{_ORIGINS[one.origin].format(by=one.by)}{when}")


def _notes(why: Why) -> Iterator[Line]:
    if why.notes:
        written = sum(1 for one in why.notes if one.words)
        marked = len(why.notes) - written
        said = [count(written, "note")] * bool(written) + [count(marked, "highlight")] * bool(
            marked
        )
        yield _line(", ".join(said))


def moment(at: datetime, now: datetime) -> str:
    """A moment in the zone of `now`: "today, 14:05", "3 March 2024, 14:05"."""
    local = at.astimezone(now.tzinfo)
    day = "today" if local.date() == now.date() else f"{local.day} {local:%B} {local.year}"
    return f"{day}, {local:%H:%M}"
