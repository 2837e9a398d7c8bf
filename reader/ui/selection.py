"""What is selected of a list, by the ids of articles: plain values, no screen.

Selecting one more costs the same however much is selected.
"""

from __future__ import annotations

from array import array

from reader.ui.state import Asked


class Selection:
    """The ids that are selected in the list on the screen, and which of them came last."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self._last: tuple[int, int] | None = None
        """The place in the list and the id of what was selected last."""

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self.ids

    def toggle(self, ids: array[int], at: int) -> None:
        """Select what stands at a place of the list, or let it go."""
        if ids[at] in self.ids:
            self.ids.discard(ids[at])
        else:
            self.add(ids, at)

    def add(self, ids: array[int], at: int) -> None:
        """Select what stands at a place of the list."""
        self.ids.add(ids[at])
        self._last = at, ids[at]

    def add_up_to(self, ids: array[int], at: int) -> None:
        """Select everything from what was selected last to a place."""
        start = self._last_place(ids)
        first, last = (at, at) if start is None else (min(start, at), max(start, at))
        self.ids.update(ids[first : last + 1])
        self._last = at, ids[at]

    def stretch(self, ids: array[int], anchor: int, at: int, to: int) -> None:
        """Move the end of a stretch that begins at `anchor` from one place to the next."""
        if abs(to - anchor) < abs(at - anchor):
            self.ids.discard(ids[at])
        for place in (anchor, to):
            self.ids.add(ids[place])
        self._last = to, ids[to]

    def toggle_all(self, ids: array[int]) -> None:
        """Select all of a list; none when all of it is selected."""
        self.ids = set() if len(self.ids) == len(ids) else set(ids)
        self._last = None

    def clear(self) -> None:
        self.ids, self._last = set(), None

    def among(self, ids: array[int]) -> Selection:
        """What of it is in another list."""
        other = Selection()
        if self.ids:
            other.ids, other._last = self.ids.intersection(ids), self._last
        return other

    def in_order(self, ids: array[int]) -> list[int]:
        """What is selected, in the order of the list."""
        if len(self.ids) == len(ids):
            return ids.tolist()
        return [one for one in ids if one in self.ids]

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
