"""Putting right what was recognised or joined wrongly."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.model import Entity, EntityKind, Mention, NameForm
from reader.ui.entity_words import (
    NO_NAME,
    tell_ignored,
    tell_kind,
    tell_merged,
    tell_nobody,
    tell_reassigned,
    tell_renamed,
    tell_split,
    tell_unchanged,
)
from reader.ui.verbs.base import Verbs, does, runs

if TYPE_CHECKING:
    from reader.commands.parse import Command

_CORRECTIONS = frozenset(
    {"mention.correct"} | {f"entity.{name}" for name in ("rename", "kind", "merge", "ignore")}
)
"""Those that need a name, which can be meant without a card."""

NOBODY = "-"
"""Stands for no entity at all."""


class Correcting(Verbs):
    """Works on the card that is open, on the name under the cursor of the pane, or on the mention
    that the reader has gone to. Each correction can be undone."""

    # Keys

    def why_none(self, actions: Set[str]) -> str:
        """Why none of some actions can be done: all are corrections, and no name is meant."""
        return NO_NAME if actions <= _CORRECTIONS and self.screen.cards.meant() is None else ""

    @does("entity.rename")
    def rename(self) -> None:
        if (entity := self._meant()) is not None:
            self.screen.commanding.write(f"entity rename {entity.name}")

    @does("entity.kind")
    def set_kind(self) -> None:
        self._write("entity kind ")

    @does("entity.merge")
    def merge(self) -> None:
        self._write("entity merge ")

    @does("entity.ignore")
    def ignore(self) -> None:
        self.run("ignore", "")

    @does("entity.split")
    def split(self) -> None:
        """Split off the way to write the name that is under the cursor of the card."""
        target = self.screen.card.current
        if isinstance(target, NameForm):
            self.run("split", target.text)
        else:
            self._write("entity split ")

    @does("mention.correct")
    def correct_mention(self) -> None:
        if self.screen.article.current_mention is None:
            self.screen.say(NO_NAME)
        else:
            self.screen.commanding.write("mention ")

    def _write(self, line: str) -> None:
        if self._meant() is not None:
            self.screen.commanding.write(line)

    def _meant(self) -> Entity | None:
        """The entity to be corrected; where there is none, that is said."""
        entity = self.screen.cards.meant()
        if entity is None:
            self.screen.say(NO_NAME)
        return entity

    def about(self, verb: str) -> str:
        """Whom a line that begins so corrects, to stand before what may follow; "" for others."""
        mention, entity = self.screen.article.current_mention, self.screen.cards.meant()
        if verb == "mention" and mention is not None:
            return f"“{clean_line(mention.text)}” here: "
        return f"{clean_line(entity.name)}: " if verb == "entity" and entity is not None else ""

    # What the lines say

    @runs("entity")
    def run_line(self, line: Command) -> None:
        self.run(line.first, line.behind)

    @runs("mention")
    def run_mention_line(self, line: Command) -> None:
        self.run_mention(line.text)

    def run(self, change: str, value: str) -> None:
        """Correct the entity in question: `change` is a word of the command line."""
        if (entity := self._meant()) is not None:
            self.screen.work("change", self._change, entity, change, value)

    async def _change(self, entity: Entity, change: str, value: str) -> None:
        gate = self.gateway.entities
        match change:
            case "rename":
                done = await gate.rename(entity.id, value)
                said = tell_renamed(entity, value)
            case "kind":
                kind = EntityKind(value)
                done = await gate.set_kind(entity.id, kind)
                said = tell_kind(entity, kind, done)
            case "ignore":
                done = await gate.ignore(entity.id)
                said = tell_ignored(entity)
                self.screen.cards.forget(entity.id)
            case "merge":
                into = await self._find(value, entity)
                if into is None:
                    self.screen.say(tell_nobody(value))
                    return
                done = await gate.merge(entity.id, into.id)
                said = tell_merged(entity, into)
            case _:
                done = await gate.split(entity.id, value)
                said = tell_split(value, entity)
        # What changed nothing is no event: `u` would take back what was done before it.
        self.screen.say(said if done.changed else tell_unchanged(entity))
        await self.refresh()

    async def _find(self, name: str, entity: Entity) -> Entity | None:
        """Who else bears a name: of the same kind, if anyone."""
        found = [one for one in await self.gateway.entities.find(name) if one.id != entity.id]
        return _best(found, entity.kind)

    def run_mention(self, name: str) -> None:
        """Have the mention that the reader has gone to be somebody else, or NOBODY."""
        mention, article_id = self.screen.article.current_mention, self.screen.reading.article_id
        if mention is None or article_id is None:
            self.screen.say(NO_NAME)
        else:
            self.screen.work("change", self._reassign, article_id, mention, name)

    async def _reassign(self, article_id: int, mention: Mention, name: str) -> None:
        from reader.service.correcting import is_name

        gate, start, end = self.gateway.entities, mention.start, mention.end
        if name == NOBODY:
            await gate.reassign(article_id, start, end, None)
            said = tell_reassigned(mention, "")
        elif (found := _best(await gate.find(name), mention.kind)) is not None:
            await gate.reassign(article_id, start, end, found.id)
            said = tell_reassigned(mention, found.name)
        elif not is_name(name):
            self.screen.say(tell_nobody(name))
            return
        else:
            await gate.reassign_new(article_id, start, end, name, mention.kind)
            said = tell_reassigned(mention, name)
        self.screen.say(said)
        await self.refresh()

    async def refresh(self) -> None:
        """Show everything as it is after a correction, or after one was undone."""
        self.screen.cards.changed()
        await self.screen.reading.refresh()
        self.screen.naming.count()
        self.gateway.index_again()


def _best(found: Sequence[Entity], kind: EntityKind) -> Entity | None:
    """Of those who bear a name the first of a kind, else the first."""
    return next((one for one in found if one.kind is kind), found[0] if found else None)
