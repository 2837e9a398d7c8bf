"""When a feed is asked, and what is kept of how it answered (pure).

The care of polite readers: nobody is asked more often than wanted, a server that asks to wait
is left alone, one that fails is asked less and less often, and one that says that a feed is gone
is believed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from reader.clean import clean_line
from reader.feeds import Feed, FeedState, Problem
from reader.fetch.values import Answer, Body, Failed, Unchanged

DAY = 24 * 3600

FIRST_PAUSE = 5 * 60
"""Seconds after a first failure; each further one doubles them, up to a day. A server that did
answer is never asked sooner than the feed wants it without failures."""

SHORTEST_WAIT = 60
"""Seconds a server is left alone that asks for it, however short the time it names."""

MOVES = 2
"""How often in a row a server says that a feed has moved before it is believed."""

_NETWORK = frozenset({Problem.NO_HOST, Problem.REFUSED, Problem.TIMED_OUT, Problem.TLS})
"""What is over soon, when the network is there again."""

_DOUBLINGS = 16
_DIGEST_BYTES = 16


def digest_of(data: bytes) -> bytes:
    """Digest by which a document is known to be the same as the last one."""
    return blake2b(data, digest_size=_DIGEST_BYTES).digest()


def after(feed: Feed, answer: Answer, now: datetime, *, every: int, jitter: float) -> Feed:
    """The feed with the bookkeeping of an answer.

    `every` is the least time between two fetches in seconds, where the feed has none of its
    own. `jitter` of 0..1 spreads the times by a tenth either way. What makes a document no feed
    is told as Failed too: such a document leaves nothing behind but its failure.
    """
    if isinstance(answer, Failed):
        interval = feed.every or every
        return _after_failure(replace(feed, checked=now), answer, now, interval, jitter)
    pause = max(feed.every or every, answer.fresh)
    known = replace(
        feed,
        state=FeedState.ACTIVE if feed.state is FeedState.STOPPED else feed.state,
        checked=now,
        succeeded=now,
        due=now + _spread(pause, jitter),
        failures=0,
        error="",
        held=False,
    )
    return _described(known, answer)


def should_move(feed: Feed) -> str:
    """Where a feed has gone for good, "" while that is not certain."""
    return feed.moved_to if feed.moved_times >= MOVES else ""


def may_ask(feed: Feed, now: datetime, *, by_name: bool) -> bool:
    """Whether a person's wish to update goes as far as this feed.

    One that stopped or was removed is not asked, nor one whose server asks to wait; one that
    failed is asked before its time only when it is called `by_name`.
    """
    if feed.state is not FeedState.ACTIVE:
        return False
    return is_due(feed, now) or not (feed.held or (feed.failures and not by_name))


def is_due(feed: Feed, now: datetime) -> bool:
    """Whether the time of an active feed has come.

    What was noted by a clock that went ahead of this one does not count.
    """
    if feed.state is not FeedState.ACTIVE or feed.due is None:
        return feed.state is FeedState.ACTIVE
    return feed.due <= now or (feed.checked is not None and feed.checked > now)


def words_of(failed: Failed) -> str:
    """What went wrong, for a person; one line."""
    return clean_line(f"{failed.problem}: {failed.detail}" if failed.detail else failed.problem)


def _after_failure(feed: Feed, failed: Failed, now: datetime, interval: int, jitter: float) -> Feed:
    told = replace(feed, error=words_of(failed), held=False)
    if failed.problem is Problem.GONE:
        stopped = feed.state if feed.state is FeedState.REMOVED else FeedState.STOPPED
        return replace(told, state=stopped, due=None, failures=feed.failures + 1)
    if failed.problem is Problem.WAIT and failed.retry_after:
        wait = min(max(failed.retry_after, SHORTEST_WAIT), DAY)
        # Never earlier than asked for: it is spread to one side only.
        due = now + timedelta(seconds=wait * (1 + jitter / 10))
        return replace(told, due=due, failures=max(feed.failures, 1), held=True)
    pause = min(FIRST_PAUSE * 2 ** min(feed.failures, _DOUBLINGS), DAY)
    if failed.problem not in _NETWORK:
        # The server did answer, and is asked no more often for that.
        pause = max(pause, interval)
    return replace(told, due=now + _spread(pause, jitter), failures=feed.failures + 1)


def _described(feed: Feed, answer: Body | Unchanged) -> Feed:
    """With what the next request asks by, and where it may go.

    Nothing that is unchanged was redirected for good. A redirect to a document counts as long
    as it leads to the same place each time.
    """
    if isinstance(answer, Unchanged):
        return replace(feed, moved_to="", moved_times=0)
    target = answer.moved_to
    times = feed.moved_times if target == feed.moved_to else 0
    return replace(
        feed,
        etag=answer.etag,
        modified=answer.modified,
        digest=digest_of(answer.data),
        moved_to=target,
        moved_times=times + 1 if target else 0,
    )


def _spread(seconds: float, jitter: float) -> timedelta:
    return timedelta(seconds=seconds * (0.9 + jitter / 5))
