"""What the screen asks of tags as such, and what it changes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.kept import Colour, TagLook
from reader.model import Change

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.ui.gateway import Gateway


class TagGate:
    """Every change is one event, on disk when it returns. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads, self._writes = gateway.reads, gateway.writes

    async def looks(self) -> tuple[TagLook, ...]:
        """All tags that are in use or have a look, with what is unread."""
        return await self._reads.run(lambda library: library.tagging.counted_looks())

    async def rename(self, old: str, new: str) -> Change:
        """Rename a tag with all below it; where `new` is one already they become one."""
        return await self._writes.finish(lambda library: library.tagging.rename(old, new))

    async def colour(self, name: str, colour: Colour | None) -> None:
        await self._writes.finish(lambda library: library.tagging.colour(name, colour))

    async def letter(self, name: str, letter: str) -> None:
        """Give a tag a letter, "" for none; another tag that has it loses it."""
        await self._writes.finish(lambda library: library.tagging.letter(name, letter))

    async def remove(self, name: str) -> Change:
        """Take a tag off all articles."""

        def work(library: Library) -> Change:
            return library.tagging.tag(library.searching.ids(f'tag:"{name}"'), [], [name])

        return await self._writes.finish(work)

    async def tagged(self, ids: Sequence[int], name: str) -> int:
        """How many of some articles have a tag."""

        def work(library: Library) -> int:
            having = library.searching.ids(f'tag:"{name}"')
            return sum(1 for one in ids if one in having)

        return await self._reads.run(work)
