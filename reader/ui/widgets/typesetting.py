"""An article laid out: its page, and the lines of it. A long one is laid out in a thread, and no
key waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from reader.config import ReadingSettings
from reader.kept import Colour
from reader.model import Article
from reader.ui.text_search import Folded
from reader.ui.widgets.page import Page, make_page
from reader.ui.widgets.wrap import Lines, wrap

LONG = 20_000
"""Code points of a text from which on laying it out takes longer than a key may."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is laid out, and how: see `make_page`. Lines are `measure` cells
    wide; there are none yet of 0."""

    article: Article
    now: datetime
    summary_note: str
    also: Sequence[str]
    own: Sequence[str]
    look: ReadingSettings
    colours: Mapping[str, Colour | None]
    measure: int

    @property
    def is_long(self) -> bool:
        """Whether laying it out takes longer than a key may."""
        return len(self.article.text) >= LONG

    def looks_like(self, other: Setting) -> bool:
        """Whether a page of this is one of the other: when it was asked for and how wide its lines
        are is left out."""
        return replace(self, now=other.now, measure=other.measure) == other


@dataclass(frozen=True, slots=True)
class Laid:
    """A page and its lines, as `setting` says. `folded` is its text made ready to be searched,
    where that takes long."""

    setting: Setting
    page: Page
    lines: Lines
    folded: Folded | None


def lay_out(setting: Setting, before: Laid | None = None) -> Laid:
    """Lay out an article. `before` is what was made of the same one for another measure."""
    page = before.page if before is not None else _page(setting)
    folded = before.folded if before is not None else None
    if folded is None and setting.is_long:
        folded = Folded(page.original)
    measure = setting.measure
    lines = wrap(page.drawn, page.blocks, measure) if measure else Lines(())
    return Laid(setting, page, lines, folded)


def _page(setting: Setting) -> Page:
    return make_page(
        setting.article,
        setting.now,
        setting.summary_note,
        setting.also,
        setting.look,
        setting.own,
        setting.colours.get,
    )


class Typesetter:
    """Lays out in a thread, one article after the other."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="layout")

    async def lay_out(self, setting: Setting, before: Laid | None = None) -> Laid:
        """The same as `lay_out`; one whose task is cancelled before its turn is left out."""
        return await asyncio.wrap_future(self._pool.submit(lay_out, setting, before))

    def close(self) -> None:
        """Begin nothing more: only what is under way is finished, and nobody waits for it."""
        self._pool.shutdown(wait=False, cancel_futures=True)
