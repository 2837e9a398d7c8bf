"""The card of an entity: opening one from another, and going back the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.model import (
    ArticleId,
    Entity,
    EntityId,
    EntityKind,
    Evidence,
    NameCount,
    NameForm,
    Together,
)
from reader.ui.actions import NAMES, Place
from reader.ui.card_lines import Target, Whole
from reader.ui.card_trail import CardTrail, OpenCard
from reader.ui.entity_words import NO_NAME, NO_SENTENCE, chief_of, tell_target
from reader.ui.state import Asked, Shown, quoted
from reader.ui.verbs.base import Verbs, does, runs

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

ARTICLES = 40
"""Articles of a card that are asked for at once."""

FIELDS = {
    EntityKind.PER: "who",
    EntityKind.LOC: "where",
    EntityKind.ORG: "org",
    EntityKind.MISC: "entity",
}


class Cards(Verbs):
    """Opens cards over the panes. What they hold is loaded beside the keys."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.trail = CardTrail()
        self._return_to = Place.LIST
        # The list of the articles of a card, while it leads back to that card.
        self._made: Shown | None = None
        self._article: int | None = None
        self._adding = False
        # The two whose sentence is shown.
        self._pair: tuple[EntityId, EntityId] | None = None

    @property
    def view_is_open(self) -> bool:
        return self.screen.pane is Place.CARD

    @property
    def current(self) -> Entity | None:
        """Whose card is on the screen."""
        top = self.trail.top
        return top.page.entity if top is not None else None

    # Opening

    @does("entity.card")
    def open_here(self) -> None:
        """Open the card of the name that is meant here, or of whom the article names most."""
        if (entity := self.meant()) is None:
            self.screen.latest("seek", self._open_chief)
        else:
            self.open(entity)

    async def _open_chief(self) -> None:
        # The cursor may have come here just now.
        await self.screen.reading.show_current()
        entity = self._chief()
        if entity is None:
            self.screen.say("this article names nobody and nothing")
        else:
            self.open(entity)

    @does("mention.card")
    def open_mention(self) -> None:
        """Open the card of the mention last gone to, or of the name under the cursor; at a
        highlight: its note."""
        if self.screen.noting.edit_current():
            return
        if (entity := self.meant()) is None:
            self.screen.say(NO_NAME)
        else:
            self.open(entity)

    def meant(self) -> Entity | None:
        """The entity under the cursor of the pane, of the mention, or of the card."""
        screen = self.screen
        if self.view_is_open:
            return self.current
        if screen.pane in NAMES:
            return screen.names.current
        mention = screen.article.current_mention if screen.pane is Place.ARTICLE else None
        return Entity(mention.entity_id, mention.name, mention.kind) if mention else None

    def _chief(self) -> Entity | None:
        """Whom the article names most."""
        opened = self.screen.reading.opened
        if opened is None:
            return None
        return chief_of(opened.article.row.title, opened.entities, opened.mentions)

    def open(self, entity: Entity) -> None:
        """Open a card, on top of the one that is open."""
        if self.view_is_open:
            self._keep_cursor()
        else:
            self._return_to = self.screen.pane
            self.trail.clear()
        self.trail.push(entity)
        self._show()

    @runs("card")
    def open_card_of(self, line: Command) -> None:
        self.open_named(line.text)

    def open_named(self, name: str) -> None:
        """Open the card of who bears a name."""
        self.screen.latest("seek", self._open_named, name)

    async def _open_named(self, name: str) -> None:
        found = await self.gateway.entities.find(name)
        if found:
            self.open(found[0])
        else:
            self.screen.say(f"nobody and nothing is named {name}")

    def _show(self) -> None:
        top = self.trail.top
        if top is None:
            return
        self.screen.header.card = tuple(one.name for one in self.trail.entities)
        self.screen.say("")
        self.screen.go(Place.CARD)
        self.screen.card.show(top.page, top.cursor)
        if top.is_stale:
            self.screen.latest("card", self._load, top)

    async def _load(self, top: OpenCard) -> None:
        entity_id = top.asked
        try:
            card = await self.gateway.entities.card(entity_id)
            limit = max(ARTICLES, len(top.page.articles or ()))
            articles = await self.gateway.entities.articles(entity_id, 0, limit)
        except ReaderError as error:
            if top is self.trail.top and top.page.card is None:
                self.back()
            self.screen.complain(error)
            return
        is_first = top.page.card is None
        top.take(card, articles.items)
        if top is self.trail.top:
            self.screen.header.card = tuple(one.name for one in self.trail.entities)
            if is_first:
                # Before there was a heading to be on, and nothing else.
                self.screen.card.show(top.page, 0)
            else:
                self.screen.card.update(top.page)

    # What is under the cursor

    def moved(self, target: Target | None) -> None:
        """Show what speaks for a line, and bring more articles near the end of those there."""
        top = self.trail.top
        if top is None:
            return
        self._keep_cursor()
        self._tell(top, target)
        articles, card = top.page.articles, top.page.card
        more = articles is not None and card is not None and 0 < len(articles) < card.articles
        if more and self.screen.card.is_near_end and not self._adding:
            self.screen.work("more", self._add, top)

    def _tell(self, top: OpenCard, target: Target | None) -> None:
        panel, before = self.screen.card.evidence, self._pair
        other_id = target.entity.id if isinstance(target, Together) else None
        self._pair = None if other_id is None else (top.page.entity.id, other_id)
        match target:
            case Evidence():
                panel.show(target)
            case Together(entity=other) if other.id in top.sentences:
                panel.show(top.sentences[other.id], NO_SENTENCE)
            case Together(entity=other):
                if self._pair != before:
                    panel.show(None)
                self.screen.latest("evidence", self._find_sentence, top, other.id)
            case _:
                panel.show(None, self.screen.with_keys(tell_target(target)))

    async def _find_sentence(self, top: OpenCard, other: EntityId) -> None:
        found = await self.gateway.entities.evidence(top.page.entity.id, other)
        top.sentences[other] = found
        target = self.screen.card.current
        if top is self.trail.top and isinstance(target, Together) and target.entity.id == other:
            self._tell(top, target)

    async def _add(self, top: OpenCard) -> None:
        self._adding = True
        try:
            start = len(top.page.articles or ())
            more = await self.gateway.entities.articles(top.page.entity.id, start, ARTICLES)
        finally:
            self._adding = False
        if more.items and start == len(top.page.articles or ()):
            top.add(more.items)
            if top is self.trail.top:
                self.screen.card.update(top.page)

    def _keep_cursor(self) -> None:
        if self.trail.top is not None:
            self.trail.top.cursor = self.screen.card.cursor

    @does("card.open")
    def open_line(self) -> None:
        """Open what is under the cursor."""
        if (target := self.screen.card.current) is not None:
            self.open_target(target)

    def open_target(self, target: Target) -> None:
        """Open what a line of the card stands for."""
        match target:
            case Together(entity=entity):
                self.open(entity)
            case Entity():
                self.open(target)
            case Evidence():
                self._open_article(target)
            case NameForm(text=form):
                self._list(quoted("text", form))
            case NameCount(name=tag):
                self._list(quoted("tag", tag))
            case Whole.ARTICLES:
                self.list_articles()

    # Articles

    @does("card.list")
    def list_articles(self) -> None:
        """Narrow the list to the articles that name it."""
        self._list("")

    def _list(self, more: str) -> None:
        entity = self.current
        if entity is None:
            return
        base = self.screen.listing.trail.top.asked
        self.screen.latest("list", self._narrow, base, entity, more)

    async def _narrow(self, base: Asked, entity: Entity, more: str) -> None:
        listing = self.screen.listing
        asked = base.narrowed(await self.condition(entity))
        if more:
            asked = asked.narrowed(more)
        self._keep_cursor()
        await listing.ask(asked, push=True)
        self._made, self._article = listing.shown, None
        self.screen.go(Place.LIST)

    async def condition(self, entity: Entity, sign: str = "") -> str:
        """What asks for an entity and no namesake of its; with the sign "-", for what does not
        name it."""
        field = sign + FIELDS[entity.kind]
        found = await self.gateway.entities.find(entity.name)
        if [one.id for one in found if "entity" in field or one.kind is entity.kind] == [entity.id]:
            return quoted(field, entity.name)
        part = f'{field}:"#{entity.id}"'
        self.screen.header.told = {**self.screen.header.told, part: quoted(field, entity.name)}
        return part

    def _open_article(self, evidence: Evidence) -> None:
        if (entity := self.current) is not None:
            self.screen.latest("list", self._show_article, entity, evidence)

    async def _show_article(self, entity: Entity, evidence: Evidence) -> None:
        """Show an article where it names the entity, in the list of those that do."""
        listing, article_id = self.screen.listing, evidence.row.id
        self._keep_cursor()
        asked = Asked((await self.condition(entity),), "newest")
        shown = await listing.find(asked, keep=article_id)
        if shown.current != article_id:
            # It waits to be indexed.
            shown = await listing.find(Asked((f"id:{article_id}",)))
        listing.trail.push(shown)
        listing.show(shown)
        self._made, self._article = shown, article_id
        self.screen.reading.open_at(ArticleId(article_id), evidence.offset)

    # Back

    @does("card.back")
    def back(self) -> None:
        """Go to the card before, or to where the first one was opened."""
        if self.trail.back() is None:
            self.close()
        else:
            self._show()

    def close(self) -> None:
        """Go back to the panes."""
        self.screen.header.card = ()
        self.screen.go(self._return_to)

    def come_back(self) -> bool:
        """From a list that a card has made, or the article it has opened in it, go back to the
        card; False anywhere else."""
        listing = self.screen.listing
        at_article = self.screen.place is Place.ARTICLE
        if at_article and (self._article is None or listing.current != self._article):
            return False
        if self._made is None or listing.shown is not self._made or self.trail.top is None:
            return False
        self._made = None
        listing.show(listing.trail.back())
        self._show()
        return True

    # Changes

    def forget(self, entity_id: EntityId) -> None:
        """Leave the card of an entity that is none any more."""
        if self.view_is_open and self.current is not None and self.current.id == entity_id:
            self.back()

    def changed(self) -> None:
        """Show the card as it is now, and the others when they are come back to."""
        self.trail.changed()
        if self.view_is_open and self.trail.top is not None:
            self.screen.latest("card", self._load, self.trail.top)
