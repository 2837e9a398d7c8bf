"""The cards a person came through: plain values, no screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reader.model import Entity, EntityCard, EntityId, Evidence
from reader.ui.card_lines import CardPage


@dataclass(slots=True)
class OpenCard:
    """One card, what is known of it, and where the cursor was left. `asked` stays when it has
    become one with another; `is_stale` says that the library has changed since."""

    asked: EntityId
    page: CardPage
    cursor: int = 0
    sentences: dict[EntityId, Evidence | None] = field(default_factory=dict)
    is_stale: bool = True

    def take(self, card: EntityCard, articles: tuple[Evidence, ...]) -> None:
        """Take over what was read anew."""
        self.page = CardPage(card.entity, card, articles)
        self.sentences.clear()
        self.is_stale = False

    def add(self, articles: tuple[Evidence, ...]) -> None:
        """Go on after the articles that are there."""
        self.page = replace(self.page, articles=(self.page.articles or ()) + articles)


class CardTrail:
    """The last card is on the screen."""

    def __init__(self) -> None:
        self._cards: list[OpenCard] = []

    @property
    def top(self) -> OpenCard | None:
        return self._cards[-1] if self._cards else None

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Whom one came through, the one on the screen last."""
        return tuple(one.page.entity for one in self._cards)

    def push(self, entity: Entity) -> None:
        """Open a card; the one that is on the screen is not opened twice."""
        if self.top is None or self.top.page.entity.id != entity.id:
            self._cards.append(OpenCard(entity.id, CardPage(entity)))

    def back(self) -> OpenCard | None:
        """Leave the card on the screen for the one before, None when there is none."""
        if self._cards:
            self._cards.pop()
        return self.top

    def clear(self) -> None:
        self._cards.clear()

    def changed(self) -> None:
        """Everything is to be read again."""
        for one in self._cards:
            one.is_stale = True
