"""The list: which articles it shows, its rows, and what is new since it was made."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.errors import SearchUnavailableError
from reader.model import LibraryCounts
from reader.ui.actions import BY_NAME, Place
from reader.ui.format import Row
from reader.ui.problems import own_problems, tell_problems, wrong_place
from reader.ui.rows import PagedRows
from reader.ui.state import Asked, Shown, Trail
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import (
    EMPTY_LIBRARY,
    FIRST,
    LAST,
    tell_counts,
    tell_end,
    tell_found,
    tell_naming,
    tell_new,
    tell_nothing,
    tell_view,
)

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Listing(Verbs):
    """Shows one list after the other. A list is a snapshot: nothing moves under the cursor.

    What is on the screen is the end of the trail, or a search that is still being typed.
    """

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.trail = Trail()
        self.shown = self.trail.top
        self.source = PagedRows(self.shown.ids, self._load_rows, self._wake)
        self.counts: LibraryCounts | None = None
        self._token: int | None = None
        self._unanswered: tuple[Asked, bool] | None = None
        self._seeking = Lock()

    # What is shown

    @property
    def current(self) -> int | None:
        """The id of the article under the cursor."""
        self.shown.cursor = self.screen.rows.cursor
        return self.shown.current

    @property
    def source_name(self) -> str:
        """The source of the article under the cursor, "" while it is not known."""
        row = self.source.row(self.screen.rows.cursor) if len(self.source) else None
        return row.article.source if row is not None else ""

    def source_renamed(self, before: str, now: str) -> None:
        """Let lists that were asked for by a condition be asked for by another."""
        self.trail.replace_part(before, now)
        self.screen.header.parts = self.shown.asked.parts

    @property
    def words(self) -> str:
        """What was searched for, to mark it in texts."""
        return self.shown.asked.sought

    async def start(self) -> None:
        """Show the whole library."""
        await self.ask(Asked())

    def show(self, shown: Shown) -> None:
        """Put a list on the screen, the cursor where it was in it."""
        rows, header = self.screen.rows, self.screen.header
        self.shown.cursor = rows.cursor
        cursor = shown.cursor
        self.shown, self._unanswered = shown, None
        self.source = PagedRows(shown.ids, self._load_rows, self._wake)
        rows.show_snippets = bool(self.words)
        rows.set_message(shown.message or "Nothing found.")
        rows.set_source(self.source, cursor)
        self.screen.selecting.follow(shown, settled=shown is self.trail.top)
        header.parts, header.sort = shown.chips, shown.asked.sort
        self.screen.status.found = shown.found
        self.show_counts()
        self.screen.naming.show()
        self.screen.reading.follow(at_once=True)
        self.screen.workers.cancel_group(self.screen, "rest")
        if not shown.is_complete:
            # The picture comes first.
            self.screen.call_after_refresh(self.screen.work, "rest", self._load_rest, shown)

    def show_counts(self) -> None:
        """Bring what the header and the status line say of list and library up to date."""
        if self.counts is None:
            return
        header, counts, whole = self.screen.header, self.counts, self.shown.asked.is_everything
        tell = tell_counts if whole else partial(tell_view, self.shown.total)
        header.counts, header.short_counts = tell(counts), tell(counts, short=True)
        # The whole list may hold more than had been counted when it was made.
        new = counts.articles - (self.shown.total if whole else self.shown.known)
        self.screen.status.news = (
            self.screen.with_keys(tell_new(new, conditions=not whole)) if new > 0 else ""
        )

    def show_no_counts(self) -> None:
        """Say nothing of how much is in a list that answers no more what is asked."""
        self.screen.header.counts = self.screen.header.short_counts = ""
        self.screen.status.found = ""

    # The rest of a long list

    async def _load_rest(self, shown: Shown) -> None:
        if shown is self.shown:
            await self._load(shown, surely=False)

    async def load_all(self, shown: Shown) -> None:
        """Bring what is still missing of a list. Raises ReaderError."""
        if not shown.is_complete:
            await self._load(shown, surely=True)

    async def _load(self, shown: Shown, *, surely: bool) -> None:
        view = await self.gateway.search_rest(shown.asked.query, surely=surely)
        if shown.is_complete:
            return
        shown.complete(view.ids)
        if shown is self.shown:
            self.source.grow(shown.ids)
            self.screen.rows.refresh_rows()
            self.show_counts()

    def when_complete(self, act: Callable[[], None]) -> None:
        """Do something that needs the whole list: now, or when all of it is there."""
        if self.shown.is_complete:
            act()
        else:
            self.screen.latest("whole", self._act_on_all, self.shown, act)

    async def _act_on_all(self, shown: Shown, act: Callable[[], None]) -> None:
        await self.load_all(shown)
        if shown is self.shown:
            act()

    # Other lists

    async def ask(
        self, asked: Asked, *, keep: int | None = None, push: bool = False, again: bool = False
    ) -> None:
        """Show the articles that meet the conditions, in place of the list or after it.

        The cursor goes to the article `keep` when it is among them. `again` is as in `find`.
        """
        try:
            shown = await self.find(asked, keep, again=again)
        except SearchUnavailableError:
            self._unanswered = asked, push
            raise
        if asked == Asked():
            self.trail.reset(shown)
        elif push:
            self.trail.push(shown)
        else:
            self.trail.replace(shown)
        self.show(shown)

    def ask_again(self) -> None:
        """Ask what could not be answered, or what found nothing, once the index has changed."""
        if self.screen.is_working("list"):
            return
        if self._unanswered is not None:
            asked, push = self._unanswered
            self.screen.latest("list", self.ask, asked, push=push, again=True)
        elif not self.shown.ids:
            self.screen.latest("list", self.ask, self.shown.asked, again=True)

    def keep(self) -> None:
        """Make the search that was being typed the list."""
        self.shown.asked = self.shown.settled()
        self.screen.selecting.follow(self.shown, settled=True)
        header, chips = self.screen.header, self.shown.chips
        if self.shown.told:
            header.told = {**header.told, self.shown.asked.parts[-1]: chips[-1]}
        header.parts = self.shown.asked.parts
        if self.shown.asked == Asked():
            self.trail.reset(self.shown)
        elif self.shown.asked == self.trail.top.asked:
            self.trail.replace(self.shown)
        else:
            self.trail.push(self.shown)

    async def find(
        self,
        asked: Asked,
        keep: int | None = None,
        *,
        again: bool = False,
        place: Callable[[int], int] = int,
    ) -> Shown:
        """The articles that meet the conditions. Raises ReaderError.

        `place` tells where in a line that is typed a code point of the last condition is. An index
        that cannot answer is made anew, unless it just was and this is asked `again`.
        """
        if asked == Asked():
            start = await self.gateway.start()
            self.counts = start.counts
            shown = Shown(
                asked,
                start.ids,
                start.counts.articles,
                message=self.screen.with_keys(EMPTY_LIBRARY),
            )
        else:
            try:
                view = await self.gateway.search(asked.query)
            except SearchUnavailableError:
                if not again:
                    self.gateway.index_again()
                raise
            shown = Shown(asked, view.ids, view.total, found=tell_found(view))
            shown.message = tell_nothing(view, self.screen.keymap.keys_of(BY_NAME["find.widen"]))
            problems = own_problems(view.problems, asked.last_at, place)
            shown.problems, shown.wrong = tell_problems(problems), wrong_place(problems)
            shown.understood = view.understood
        shown.known = self.counts.articles if self.counts else 0
        if keep is not None and shown.find(keep) is None:
            await self.load_all(shown)
        at = shown.find(keep)
        shown.cursor = shown.nearest(self.shown) if at is None and keep is not None else at or 0
        return shown

    @does("view.reload")
    def reload(self) -> None:
        """Make the list anew, the cursor on the same article, and ask its source for news; a
        card: read it anew."""
        if self.screen.place is Place.CARD:
            self.screen.cards.changed()
            return
        # What was said to be shown by this is about to be.
        self.screen.say("")
        self.screen.latest("list", self.ask, self.shown.asked, keep=self.current)
        self.screen.fetching.ask_here()

    # Changes

    async def refresh(self, article_id: int | None = None) -> None:
        """Show the row of an article as it is now, every row when none is named."""
        if article_id is None:
            self.source.forget()
            self.screen.rows.refresh_rows()
        else:
            rows = await self.gateway.rows([article_id])
            places = self._places(article_id)
            self.source.put(rows, places)
            for place in places:
                self.screen.rows.refresh_row(place)
        await self.screen.reading.refresh_row()
        self.counts = await self.gateway.counts()
        self.show_counts()

    async def look_for_news(self) -> None:
        """Ask whether the library has changed, and show how."""
        news = await self.gateway.news(self._token)
        if news is None:
            return
        self.counts = news.counts
        self.screen.header.naming = tell_naming(news.naming)
        self.show_counts()
        self.index_waiting()
        self.source.forget()
        self.screen.rows.refresh_rows()
        await self.screen.reading.refresh()
        await self.screen.sources.refresh()
        if self._token is not None:
            # Before the first look nothing had changed.
            self.screen.cards.changed()
            self.screen.naming.count()
        # Last: given up before, all of it is looked at again.
        self._token = news.token

    def index_waiting(self) -> None:
        """Have indexed what waits for it."""
        if self.counts is not None and self.counts.pending:
            self.gateway.index_again()

    # Rows

    def _wake(self, source: PagedRows) -> None:
        self.screen.work("rows", source.fill, lambda: self._loaded(source))

    def _loaded(self, source: PagedRows) -> None:
        if source is self.source:
            self.screen.rows.refresh_rows()

    async def _load_rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        return await self.gateway.rows(ids, self.words)

    def _places(self, article_id: int) -> list[int]:
        if self.current == article_id:
            return [self.shown.cursor]
        place = self.shown.find(article_id)
        return [] if place is None else [place]

    # The next one

    @does("article.next")
    def next_article(self) -> None:
        self._go_by(1)

    @does("article.previous")
    def previous_article(self) -> None:
        self._go_by(-1)

    def _go_by(self, step: int) -> None:
        """Go to the article beside this one; open it when one was being read."""
        rows = self.screen.rows
        if step > 0 and rows.cursor + 1 >= len(self.source) and not self.shown.is_complete:
            self.when_complete(partial(self._go_by, step))
        elif not 0 <= rows.cursor + step < len(self.source):
            self.screen.say(LAST if step > 0 else FIRST)
        else:
            rows.go_to(rows.cursor + step)
            if self.screen.place is Place.ARTICLE:
                self.screen.reading.open()

    # Unread

    @does("unread.next")
    def next_unread(self) -> None:
        self._go_to_unread(1)

    @does("unread.previous")
    def previous_unread(self) -> None:
        self._go_to_unread(-1)

    def _go_to_unread(self, step: int) -> None:
        self.screen.work("unread", self._find_unread, step)

    async def _find_unread(self, step: int) -> None:
        """Go to the next unread article; open it when one was being read."""
        # One after the other: every press goes on from where the one before arrived.
        async with self._seeking:
            shown, start = self.shown, self.screen.rows.cursor + step
            at = await self.gateway.find_unread(shown.ids, start, step)
            if at is None and step > 0 and not shown.is_complete:
                await self.load_all(shown)
                at = await self.gateway.find_unread(shown.ids, start, step)
            if shown is not self.shown:
                return
            if at is None:
                await self._end(shown, start, step)
            else:
                self.screen.rows.go_to(at)
                if self.screen.place is Place.ARTICLE:
                    self.screen.reading.open()

    async def _end(self, shown: Shown, start: int, step: int) -> None:
        """There is no unread article from a row on: go on with another list, or say so."""
        # Not from the cursor, which is in another list by now perhaps.
        behind = await self.gateway.find_unread(shown.ids, start - 2 * step, -step)
        if behind is not None or step < 0 or not await self.screen.going_on.go_on():
            self.screen.say(self._tell_end(shown, behind, step))

    def _tell_end(self, shown: Shown, behind: int | None, step: int) -> str:
        """Say that no unread article comes any more, and which key leads to others."""
        whole = shown.asked.is_everything
        name = "find.widen" if not whole else ""
        if behind is not None:
            name = "unread.previous" if step > 0 else "unread.next"
        keys = self.screen.keymap.keys_of(BY_NAME[name]) if name else ()
        return tell_end(keys[0] if keys else "", widens=behind is None)
