"""The article and its names: following the cursor, opening, moving on."""

from __future__ import annotations

from enum import Enum
from time import monotonic
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.model import ArticleId, EntityId
from reader.text import explain
from reader.ui.actions import Place
from reader.ui.reading_time import minutes_of, tell_progress
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import EMPTY_LIST, NOTHING_FOUND, NOTHING_OPEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from reader.config import Settings
    from reader.ui.gateway import Opened
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.article_view import ArticleView
    from reader.ui.widgets.typesetting import Laid


class Text(Enum):
    """Which text of an article is shown."""

    FULL = "full"
    OWN = "own"


PAUSE = 0.06
"""Seconds the cursor rests before its article is loaded, while it is being moved fast."""

FAST = 0.15
"""Seconds between moves below which they count as fast."""


class Reading(Verbs):
    """Shows the article under the cursor.

    Looking at it from the list leaves it unread; opening it, or reading it to its end, marks
    it read.
    """

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.opened: Opened | None = None
        self._words = ""
        self._timer: Timer | None = None
        self._moved_at = 0.0
        self._read_to: int | None = None
        # Places that are not on disk yet, by the id of the article.
        self._places: dict[int, int] = {}
        self._opening: int | None = None
        # Where to go in an article that is on its way, by its id.
        self._mention: tuple[int, int] | None = None
        # Where the full text was left while that of the feed is shown in its place.
        self._left_at: int | None = None
        self._minutes = 0

    def settings_changed(self, settings: Settings) -> None:
        self.screen.article.set_look(settings.reading)
        self._time()
        self.show_progress()

    # The preview

    def follow(self, *, at_once: bool = False) -> None:
        """Show the article under the cursor, a moment after the last of many moves."""
        self._stop_timer()
        now = monotonic()
        fast, self._moved_at = now - self._moved_at < FAST, now
        if fast and not at_once:
            self._timer = self.screen.set_timer(PAUSE, self._load)
        else:
            self._load()

    @property
    def waits(self) -> bool:
        """Whether the cursor is given a moment to rest."""
        return self._timer is not None

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _load(self) -> None:
        self._stop_timer()
        self.screen.latest("article", self.show_current)

    async def show_current(self) -> None:
        """Show the article under the cursor, unless it is what is shown."""
        listing = self.screen.listing
        article_id, words = listing.current, listing.words
        if article_id is None:
            self.remember()
            self.opened = None
            self.screen.article.show_message(NOTHING_OPEN)
            self.screen.naming.show_article(keep=False)
            self.show_progress()
            return
        if self.opened is not None and self.article_id == article_id and self._words == words:
            return
        try:
            least = self.screen.naming.least
            opened = await self.gateway.open_article(article_id, words, least=least)
            laid = await self._prepare(opened) if self._is_other(opened) else None
        except ReaderError as error:
            self.opened = None
            self.screen.article.show_message(explain(error))
            self.screen.naming.show_article(keep=False)
            return
        if listing.current == article_id and listing.words == words:
            self._show(opened, words, laid)

    def _show(self, opened: Opened, words: str, laid: Laid | None) -> None:
        view, article, before = self.screen.article, opened.article, self.opened
        again = before is not None and before.article.row.id == article.row.id
        if self._is_other(opened):
            position = self._places.get(article.row.id, opened.position)
            if again:
                position = self._anchor
            else:
                self.remember()
            self._put(opened, position, laid)
        else:
            view.update_hits(opened.title_hits, opened.text_hits)
            view.update_mentions(opened.mentions)
            view.update_notes(opened.notes)
        self.opened, self._words = opened, words
        if not again:
            self._time()
        if before is None or not again or before.entities != opened.entities:
            self.screen.naming.show_article(keep=False)
        self.show_progress()
        self.screen.show_hints()
        self._mark_opened()
        self._go_to_mention()

    def _is_other(self, opened: Opened) -> bool:
        """Whether something else is shown than this."""
        before = self.opened
        return before is None or self._left_at is not None or not _alike(before, opened)

    async def _prepare(self, opened: Opened) -> Laid | None:
        return await self.screen.article.prepare(opened.article, opened.also, opened.notes)

    def _put(self, opened: Opened, position: int, laid: Laid | None) -> None:
        self._left_at = None
        self.screen.article.show(
            opened.article, opened.mentions, opened.title_hits, opened.text_hits,
            position, opened.also, opened.notes, laid,
        )  # fmt: skip

    @property
    def _anchor(self) -> int:
        """Where the text of the article is, or was left."""
        return self.screen.article.anchor if self._left_at is None else self._left_at

    @property
    def shows_other_text(self) -> bool:
        """Whether the text that the feed told stands in place of the full one."""
        return self._left_at is not None

    async def other_text(self) -> Text | None:
        """Show the text that the feed told in place of the full one, or that one again; None
        where there is only one. Raises ArticleNotFoundError."""
        opened = self.opened
        if opened is None:
            return None
        if (left_at := self._left_at) is not None:
            laid = await self._prepare(opened)
            if self.opened is not opened:
                return None
            self._put(opened, left_at, laid)
            return Text.FULL
        own = await self.gateway.own_text(opened.article.row.id)
        laid = None if own is None else await self.screen.article.prepare(own, opened.also)
        if own is None or self.opened is not opened:
            return None
        at = self.screen.article.anchor
        self.remember()
        self.screen.article.show(own, (), (), (), also=opened.also, laid=laid)
        self._left_at = at
        return Text.OWN

    @property
    def article_id(self) -> int | None:
        """The id of the article that is shown."""
        return self.opened.article.row.id if self.opened else None

    async def refresh_row(self) -> None:
        """Show the tags and marks of the article as they are now."""
        await self.screen.beside.refresh_row()
        if self.article_id is None:
            return
        rows = await self.gateway.rows([self.article_id])
        if self.opened is not None and (row := rows.get(self.opened.article.row.id)) is not None:
            self.screen.article.update_row(row.article)

    async def refresh(self) -> None:
        """Show what another process found or changed in the article, at the same place."""
        await self.screen.beside.refresh()
        before = self.opened
        if before is None:
            return
        try:
            article_id, least = before.article.row.id, self.screen.naming.least
            now = await self.gateway.open_article(article_id, self._words, least=least)
        except ReaderError:
            return
        is_other = not _alike(now, before) or now.also != before.also
        laid = await self._prepare(now) if is_other else None
        if self.opened is not before:
            return
        view, self.opened = self.screen.article, now
        if is_other:
            self._put(now, self._anchor, laid)
        else:
            view.update_row(now.article.row)
        if not is_other and not self.shows_other_text:
            view.update_mentions(now.mentions)
            view.update_notes(now.notes)
        if (now.entities, now.mentions) != (before.entities, before.mentions):
            self.screen.naming.show_article(keep=True)

    # How far it was read

    def scrolled(self, article_id: int, anchor: int) -> None:
        """The text of an article was moved; its end has been reached, perhaps."""
        if article_id != self.article_id or self._left_at is not None:
            return  # Another one is shown by now, or another text of it.
        self._read_to = anchor
        if self.screen.place is Place.ARTICLE:
            self.screen.retracing.arrived(article_id)
        self.show_progress()
        if self.screen.article.progress == 100:
            self.screen.work("read", self._mark_read, article_id)

    def show_progress(self) -> None:
        """Say in the status line how far the article was read."""
        wanted = self.screen.settings.reading.progress and self.screen.article_shown
        told = tell_progress(self.screen.article.progress, self._minutes)
        self.screen.status.progress = told if wanted and self.opened is not None else ""

    def _time(self) -> None:
        """Estimate how long the article takes to read."""
        per_minute = self.screen.settings.reading.words_per_minute
        self._minutes = minutes_of(self.screen.article.words, per_minute)

    def remember(self) -> None:
        """Remember how far the article was read."""
        if self._read_to is not None and self.article_id is not None:
            self._places[self.article_id] = self._read_to
            self.screen.work("position", self._save_place, self.article_id, self._read_to)
        self._read_to = None

    async def _save_place(self, article_id: int, position: int) -> None:
        await self.gateway.save_position(article_id, position)
        if self._places.get(article_id) == position:
            del self._places[article_id]

    async def _mark_read(self, article_id: int) -> None:
        if await self.gateway.mark_read(article_id):
            await self.screen.listing.refresh(article_id)

    # Opening and moving on

    @does("article.open")
    def open(self) -> None:
        """Go into the article under the cursor."""
        self._opening = self.screen.listing.current
        if self._opening is None:
            whole = self.screen.listing.shown.asked.is_everything
            self.screen.say(EMPTY_LIST if whole else NOTHING_FOUND)
            return
        self.screen.go(Place.ARTICLE)
        self._load()
        self._mark_opened()

    def expect(self, article_id: ArticleId | int, anchor: int) -> None:
        """Have an article shown from a code point of its text on, now or when it is opened."""
        if self.article_id == article_id:
            self.screen.article.go_to_text(anchor)
        else:
            self._places[article_id] = anchor

    def look_into(self) -> None:
        """Go into the article under the cursor; it stays as read as it is."""
        self.screen.go(Place.ARTICLE)
        self._load()

    def open_at(self, article_id: ArticleId, offset: int) -> None:
        """Go into the article under the cursor, to the mention at a code point of its text."""
        self._mention = article_id, offset
        self.open()
        self._go_to_mention()

    def _go_to_mention(self) -> None:
        """Go to the mention that was asked for, once its article is on the screen."""
        if self._mention is None or self._mention[0] != self.article_id:
            return
        offset, self._mention = self._mention[1], None
        # Its lines are broken when it is drawn.
        self.screen.call_after_refresh(self.screen.article.go_to_mention, offset)

    def _mark_opened(self) -> None:
        """Mark the article that was asked for, once it is on the screen."""
        if self._opening is not None and self._opening == self.article_id:
            self.screen.retracing.arrived(self._opening)
            if self.screen.settings.reading.open_marks_read:
                self.screen.work("read", self._mark_read, self._opening)
            self._opening = None

    @does("article.read_on")
    def read_on(self) -> None:
        """Open, page down, and at the end go on with the next unread article."""
        if self.screen.place is not Place.ARTICLE:
            self.open()
        elif self.article_id != self.screen.listing.current:
            return  # The next one is on its way: nothing is skipped unseen.
        elif not self.screen.article.page(1):
            if self.article_id is not None and not self.screen.settings.reading.open_marks_read:
                # Read to its end, though none of it had to be moved.
                self.screen.work("read", self._mark_read, self.article_id)
            self.screen.listing.next_unread()

    @does("hit.next")
    def next_hit(self) -> None:
        self._step_hit(1)

    @does("hit.previous")
    def previous_hit(self) -> None:
        self._step_hit(-1)

    def _step_hit(self, direction: int) -> None:
        def step(view: ArticleView) -> bool:
            found = view.next_hit(direction)
            if found:
                self.screen.say(self.screen.passages.tell_place(view.hit_place))
            return found

        self._step(step, "no search hit in this article")

    @does("mention.next")
    def next_mention(self) -> None:
        self._step_mention(1)

    @does("mention.previous")
    def previous_mention(self) -> None:
        self._step_mention(-1)

    def _step_mention(self, direction: int) -> None:
        def step(view: ArticleView) -> bool:
            found = view.next_mention(direction)
            if found:
                self.tell_mention()
            return found

        self._step(step, "no names in this article")

    def tell_mention(self) -> None:
        """Say who is named where the reader has gone to."""
        if (mention := self.screen.article.current_mention) is not None:
            self.screen.naming.tell_mention(mention)

    def jump_to(self, entity_id: EntityId, direction: int) -> None:
        """Go to the next (1) or previous (-1) mention of an entity."""
        self._step(lambda view: view.jump_to_entity(entity_id, direction), "no mention of it here")

    def _step(self, go: Callable[[ArticleView], bool], otherwise: str) -> None:
        """Go to a place in the article, in sight of the reader, or say why there is none."""

        def step() -> None:
            if not go(self.screen.article):
                self.screen.say(otherwise)

        if self.screen.article_shown:
            step()
        else:
            self.screen.go(Place.ARTICLE)
            # Its lines are broken when it is drawn.
            self.screen.call_after_refresh(step)


def _alike(one: Opened, other: Opened) -> bool:
    """Whether two looks at articles show the same text."""
    first, second = one.article, other.article
    return (first.row.id, first.version) == (second.row.id, second.version)
