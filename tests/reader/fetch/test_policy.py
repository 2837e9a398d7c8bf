"""When feeds are asked again, by what they answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds import Feed, FeedId, FeedState, Problem
from reader.fetch.policy import after, digest_of, is_due, may_ask, should_move
from reader.fetch.values import Answer, Body, Failed, Unchanged

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR = 3600
FEED = Feed(FeedId(1), "Lighthouse", "https://news.example/feed")
NEW = "https://news.example/new"


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def told(feed: Feed, answer: Answer, *, jitter: float = 0.5, every: int = HOUR) -> Feed:
    return after(feed, answer, NOW, every=every, jitter=jitter)


def test_a_document_is_remembered() -> None:
    failed = replace(FEED, failures=3, error="no connection", held=True, etag="old")
    feed = told(failed, Body(b"<rss/>", FEED.url, etag='"v"', modified="Sun", fresh=0))
    assert feed == replace(
        FEED, checked=NOW, succeeded=NOW, due=later(HOUR), etag='"v"', modified="Sun",
        digest=digest_of(b"<rss/>"),
    )  # fmt: skip


def test_unchanged_keeps_what_is_known_of_the_document() -> None:
    known = replace(FEED, etag='"v"', modified="Sun", digest=b"d", failures=1, error="x")
    assert told(known, Unchanged()) == replace(
        known, failures=0, error="", checked=NOW, succeeded=NOW, due=later(HOUR)
    )


@pytest.mark.parametrize(
    ("own", "every", "fresh", "pause"),
    [(0, 600, 0, 600), (0, 600, 900, 900), (0, 600, 300, 600), (60, 600, 0, 60), (720, 1, 9, 720)],
)  # fmt: skip
def test_the_longest_of_the_times_counts(own: int, every: int, fresh: int, pause: int) -> None:
    feed = told(replace(FEED, every=own), Unchanged(fresh=fresh), every=every)
    assert feed.due == later(pause)


def test_chance_spreads_by_a_tenth() -> None:
    assert told(FEED, Unchanged(), jitter=0).due == later(HOUR * 0.9)
    assert told(FEED, Unchanged(), jitter=1).due == later(HOUR * 1.1)


def test_failures_wait_longer_each_time_up_to_a_day() -> None:
    feed, pauses = FEED, []
    for _ in range(12):
        feed = told(feed, Failed(Problem.REFUSED, "no way"))
        assert feed.due is not None
        pauses.append((feed.due - NOW).total_seconds())
    assert pauses[:4] == [300, 600, 1200, 2400]
    assert pauses[-1] == 86400
    assert sorted(pauses) == pauses
    assert (feed.failures, feed.error) == (12, "no connection: no way")
    assert feed.succeeded is None
    assert feed.checked == NOW
    assert not feed.held


@pytest.mark.parametrize(
    "failed",
    [Failed(Problem.STATUS, "HTTP 404"), Failed(Problem.WAIT), Failed(Problem.UNREADABLE),
     Failed(Problem.NOT_A_FEED), Failed(Problem.NEEDS_LOGIN), Failed(Problem.TOO_COSTLY)],
)  # fmt: skip
@pytest.mark.parametrize("interval", [600, 86400, 7 * 86400])
def test_a_server_that_answers_is_asked_no_more_often_for_failing(
    failed: Failed, interval: int
) -> None:
    feed = replace(FEED, every=interval)
    for failures in range(12):
        feed = told(feed, failed, every=60)
        assert feed.due == later(max(interval, min(300 * 2**failures, 86400)))
    assert told(FEED, failed, every=interval).due == later(interval)


@pytest.mark.parametrize(
    "problem", [Problem.NO_HOST, Problem.REFUSED, Problem.TIMED_OUT, Problem.TLS]
)
def test_a_network_that_fails_is_tried_again_soon(problem: Problem) -> None:
    feed = told(replace(FEED, every=7 * 86400), Failed(problem))
    assert feed.due == later(300)


def test_a_failure_leaves_what_was_known() -> None:
    known = replace(
        FEED, etag='"v"', digest=b"d", moved_to=NEW, moved_times=1, succeeded=later(-HOUR)
    )
    feed = told(known, Failed(Problem.NOT_A_FEED))
    assert feed == replace(known, checked=NOW, failures=1, error="not a feed", due=later(HOUR))


def test_what_a_server_says_is_cleaned() -> None:
    assert told(FEED, Failed(Problem.BROKEN, "a\x1b[31m\nb")).error == "the answer is broken: a b"


def test_gone_stops_and_being_there_again_goes_on() -> None:
    gone = told(FEED, Failed(Problem.GONE, "HTTP 410"))
    assert (gone.state, gone.due, gone.failures) == (FeedState.STOPPED, None, 1)
    assert gone.error == "gone for good: HTTP 410"
    assert not may_ask(gone, NOW, by_name=False)
    assert not is_due(gone, NOW)
    assert told(gone, Unchanged()).state is FeedState.ACTIVE


@pytest.mark.parametrize("answer", [Failed(Problem.GONE), Unchanged()])
def test_a_removed_feed_stays_removed(answer: Answer) -> None:
    assert told(replace(FEED, state=FeedState.REMOVED), answer).state is FeedState.REMOVED


@pytest.mark.parametrize(("said", "waits"), [(600, 600), (5, 60), (10**9, 86400)])
def test_a_server_that_asks_to_wait_is_left_alone(said: int, waits: int) -> None:
    asked = Failed(Problem.WAIT, "HTTP 429", retry_after=said)
    for failures, counted in ((0, 1), (1, 1), (5, 5)):
        feed = told(replace(FEED, failures=failures), asked, jitter=0)
        assert (feed.due, feed.failures, feed.held) == (later(waits), counted, True)
    assert told(FEED, asked, jitter=1).due == later(waits * 1.1)
    assert not may_ask(feed, later(waits - 1), by_name=True)
    assert may_ask(feed, later(waits), by_name=False)


def test_a_server_that_does_not_say_how_long_is_a_failure() -> None:
    feed = told(FEED, Failed(Problem.WAIT, "HTTP 503"))
    assert (feed.due, feed.failures, feed.held) == (later(HOUR), 1, False)
    assert may_ask(feed, NOW, by_name=True)
    assert not may_ask(feed, NOW, by_name=False)


def test_the_end_of_waiting_ends_the_hold() -> None:
    held = told(FEED, Failed(Problem.WAIT, retry_after=600))
    assert not told(held, Unchanged()).held
    assert not told(held, Failed(Problem.REFUSED)).held


def test_a_wish_to_update_reaches_what_is_not_due_yet() -> None:
    fresh = told(FEED, Unchanged())
    assert may_ask(fresh, NOW, by_name=False)
    assert not is_due(fresh, NOW)
    assert is_due(fresh, later(HOUR))
    assert is_due(FEED, NOW)


@pytest.mark.parametrize(
    "answer", [Unchanged(), Failed(Problem.STATUS), Failed(Problem.WAIT, retry_after=600)]
)
def test_a_clock_that_was_ahead_does_not_silence_a_feed(answer: Answer) -> None:
    feed = after(FEED, answer, later(14 * 365 * 86400), every=HOUR, jitter=0.5)
    assert is_due(feed, NOW)
    assert may_ask(feed, NOW, by_name=False)
    assert not is_due(told(feed, answer), later(30))


MOVED = Body(b"x", NEW, moved_to=NEW)


def test_a_move_is_believed_the_second_time() -> None:
    once = told(FEED, MOVED)
    assert (should_move(FEED), should_move(once)) == ("", "")
    twice = told(once, MOVED)
    assert should_move(twice) == NEW
    assert should_move(told(twice, MOVED)) == NEW


def test_a_move_that_vanishes_or_changes_begins_again() -> None:
    once = told(FEED, MOVED)
    for answer in (Unchanged(), Body(b"x", FEED.url)):
        assert (told(once, answer).moved_to, told(once, answer).moved_times) == ("", 0)
    other = told(once, replace(MOVED, moved_to="https://other.example/"))
    assert (other.moved_to, other.moved_times) == ("https://other.example/", 1)


def test_a_failure_between_two_redirects_changes_nothing() -> None:
    once = told(FEED, MOVED)
    assert should_move(told(told(once, Failed(Problem.REFUSED)), MOVED)) == NEW


ANSWERS = st.one_of(
    st.builds(Unchanged, st.integers(0, 86400)),
    st.builds(
        Failed, st.sampled_from(Problem), st.sampled_from(["", "HTTP 500"]),
        st.integers(0, 10**6),
    ),
    st.builds(Body, st.binary(max_size=3), st.just(NEW), moved_to=st.sampled_from(["", NEW])),
)  # fmt: skip


@given(st.lists(ANSWERS, max_size=30), st.floats(0, 1), st.integers(0, 7 * 86400))
def test_whatever_happens_a_feed_is_asked_again_unless_it_is_gone(
    answers: list[Answer], jitter: float, every: int
) -> None:
    feed = FEED
    for answer in answers:
        feed = after(feed, answer, NOW, every=every, jitter=jitter)
        assert (feed.failures == 0) == (feed.error == "") == (not isinstance(answer, Failed))
        assert feed.held <= (feed.failures > 0)
        if feed.state is FeedState.ACTIVE:
            assert feed.due is not None
            assert NOW <= feed.due <= later(1.1 * max(every, 86400))
            assert may_ask(feed, feed.due, by_name=False)
        else:
            assert isinstance(answer, Failed)
