"""The process that fetches for the screen: orders, news, interrupts, death."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Queue
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds import FeedFailure, Subscription, UpdateProgress, UpdateReport
from reader.model import ArticleId, ImportFailure, Outcome, Pixels
from reader.service.fetching import (
    BY_ITSELF,
    Added,
    FetchProcess,
    FullText,
    Moved,
    Saved,
    Told,
    Trouble,
)
from reader.service.fetching_wire import (
    Add,
    Every,
    Move,
    Order,
    ReadFullText,
    ReadPicture,
    Save,
    Update,
    every_line,
    order_line,
    read_order,
    read_told,
    stop_line,
    told_line,
)
from reader.service.library import Library
from tests.reader.service.site import Site, entries, page, rss

SECONDS = 30

words = st.text(max_size=9)
numbers = st.integers(0, 9)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
feed_failures = st.lists(st.builds(FeedFailure, words, words, words, moments), max_size=2).map(
    tuple
)
orders = (
    st.builds(Update, st.lists(words, max_size=2).map(tuple), st.booleans())
    | st.builds(Add, words, words)
    | st.builds(Save, words)
    | st.builds(ReadFullText, numbers)
    | st.builds(ReadPicture, numbers, words)
    | st.builds(Move, words, words)
)
told_things = (
    st.builds(UpdateProgress, numbers, numbers, numbers, numbers)
    | st.builds(
        UpdateReport,
        asked=numbers,
        failed=feed_failures,
        waiting=feed_failures,
        failures=st.lists(st.builds(ImportFailure, words, words, words), max_size=2).map(tuple),
        ids=st.lists(numbers, max_size=2).map(tuple),
        interrupted=st.booleans(),
    )
    | st.builds(Added, words, numbers, st.lists(words, max_size=2).map(tuple), st.booleans())
    | st.builds(Saved, numbers.map(ArticleId), st.sampled_from(Outcome))
    | st.builds(FullText, numbers.map(ArticleId), st.booleans())
    | st.builds(Pixels, numbers, numbers, st.binary(max_size=9))
    | st.builds(Moved, words, words)
    | st.builds(Trouble, words)
)


@given(numbers, orders)
def test_orders_arrive_as_they_were_given(number: int, order: Order) -> None:
    assert read_order(order_line(number, order)) == (number, order)


@given(numbers, told_things)
def test_what_is_told_arrives_as_it_was(number: int, told: Told) -> None:
    line = told_line(number, told)
    assert line.count("\n") == 1
    assert read_told(line) == (number, told)


def test_an_interrupt_is_no_order() -> None:
    assert read_order(stop_line()) is None
    assert read_order(every_line(0.5)) == Every(0.5)


News = Queue[tuple[int, Told]]


@pytest.fixture
def news() -> News:
    return Queue()


@pytest.fixture
def fetching(impatient: Library, news: News) -> Iterator[FetchProcess]:
    process = FetchProcess(impatient.folder, 0, lambda number, told: news.put((number, told)))
    process.start()
    yield process
    process.close()


def end_of(news: News, number: int) -> Told:
    """What ended an order; progress before it is passed over."""
    while True:
        of, told = news.get(timeout=SECONDS)
        if of == number and not isinstance(told, UpdateProgress):
            return told


def test_orders_are_carried_out(
    fetching: FetchProcess, news: News, impatient: Library, site: Site
) -> None:
    body = rss(*entries("ab")).replace(b"http://skerry.example/", site.url("/").encode())
    home = site.has(
        "/",
        page(head="<link rel='alternate' type='application/rss+xml' href='/feed'>"),
        "text/html",
    )
    site.has("/feed", body)
    assert end_of(news, fetching.add(home, "News")) == Added("Skerry Post", 2, (), False)
    assert end_of(news, fetching.add(home)) == Added("Skerry Post", 0, (), True)
    report = end_of(news, fetching.update())
    assert isinstance(report, UpdateReport)
    assert (report.asked, report.unchanged) == (1, 1)
    site.has("/a", page(), "text/html")
    assert end_of(news, fetching.full_text(1)) == FullText(ArticleId(1), True)
    saved = end_of(news, fetching.save(site.has("/p", page("Other"), "text/html")))
    assert isinstance(saved, Saved)
    site.has("/feed2", body)
    moved = end_of(news, fetching.move("Skerry Post", site.url("/feed2")))
    assert moved == Moved("Skerry Post", site.url("/feed2"))
    assert impatient.subscribing.find("skerry").articles == 2


def test_trouble_is_told_in_words(fetching: FetchProcess, news: News, site: Site) -> None:
    orders: tuple[Callable[[], int], ...] = (
        lambda: fetching.add(site.url("/none")),
        lambda: fetching.update(("Nobody",)),
        lambda: fetching.full_text(99),
        lambda: fetching.picture(99, site.url("/p.png")),
        lambda: fetching.save("ftp://x.example/"),
    )
    for order in orders:
        told = end_of(news, order())
        assert isinstance(told, Trouble)
        assert told.text
        assert not told.text.startswith("something went wrong")


def test_an_interrupt_ends_what_runs_and_what_waits(
    fetching: FetchProcess, news: News, impatient: Library, site: Site
) -> None:
    impatient.store.feeds.add(Subscription(site.hangs("/hang"), "Hanging"), private=True)
    first, second = fetching.update(), fetching.update()
    while not site.asked:
        assert monotonic()
    began = monotonic()
    fetching.stop()
    for number in (first, second):
        report = end_of(news, number)
        assert isinstance(report, UpdateReport)
        assert report.interrupted
    assert monotonic() - began < 5


def test_a_page_does_not_wait_for_feeds(
    fetching: FetchProcess, news: News, impatient: Library, site: Site
) -> None:
    impatient.store.feeds.add(Subscription(site.hangs("/hang"), "Hanging"), private=True)
    update = fetching.update()
    while not site.asked:
        assert monotonic()
    saved = fetching.save(site.has("/p", page(), "text/html"))
    assert isinstance(end_of(news, saved), Saved)
    fetching.stop()
    assert isinstance(end_of(news, update), UpdateReport)


def test_a_process_that_died_tells_so_and_has_a_successor(
    fetching: FetchProcess, news: News, impatient: Library, site: Site
) -> None:
    impatient.store.feeds.add(Subscription(site.hangs("/hang"), "Hanging"), private=True)
    number = fetching.update()
    while not site.asked:
        assert monotonic()
    assert fetching._running is not None
    child, thread = fetching._running
    child.kill()
    assert isinstance(end_of(news, number), Trouble)
    thread.join()
    saved = fetching.save(site.has("/p", page(), "text/html"))
    assert isinstance(end_of(news, saved), Saved)
    # One that is gone and perhaps not yet known to be.
    fetching._running[0].kill()
    assert isinstance(end_of(news, fetching.save(site.url("/p"))), Saved | Trouble)


def test_an_order_that_comes_before_the_start_is_carried_out(
    impatient: Library, news: News, site: Site
) -> None:
    process = FetchProcess(impatient.folder, 0, lambda number, told: news.put((number, told)))
    saved = process.save(site.has("/p", page(), "text/html"))
    process.start()
    told = end_of(news, saved)
    process.close()
    assert isinstance(told, Saved), told


def test_one_that_was_closed_is_not_started(
    tmp_path: Path, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    process = FetchProcess(tmp_path, 0, lambda number, told: news.put((number, told)))
    process.close()
    process.start()
    assert process._running is None


@pytest.mark.parametrize(
    "act", ["exec <&-; exec sleep 60", "exit 0"], ids=["hears nothing", "ends at once"]
)
def test_a_process_that_hears_nothing_is_told(
    tmp_path: Path, news: News, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    fake = tmp_path / "fake"
    fake.write_text(f"#!/bin/sh\n{act}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    process = FetchProcess(tmp_path, 0, lambda number, told: news.put((number, told)))
    process.start()
    sleep(0.5)
    assert isinstance(end_of(news, process.update()), Trouble)
    process.close()


def test_a_process_that_does_not_start_is_told(
    tmp_path: Path, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    process = FetchProcess(tmp_path, 0, lambda number, told: news.put((number, told)))
    with pytest.raises(OSError, match="missing"):
        process.start()
    process.stop()
    assert isinstance(end_of(news, process.update()), Trouble)
    process.close()
    process.close()
    process.update()
    with pytest.raises(Empty):
        news.get(timeout=0.2)


def test_feeds_that_are_due_are_asked_by_themselves(
    impatient: Library, news: News, site: Site
) -> None:
    url = site.has("/feed", rss(*entries("ab")))
    impatient.store.feeds.add(Subscription(url, "Skerry Post"), private=True)
    process = FetchProcess(impatient.folder, 1.0, lambda number, told: news.put((number, told)))
    process.start()
    report = end_of(news, BY_ITSELF)
    process.close()
    assert isinstance(report, UpdateReport)
    assert (report.asked, report.added) == (1, 2)
    feed = impatient.subscribing.find("skerry").feed
    assert feed is not None
    assert feed.due is not None
    assert feed.due <= datetime.now(UTC).replace(year=datetime.now(UTC).year + 1)


def test_another_time_holds_at_once(impatient: Library, news: News, site: Site) -> None:
    url = site.has("/feed", rss(*entries("ab")))
    impatient.store.feeds.add(Subscription(url, "Skerry Post"), private=True)
    process = FetchProcess(impatient.folder, 0, lambda number, told: news.put((number, told)))
    process.set_every(9999)
    process.start()
    process.set_every(0)
    with pytest.raises(Empty):
        news.get(timeout=0.5)
    process.set_every(0.1)
    report = end_of(news, BY_ITSELF)
    process.close()
    assert isinstance(report, UpdateReport)
    assert (report.asked, report.added) == (1, 2)
