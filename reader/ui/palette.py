"""What the palette offers: every action, the themes, and the tags and sources of the library."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from reader.clean import clean_line
from reader.ui import themes
from reader.ui.actions import ACTIONS, LETTERS, PROMPTS, Action, Group
from reader.ui.matching import score
from reader.ui.screens.main import MainScreen
from reader.ui.verbs.reading import quoted


class _MainProvider(Provider):
    @property
    def main(self) -> MainScreen:
        return cast("MainScreen", self.screen)


class ActionProvider(_MainProvider):
    """Actions by any of their words, each with its keys."""

    async def discover(self) -> Hits:
        for action in _offered():
            yield DiscoveryHit(self._prompt(action), self._deed(action), action.description)

    async def search(self, query: str) -> Hits:
        for action in _offered():
            if (found := score(query, action)) > 0:
                yield Hit(found, self._prompt(action), self._deed(action), action.description)

    def _prompt(self, action: Action) -> Content:
        keys = "  ".join(self.main.keymap.keys_of(action))
        return Content.assemble(action.description, (f"   {keys}", "bold") if keys else "")

    def _deed(self, action: Action) -> partial[bool]:
        return partial(self.main.perform, action.name)


class ThemeProvider(_MainProvider):
    """The themes by name."""

    async def search(self, query: str) -> Hits:
        wanted = query.casefold().split()
        for name in themes.NAMES:
            if wanted and all(word in f"colour color theme: {name}" for word in wanted):
                shown = f"theme: {name}"
                # Whoever types its name wants it rather than the next one.
                certain = 1.0 if wanted[-1] in name else 0.5
                yield Hit(certain, Content(shown), partial(self.main.set_theme, name), shown)


class PlaceProvider(_MainProvider):
    """Tags and sources, to be shown as lists."""

    async def startup(self) -> None:
        tags = await self.main.gateway.list_tags()
        sources = await self.main.gateway.list_sources()
        self._places = [("tag", count.name) for count in tags]
        self._places += [("source", count.name) for count in sources if count.name]

    async def search(self, query: str) -> Hits:
        wanted = query.casefold().strip()
        for field, name in self._places:
            if wanted in f"{field} {name}".casefold():
                shown = f"{field}: {clean_line(name)}"
                search = partial(self.main.finding.search_for, quoted(field, name))
                yield Hit(0.5, Content(shown), search, shown)


def _offered() -> list[Action]:
    """What makes sense here; moving, which everyone finds by hand, comes last."""
    actions = [action for action in ACTIONS if not action.places <= PROMPTS | LETTERS]
    return sorted(actions, key=lambda action: action.group is Group.MOVE)
