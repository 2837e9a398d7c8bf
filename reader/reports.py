"""What a person reads of changes, imports, dumps and restores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.clean import strip_unsafe
from reader.model import TOOK_BACK, Change, Event, EventKind, ImportFailure, ImportReport, Single
from reader.text import count, explain

if TYPE_CHECKING:
    from reader.service.restoring import RestoreReport


def describe_event(event: Event) -> str:
    """What an event did, as in "tagged +war: 3 articles", "removed Skerry Post"."""
    if event.detail.startswith(TOOK_BACK):
        other = replace(event, detail=event.detail.removeprefix(TOOK_BACK))
        return TOOK_BACK + describe_event(other)
    if event.kind in (EventKind.SOURCE, EventKind.NOTE):
        return strip_unsafe(event.detail)
    if event.kind is EventKind.MARK:
        told = f"marked {event.detail}"
    elif event.kind is EventKind.TAG and event.detail[:1] in "+-":
        told = f"tagged {event.detail}"
    else:
        told = event.detail
    may_be_bare = event.kind in (EventKind.TAG, EventKind.SEARCH, EventKind.RESTORE)
    is_bare = may_be_bare and not event.changed
    return strip_unsafe(told if is_bare else f"{told}: {count(event.changed, 'article')}")


def tell_read_too(change: Change) -> str:
    """That archiving has marked articles read, where it has."""
    if not change.read_too:
        return ""
    some = "" if change.read_too == change.changed else f"{change.read_too:,} of them "
    return f" · {some}read too"


def describe_where(event: Event) -> str:
    """What stands behind that: the title of the only article, or the query that said of which."""
    if event.title and event.title not in event.detail:
        return strip_unsafe(f" · {event.title}")
    return strip_unsafe(f" · on {event.query}") if event.query else ""


def describe_single(single: Single, *, again: bool = False) -> str:
    """What taking back one change, or making one again, came to."""
    if not single.kept:
        return f"{'made again' if again else 'took back'}: {describe_event(single.event)}"
    done = f"{single.total - single.kept:,} of {single.total:,}"
    told = f"made {done} again" if again else f"took back {done}"
    return f"{told}: {single.kept:,} {'was' if single.kept == 1 else 'were'} changed since"


def describe_import(report: ImportReport, *, would: bool = False) -> str:
    """What an import did, or `would` do."""
    be = "would be " if would else ""
    told = [
        f"{number:,} {name}"
        for number, name in (
            (report.added, f"{be}added"),
            (report.updated, f"{be}updated"),
            (report.duplicate, "already there"),
            (report.retagged, "of these got tags or states"),
        )
        if number
    ]
    told += [count(report.subscribed, "new feed")] if report.subscribed else []
    told += [f"{report.passed_total:,} passed over"] if report.passed_total else []
    told += [f"{report.failed_total:,} failed"] if report.failed_total else []
    return ", ".join(told) or "no articles found there"


def describe_failures(failures: Sequence[ImportFailure], total: int, what: str) -> Iterator[str]:
    """A line for each of what was not taken, and one for those of the `total` that have none."""
    for one in failures:
        yield strip_unsafe(f"{one.path}{f', {one.item}' if one.item else ''}: {one.reason}")
    if total > len(failures):
        more = f"and {total - len(failures):,} more" if failures else f"{total:,}"
        yield f"{more} {what}, not named here"


def describe_restore(report: RestoreReport, *, would: bool = False) -> str:
    """How much a dump brought, or `would` bring."""
    kept = ((report.searches, "saved search"), (report.notes, "note"), (report.looks, "look"))
    others = [count(number, noun) for number, noun in kept if number]
    articles = [count(report.changed, "article")] if report.changed or not others else []
    is_one = report.changed + sum(number for number, _ in kept) == 1
    differ = "would differ" if would else "differs now" if is_one else "differ now"
    return f"{count(report.facts, 'fact')} read; {', '.join([*articles, *others])} {differ}"


RESTORE_NAMED = 10
"""Articles that are not here of which so many are named."""


def describe_rest_of_restore(report: RestoreReport) -> Iterator[str]:
    """What else is to be known of it, line by line."""
    if report.is_partial:
        yield "the dump is cut off, or not all of it was understood: nothing was taken away"
    if report.corrections:
        yield f"{count(report.corrections, 'correction')} of names"
    for name, error in report.unanswered:
        yield strip_unsafe(f'nothing can answer "{name}": {explain(error)}')
    if report.left_out:
        here = count(len(report.elsewhere), "article")
        yield f"{count(report.left_out, 'fact')} left out, about {here} not in this library:"
        yield from (strip_unsafe(f"  {title}") for title in report.elsewhere[:RESTORE_NAMED])
        if len(report.elsewhere) > RESTORE_NAMED:
            yield f"  and {len(report.elsewhere) - RESTORE_NAMED:,} more"
