"""The list at hand in line mode: what was asked, and how far it was told. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of articles by number, from 1. Rows up to `told` were told; `at` is the number of
    the article read last, 0 for none; `saved` is the saved search that asks for them."""

    query: str = ""
    sort: str = ""
    ids: Sequence[int] = ()
    told: int = 0
    at: int = 0
    saved: str = ""

    @property
    def text(self) -> str:
        """All of it as one query."""
        order = f"sort:{self.sort}" if self.sort else ""
        return " ".join(filter(None, (order, self.query)))

    @property
    def current(self) -> int | None:
        """The id of the article read last."""
        return self.ids[self.at - 1] if self.at else None

    def page(self, size: int) -> range:
        """The numbers of the rows that come next."""
        return range(self.told + 1, min(self.told + size, len(self.ids)) + 1)

    def after(self, page: range) -> Shelf:
        """With these rows told too."""
        return replace(self, told=max(self.told, page.stop - 1))

    def opened(self, number: int) -> Shelf:
        return replace(self, at=number)

    def has(self, number: int) -> bool:
        return 1 <= number <= len(self.ids)

    def narrowed(self, query: str) -> Shelf:
        """What is asked when one more condition has to hold."""
        both = f"({self.query}) ({query})" if self.query else query
        return Shelf(both, self.sort)
