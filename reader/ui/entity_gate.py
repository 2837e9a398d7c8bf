"""What the screen asks of entities, and what it has changed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model import Entity, EntityCard, EntityId, EntityKind, Evidence, Page
from reader.ui.lane import Lane
from reader.ui.questions import Questions

if TYPE_CHECKING:
    from reader.service.completing import Completion
    from reader.service.correcting import Corrected
    from reader.service.facets import EntityFacet
    from reader.service.recognising import NamesProgress

FACETS = 8
"""Names of a kind that are counted beside a list."""

_FORMS = 100
"""Ways to write one name that are looked at, the most frequent ones."""


class EntityGate:
    """Cards and facets come from the process that searches, corrections go to the thread that
    writes. All raise ReaderError."""

    def __init__(self, search: Questions, reads: Lane, writes: Lane) -> None:
        self._search = search
        self._reads = reads
        self._writes = writes

    async def card(self, entity_id: EntityId) -> EntityCard:
        """Raises EntityNotFoundError, and CancelledError when another card is asked for."""
        return await self._search.card(entity_id)

    async def articles(self, entity_id: EntityId, start: int, limit: int) -> Page[Evidence]:
        """Articles that name an entity with a sentence each, newest first."""
        return await self._search.card_articles(entity_id, start, limit)

    async def evidence(self, entity_id: EntityId, other: EntityId) -> Evidence | None:
        """The newest sentence that names both."""
        return await self._search.evidence(entity_id, other)

    async def facets(self, text: str) -> tuple[EntityFacet, ...]:
        """Whom the articles that answer a query name most."""
        return await self._search.facets(text, FACETS)

    async def find(self, name: str) -> tuple[Entity, ...]:
        """Those who bear a name, the one of most articles first."""
        return await self._reads.run(lambda library: library.cards.find(name))

    async def complete(self, prefix: str) -> Sequence[Completion]:
        """Names that begin so, each in the place of all of `prefix`."""
        field = 'entity:"'
        found = await self._search.complete(field + prefix, len(field) + len(prefix))
        return [replace(one, text=one.label, start=0, end=len(prefix)) for one in found]

    async def complete_form(self, entity_id: EntityId, prefix: str) -> Sequence[Completion]:
        """The ways to write the name of an entity that begin so, as `complete` does."""
        from reader.service.completing import Completion

        forms = await self._reads.run(
            lambda library: library.store.entities.forms(entity_id, _FORMS)
        )
        return [
            Completion(form.text, f"{form.mentions:,} times", None, form.text, 0, len(prefix))
            for form in forms
            if form.text.casefold().startswith(prefix.casefold())
        ]

    async def progress(self) -> NamesProgress:
        """How far looking for names is."""
        return await self._reads.run(lambda library: library.recognising.progress())

    async def start_over(self) -> bool:
        """Have names looked for anew in all articles; False where that is under way."""
        return await self._writes.finish(lambda library: library.recognising.start_over())

    # Corrections, each one change that can be undone

    async def rename(self, entity_id: EntityId, name: str) -> Corrected:
        return await self._writes.finish(lambda library: library.correcting.rename(entity_id, name))

    async def set_kind(self, entity_id: EntityId, kind: EntityKind) -> Corrected:
        return await self._writes.finish(
            lambda library: library.correcting.set_kind(entity_id, kind)
        )

    async def ignore(self, entity_id: EntityId) -> Corrected:
        """It is no entity."""
        return await self._writes.finish(lambda library: library.correcting.ignore(entity_id))

    async def merge(self, entity_id: EntityId, into: EntityId) -> Corrected:
        return await self._writes.finish(lambda library: library.correcting.merge(entity_id, into))

    async def split(self, entity_id: EntityId, form: str) -> Corrected:
        """One way to write the name is somebody else."""
        return await self._writes.finish(lambda library: library.correcting.split(entity_id, form))

    async def reassign(
        self, article_id: int, start: int, end: int, to: EntityId | None
    ) -> Corrected:
        """One mention is somebody else; None: nobody."""
        return await self._writes.finish(
            lambda library: library.correcting.reassign(article_id, start, end, to)
        )

    async def reassign_new(
        self, article_id: int, start: int, end: int, name: str, kind: EntityKind
    ) -> Corrected:
        """One mention is somebody nobody else has been yet."""
        return await self._writes.finish(
            lambda library: library.correcting.reassign(
                article_id, start, end, None, name=name, kind=kind
            )
        )
