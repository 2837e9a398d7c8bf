"""Everything that needs the network, done for the screen in a child process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Lock, Thread

from reader.feeds import UpdateProgress, UpdateReport
from reader.service.child import Child
from reader.service.fetching_wire import (
    BY_ITSELF,
    Add,
    Added,
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
    every_line,
    order_line,
    read_told,
    stop_line,
)

__all__ = [
    "BY_ITSELF",
    "Added",
    "FetchProcess",
    "FullText",
    "Moved",
    "OnNews",
    "Saved",
    "Told",
    "Trouble",
    "UpdateProgress",
    "UpdateReport",
]

OnNews = Callable[[int, Told], None]

_ENDED = "the process that fetches ended; log.txt in the library has more"


class FetchProcess:
    """Fetching in a child process. Updates run one after another, and so do all other orders,
    beside them: a page need not wait for two hundred feeds.

    Every order returns at once with a number. `on_news` is called from a thread of this object
    with that number: any times with UpdateProgress, then once with anything else, which ends
    the order. While no update is asked for, feeds that are due are asked, each every `every`
    seconds or at times of its own (0: none is asked); that is told with the number BY_ITSELF.

    A process that died is started again by the next order.
    """

    def __init__(self, folder: Path, every: float, on_news: OnNews) -> None:
        self._folder = folder
        self._every = every
        self._on_news = on_news
        self._numbers = count(BY_ITSELF + 1)
        self._open: set[int] = set()
        self._running: tuple[Child, Thread] | None = None
        self._listening = False
        self._closed = False
        self._sending = Lock()  # held around what changes `_running`
        self._telling = Lock()  # held around what changes `_open` and `_listening`

    def start(self) -> None:
        """Start the process, unless an order that came first did. Raises OSError when the
        system does not let us."""
        with self._sending:
            if not self._closed and self._running is None:
                self._start()

    def update(self, names: tuple[str, ...] = (), *, due_only: bool = False) -> int:
        """Ask the feeds of sources or folders for news, or all feeds; UpdateReport ends it."""
        return self._order(Update(names, due_only))

    def add(self, url: str, folder: str = "") -> int:
        """Subscribe to a feed or to the feed of a page; Added ends it."""
        return self._order(Add(url, folder))

    def save(self, url: str) -> int:
        """Keep a page as an article; Saved ends it."""
        return self._order(Save(url))

    def full_text(self, article_id: int) -> int:
        """Read the page of an article; FullText ends it."""
        return self._order(ReadFullText(article_id))

    def picture(self, article_id: int, url: str) -> int:
        """Fetch a picture that goes with an article; Pixels end it."""
        return self._order(ReadPicture(article_id, url))

    def move(self, name: str, url: str) -> int:
        """Have a source ask another address from now on; Moved ends it."""
        return self._order(Move(name, url))

    def set_every(self, seconds: float) -> None:
        """Ask feeds by themselves every so many seconds from now on, 0 for never."""
        with self._sending, suppress(OSError):
            self._every = seconds
            if self._running is not None:
                self._running[0].send(every_line(seconds))

    def stop(self) -> None:
        """Interrupt what runs and drop what waits, which ends each; what has come is kept."""
        with self._sending, suppress(OSError):
            if self._running is not None:
                self._running[0].send(stop_line())

    def close(self) -> None:
        """End the process; nothing is told any more."""
        self._closed = True
        with self._sending:
            self._drop()

    def _order(self, order: Order) -> int:
        number = next(self._numbers)
        with self._sending:
            sent = not self._closed and self._send(number, order_line(number, order))
        if not sent:
            # Never from the thread that asks: it may be the one that has to hear of it.
            Thread(target=self._tell, args=(number, Trouble(_ENDED)), daemon=True).start()
        return number

    def _send(self, number: int, line: str) -> bool:
        """Send to the process that runs, else to a new one; False when there is none."""
        try:
            child = self._enter(number) or self._start(number)
        except OSError:
            return False
        try:
            child.send(line)
        except OSError:
            child.kill()  # whoever listens to it tells the end of the order
        return True

    def _enter(self, number: int) -> Child | None:
        """The process whose end will be told as the end of the order too, if there is one."""
        with self._telling:
            if self._running is None or not self._listening:
                return None
            self._open.add(number)
            return self._running[0]

    def _start(self, *orders: int) -> Child:
        self._drop()
        child = Child("fetch", self._folder, str(self._every))
        thread = Thread(target=self._listen, args=(child,), name="fetch", daemon=True)
        with self._telling:
            self._running, self._listening = (child, thread), True
            self._open.update(orders)
        thread.start()
        return child

    def _drop(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            child, thread = running
            child.kill()
            thread.join()
            child.close()

    def _listen(self, child: Child) -> None:
        while line := child.receive():
            number, told = read_told(line)
            if not isinstance(told, UpdateProgress):
                with self._telling:
                    self._open.discard(number)
            self._tell(number, told)
        with self._telling:
            self._listening = False
            left = sorted(self._open)
            self._open.clear()
        for number in left:
            self._tell(number, Trouble(_ENDED))

    def _tell(self, number: int, told: Told) -> None:
        if not self._closed:
            self._on_news(number, told)
