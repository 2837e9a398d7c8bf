"""What is selected of a list, by the ids of articles: plain values, no screen.

Selecting one more, or the whole list, costs the same however much there is.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from reader.ui.state import Asked


class Selection:
    """The articles that are selected in the list on the screen, and which of them came last."""

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._ids = set(ids)
        self._whole: array[int] | None = None
        """The list of which all but `_ids` is selected; None: just `_ids`."""
        self._last: tuple[int, int] | None = None
        """The place in the list and the id of what was selected last."""

    def __len__(self) -> int:
        return len(self._ids) if self._whole is None else len(self._whole) - len(self._ids)

    def __contains__(self, article_id: object) -> bool:
        return (article_id in self._ids) is (self._whole is None)

    def toggle(self, ids: array[int], at: int) -> None:
        """Select what stands at a place of the list, or let it go."""
        if ids[at] in self:
            self._let_go(ids[at : at + 1])
        else:
            self._select(ids[at : at + 1], at, ids)

    def add_up_to(self, ids: array[int], at: int) -> None:
        """Select everything from what was selected last to a place."""
        start = self._last_place(ids)
        first, last = (at, at) if start is None else (min(start, at), max(start, at))
        self._select(ids[first : last + 1], at, ids)

    def stretch(self, ids: array[int], anchor: int, at: int, to: int) -> None:
        """Move the end of a stretch that begins at `anchor` from one place to the next."""
        if abs(to - anchor) < abs(at - anchor):
            self._let_go(ids[at : at + 1])
        self._select((ids[anchor], ids[to]), to, ids)

    def toggle_all(self, ids: array[int]) -> None:
        """Select all of a list; none when all of it is selected."""
        is_all = len(self) == len(ids)
        self.clear()
        self._whole = None if is_all else ids

    def clear(self) -> None:
        """Select nothing."""
        self._ids, self._whole, self._last = set(), None, None

    def among(self, ids: array[int]) -> Selection:
        """What of it is in another list."""
        if not self:
            return Selection()
        mine = self._ids if self._whole is None else set(self._whole) - self._ids
        other = Selection(mine.intersection(ids))
        other._last = self._last
        return other

    def in_order(self, ids: array[int]) -> list[int]:
        """What is selected, in the order of the list."""
        return ids.tolist() if len(self) == len(ids) else [one for one in ids if one in self]

    def _select(self, some: Iterable[int], at: int, ids: array[int]) -> None:
        change = self._ids.update if self._whole is None else self._ids.difference_update
        change(some)
        self._last = at, ids[at]

    def _let_go(self, some: Iterable[int]) -> None:
        change = self._ids.difference_update if self._whole is None else self._ids.update
        change(some)

    def _last_place(self, ids: array[int]) -> int | None:
        """Where in the list that stands which was selected last, None when it does not."""
        if self._last is None:
            return None
        place, article_id = self._last
        if place < len(ids) and ids[place] == article_id:
            return place
        return ids.index(article_id) if article_id in ids else None


def are_related(one: Asked, other: Asked) -> bool:
    """Whether one list was made of the other by narrowing it, or by another order."""
    shorter, longer = sorted((one.parts, other.parts), key=len)
    return longer[: len(shorter)] == shorter
