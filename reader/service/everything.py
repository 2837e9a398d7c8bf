"""All articles, in order and by moment: asked of the library once, until that changes.

Loads numpy, as `masks` does.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.api import FIRST_MOMENT, LAST_MOMENT
from index.query import IdSet, Query, Range, Sort
from reader.model import NameCount
from reader.service.masks import Mask, Numbers, evaluate, mask_of, select

if TYPE_CHECKING:
    from reader.store import Store

_ARRIVAL = "sort"

# A century may be written with any number of digits; moments that the library keeps are nearer.
_EARLIEST, _LATEST = -(2**62), 2**62


@dataclass(frozen=True, slots=True)
class _Column:
    """Moments of articles, ascending, with the articles; those of one moment by id."""

    moments: Numbers
    ids: Numbers

    @classmethod
    def of(cls, moments: Numbers, ids: Numbers) -> _Column:
        """The column of moments and ids in one order, whatever it is."""
        in_order = moments[1:] > moments[:-1]
        in_order |= (moments[1:] == moments[:-1]) & (ids[1:] > ids[:-1])
        if in_order.all():
            return cls(moments, ids)
        rising = np.lexsort((ids, moments))
        return cls(moments[rising], ids[rising])

    def grown(self, moments: Numbers, ids: Numbers) -> _Column:
        """With articles that have higher ids than all of these, in whatever order."""
        new = self.of(moments, ids)
        moments = np.concatenate([self.moments, new.moments])
        # A stable sort of two runs is one merge of them, and leaves ties as they are.
        rising = np.argsort(moments, kind="stable")
        return _Column(moments[rising], np.concatenate([self.ids, new.ids])[rising])

    def between(self, start: int | None, end: int | None) -> Numbers:
        """The articles of start <= moment < end; None is open."""
        bounds = (_EARLIEST if start is None else start, _LATEST if end is None else end)
        first, last = np.searchsorted(
            self.moments, [max(_EARLIEST, min(bound, _LATEST)) for bound in bounds]
        )
        return self.ids[first:last]


class Everything:
    """What each key of a search of states alone would ask for again.

    Articles are never deleted. Those that are new are added to what is known; when one that
    was there has another date, source or title, all of it is asked for again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._token: int | None = None
        self._edition = (0, 0)
        self._columns: dict[str, _Column] = {}
        self._orders: dict[Sort, Numbers] = {}
        self._mask: Mask = np.zeros(0, np.bool_)

    def order(self, sort: Sort) -> Numbers:
        """The ids of all articles; not to be changed."""
        with self._store.snapshot():
            self._refresh()
            if sort not in self._orders:
                self._orders[sort] = self._ordered(sort)
        return self._orders[sort]

    def find(self, query: Query) -> Mask:
        """The articles that answer a query for which `answered_by_state` holds; not to be
        changed."""
        with self._store.snapshot():
            self._refresh()
            return evaluate(query, self._mask, self._in_range)

    def select(self, query: Query, sort: Sort, limit: int | None) -> tuple[array[int], int]:
        """The articles that answer, in order, at most the first `limit`; and how many do.

        Nothing is more relevant than another here: then the newest come first.
        """
        with self._store.snapshot():
            found = self.find(query)
            return select(self.order(sort), found, limit), int(np.count_nonzero(found))

    def count(self, query: Query) -> int:
        """How many articles answer such a query."""
        return int(np.count_nonzero(self.find(query)))

    def count_months(self, ids: IdSet) -> tuple[NameCount, ...]:
        """How many of these articles were published in each month, "2023-07", newest first."""
        with self._store.snapshot():
            self._refresh()
            column = self._column("date")
            dated = mask_of(ids, len(self._mask))[column.ids]
        moments = np.clip(column.moments[dated], FIRST_MOMENT, LAST_MOMENT)
        months, counts = np.unique(moments.astype("M8[s]").astype("M8[M]"), return_counts=True)
        found = zip(months.astype(str).tolist(), counts.tolist(), strict=True)
        return tuple(NameCount(*one) for one in found)[::-1]

    def _ordered(self, sort: Sort) -> Numbers:
        match sort:
            case Sort.SOURCE | Sort.TITLE:
                return np.array(self._store.articles.order(sort), np.int64)
            case Sort.OLDEST:
                column = self._columns[_ARRIVAL]
                return column.ids[np.lexsort((-column.ids, column.moments))]
            case _:
                return np.ascontiguousarray(self._columns[_ARRIVAL].ids[::-1])

    def _in_range(self, moment: Range) -> Mask:
        mask = np.zeros_like(self._mask)
        mask[self._column(moment.field).between(moment.start, moment.end)] = True
        return mask

    def _column(self, name: str) -> _Column:
        if name not in self._columns:
            self._columns[name] = _Column.of(*self._moments(name))
        return self._columns[name]

    def _moments(self, name: str, after: int = 0) -> tuple[Numbers, Numbers]:
        moments, ids = self._store.articles.moments(name, after)
        return np.fromstring(moments, np.int64, sep=","), np.fromstring(ids, np.int64, sep=",")

    def _refresh(self) -> None:
        token = self._store.change_token()
        if token == self._token:
            return
        edition = self._store.articles.edition()
        if self._token is None or edition != self._edition:
            self._take_over(edition)
        self._token, self._edition = token, edition

    def _take_over(self, edition: tuple[int, int]) -> None:
        if edition[1] == self._edition[1] and self._columns:
            last = len(self._mask) - 1
            # All or none: what fails half way is begun again.
            self._columns = {
                name: column.grown(*self._moments(name, last))
                for name, column in self._columns.items()
            }
        else:
            self._columns = {}
        ids = self._column(_ARRIVAL).ids
        self._orders = {}
        self._mask = np.zeros(int(ids.max(initial=0)) + 1, np.bool_)
        self._mask[ids] = True
