"""Tags as such: their names, colours and letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.commands.parse import NONE
from reader.commands.tag_line import TagEdit
from reader.kept import Colour, TagLook
from reader.ui import saved_words as words
from reader.ui.actions import Place
from reader.ui.left_rows import Section, TagRow
from reader.ui.tag_colours import tag_style
from reader.ui.tag_gate import TagGate
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.picking import Choice

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

OFFERED = 40
"""Tags that are offered by letters at most."""


class Tags(Verbs):
    """Works on the tag under the cursor of the left pane."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.gate = TagGate(self.gateway)
        self.looks: Mapping[str, TagLook] = {}

    async def load(self) -> bool:
        """Read which there are and how they look; tell whether anything is different."""
        looks = {look.name: look for look in await self.gate.looks()}
        changed = looks != self.looks
        if changed:
            painted = self._paints(looks) != self._paints(self.looks)
            self.looks = looks
            if painted:
                self.screen.rows.refresh_rows()
                self.screen.article.look_again()
                self.screen.second.look_again()
        return changed

    def _paints(self, looks: Mapping[str, TagLook]) -> dict[str, Colour]:
        return {name: look.colour for name, look in looks.items() if look.colour is not None}

    def colour_of(self, name: str) -> Colour | None:
        """The colour a tag is drawn in, None for that of all others."""
        look = self.looks.get(name)
        return look.colour if look is not None else None

    # Setting them

    @does("tag.pick")
    def pick(self) -> None:
        """Choose a tag by its letter; what has it, all of it, loses it."""
        self.screen.selecting.act(self._pick)

    def _pick(self, ids: list[int], query: str) -> None:
        if not (choices := tag_choices(list(self.looks.values()))):
            self.screen.say(words.NO_LETTERS)
        else:
            title = "tag" if len(ids) == 1 else f"tag {len(ids):,}"
            self.screen.picking.ask(
                title, choices, lambda choice: self._toggle(ids, choice.value, query)
            )

    def _toggle(self, ids: list[int], name: str, query: str) -> None:
        self.screen.work("change", self._set, ids, name, query)

    async def _set(self, ids: list[int], name: str, query: str) -> None:
        all_have = await self.gate.tagged(ids, name) == len(ids)
        edit = TagEdit(remove=(name,)) if all_have else TagEdit(add=(name,))
        await self.screen.sorting_out.tag(ids, edit, query)

    # In the pane

    @property
    def at_hand(self) -> str:
        """The tag under the cursor of the left pane, "" for none."""
        row = self.screen.source_pane.current
        there = self.screen.place is Place.SOURCES and isinstance(row, TagRow)
        return row.name if there and isinstance(row, TagRow) else ""

    @does("tags.go")
    def go(self) -> None:
        """Go to the tags in the left pane."""
        if self.looks:
            self.screen.sources.go_to_section(Section.TAGS)
        else:
            self.screen.say(words.NO_LETTERS)

    def offer_changes(self) -> None:
        """Let what is to be done with the tag at hand be chosen by a letter."""
        choices = [
            Choice("r", "rename", "tag.rename"),
            Choice("c", "colour", "tag.colour"),
            Choice("l", "letter", "tag.letter"),
            Choice("d", "remove", "tag.remove"),
        ]
        self.screen.picking.ask("change", choices, lambda choice: self.screen.perform(choice.value))

    @does("tag.rename")
    def rename(self) -> None:
        self._write(f"retag {self.at_hand} ")

    @does("tag.letter")
    def give_letter(self) -> None:
        self._write(f"quick {self.at_hand} ")

    @does("tag.colour")
    def choose_colour(self) -> None:
        if name := self.at_hand:
            choices = [
                Choice(_initial(one), one.value, one.value, tag_style(one)) for one in Colour
            ]
            choices.append(Choice("n", NONE, NONE))
            self.screen.picking.ask("colour", choices, lambda one: self._colour(name, one.value))
        else:
            self.screen.commanding.write("colour ")

    @does("tag.remove")
    def remove(self) -> None:
        if name := self.at_hand:
            self.screen.work("change", self._remove, name)
        else:
            self.screen.say("no tag here: go to one in the left pane")

    def _write(self, line: str) -> None:
        self.screen.commanding.write(line if self.at_hand else line.lstrip().split(" ")[0] + " ")

    # Lines

    @runs("retag")
    def retag_line(self, line: Command) -> None:
        self.screen.work("change", self._rename, line.first, line.behind)

    @runs("colour")
    def colour_line(self, line: Command) -> None:
        self._colour(line.first, line.behind)

    @runs("quick")
    def quick_line(self, line: Command) -> None:
        letter = "" if line.behind == NONE else line.behind
        self.screen.work("change", self._letter, line.first, letter)

    def _colour(self, name: str, word: str) -> None:
        colour = None if word == NONE else Colour(word)
        self.screen.work("change", self._paint, name, colour)

    async def _rename(self, old: str, new: str) -> None:
        change = await self.gate.rename(old, new)
        await self._done(words.tell_renamed(f"#{old}", f"#{new}", change), new)

    async def _paint(self, name: str, colour: Colour | None) -> None:
        new = words.tell_new_tag(name, self.looks)
        await self.gate.colour(name, colour)
        await self._done(words.tell_colour(name, colour) + new, name)

    async def _letter(self, name: str, letter: str) -> None:
        new = words.tell_new_tag(name, self.looks)
        await self.gate.letter(name, letter)
        await self._done(words.tell_letter(name, letter) + new, name)

    async def _remove(self, name: str) -> None:
        change = await self.gate.remove(name)
        await self._done(words.tell_off_all(name, change))

    async def _done(self, said: str, name: str = "") -> None:
        """Say what was done and show it; the cursor of the pane goes to the tag."""
        self.screen.say(said)
        await self.screen.sources.refresh()
        if name and self.screen.place is Place.SOURCES:
            await self.screen.sources.reach(Section.TAGS, name)
        await self.screen.listing.refresh()


def tag_choices(looks: list[TagLook]) -> list[Choice[str]]:
    """Tags by their letters; the most used of the others get the digits that are free."""
    own = sorted((look for look in looks if look.key), key=lambda look: look.key)
    taken = {look.key for look in own}
    free = [digit for digit in "123456789" if digit not in taken]
    used = sorted((one for one in looks if not one.key and one.articles), key=_rank)
    letters = free + [""] * max(0, OFFERED - len(own) - len(free))
    keyed = [(look.key, look) for look in own] + list(zip(letters, used, strict=False))
    return [Choice(letter, look.name, look.name, tag_style(look.colour)) for letter, look in keyed]


def _rank(look: TagLook) -> tuple[int, str]:
    return -look.articles, look.name


_INITIALS = {Colour.PINK: "k", Colour.PURPLE: "p", Colour.GREEN: "g"}


def _initial(colour: Colour) -> str:
    """The letter of a colour: its first, but for the second of those that share one."""
    return _INITIALS.get(colour, colour.value[0])
