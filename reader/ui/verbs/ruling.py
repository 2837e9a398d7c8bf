"""The rules that saved searches carry: changing, testing and running them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands.deeds import deeds_text, parse_deeds, split_named, split_some
from reader.errors import IndexingError
from reader.kept import Deeds, SavedCount
from reader.text import explain
from reader.ui import saved_words as words
from reader.ui.actions import Place
from reader.ui.saved_gate import SavedGate
from reader.ui.verbs.base import Verbs, does, runs

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.service.indexing import IndexTold
    from reader.ui.screens.main import MainScreen


class Ruling(Verbs):
    """Works on the rule that is named, or that of the saved search at hand: see `Saved`."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.gate = SavedGate(self.gateway)

    def about(self, verb: str) -> str:
        """What may stand in a line about a rule besides the words it can be completed with."""
        return "+TAG  -TAG  " if verb == "rule" else ""

    @does("rule.change")
    def change_rule(self) -> None:
        """Open the command line with what the rule does."""
        if (found := self.screen.saved.found()) is not None:
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
        if (found := self.screen.saved.found(name)) is not None:
            self.screen.work("change", self._take_back, found.saved.name)

    def _rule(self, name: str = "") -> SavedCount | None:
        """The rule called so, or the one at hand; that there is none is said."""
        found = self.screen.saved.found(name)
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
        if query and self.screen.saved.find(text.strip("\"'")) is not None:
            name, query = text, ""
        return name.strip("\"'"), query

    def _make_rule(self, name: str, text: str) -> None:
        if (found := self.screen.saved.found(name)) is not None:
            self._set_deeds(found, parse_deeds(text))

    def _set_deeds(self, found: SavedCount, deeds: Deeds) -> None:
        name = found.saved.name
        said = words.tell_rule(name, found.saved.deeds, deeds)
        self.screen.saving.change(self.gate.set_deeds(name, deeds), said)

    def _set_active(self, found: SavedCount, *, active: bool) -> None:
        name = found.saved.name
        self.screen.saving.change(
            self.gate.set_active(name, active), words.tell_active(name, active=active)
        )

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
        await self.screen.saving.done(words.tell_run(name, change))

    async def _take_back(self, name: str) -> None:
        change = await self.gate.take_back(name)
        await self.screen.listing.refresh()
        await self.screen.saving.done(words.tell_back(name, change))

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
