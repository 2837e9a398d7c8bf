"""Marks and tags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.commands.tag_line import (
    TagEdit,
    bare_words,
    complete,
    last_word,
    matching,
    parse_tags,
)
from reader.errors import TagNameError
from reader.model import Change, Mark
from reader.text import explain
from reader.ui.actions import Place
from reader.ui.selection_gate import SelectionGate, TagsHad
from reader.ui.state import Shown
from reader.ui.tour import TAGGED
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import tell_marked, tell_tagged, tell_tags_had, tell_tags_meant

if TYPE_CHECKING:
    from textual.events import Key

    from reader.ui.screens.main import MainScreen


class SortingOut(Verbs):
    """Every change is on disk when the status line says so, and can be undone."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._many = SelectionGate(screen.gateway)
        self._targets: list[int] = []
        self._query = ""
        self._had: TagsHad | None = None
        self._return_to = Place.LIST
        self._offers: tuple[str, ...] = ()
        self._offered_for = ""
        self._refused = ""
        self._next_offer = 0

    # Marks

    @does("article.toggle_read")
    def toggle_read(self) -> None:
        self._toggle(Mark.READ, Mark.UNREAD, "article.toggle_read")

    @does("article.toggle_star")
    def toggle_star(self) -> None:
        self._toggle(Mark.STARRED, Mark.UNSTARRED, "article.toggle_star")

    @does("article.toggle_archive")
    def toggle_archive(self) -> None:
        self._toggle(Mark.ARCHIVED, Mark.UNARCHIVED, "article.toggle_archive")

    def _toggle(self, mark: Mark, opposite: Mark, name: str) -> None:
        """Mark all; when all of them are so already, the opposite."""

        def act(ids: list[int], query: str) -> None:
            self.screen.work("change", self._turn_mark, ids, mark, opposite, query)

        # The articles of this moment: the cursor may move on before the change is made.
        self.screen.selecting.act(act, name)

    async def _turn_mark(self, ids: Sequence[int], mark: Mark, opposite: Mark, query: str) -> None:
        change, done = await self._many.toggle(ids, mark, opposite, query)
        if change.changed:
            self.screen.say(tell_marked(change, done))
            await self._refresh(ids)

    async def _refresh(self, ids: Sequence[int]) -> None:
        await self.screen.listing.refresh(ids[0] if len(ids) == 1 else None)
        if self.screen.place is Place.SOURCES:
            # Who looks there waits for its numbers.
            await self.screen.sources.refresh()

    @does("view.mark_read")
    def mark_view_read(self) -> None:
        """Mark what is selected read, or the whole list when nothing is; in the left pane what
        the row stands for."""
        if self.screen.place is Place.SOURCES:
            self.screen.selecting.act(self._mark_read)
        elif selected := self.screen.selecting.selected():
            self._mark_read(selected)
        else:
            self.screen.work("change", self._mark_view, self.screen.listing.shown)

    def _mark_read(self, ids: list[int], query: str = "") -> None:
        self.screen.work("change", self.mark, ids, Mark.READ, query)

    async def _mark_view(self, shown: Shown) -> None:
        await self.screen.listing.load_all(shown)
        await self.mark(shown.ids, Mark.READ)

    async def mark(self, ids: Sequence[int], mark: Mark, query: str = "") -> None:
        """Mark articles, those of a query perhaps, and say how many are different now."""
        change = await self.gateway.mark(ids, mark, query)
        self.screen.say(tell_marked(change, mark))
        await self._refresh(ids)

    # Tags

    async def tag(self, ids: Sequence[int], edit: TagEdit, query: str = "") -> None:
        """Change the tags of articles, those of a query perhaps, and say how many are different
        now."""
        change = await self.gateway.tag(ids, edit.add, edit.remove, query)
        await self._tell_tagged(ids, edit, change)

    async def _tell_tagged(self, ids: Sequence[int], edit: TagEdit, change: Change) -> None:
        self.screen.say(tell_tagged(change, edit.add, edit.remove))
        if edit.add:
            self.screen.touring.performed(TAGGED)
        await self._refresh(ids)

    @does("article.tag")
    def edit_tags(self) -> None:
        """Open the tag line for what is selected, or for the article under the cursor."""
        self.screen.selecting.act(self._open)

    @does("article.add_tag")
    def add_tag(self) -> None:
        self.screen.selecting.act(partial(self._open, text="+"))

    @does("article.take_tag")
    def take_tag(self) -> None:
        self.screen.selecting.act(partial(self._open, text="-"))

    def _open(self, ids: list[int], query: str, text: str = "") -> None:
        self._query = query
        self._targets, self._had, self._offers, self._refused = ids, None, (), ""
        self._return_to = self.screen.place
        self.screen.go(Place.TAGS)
        self.screen.tag_editor.open(text)
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
        if self._had is None:
            self._had = await self._many.tags(self._targets)
        had = self._had
        if sign == "-":
            self._offers = matching(had.any, prefix)
        else:
            names = await self.gateway.complete_tags(prefix)
            self._offers = tuple(name for name in names if name not in had.all)
        self._offered_for, self._next_offer = text, 0
        told = tell_tags_had(len(self._targets), had.all, had.some)
        if words := bare_words(text):
            told = tell_tags_meant(words)
        self.screen.tag_editor.offer_tags(told, self._offers, sign)

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
            change = await self.gateway.tag(self._targets, edit.add, edit.remove, self._query)
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
        await self._tell_tagged(self._targets, edit, change)

    def cancel(self) -> None:
        """Close the line."""
        self.screen.forget_keys()
        self._close()

    def _close(self) -> None:
        self.screen.tag_editor.close()
        self.screen.go(self._return_to)
