"""Marks, tags, and taking them back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from reader.commands.tag_line import TagEdit, complete, last_word, matching, parse_tags
from reader.errors import TagNameError
from reader.model import ArticleRow, Change, Event, EventKind, Mark
from reader.text import explain
from reader.ui.actions import Place
from reader.ui.state import Shown
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import tell_marked, tell_tagged, tell_undone

if TYPE_CHECKING:
    from textual.events import Key

    from reader.ui.screens.main import MainScreen


class SortingOut(Verbs):
    """Every change is on disk when the status line says so, and can be undone."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._target = 0
        self._return_to = Place.LIST
        self._offers: tuple[str, ...] = ()
        self._offered_for = ""
        self._refused = ""
        self._next_offer = 0

    # Marks

    @does("article.toggle_read")
    def toggle_read(self) -> None:
        self._toggle(lambda row: Mark.UNREAD if row.read else Mark.READ)

    @does("article.toggle_star")
    def toggle_star(self) -> None:
        self._toggle(lambda row: Mark.UNSTARRED if row.starred else Mark.STARRED)

    @does("article.toggle_archive")
    def toggle_archive(self) -> None:
        self._toggle(lambda row: Mark.UNARCHIVED if row.archived else Mark.ARCHIVED)

    def _toggle(self, choose: Callable[[ArticleRow], Mark]) -> None:
        # The article of this moment: the cursor may move on before the change is made.
        article_id = self.screen.listing.current
        if article_id is not None:
            self.screen.work("change", self._mark_one, article_id, choose)

    async def _mark_one(self, article_id: int, choose: Callable[[ArticleRow], Mark]) -> None:
        done = await self.gateway.mark_by(article_id, choose)
        if done is not None:
            self.screen.say(tell_marked(*done))
            await self.screen.listing.refresh(article_id)

    async def _row(self, article_id: int) -> ArticleRow | None:
        rows = await self.gateway.rows([article_id])
        return rows[article_id].article if article_id in rows else None

    @does("view.mark_read")
    def mark_view_read(self) -> None:
        self.screen.work("change", self._mark_view, self.screen.listing.shown)

    async def _mark_view(self, shown: Shown) -> None:
        await self.screen.listing.load_all(shown)
        await self.mark(shown.ids, Mark.READ)

    async def mark(self, ids: Sequence[int], mark: Mark) -> None:
        """Mark articles and say how many are different now."""
        change = await self.gateway.mark(ids, mark)
        self.screen.say(tell_marked(change, mark))
        await self.screen.listing.refresh()

    # Undo

    @does("history.undo")
    def undo(self) -> None:
        self.screen.work("change", self._turn_back, self.gateway.undo, again=False)

    @does("history.redo")
    def redo(self) -> None:
        self.screen.work("change", self._turn_back, self.gateway.redo, again=True)

    async def _turn_back(self, turn: Callable[[], Awaitable[Event | None]], *, again: bool) -> None:
        event = await turn()
        self.screen.say(tell_undone(event, again=again))
        if event is None:
            return
        await self.screen.listing.refresh()
        if event.kind is EventKind.ENTITY:
            await self.screen.correcting.refresh()
        if event.kind is EventKind.SOURCE:
            await self.screen.sources.refresh()

    # Tags

    async def tag(self, ids: Sequence[int], edit: TagEdit) -> None:
        """Change the tags of articles and say how many are different now."""
        await self._tell_tagged(ids, edit, await self.gateway.tag(ids, edit.add, edit.remove))

    async def _tell_tagged(self, ids: Sequence[int], edit: TagEdit, change: Change) -> None:
        self.screen.say(tell_tagged(change, edit.add, edit.remove))
        await self.screen.listing.refresh(ids[0] if len(ids) == 1 else None)

    @does("article.tag")
    def edit_tags(self) -> None:
        """Open the tag line for the article under the cursor."""
        article_id = self.screen.listing.current
        if article_id is not None:
            self._target, self._offers, self._refused = article_id, (), ""
            self._return_to = self.screen.place
            self.screen.go(Place.TAGS)
            self.screen.tag_editor.open()
            self.screen.latest("tags", self._offer)

    def typed(self) -> None:
        """Offer tags for the word that is being typed."""
        text = self.screen.tag_editor.text
        if self.screen.holds_keys or (text and text == self._refused):
            # The news of a change came late: what was said of the line stays.
            return
        self._refused = ""
        self.screen.latest("tags", self._offer)

    async def _offer(self) -> None:
        text = self.screen.tag_editor.text
        sign, prefix = last_word(text)
        row = await self._row(self._target)
        mine = row.tags if row is not None else ()
        if sign == "-":
            self._offers = matching(mine, prefix)
        else:
            names = await self.gateway.complete_tags(prefix)
            self._offers = tuple(name for name in names if name not in mine)
        self._offered_for, self._next_offer = text, 0
        self.screen.tag_editor.offer_tags(mine, self._offers, sign)

    def complete(self) -> None:
        """Put the first offer in the place of the word being typed; again: the next."""
        if self._offers:
            name = self._offers[self._next_offer % len(self._offers)]
            self._next_offer += 1
            self.screen.tag_editor.put(complete(self._offered_for, name))

    def accept(self) -> None:
        """Set the tags; a line with a name that cannot be one stays, with the reason beside it.

        Keys typed meanwhile wait.
        """
        if self.screen.holds_keys:
            return
        edit = parse_tags(self.screen.tag_editor.text)
        if not edit:
            self.cancel()
            return
        self.screen.workers.cancel_group(self.screen, "tags")
        self.screen.work("change", self._accept, edit, self.screen.hold_keys())

    async def _accept(self, edit: TagEdit, held: list[Key]) -> None:
        screen, editor = self.screen, self.screen.tag_editor
        try:
            change = await self.gateway.tag([self._target], edit.add, edit.remove)
        except TagNameError as error:
            self._refused = editor.text
            editor.set_note(explain(error))
            return
        else:
            if screen.holds(held):
                self._close()
        finally:
            if screen.holds(held) and screen.place is Place.TAGS:
                screen.set_focus(editor.input)
            screen.release_keys(held)
        await self._tell_tagged([self._target], edit, change)

    def cancel(self) -> None:
        """Close the line."""
        self.screen.forget_keys()
        self._close()

    def _close(self) -> None:
        self.screen.tag_editor.close()
        self.screen.go(self._return_to)
