"""The changes that were made, and going back to any of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from reader.errors import ReaderError
from reader.model import Event, EventKind, Single
from reader.text import explain
from reader.ui.history_gate import PAGE, HistoryGate
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import tell_jump, tell_single, tell_undone

if TYPE_CHECKING:
    from reader.ui.screens.history import HistoryScreen
    from reader.ui.screens.main import MainScreen

T = TypeVar("T")

_NOTED = frozenset({EventKind.NOTE, EventKind.RESTORE})
_OF_ARTICLES = frozenset({EventKind.MARK, EventKind.ENTITY, EventKind.NOTE})
"""Kinds of changes that the pane of sources tells nothing of."""


class Rewinding(Verbs):
    """One change back, one forward, or to the moment after any that can be reached."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._gate = HistoryGate(screen.gateway)
        self._open: HistoryScreen | None = None

    # One at a time

    @does("history.undo")
    def undo(self) -> None:
        self.screen.work("change", self._turn, self.gateway.undo, again=False)

    @does("history.redo")
    def redo(self) -> None:
        self.screen.work("change", self._turn, self.gateway.redo, again=True)

    async def _turn(self, turn: Callable[[], Awaitable[Event | None]], *, again: bool) -> None:
        event = await self._tried(turn())
        self._say(tell_undone(event, again=again))
        if event is not None:
            await self._refresh(frozenset({event.kind}))

    # To any of them

    def jump(self, event_id: int) -> None:
        """Make everything what it was right after a change, 0 being before them all."""
        self.screen.work("change", self._jump, event_id)

    async def _jump(self, event_id: int) -> None:
        jump = await self._tried(self._gate.jump(event_id))
        self._say(tell_jump(jump))
        if jump.undone or jump.redone:
            await self._refresh(frozenset(EventKind))

    # One of them alone

    def take_back(self, event_id: int) -> None:
        """Take back one change, whatever came after it."""
        self.screen.work(
            "change", self._turn_single, partial(self._gate.take_back, event_id), again=False
        )

    def make_again(self, event_id: int) -> None:
        """Make a change again that was undone before something else was done."""
        self.screen.work(
            "change", self._turn_single, partial(self._gate.make_again, event_id), again=True
        )

    def show_articles(self, event: Event) -> None:
        """Search for the articles that a change was about."""
        self.screen.finding.search_for(f"change:{event.id}")

    async def _turn_single(self, turn: Callable[[], Awaitable[Single]], *, again: bool) -> None:
        single = await self._tried(turn())
        self._say(tell_single(single, again=again))
        await self._refresh(frozenset({single.event.kind}))

    async def _tried(self, work: Awaitable[T]) -> T:
        try:
            return await work
        except ReaderError as error:
            if self._open is not None:
                self._open.tell(self.screen.with_keys(explain(error)))
                # Another program may have made changes that are not in the list.
                await self._load(len(self._open.events), keep=True)
            raise

    def _say(self, text: str) -> None:
        self.screen.say(text)
        if self._open is not None:
            self._open.tell(self.screen.status.message)

    async def _refresh(self, kinds: frozenset[EventKind]) -> None:
        """Show everything as it is after changes of some kinds were undone or made again. The
        list stands still, and the cursor stays on its article."""
        screen = self.screen
        await screen.listing.refresh()
        if EventKind.ENTITY in kinds:
            await screen.correcting.refresh()
        if kinds & _NOTED:
            await screen.noting.refresh()
        if not kinds <= _OF_ARTICLES:
            # The pane of sources has saved searches and tags with their looks too.
            await screen.sources.refresh()
        if self._open is not None:
            await self._load(len(self._open.events), keep=True)

    # The list of them

    @does("history.show")
    def show(self) -> None:
        """List the changes, the newest first."""
        from reader.ui.screens.history import HistoryScreen

        self._open = HistoryScreen(self, self.screen.keymap)
        self.screen.app.push_screen(self._open, self._closed)
        self.screen.latest("history", self._load)

    @does("history.take_back")
    def choose(self) -> None:
        """List the changes, of which any one can be taken back alone."""
        self.show()

    def _closed(self, _result: object) -> None:
        self._open = None

    async def _load(self, least: int = 0, *, keep: bool = False) -> None:
        """Read the changes anew: so many at least, and one that stands, where there is one."""
        events: list[Event] = []
        is_whole = False
        while not is_whole and (len(events) < least or all(one.undone for one in events)):
            is_whole = await self._read(events)
        if self._open is not None:
            self._open.show(events, is_whole=is_whole, keep=keep)

    async def _read(self, events: list[Event]) -> bool:
        """Read the changes before those that are there; whether these were the last."""
        try:
            page = await self._gate.page(events[-1].id if events else None)
        except ReaderError as error:
            if self._open is not None:
                self._open.give_up(self.screen.with_keys(explain(error)))
            raise
        events.extend(page)
        return len(page) < PAGE

    def load_more(self, *, all_of_them: bool = False) -> None:
        """Read older changes, or all there are."""
        self.screen.latest("history", self._load_more, all_of_them)

    async def _load_more(self, all_of_them: bool) -> None:
        if self._open is None:
            return
        events, is_whole = list(self._open.events), self._open.is_whole
        while not is_whole:
            is_whole = await self._read(events)
            if not all_of_them:
                break
        if self._open is not None:
            self._open.show(events, is_whole=is_whole, keep=True)
