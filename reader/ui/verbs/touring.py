"""The first steps, one after the other."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs, does


class Touring(Verbs):
    """The first steps, one after the other."""

    @does("tour.toggle")
    def toggle(self) -> None:
        """Begin the tour, or leave it."""
