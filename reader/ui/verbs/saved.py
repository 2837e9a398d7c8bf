"""Saved searches and the rules they carry."""

from __future__ import annotations

from collections.abc import Awaitable
from time import monotonic
from typing import TYPE_CHECKING

from reader.commands.deeds import deeds_text, parse_deeds, split_named, split_some
from reader.commands.parse import split_name
from reader.commands.verbs import BY_NAME
from reader.errors import IndexingError, SavedSearchExistsError
from reader.kept import Deeds, SavedCount, SavedId
from reader.nearest import LEVEL, called, meant
from reader.text import explain
from reader.ui import saved_words as words
from reader.ui.actions import Place
from reader.ui.left_rows import PINNED, SavedRow, Section, place_of_step, with_counts
from reader.ui.saved_gate import SavedGate
from reader.ui.source_rows import RowKind
from reader.ui.verbs.base import Deed, Verbs, does, runs
from reader.ui.verbs.picking import Choice

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.commands.parse import Command
    from reader.service.indexing import IndexTold
    from reader.ui.screens.main import MainScreen

EVERY = 2.0
"""Seconds at least between two counts of what answers saved searches."""

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters for what has no digit, the ones under the fingers first."""


class Saved(Verbs):
    """Works on the saved search under the cursor of the left pane, elsewhere on the one whose
    articles the list shows."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.gate = SavedGate(self.gateway)
        self.counts: tuple[SavedCount, ...] = ()
        self._known: dict[SavedId, SavedCount] = {}
        self._counted_at = -EVERY
        self._timer: Timer | None = None
        self._is_stale = True
        self._chips: frozenset[str] = frozenset()

    # What is shown

    async def load(self) -> bool:
        """Read which there are; tell whether anything is different."""
        counts = with_counts(await self.gate.list(), self._known)
        changed, self.counts = counts != self.counts, counts
        if changed:
            self.name_chips()
        if any(one.unread is None and not one.problem for one in counts):
            # Who has just written a query waits for its number.
            self._counted_at = -EVERY
        return changed

    def name_chips(self) -> None:
        """Have the header name the lists of saved searches by their names."""
        told = {
            part: words.chip(one, deeds_text(one.saved.deeds))
            for one in reversed(self.counts)
            for part in words.asked_of(one.saved.query).parts
        }
        header = self.screen.header
        known = {part: text for part, text in header.told.items() if part not in self._chips}
        self._chips = frozenset(told)
        header.told = {**known, **told}

    def changed(self) -> None:
        """Something has changed that may answer: count anew, soon, if anybody looks."""
        self._is_stale = True
        self.count()

    def count(self) -> None:
        """Count what answers, where that is shown and not known; not too often."""
        if not (self._is_stale and self.counts and self.screen.sources_shown):
            return
        wait = self._counted_at + EVERY - monotonic()
        if wait <= 0:
            self._is_stale, self._counted_at = False, monotonic()
            self.screen.latest("saved counts", self._count)
        elif self._timer is None:
            self._timer = self.screen.set_timer(wait, self._count_again)

    def _count_again(self) -> None:
        self._timer = None
        self.count()

    async def _count(self) -> None:
        self._known = {one.saved.id: one for one in await self.gate.counts()}
        counts = with_counts((one.saved for one in self.counts), self._known)
        if counts != self.counts:
            self.counts = counts
            self.screen.sources.counted()

    # Which one is meant

    @property
    def at_hand(self) -> SavedCount | None:
        """The saved search that a change is meant for."""
        if self.screen.place is Place.SOURCES:
            row = self.screen.source_pane.current
            return row.count if isinstance(row, SavedRow) else None
        asked = self.screen.listing.shown.asked
        return words.shown_as(self.counts, asked)

    def _name(self) -> str:
        """The name of what is at hand, a mere level included; "" for none, which is said."""
        row = self.screen.source_pane.current
        if self.screen.place is Place.SOURCES and isinstance(row, SavedRow):
            return row.name
        found = self.at_hand
        if found is None:
            self.screen.say(words.NONE_AT_HAND)
            return ""
        return found.saved.name

    def _find(self, name: str) -> SavedCount | None:
        """The one called so, whatever the case; or the first of those below that level; or the
        only one whose last levels are called so."""
        by_name = {one.saved.name: one for one in self.counts}
        folded = name.casefold()
        same = (one for one in by_name if one.casefold() == folded)
        below = (one for one in by_name if one.casefold().startswith(folded + LEVEL))
        return by_name.get(next(same, "") or next(below, "") or called(name, by_name))

    def offers(self) -> dict[str, tuple[str, ...]]:
        """What can follow the verb of saved searches."""
        parts = BY_NAME["saved"].parts
        lines = tuple(words.line_of_name(one.saved.name, parts) for one in self.counts)
        return {"saved": (*lines, *parts), "rule": tuple(one.saved.name for one in self.counts)}

    # Showing them

    def show(self, counted: SavedCount) -> None:
        """Show the articles of a saved search."""
        self.screen.source_pane.go_to(RowKind.SAVED, counted.saved.name)
        self.screen.sources.show_list(words.asked_of(counted.saved.query))

    def show_deeds(self) -> dict[str, Deed]:
        """One deed for every digit."""

        def deed(number: int) -> Deed:
            return lambda: self._show_number(number)

        return {f"saved.show_{number}": deed(number) for number in range(1, PINNED + 1)}

    def _show_number(self, number: int) -> None:
        if number <= len(self.counts):
            self.show(self.counts[number - 1])
        else:
            none = f"there is no saved search {number}"
            self.screen.say(none if self.counts else words.NO_SAVED)

    @does("saved.pick")
    def pick(self) -> None:
        """Choose one by its letter."""
        if not self.counts:
            self.screen.say(words.NO_SAVED)
            return
        letters = [str(number) for number in range(1, PINNED + 1)] + list(_LETTERS)
        choices = [
            Choice(letters[at] if at < len(letters) else "", one.saved.name, one)
            for at, one in enumerate(self.counts)
        ]
        self.screen.picking.ask("show", choices, lambda choice: self.show(choice.value))

    @does("saved.go")
    def go(self) -> None:
        """Go to the saved searches in the left pane."""
        if self.counts:
            self.screen.sources.go_to_section(Section.SAVED)
        else:
            self.screen.say(words.NO_SAVED)

    # Changing them

    @does("saved.add")
    def add(self) -> None:
        """Open the command line with the beginning of a line that saves what is shown."""
        asked = self.screen.listing.shown.asked
        if asked.is_everything and not asked.sort:
            self.screen.say(words.NOTHING_ASKED)
            return
        name = words.suggested_name(asked)
        self.screen.commanding.write(f"saved add {name}", marked=len(name))

    @does("saved.rename")
    def rename(self) -> None:
        if name := self._name():
            self.screen.commanding.write(f"saved rename {name}")

    @does("saved.query")
    def edit_query(self) -> None:
        if (found := self._found()) is not None:
            self.screen.commanding.write(f"saved query {found.saved.query}")

    @does("saved.remove")
    def remove(self) -> None:
        if name := self._name():
            self._change(self.gate.remove(name), words.tell_removed(name))

    @does("saved.up")
    def up(self) -> None:
        self._step(-1)

    @does("saved.down")
    def down(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        row = self.screen.source_pane.current
        if self.screen.place is not Place.SOURCES or not isinstance(row, SavedRow):
            self.screen.say(words.NOT_MOVED)
            return
        place = place_of_step(self.counts, row.name, step)
        if place is not None:
            self._change(self.gate.move(row.name, place), words.tell_moved(row.name))

    def offer_changes(self) -> None:
        """Let what is to be done with the one at hand be chosen by a letter."""
        choices = [
            Choice("r", "rename", "saved.rename"),
            Choice("J", "move down", "saved.down"),
            Choice("K", "move up", "saved.up"),
            Choice("q", "query", "saved.query"),
            Choice("a", "rule: what it does", "rule.change"),
            Choice("t", "rule: test", "rule.test"),
            Choice("d", "remove", "saved.remove"),
        ]
        if self.at_hand is None:
            # A level of names is only moved and renamed, with all that is in it.
            choices = choices[:3]
        self.screen.picking.ask("change", choices, lambda choice: self.screen.perform(choice.value))

    def _found(self, name: str = "") -> SavedCount | None:
        """The one called so, or the one at hand; that there is none is said."""
        if name:
            by_name = {one.saved.name: one for one in self.counts}
            if not (wanted := called(name, by_name)):
                self._say_unknown(name)
            return by_name.get(wanted)
        found = self.at_hand
        if found is None:
            self.screen.say(words.NONE_AT_HAND)
        return found

    @runs("saved")
    def run_line(self, line: Command) -> None:
        match line.first:
            case "add":
                self._add(line.text.removeprefix("add").strip())
            case "query":
                query = line.text.removeprefix("query").strip()
                if (found := self._found()) is not None:
                    name = found.saved.name
                    self._change(self.gate.set_query(name, query), words.tell_query(name))
            case "rename":
                self._rename(line.behind)
            case "move":
                self._move(line.behind)
            case "remove":
                self.remove()
            case "show":
                self.show_named(line.text.removeprefix("show").strip())
            case _:
                self.show_named(line.text)

    def _add(self, text: str) -> None:
        name, query = split_name(text)
        asked = self.screen.listing.shown.settled()
        query = words.query_of(asked) if query is None else query
        self.screen.work("change", self._save, name, query)

    async def _save(self, name: str, query: str) -> None:
        try:
            await self.gate.add(name, query)
        except SavedSearchExistsError as error:
            await self._ask_to_replace(error.name, query)
            return
        await self._done(words.tell_saved(name, query), name)

    async def _ask_to_replace(self, name: str, query: str) -> None:
        """One more Enter replaces it, with what is replaced under the cursor."""
        await self.screen.sources.refresh()
        if (found := self._find(name)) is not None:
            self.screen.go(Place.SOURCES)
            await self.screen.sources.reach(Section.SAVED, found.saved.name)
            self.screen.commanding.write(f"saved query {query}")
            self.screen.say(words.tell_taken(found.saved.name))

    def _rename(self, new: str) -> None:
        if name := self._name():
            self._change(self.gate.rename(name, new), words.tell_renamed(name, new), new)

    def _move(self, text: str) -> None:
        name = self._name()
        if name and text.isdecimal() and int(text):
            self._change(self.gate.move(name, int(text) - 1), words.tell_moved(name))
        elif name:
            self.screen.status.say(f'"{text}" is no place: 1 is the first', error=True)

    def show_named(self, name: str) -> None:
        """Show the one called so, or the first below that level; that there is none is said."""
        found = self._find(name)
        if found is not None:
            self.show(found)
        else:
            self._say_unknown(name)

    def _say_unknown(self, name: str) -> None:
        hint = meant(name, (one.saved.name for one in self.counts))
        self.screen.status.say(f'no saved search is called "{name}"{hint}', error=True)

    def _change(self, change: Awaitable[object], said: str, name: str = "") -> None:
        self.screen.work("change", self._do, change, said, name)

    async def _do(self, change: Awaitable[object], said: str, name: str) -> None:
        await change
        await self._done(said, name)

    async def _done(self, said: str, name: str = "") -> None:
        """Say what was done, and show it; the cursor of the pane goes to `name`."""
        self.screen.say(said)
        await self.screen.sources.refresh()
        if name:
            await self.screen.sources.reach(Section.SAVED, name)

    # Rules

    def about(self, verb: str) -> str:
        """What may stand in a line about a rule besides the words it can be completed with."""
        return "+TAG  -TAG  " if verb == "rule" else ""

    @does("rule.change")
    def change_rule(self) -> None:
        """Open the command line with what the rule does."""
        if (found := self._found()) is not None:
            self.screen.commanding.write(f"rule {deeds_text(found.saved.deeds)}")

    @does("rule.toggle")
    def toggle_rule(self) -> None:
        found = self._rule()
        if found is not None:
            self._set_active(found, active=not found.saved.active)

    @does("rule.none")
    def no_rule(self, name: str = "") -> None:
        if (found := self._rule(name)) is not None:
            self._set_deeds(found, Deeds())

    @does("rule.test")
    def test_rule(self, name: str = "", query: str = "") -> None:
        """Show what the rule would change."""
        if (found := self._rule(name)) is not None:
            self.screen.latest("rule", self._test, found, query)

    @does("rule.run")
    def run_rule(self, name: str = "", query: str = "") -> None:
        if (found := self._rule(name)) is not None:
            self.screen.work("change", self._run, found.saved.name, query)

    @does("rule.back")
    def take_back(self, name: str = "") -> None:
        if (found := self._found(name)) is not None:
            self.screen.work("change", self._take_back, found.saved.name)

    def _rule(self, name: str = "") -> SavedCount | None:
        """The rule called so, or the one at hand; that there is none is said."""
        found = self._found(name)
        if found is not None and not found.saved.deeds:
            self.screen.say(words.NO_RULE)
            return None
        return found

    @runs("rule")
    def rule_line(self, line: Command) -> None:
        text = line.text.removeprefix(line.first).strip()
        name = text.strip("\"'")
        match line.first:
            case "test" | "run" | "back" | "none" if not name:
                self.screen.perform(f"rule.{line.text}")
            case "test":
                self.test_rule(*self._scoped(text))
            case "run":
                self.run_rule(*self._scoped(text))
            case "back":
                self.take_back(name)
            case "none":
                self.no_rule(name)
            case "on" | "off":
                if (found := self._rule(name)) is not None:
                    self._set_active(found, active=line.first == "on")
            case "set":
                self._make_rule(*split_named(line.text.removeprefix("set")))
            case _:
                self._make_rule("", line.text)

    def _scoped(self, text: str) -> tuple[str, str]:
        """The name of a rule, and the query whose articles are meant; a name may hold the word
        that a query begins with."""
        name, query = split_some(text)
        if query and self._find(text.strip("\"'")) is not None:
            name, query = text, ""
        return name.strip("\"'"), query

    def _make_rule(self, name: str, text: str) -> None:
        if (found := self._found(name)) is not None:
            self._set_deeds(found, parse_deeds(text))

    def _set_deeds(self, found: SavedCount, deeds: Deeds) -> None:
        name = found.saved.name
        said = words.tell_rule(name, deeds_text(deeds))
        self._change(self.gate.set_deeds(name, deeds), said)

    def _set_active(self, found: SavedCount, *, active: bool) -> None:
        name = found.saved.name
        self._change(self.gate.set_active(name, active), words.tell_active(name, active=active))

    async def _test(self, found: SavedCount, query: str) -> None:
        place, article_id, saved = self.screen.place, self.screen.listing.current, found.saved
        test = await self.gate.test(saved.name, query)
        # Whoever has gone on does not want it any more.
        if not self.is_still_at(place, article_id):
            return
        condition = words.would_change(saved.deeds)
        if test.changed:
            header, asked = self.screen.header, words.asked_of(saved.query)
            asked = (asked.narrowed(query) if query else asked).narrowed(condition)
            header.told = {**header.told, condition: words.WOULD_CHANGE}
            self.screen.go(Place.LIST)
            await self.screen.listing.ask(asked, push=True)
        self.screen.say(words.tell_test(saved.name, test))

    async def _run(self, name: str, query: str) -> None:
        change = await self.gate.run(name, query)
        await self.screen.listing.refresh()
        await self._done(words.tell_run(name, change))

    async def _take_back(self, name: str) -> None:
        change = await self.gate.take_back(name)
        await self.screen.listing.refresh()
        await self._done(words.tell_back(name, change))

    def rules_ran(self, told: IndexTold) -> None:
        """Tell what rules did to what has come in, or why one did nothing."""
        if isinstance(told, str | IndexingError) or (report := told.rules) is None:
            return
        if report.troubles:
            trouble = report.troubles[0]
            said = words.tell_trouble(trouble.rule, explain(trouble.error), len(report.troubles))
            self.screen.status.say(said, error=True)
        elif report.changed:
            self.screen.say(words.tell_ran(report.changed, report.arrived))
