"""Rows of feeds as values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reader.feeds import Feed, FeedId, FeedState
from reader.store.database import Row
from reader.store.times import from_seconds, to_seconds

FEED_COLUMNS = """
    f.id, s.name, f.url, f.site, f.folder, f.state, f.every, f.private, f.added_at, f.checked_at,
    f.succeeded_at, f.due_at, f.failures, f.error, f.moved_to, f.moved_times, f.etag, f.modified,
    f.digest, f.held, f.untitled
"""
"""What `feed_of` reads, of feed `f` and source `s`."""


def feed_of(row: Row) -> Feed:
    feed_id, source, url, site, folder, state, every, private, *fetched = row
    added, checked, succeeded, due, failures, error, moved_to, moved_times, *answer = fetched
    etag, modified, digest, held, untitled = answer
    return Feed(
        FeedId(feed_id),
        source,
        url,
        site,
        folder,
        FeedState(state),
        every,
        bool(private),
        _moment(added),
        _moment(checked),
        _moment(succeeded),
        _moment(due),
        failures,
        error,
        moved_to,
        moved_times,
        etag,
        modified,
        digest,
        bool(held),
        bool(untitled),
    )


def bookkeeping(feed: Feed) -> tuple[Any, ...]:
    """What fetching changes of a feed, and its id, in the order of `NOTE`."""
    return (
        feed.site,
        feed.state,
        seconds_of(feed.checked),
        seconds_of(feed.succeeded),
        seconds_of(feed.due),
        feed.failures,
        feed.error,
        feed.moved_to,
        feed.moved_times,
        feed.etag,
        feed.modified,
        feed.digest,
        feed.held,
        feed.id,
    )


NOTE = """
UPDATE feed SET site = ?, state = CASE state WHEN 'removed' THEN state ELSE ? END, checked_at = ?,
    succeeded_at = ?, due_at = ?, failures = ?, error = ?, moved_to = ?, moved_times = ?, etag = ?,
    modified = ?, digest = ?, held = ?
WHERE id = ?
"""


def seconds_of(moment: datetime | None) -> int | None:
    return None if moment is None else to_seconds(moment)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
