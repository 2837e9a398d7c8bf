"""Where one has been: articles in the lists they were read in, as a browser goes back and
forward through pages. No screen."""

from __future__ import annotations

from dataclasses import dataclass

from reader.ui.state import Asked, Shown

MOST = 200
"""Articles that are remembered."""

LISTS = 8
"""Lists that are kept as they were; those of earlier visits are asked for again."""


@dataclass(slots=True)
class Visit:
    """An article one has been at: `anchor` is the code point of its text that was at the top of
    the view, `shown` the list as it was, None when that is no longer kept."""

    article_id: int
    asked: Asked
    shown: Shown | None
    anchor: int = 0


class Visits:
    """A row of visits and a place in it; a new visit ends what was forward of that place."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    @property
    def current(self) -> Visit | None:
        """The visit one is at or was at last."""
        return self._visits[self._at] if self._visits else None

    def arrive(self, article_id: int, shown: Shown) -> None:
        """Note that an article was gone to in a list; again the same one is no other visit."""
        current = self.current
        if current is not None and current.article_id == article_id:
            current.asked, current.shown = shown.asked, shown
        else:
            del self._visits[self._at + 1 :]
            self._visits.append(Visit(article_id, shown.asked, shown))
            del self._visits[:-MOST]
            self._at = len(self._visits) - 1
        self._let_go()

    def place(self, step: int, *, away: bool) -> Visit | None:
        """The visit `step` back (-1) or forward (1) of the current one, None beyond the ends.
        Who is `away` from it comes back to it first."""
        at = self._at if away and step < 0 else self._at + step
        return self._visits[at] if 0 <= at < len(self._visits) else None

    def go(self, visit: Visit) -> None:
        """Make a visit the current one."""
        self._at = next(at for at, one in enumerate(self._visits) if one is visit)

    def drop(self, visit: Visit) -> None:
        """Forget a visit whose article is gone."""
        at = next(at for at, one in enumerate(self._visits) if one is visit)
        del self._visits[at]
        if at <= self._at:
            self._at = max(self._at - 1, min(0, len(self._visits) - 1))

    def _let_go(self) -> None:
        """Keep the lists of the last visits alone: each may be long."""
        kept: list[Shown] = []
        for visit in reversed(self._visits):
            if visit.shown is None or any(visit.shown is one for one in kept):
                continue
            if len(kept) < LISTS:
                kept.append(visit.shown)
            else:
                visit.shown = None
