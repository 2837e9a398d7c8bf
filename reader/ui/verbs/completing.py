"""Completions of the query, name or tag that is being typed, in whichever line."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.commands.slots import Kind, Slot, slot_at
from reader.ui.actions import Place
from reader.ui.path_gate import paths_like
from reader.ui.verbs.base import Verbs
from reader.ui.widgets.suggestions import Suggestion

if TYPE_CHECKING:
    from reader.service.completing import Completion
    from reader.ui.screens.main import MainScreen

Typed = tuple[str, int]
"""A line and the code point of it that the cursor is at."""

_NOWHERE: Typed = ("", -1)

_TAG = "tag:"
"""Before a value of a query that is a tag."""


def is_finished(query: str) -> bool:
    """Whether a completed query ends with a whole condition: not with a field, or in quotes."""
    return not query.endswith(":") and query.count('"') % 2 == 0


class Completing(Verbs):
    """Offers completions of what has been typed. The first Tab takes the first one; from then
    on Tab and the arrows go through them, and Esc brings back what had been typed.

    Nothing is chosen without Tab: every other key does what it does without a list.
    """

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._offers: Sequence[Completion] = ()
        # What was asked about, whether the answer is there, and what the line became of it.
        self._asked = _NOWHERE
        self._slot: Slot | None = None
        self._is_answered = False
        self._made = _NOWHERE
        self._chosen: int | None = None
        self._is_wanted = False

    def typed(self) -> None:
        """Offer what fits the line as it is now, as soon as that is known."""
        if self.screen.holds_keys or not self.screen.prompt.is_open:
            return
        # The news of a change may come late.
        if self._line not in (self._asked, self._made):
            slot = self._slot_here()
            if slot is not None and slot.is_bare:
                # How the line is written says more than all there is; Tab shows that.
                self.close()
            else:
                self._ask()

    @property
    def _line(self) -> Typed:
        prompt = self.screen.prompt
        return prompt.text, prompt.cursor

    def _slot_here(self) -> Slot | None:
        text, cursor = self._line
        match self.screen.place:
            case Place.SEARCH:
                return Slot(Kind.QUERY, 0, len(text))
            case Place.COMMAND:
                return slot_at(text, cursor)
            case _:
                return None

    def _ask(self, *, wanted: bool = False) -> None:
        slot = self._slot_here()
        if slot is None:
            self.close()
            return
        self._slot = slot
        self._asked, self._made, self._chosen = self._line, _NOWHERE, None
        self._is_answered, self._is_wanted = False, wanted
        self.screen.latest("complete", self._offer, slot)

    async def _offer(self, slot: Slot) -> None:
        asked = self._asked
        offers = await self._found(slot, *asked)
        if self._line != asked or not self.screen.prompt.is_open:
            return
        self._offers, self._is_answered = offers, True
        self._show(slot.start)
        if self._is_wanted:
            self.take()

    async def _found(self, slot: Slot, text: str, cursor: int) -> Sequence[Completion]:
        behind, at = text[slot.start :], cursor - slot.start
        match slot.kind:
            case Kind.NAME:
                return await self.gateway.entities.complete(behind)
            case Kind.FORM:
                meant = self.screen.cards.meant()
                complete = self.gateway.entities.complete_form
                return await complete(meant.id, behind) if meant else ()
            case Kind.TAG:
                return await self._tags(behind[:at], slot.end - slot.start)
            case Kind.PATH:
                return await asyncio.to_thread(paths_like, behind)
            case _:
                return await self.gateway.complete(behind, at)

    async def _tags(self, typed: str, length: int) -> Sequence[Completion]:
        """Tags as in a query, to be written without the quotes they may need there."""
        found = await self.gateway.complete(_TAG + typed, len(_TAG + typed))
        return [replace(one, text=one.label, start=0, end=length) for one in found]

    def _show(self, start: int) -> None:
        prompt = self.screen.prompt
        first = start + self._offers[0].start if self._offers else 0
        shown = [Suggestion(one.label, one.kind, one.articles) for one in self._offers]
        prompt.offer(shown, first)
        self._offers = self._offers[: len(prompt.suggestions)]

    def take(self) -> bool:
        """Put the first completion in the line; again: the next. False where there is nothing to
        be completed from the library."""
        if self._slot_here() is None:
            return False
        if self._line not in (self._asked, self._made):
            self._ask(wanted=True)
        elif not self._is_answered:
            self._is_wanted = True
        elif self._offers:
            self._choose(0 if self._chosen is None else self._chosen + 1)
        return True

    def step(self, step: int) -> bool:
        """Go through the completions once one was taken; False before, and the list is closed."""
        if self._chosen is None or self._line != self._made:
            self.close()
            return False
        self._choose(self._chosen + step)
        return True

    def _choose(self, at: int) -> None:
        self._chosen, self._is_wanted = at % len(self._offers), False
        offer, (text, _) = self._offers[self._chosen], self._asked
        start = self._slot.start if self._slot is not None else 0
        head, rest = text[: start + offer.start] + offer.text, text[start + offer.end :]
        if self.screen.place is Place.SEARCH and not rest and is_finished(head):
            head += " "
        self._made = (head + rest, len(head))
        self._put(*self._made)
        self.screen.prompt.suggestions.choose(self._chosen)

    def _put(self, text: str, cursor: int) -> None:
        self.screen.prompt.put(text, cursor)
        if self.screen.place is Place.SEARCH:
            self.screen.finding.typed()
        else:
            self.screen.commanding.counting.typed(text)

    def take_back(self) -> bool:
        """Bring back what had been typed before a completion was taken; False when none was."""
        taken, typed = self._chosen is not None and self._line == self._made, self._asked
        self.close()
        if taken:
            self._put(*typed)
        return taken

    def close(self) -> None:
        """Offer nothing until something is typed, or Tab is pressed."""
        self.screen.workers.cancel_group(self.screen, "complete")
        self._asked = self._made = _NOWHERE
        self._offers, self._chosen, self._is_answered = (), None, False
        self.screen.prompt.offer(())
