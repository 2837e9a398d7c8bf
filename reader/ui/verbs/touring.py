"""The first steps, one after the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.config.places import remember_tour, tour_is_known
from reader.ui.tour import END, STEPS, Seen, panel_lines
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.wording import tell_forgetting, tell_tour

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.config import Settings
    from reader.ui.screens.main import MainScreen

_LOOKS = 0.25
"""Seconds between looks at whether what a step asks for is done."""

_MARGIN = 4
"""Cells that the panel needs besides its words."""


class Touring(Verbs):
    """Asks for one thing after the other, and waits until it is done, in whatever way."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._at: int | None = None
        self._before = Seen()
        self._performed: set[str] = set()
        self._timer: Timer | None = None

    def offer(self, folder: Path) -> None:
        """Offer the tour beside what has been said, where it has not been offered over the library
        in `folder` yet."""
        if not self.screen.settings.tour or tour_is_known(folder):
            return
        told, offer = self.screen.status.message, tell_tour()
        # What leads on is seen also where there is no room for all.
        self.screen.say(f"{offer} · {told}" if told else offer)
        try:
            remember_tour(folder)
        except OSError as error:
            self.screen.status.say(tell_forgetting(error), error=True)

    def settings_changed(self, settings: Settings) -> None:  # noqa: ARG002
        """Keys may be others now."""
        self.fit_screen()

    @property
    def is_on(self) -> bool:
        return self._at is not None

    @does("tour.toggle")
    def toggle(self) -> None:
        """Begin the tour, or leave it."""
        if self.is_on:
            self.leave()
            return
        self._timer = self.screen.set_interval(_LOOKS, self.look)
        self._go_to(0)

    @runs("tour")
    def run(self, _line: Command) -> None:
        self.skip()

    @does("tour.skip")
    def skip(self) -> bool:
        """Go on to the next step; False when there is no tour."""
        if self._at is None:
            return False
        self._go_to(self._at + 1)
        return True

    def leave(self) -> None:
        """End the tour."""
        if self._timer is not None:
            self._timer.stop()
        self._at = None
        self.screen.tour_panel.say(())

    def performed(self, name: str) -> None:
        """Take note of an action."""
        if self.is_on:
            self._performed.add(name)

    def look(self) -> None:
        """Go on when what the step asks for is done."""
        if self._at is None:
            return
        now = self._seen()
        if STEPS[self._at].is_done(self._before, now, self._performed):
            self._go_to(self._at + 1)
        elif self._before.article != now.article:
            # Its row had not been loaded, or the cursor has gone to another one.
            self._before = replace(
                self._before, article=now.article, tags=now.tags, starred=now.starred
            )

    def fit_screen(self) -> None:
        """Break the lines of the panel anew."""
        if self._at is not None:
            width = self.screen.size.width - _MARGIN
            self.screen.tour_panel.say(panel_lines(self._at, self.screen.keymap, width))

    def _go_to(self, step: int) -> None:
        if step == len(STEPS):
            self.leave()
            self.screen.say(END)
            return
        self._at, self._before, self._performed = step, self._seen(), set()
        self.fit_screen()

    def _seen(self) -> Seen:
        screen = self.screen
        row = screen.listing.source.row(screen.rows.cursor) if len(screen.listing.source) else None
        return Seen(
            screen.place,
            screen.rows.cursor,
            screen.listing.trail.top.asked.parts,
            screen.selecting.count,
            row.article.id if row is not None else None,
            row.article.tags if row is not None else (),
            row is not None and row.article.starred,
        )
