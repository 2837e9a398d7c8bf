"""The pane of names: those of the article, or those of the whole list with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.model import SURE, Entity, EntityCount, EntityId, Mention
from reader.text import count
from reader.ui.actions import Place
from reader.ui.entity_words import (
    NO_ARTICLES,
    tell_begun,
    tell_mention,
    tell_progress,
    tell_scope,
    tell_share,
)
from reader.ui.state import Shown, quoted
from reader.ui.verbs.base import Verbs, does

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_OF_LIST = frozenset({Place.LIST, Place.SEARCH, Place.SOURCES})
"""Where the list is what is looked at."""


class Names(Verbs):
    """While the keys are in a list that was searched for or narrowed, whom all of it names; else
    whom the article names. One action changes that, until the keys are elsewhere."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._at = Place.LIST
        self._chosen: bool | None = None
        self._counted: Shown | None = None
        # Whom conditions leave out.
        self._excluded: dict[str, Entity] = {}
        self.least = SURE

    # Which names

    @property
    def of_list(self) -> bool:
        """Whether the names of the list are wanted."""
        if self._chosen is not None:
            return self._chosen
        return self._at is Place.LIST and not self.screen.listing.shown.asked.is_everything

    def went_to(self, place: Place) -> None:
        """The keys are in another place: show the names that belong to it."""
        if place is Place.ARTICLE or place in _OF_LIST:
            at = Place.ARTICLE if place is Place.ARTICLE else Place.LIST
            if at is not self._at:
                self._at, self._chosen = at, None
        self.show()

    def prepare(self) -> None:
        """The keys go to the pane: what they mean there must not change under them."""
        if self.of_list and not self.screen.names.is_of_list:
            self.screen.names.show_facets(self._title(self.screen.listing.shown), ())

    @does("entities.scope")
    def change_scope(self) -> None:
        """Show the names of the list in place of those of the article, or those again."""
        self._chosen = not self.screen.names.is_of_list
        self.screen.show_names(shown=True)
        self.screen.say(tell_scope(of_list=self._chosen))

    def show(self) -> None:
        """Show what is wanted, as far as the pane is there."""
        if not self.screen.names_shown:
            return
        if not self.of_list:
            if self.screen.names.is_of_list:
                self.show_article(keep=False)
        elif self._counted is not self.screen.listing.shown:
            self.count()

    def count(self) -> None:
        """Count whom the list names."""
        if self.screen.names_shown and self.of_list:
            self.screen.latest("facets", self._count, self.screen.listing.shown)

    async def _count(self, shown: Shown) -> None:
        try:
            found = await self.gateway.entities.facets(shown.asked.query)
        except ReaderError:
            # What is wrong with the index, the list says itself.
            found = ()
        if shown is self.screen.listing.shown and self.of_list:
            self._counted = shown
            title = self._title(shown)
            facets = [(one.entity, one.articles) for one in found]
            # They stay under the cursor: the same key again takes out nobody else.
            facets += [
                (self._excluded[one], 0) for one in shown.asked.parts if one in self._excluded
            ]
            self.screen.names.show_facets(title, facets)
            self.screen.names_changed()

    def _title(self, shown: Shown) -> str:
        return f"In these {count(shown.total, 'article')}" if shown.total else NO_ARTICLES

    def show_article(self, *, keep: bool) -> None:
        """Show the names of the article, unless those of the list are wanted."""
        if self.of_list and self.screen.names_shown:
            return
        self._counted = None
        opened = self.screen.reading.opened
        if opened is None:
            self.screen.names.clear()
        else:
            doubtful = uncertain_names(opened.mentions, opened.entities)
            self.screen.names.show(opened.entities, doubtful, keep=keep)
        self.screen.names_changed()

    @does("names.uncertain")
    def toggle_uncertain(self) -> None:
        """Mark uncertain names too, or only sure ones again."""
        self.least = 0.0 if self.least else SURE
        self.screen.work("uncertain", self._toggle)

    async def _toggle(self) -> None:
        await self.screen.reading.refresh()
        opened = self.screen.reading.opened
        doubtful = [one for one in opened.mentions if one.confidence < SURE] if opened else []
        if self.least:
            self.screen.say("only sure names are marked")
        else:
            self.screen.say(f"uncertain names too: {len(doubtful):,} here")

    # All names

    @does("entities.rebuild")
    def rebuild(self) -> None:
        self.screen.work("change", self._rebuild)

    async def _rebuild(self) -> None:
        begun = await self.gateway.entities.start_over()
        self.screen.say(tell_begun(await self.gateway.entities.progress(), begun=begun))
        self.gateway.index_again()

    @does("entities.status")
    def tell_status(self) -> None:
        self.screen.work("status", self._tell_status)

    async def _tell_status(self) -> None:
        self.screen.say(tell_progress(await self.gateway.entities.progress()))

    # Mentions of one name

    @does("entities.jump")
    def jump(self) -> None:
        self._jump(1)

    @does("entities.jump_back")
    def jump_back(self) -> None:
        self._jump(-1)

    def _jump(self, direction: int) -> None:
        """Go to the next mention of the name under the cursor."""
        if (entity := self.screen.names.current) is not None:
            self.screen.reading.jump_to(entity.id, direction)
            self._tell(entity)

    def chosen(self, entity: Entity) -> None:
        """A name was clicked."""
        if self.screen.names.is_of_list:
            self.narrow()
        else:
            self.screen.reading.jump_to(entity.id, 1)
            self._tell(entity)

    def _tell(self, entity: Entity) -> None:
        for found in self._counts(entity.id):
            self.screen.say(
                f"{entity.name}: {count(found.mentions, 'mention')} here, "
                f"in {count(found.articles, 'article')} of the library"
            )

    def tell_mention(self, mention: Mention) -> None:
        """Say who is named at a place, and what can be done there."""
        found = next(iter(self._counts(mention.entity_id)), None)
        self.screen.say(tell_mention(mention, found))

    def _counts(self, entity_id: EntityId) -> Iterable[EntityCount]:
        opened = self.screen.reading.opened
        return [one for one in opened.entities if one.entity.id == entity_id] if opened else ()

    # Lists

    @does("entities.search")
    def search(self) -> None:
        """Show all articles that mention the name under the cursor."""
        if (entity := self.screen.names.current) is not None:
            self.screen.finding.search_for(quoted("entity", entity.name))

    @does("facets.narrow")
    def narrow(self) -> None:
        self._narrow("")

    @does("facets.exclude")
    def exclude(self) -> None:
        self._narrow("-")

    def _narrow(self, sign: str) -> None:
        names = self.screen.names
        if (entity := names.current) is not None:
            # One after the other: each goes on from the list the one before has made.
            self.screen.latest("list", self._ask, entity, names.current_articles, sign)

    async def _ask(self, entity: Entity, articles: int, sign: str) -> None:
        listing = self.screen.listing
        part = await self.screen.cards.condition(entity, sign)
        shown = listing.shown
        if part in shown.asked.parts:
            self.screen.say(f"that is a condition of this list: {sign}{entity.name}")
        elif shown is self._counted and articles in (0, shown.total):
            # Nothing would be left, or all of it.
            self.screen.say(tell_share(entity, all_of_them=articles > 0))
        else:
            if sign:
                self._excluded[part] = entity
            await listing.ask(shown.asked.narrowed(part), keep=listing.current, push=True)


def uncertain_names(
    mentions: Sequence[Mention], entities: Sequence[EntityCount]
) -> list[EntityCount]:
    """Those who are named in uncertain places alone, with the number of these."""
    sure = {one.entity.id for one in entities}
    doubtful = [one for one in mentions if one.confidence < SURE and one.entity_id not in sure]
    numbers = Counter(one.entity_id for one in doubtful)
    found = {one.entity_id: Entity(one.entity_id, one.name, one.kind) for one in doubtful}
    return [EntityCount(entity, numbers[id_], 0) for id_, entity in found.items()]
