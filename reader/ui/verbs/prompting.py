"""The keys that are no text, in the lines one types in."""

from __future__ import annotations

from reader.ui.actions import Place
from reader.ui.verbs.base import Verbs, does


class Prompting(Verbs):
    """Passes them on to whatever opened the line."""

    @does("prompt.accept")
    def accept(self) -> None:
        self.screen.completing.close()
        match self.screen.place:
            case Place.SEARCH:
                self.screen.finding.accept()
            case Place.TAGS:
                self.screen.sorting_out.accept()
            case _:
                self.screen.commanding.accept()

    @does("prompt.cancel")
    def cancel(self) -> None:
        if self.screen.completing.take_back():
            return
        match self.screen.place:
            case Place.SEARCH:
                self.screen.finding.cancel()
            case Place.TAGS:
                self.screen.sorting_out.cancel()
            case _:
                self.screen.commanding.cancel()

    @does("prompt.complete")
    def complete(self) -> None:
        if self.screen.place is Place.TAGS:
            self.screen.sorting_out.complete()
        elif not self.screen.completing.take():
            self.screen.commanding.complete()

    @does("prompt.down")
    def down(self) -> None:
        self._step(1)

    @does("prompt.up")
    def up(self) -> None:
        self._step(-1)

    @does("prompt.widen")
    def widen(self) -> bool:
        return self.screen.finding.widen_line()

    def leave(self) -> None:
        """A click went elsewhere: keep a search, give up anything else."""
        if self.screen.place is Place.SEARCH:
            self.accept()
        else:
            self.screen.completing.close()
            self.cancel()

    def _step(self, step: int) -> None:
        if self.screen.completing.step(step):
            return
        match self.screen.place:
            case Place.SEARCH:
                self.screen.rows.move(step)
            case Place.COMMAND if not self.screen.seeking.step(step):
                self.screen.recalling.step(step)
