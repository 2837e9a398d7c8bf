"""What the screen says of feeds: how far asking them is, what came of it, why one fails. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.feeds import FeedFailure, UpdateProgress, UpdateReport
from reader.model import Outcome
from reader.text import count
from reader.ui.format import MONTHS
from reader.ui.links import shown_address
from reader.ui.live_keys import key_of
from reader.ui.source_rows import Health, SourceRow
from reader.ui.wording import UNDO

if TYPE_CHECKING:
    from reader.service.fetching import Added

NAMED = 3
"""Failing feeds that are named in one line; how many more there are is said."""

NO_FEEDS = f"No feeds yet.\n\n{key_of('source.add')} adds one by its address."

ALL_ROWS = "all rows"


def tell_hidden(number: int) -> str:
    """How many rows are left out, and what shows them."""
    return f"{count(number, 'row')} without unread articles · {key_of('sources.unread')} shows all"


def tell_progress(progress: UpdateProgress) -> str:
    """How far asking is, for the header: "asking 12/200 · 3 failed · 41 new"."""
    parts = [f"asking {progress.done:,}/{progress.total:,}"]
    if progress.failed:
        parts.append(f"{progress.failed:,} failed")
    if progress.new:
        parts.append(f"{progress.new:,} new")
    return " · ".join(parts)


def tell_asking(names: Sequence[str]) -> str:
    """What is asked for news."""
    return f"asking {clean_line(names[0], 60)}" if names else "asking all feeds"


def tell_report(report: UpdateReport, now: datetime) -> str:
    """What asking came to, the failing feeds named."""
    if not report.asked:
        told = list(_waiting(report, now)) or ["there is no feed to ask"]
        return " · ".join(told)
    return " · ".join([_brought(report), *_failed(report), *_waiting(report, now)])


def _brought(report: UpdateReport) -> str:
    asked = f"asked {count(report.asked, 'feed')}{', then stopped' * report.interrupted}"
    changed = f", {report.updated:,} changed" if report.updated else ""
    new = f"{report.added:,} new" if report.added else "nothing new"
    return f"{asked}: {new}{changed}"


def _failed(report: UpdateReport) -> Iterator[str]:
    if report.failed:
        of = f"{len(report.failed):,} of {report.asked:,} failed: " if report.asked > 1 else ""
        yield of + _named([f"{one.source} ({one.reason})" for one in report.failed])
    if report.failures:
        number = len(report.failures)
        yield f"{number:,} {'entry' if number == 1 else 'entries'} could not be read"


def _waiting(report: UpdateReport, now: datetime) -> Iterator[str]:
    if report.waiting and report.asked:
        first, *others = report.waiting
        until = f" until {tell_moment(first.again, now)}" if first.again else ""
        more = f" and {len(others):,} more" if others else ""
        yield f"left out: {clean_line(first.source, 60)}{until}{more}"
    elif report.waiting:
        yield "not asked: " + _named([_wait(one, now) for one in report.waiting])


def _wait(one: FeedFailure, now: datetime) -> str:
    again = f" until {tell_moment(one.again, now)}" if one.again else ""
    return f"{one.source} waits{again} ({one.reason})"


def _named(told: Sequence[str]) -> str:
    shown = [clean_line(one, 120) for one in told[:NAMED]]
    more = f" and {len(told) - NAMED:,} more" if len(told) > NAMED else ""
    return ", ".join(shown) + more


def tell_moment(moment: datetime, now: datetime) -> str:
    """A moment soon, in the zone of `now`: "14:05", or with its day when it is another one."""
    at = moment.astimezone(now.tzinfo)
    day = "" if at.date() == now.date() else f"{at.day} {MONTHS[at.month - 1][:3]} "
    return f"{day}{at:%H:%M}"


def tell_health(row: SourceRow, now: datetime) -> str:
    """Why a feed brings nothing and when it is asked again; empty where all is well."""
    feed = row.feed
    if feed is None or row.health is Health.FINE:
        return ""
    why = clean_line(feed.error, 160) or row.health.value
    if row.health is Health.STOPPED:
        return f"{row.label}: {why}; it is not asked any more"
    again = f"; asked again {tell_moment(feed.due, now)}" if feed.due else ""
    return f"{row.label}: {why}{again}"


def tell_added(added: Added) -> str:
    """What subscribing came to."""
    name = clean_line(added.source, 80)
    if added.known:
        return f"{name} is among the sources already"
    said = f"added {name}, {count(added.new, 'article')} · {UNDO}"
    if not added.others:
        return said
    return f"{said} · the page also names {_named(list(map(shown_address, added.others)))}"


_SAVED = {
    Outcome.ADDED: f"saved; {key_of('view.reload')} shows it",
    Outcome.UPDATED: "saved: the article that was here has the text of the page now",
    Outcome.DUPLICATE: "it is here already",
}


def tell_saved(outcome: Outcome) -> str:
    """What keeping a page came to."""
    return _SAVED[outcome]


def tell_full_text(*, changed: bool) -> str:
    """What reading the page of an article came to."""
    return "the full text of the page" if changed else "the page holds no more than this"


def tell_text(*, own: bool, keys: Sequence[str]) -> str:
    """Which text of an article is shown now, and how to see the other one."""
    if not own:
        return "the full text of the page"
    return "the feed's own text" + (f", {keys[0]} shows the full one" if keys else "")


def tell_asked_just_now(name: str, seconds: float) -> str:
    """Why a source is not asked again."""
    return f"{clean_line(name, 60)} was asked {max(1, round(seconds))} s ago"


def tell_removed(name: str) -> str:
    """What removing a source means."""
    return f"removed {clean_line(name, 80)}, its articles stay · {UNDO}"


def tell_moved(source: str) -> str:
    """What moving a feed came to."""
    return f"{clean_line(source, 80)} asks the new address from now on · {UNDO}"


def tell_every(name: str, time: str) -> str:
    """How often a source is asked from now on; "never" and 0 leave it to the settings."""
    often = "as often as the settings say" if time in ("0", "never") else f"every {time}"
    return f"{clean_line(name, 80)} is asked {often} · {UNDO}"
