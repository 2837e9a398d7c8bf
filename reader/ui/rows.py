"""The rows of a list, loaded a page at a time around what is on the screen."""

from __future__ import annotations

from array import array
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence

from reader.ui.format import Row

PAGE = 40
"""Rows loaded in one go."""

KEPT = 32
"""Pages kept in memory."""

WANTED = 3
"""Pages waited for; what was asked for before the last of them has been scrolled past."""

Load = Callable[[Sequence[int]], Awaitable[Mapping[int, Row]]]


class PagedRows:
    """Rows over a vector of ids that grows once at most, at its end, so that no row ever moves.

    Asking costs nothing: rows that are not there yet are None, `request` notes them, and
    `wake` is called when there is something for `fill` to load.
    """

    def __init__(self, ids: array[int], load: Load, wake: Callable[[PagedRows], None]) -> None:
        self.ids = ids
        self._load = load
        self._wake = wake
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: deque[int] = deque(maxlen=WANTED)
        self._filling = False

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, index: int) -> Row | None:
        """The row at a place of the list, None while it is not loaded."""
        number = index // PAGE
        page = self._pages.get(number)
        if number in self._stale:
            self._want([number])
        return page.get(self.ids[index]) if page else None

    def request(self, first: int, count: int) -> None:
        """Have `count` rows from `first` on loaded, as far as they are not."""
        last = min(first + count, len(self.ids)) - 1
        numbers = range(max(first, 0) // PAGE, last // PAGE + 1)
        for number in self._pages.keys() & set(numbers):
            self._pages.move_to_end(number)
        self._want(number for number in numbers if number not in self._pages)

    def grow(self, ids: array[int]) -> None:
        """Go on after the ids that are there; `ids` begins with them."""
        if len(self.ids) % PAGE:
            self._stale.add(len(self.ids) // PAGE)
        self.ids = ids

    async def fill(self, loaded: Callable[[], None]) -> None:
        """Load what was requested, the newest request first, telling `loaded` after each page."""
        try:
            while self._wanted:
                number = self._wanted.pop()
                first = number * PAGE
                ids = self.ids[first : first + PAGE]
                self._keep(number, dict(await self._load(ids)))
                if len(ids) < len(self.ids[first : first + PAGE]):
                    self._stale.add(number)  # there are more since then
                loaded()
        finally:
            self._filling = False

    def put(self, rows: Mapping[int, Row], places: Collection[int]) -> None:
        """Take over newer rows of the articles at `places`; snippets stay as they are."""
        for place in places:
            page, article_id = self._pages.get(place // PAGE), self.ids[place]
            if page is not None and article_id in page and article_id in rows:
                old = page[article_id]
                page[article_id] = Row(rows[article_id].article, old.snippet, old.spans)

    def forget(self) -> None:
        """Load every page again when it is next asked for; what is there is shown until then."""
        self._stale = set(self._pages)

    def _want(self, numbers: Iterable[int]) -> None:
        self._wanted.extend(number for number in numbers if number not in self._wanted)
        if self._wanted and not self._filling:
            self._filling = True
            self._wake(self)

    def _keep(self, number: int, rows: dict[int, Row]) -> None:
        self._pages[number] = rows
        self._pages.move_to_end(number)
        self._stale.discard(number)
        while len(self._pages) > KEPT:
            gone, _ = self._pages.popitem(last=False)
            self._stale.discard(gone)
