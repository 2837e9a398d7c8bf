"""Fetches what the screen asks for, and by itself what is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic
from typing import TextIO

from reader.durations import EVERY
from reader.errors import LibraryBusyError, ReaderError, UpdateBusyError
from reader.feeds import UpdateProgress, UpdateReport
from reader.model import ArticleId
from reader.service.fetching_wire import (
    BY_ITSELF,
    Add,
    Added,
    Every,
    FullText,
    Move,
    Moved,
    Order,
    ReadFullText,
    ReadPicture,
    Save,
    Saved,
    Told,
    Trouble,
    Update,
    read_order,
    told_line,
)
from reader.service.library import Library
from reader.text import explain

log = logging.getLogger(__name__)

FIRST_LOOK = 3.0
"""Seconds after the start until it is looked for feeds that are due."""

LOOK = 60.0
"""Longest time between two looks, in seconds: feeds may be due at times of their own."""

PARTING = 5.0
"""Seconds that what is being stored has at the end."""

PROGRESS = 0.1
"""Least seconds between two lines of progress."""


def serve_fetch(library: Library, source: TextIO, target: TextIO, *, every: float) -> None:
    """Carry out orders; while none is to update feeds, ask those that are due.

    `every` is the time between two fetches of a feed in seconds where it has none of its own;
    with 0 nothing is asked that was not ordered; a line may set another time. Orders to update
    are carried out one after another, and so are all others, beside them: a page need not wait
    for two hundred feeds.
    """
    inbox = _Inbox(every)
    telling = Lock()

    def tell(number: int, told: Told) -> None:
        with telling:
            target.write(told_line(number, told))
            target.flush()

    def office(of: Library) -> _Office:
        return _Office(of, tell, inbox)

    def carry_out_others() -> None:
        # A library belongs to one thread.
        with closing(Library.open(library.folder)) as own:
            while (job := inbox.others.get()) is not None:
                office(own).carry_out(job)

    others = Thread(target=carry_out_others, daemon=True)
    others.start()
    Thread(target=inbox.fill, args=(source,), daemon=True).start()
    _update_and_look(office(library), inbox)
    others.join(PARTING)


def _update_and_look(office: _Office, inbox: _Inbox) -> None:
    pause = inbox.pause(FIRST_LOOK)
    while not inbox.ended.is_set():
        try:
            job = inbox.updates.get(timeout=pause)
        except Empty:
            office.look()
            pause = inbox.pause(LOOK)
        else:
            if job is None:
                pause = inbox.pause(FIRST_LOOK)
            else:
                office.carry_out(job)


@dataclass(frozen=True, slots=True)
class _Job:
    """An order, the number it was given, and its place among all orders."""

    place: int
    number: int
    order: Order


class _Inbox:
    """Orders as they come, what is to be given up, and how often feeds are asked. None among
    the orders says that one of these has changed."""

    def __init__(self, every: float) -> None:
        self.ended = Event()
        self.every = every
        self.updates: SimpleQueue[_Job | None] = SimpleQueue()
        self.others: SimpleQueue[_Job | None] = SimpleQueue()
        self._came = 0
        self._given_up = 0
        self._stops = 0

    def fill(self, source: TextIO) -> None:
        """Read orders until there are no more."""
        for line in source:
            read = read_order(line)
            if read is None:
                self._given_up = self._came
                self._stops += 1
            elif isinstance(read, Every):
                self.every = read.seconds
                self.updates.put(None)
            else:
                self._put(*read)
        self.ended.set()
        self.updates.put(None)
        self.others.put(None)

    def pause(self, longest: float) -> float | None:
        """Seconds until it is looked for feeds that are due, None for ever."""
        every = self.every
        return min(longest, every) if every else None

    def stop_of(self, job: _Job) -> Callable[[], bool]:
        """Tells whether an order is to be given up: those are that came before an interrupt."""
        return lambda: self.ended.is_set() or job.place <= self._given_up

    def stop_of_look(self) -> Callable[[], bool]:
        """The same for what nobody ordered, which gives way to an update that somebody did."""
        before = self._stops
        return lambda: self.ended.is_set() or self._stops > before or not self.updates.empty()

    def _put(self, number: int, order: Order) -> None:
        self._came += 1
        queue = self.updates if isinstance(order, Update) else self.others
        queue.put(_Job(self._came, number, order))


class _Office:
    """Carries out orders."""

    def __init__(
        self,
        library: Library,
        tell: Callable[[int, Told], None],
        inbox: _Inbox,
    ) -> None:
        self._library = library
        self._tell = tell
        self._inbox = inbox

    def carry_out(self, job: _Job) -> None:
        """Do what is ordered and tell what came of it; the boundary of this process."""
        try:
            told = self._do(job, self._inbox.stop_of(job))
        except ReaderError as error:
            told = Trouble(explain(error))
        except Exception as error:
            log.exception("an order failed")
            told = Trouble(explain(error))
        self._tell(job.number, told)

    @property
    def _every(self) -> int:
        return int(self._inbox.every) or EVERY

    def look(self) -> None:
        """Ask the feeds that are due, if there are any."""
        try:
            report = self._update(BY_ITSELF, Update(due_only=True), self._inbox.stop_of_look())
        except (UpdateBusyError, LibraryBusyError):
            return  # whoever is at it tells what comes
        except Exception:
            log.exception("asking feeds that are due failed")
            return
        if report.asked:
            self._tell(BY_ITSELF, report)

    def _do(self, job: _Job, stop: Callable[[], bool]) -> Told:
        library = self._library
        match job.order:
            case Update() as order:
                return self._update(job.number, order, stop)
            case Add(url, folder):
                found = library.subscribing.subscribe(
                    url, folder=folder, every=self._every, stop=stop
                )
                others = tuple(one.url for one in found.others)
                return Added(found.feed.source, found.added, others, found.known)
            case Save(url):
                return Saved(*library.saving.save_page(url, stop=stop))
            case ReadFullText(article_id):
                changed = library.saving.read_full_text(article_id, stop=stop)
                return FullText(ArticleId(article_id), changed)
            case ReadPicture(article_id, url):
                return library.saving.read_picture(article_id, url, stop=stop)
            case Move(name, url):
                line = library.subscribing.move(name, url, every=self._every, stop=stop)
                return Moved(line.name, line.feed.url if line.feed else "")

    def _update(self, number: int, order: Update, stop: Callable[[], bool]) -> UpdateReport:
        told = 0.0

        def tell(progress: UpdateProgress) -> None:
            nonlocal told
            if monotonic() - told >= PROGRESS:
                told = monotonic()
                self._tell(number, progress)

        return self._library.updating.run(
            order.names,
            due_only=order.due_only,
            every=self._every,
            progress=tell,
            stop=stop,
        )
