"""The card of an entity, over the panes: what is known, articles, and the evidence below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from reader.ui.card_lines import CardLine, CardPage, Target, article_lines, facts_lines
from reader.ui.widgets.card_column import CardColumn
from reader.ui.widgets.evidence_panel import EvidencePanel
from reader.ui.widgets.row_list import local_now

TWO_COLUMNS = 110
"""From this width on the articles stand beside everything else."""

_FACTS = 54
"""Cells of the column beside the articles, as in the style."""


class CardView(Vertical, can_focus=True, inherit_bindings=False):
    """One cursor goes through every line that can be opened, in both columns."""

    DEFAULT_CSS = """
    CardView {
        & > #card-columns { height: 1fr; }
        & #card-facts { width: 1fr; }
        & #card-articles { width: 1fr; display: none; border-left: vkey $pane-line; }
        &.-two #card-facts { width: 54; }
        &.-two #card-articles { display: block; }
        &.-low > EvidencePanel { height: 2; }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another line."""

        target: Target | None

    @dataclass
    class Opened(Message):
        """A line was clicked that the cursor was on."""

        target: Target

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = local_now,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._facts = CardColumn(id="card-facts")
        self._articles = CardColumn(id="card-articles")
        self.evidence = EvidencePanel(id="card-evidence")
        self._page: CardPage | None = None
        self._targets: list[Target] = []
        self._sections: list[int] = []
        # How many targets stand in the first column.
        self._first = 0
        self._cursor = 0

    def watch_has_focus(self, has_focus: bool) -> None:
        """Nothing looks otherwise while the keys go here: nothing is styled anew."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="card-columns"):
            yield self._facts
            yield self._articles
        yield self.evidence

    # What is shown

    def show(self, page: CardPage, cursor: int) -> None:
        """Show a card, the cursor on one of its targets, as far as there are so many."""
        self._page = page
        self._fill()
        self._put(cursor)

    def update(self, page: CardPage) -> None:
        """Show what is known by now; the cursor stays on what it is on."""
        current = self.current
        self._page = page
        self._fill()
        kept = next((n for n, one in enumerate(self._targets) if one == current), self._cursor)
        self._put(kept)

    @property
    def current(self) -> Target | None:
        """What is under the cursor."""
        return self._targets[self._cursor] if self._cursor < len(self._targets) else None

    @property
    def cursor(self) -> int:
        return self._cursor

    @property
    def is_near_end(self) -> bool:
        """Whether the cursor comes to the last of the articles that are there."""
        return self._cursor >= len(self._targets) - 5

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by so many targets."""
        self._put(self._cursor + delta)

    def section(self, step: int) -> None:
        """Go to the beginning of the next section (1), or of this or the one before (-1)."""
        if step > 0:
            self._put(next((at for at in self._sections if at > self._cursor), self._cursor))
        else:
            self._put(max((at for at in self._sections if at < self._cursor), default=0))

    def page(self, direction: int, *, half: bool) -> None:
        """Move the cursor by a page, about: an article has two lines."""
        height = max(2, self._facts.size.height // 2)
        self.move(direction * (height // 2 if half else height))

    def _put(self, cursor: int) -> None:
        self._cursor = max(0, min(cursor, len(self._targets) - 1))
        in_first = self._cursor < self._first
        self._facts.put_cursor(self._cursor if in_first and self._targets else None)
        self._articles.put_cursor(None if in_first else self._cursor - self._first)
        self.post_message(self.Moved(self.current))

    # Drawing

    def on_resize(self) -> None:
        self.set_class(self.size.width >= TWO_COLUMNS, "-two")
        self.set_class(self.size.height < 14, "-low")
        if self._page is not None:
            # Only afterwards have the columns their new width.
            self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        self._fill()
        self._put(self._cursor)

    def _fill(self) -> None:
        if self._page is None:
            return
        now, two = self._clock(), self.has_class("-two")
        whole = max(1, self.size.width - 2)
        facts = facts_lines(self._page, _FACTS - 2 if two else whole, now)
        articles = article_lines(self._page, whole - _FACTS - 1 if two else whole, now)
        columns = [facts, articles] if two else [[*facts, CardLine(()), *articles], []]
        targets = [column.show(lines) for column, lines in zip(self._columns, columns, strict=True)]
        self._first, self._targets = len(targets[0]), [*targets[0], *targets[1]]
        self._sections = _sections([*columns[0], *columns[1]])

    @property
    def _columns(self) -> tuple[CardColumn, CardColumn]:
        return self._facts, self._articles

    @on(CardColumn.Clicked)
    def _clicked(self, event: CardColumn.Clicked) -> None:
        event.stop()
        number = event.number + (self._first if event.column is self._articles else 0)
        if number == self._cursor and self.current is not None:
            self.post_message(self.Opened(self.current))
        else:
            self._put(number)


def _sections(lines: list[CardLine]) -> list[int]:
    """The number of the first target of each section."""
    fresh = [
        line.target is not None and (not n or lines[n - 1].target is not line.target)
        for n, line in enumerate(lines)
    ]
    before = list(accumulate(fresh, initial=0))
    return sorted({before[n] for n, line in enumerate(lines) if line.is_heading})
