"""The left pane: what is in it, showing the articles of its rows, and changing sources."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.feeds import FeedState, SourceLine
from reader.ui.actions import Place
from reader.ui.feed_words import (
    ALL_ROWS,
    NO_FEEDS,
    tell_asked_just_now,
    tell_every,
    tell_health,
    tell_hidden,
    tell_removed,
)
from reader.ui.left_gate import LeftGate
from reader.ui.left_rows import (
    Known,
    LeftRow,
    SavedRow,
    Section,
    TagRow,
    query_of,
    without_unread,
)
from reader.ui.source_rows import OTHERS, QUERIES, Key, RowKind, SourceRow, SourceTree
from reader.ui.state import Asked, quoted
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.configuring import unquoted
from reader.ui.verbs.picking import Choice
from reader.ui.wording import UNDO

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

AGAIN = timedelta(seconds=60)
"""How long after an answer a source is not asked again by `r`: nobody writes that fast."""


NOTHING_HERE = "nothing to change here: go to a saved search, a source or a tag"

_ASKED = {
    "rename": "the new name of {}",
    "move": "the new address of {}",
    "folder": "the folder of {}, as in News/World; empty for none",
    "every": "how often {} is asked: 30m, 2h, 1d; never for as often as the settings say",
}
"""What stands beside a line that changes a source."""

_KINDS = {Section.SAVED: RowKind.SAVED, Section.TAGS: RowKind.TAG}
_SECTIONS = {kind: section for section, kind in _KINDS.items()}


class Sources(Verbs):
    """Works on the row under the cursor of the pane; elsewhere on the source of the article."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._lines: Sequence[SourceLine] = ()
        self._tree = SourceTree()
        self._is_filled = False
        self._gate = LeftGate(screen.gateway)
        self._only_unread: bool | None = None
        self._hidden: frozenset[Key] = frozenset()
        self._folded: set[Key] = {(RowKind.OTHERS, OTHERS)}
        self._said = ""
        told = {query: name for name, query in QUERIES.items()}
        screen.header.told = {**screen.header.told, **told}
        # The list that was asked for here last.
        self._shown: Asked | None = None
        # How often rows were asked for, and where the cursor is to go once they are there: the
        # first row of a kind, or the one of a name.
        self._asked = 0
        self._wanted: tuple[RowKind, str | None] | None = None

    @property
    def has_feeds(self) -> bool:
        """Whether anything is subscribed to."""
        return any(line.feed is not None for line in self._lines)

    @property
    def has_rows(self) -> bool:
        """Whether the pane is worth its room unasked: tags alone are not."""
        return self.has_feeds or bool(self.screen.saved.counts)

    # What is shown

    async def refresh(self) -> None:
        """Show saved searches, sources and tags as they are now."""
        lines = await self.gateway.source_lines()
        if self._only_unread is None:
            self._only_unread = await self._gate.only_unread()
        changed = [await self.screen.saved.load(), await self.screen.tagging.load()]
        self.screen.saved.changed()
        if self._is_filled and lines == self._lines and not any(changed):
            return
        self._lines, self._is_filled = lines, True
        self._plant()
        await self._show()
        self.screen.lay_out_panes()

    def _plant(self) -> None:
        """Make the tree of the sources that are to be seen."""
        row, self._hidden = self.screen.source_pane.current, frozenset()
        if self._only_unread:
            saved, looks = self.screen.saved.counts, self.screen.tagging.looks.values()
            keep = None if row is None else row.key
            self._hidden = without_unread(self._lines, saved, looks, keep)
        self._tree = SourceTree(self._lines, self._hidden)

    @does("sources.unread")
    def toggle_unread(self) -> None:
        """Leave out the rows without unread articles, or show them again; for other days too."""
        self._only_unread = not self._only_unread
        self.screen.work("left pane", self._gate.set_only_unread, self._only_unread)
        self._plant()
        self.show_rows()
        self.screen.say(tell_hidden(len(self._hidden)) if self._only_unread else ALL_ROWS)

    def counted(self) -> None:
        """Show how much answers saved searches, now that it is known."""
        if self._only_unread:
            self._plant()
        self.show_rows()

    def show_rows(self) -> None:
        """Show what is known now."""
        self.screen.latest("fold", self._show)

    async def _show(self) -> None:
        # There may be tens of thousands.
        self._asked += 1
        mine = self._asked
        rows = await asyncio.to_thread(self._known().rows, frozenset(self._folded))
        if mine != self._asked or self.screen.seeking.is_open:
            return
        self.screen.source_pane.show(rows, self._message())
        if self._wanted is not None:
            kind, name = self._wanted
            if name is None:
                self.screen.source_pane.go_to_section(kind)
            else:
                self.screen.source_pane.go_to(kind, name)
            self._wanted = None

    def _known(self) -> Known:
        counts, looks = self.screen.listing.counts, self.screen.tagging.looks
        return Known(
            self._tree,
            self.screen.saved.counts,
            tuple(looks.values()),
            counts.articles if counts else 0,
            counts.unread if counts else 0,
            self._hidden,
        )

    def everything(self) -> Known:
        """All that can be in the pane, hidden or not."""
        return replace(self._known(), sources=SourceTree(self._lines), hidden=frozenset())

    def show_again(self, row: LeftRow | None) -> None:
        """Show the rows after others have stood in their place, the cursor where it was."""
        self._wanted = None if row is None else row.key
        self.show_rows()

    def _message(self) -> str:
        """What stands below the rows."""
        if self._hidden:
            return self.screen.with_keys(tell_hidden(len(self._hidden)))
        others = self.has_feeds or self.screen.saved.counts or self.screen.tagging.looks
        return "" if others else self.screen.with_keys(NO_FEEDS)

    def tell(self, row: LeftRow) -> None:
        """Say what is wrong with the row under the cursor, if anything is."""
        said = tell_row(row, datetime.now().astimezone())
        if said or self.screen.status.message == self._said:
            self.screen.say(said)
        self._said = said

    @does("sources.toggle")
    def toggle(self) -> None:
        """Go to the sources; from there hide them."""
        if self.screen.place is Place.SOURCES:
            self.screen.show_sources(shown=False)
            self.screen.go(Place.LIST)
        else:
            self.screen.go(Place.SOURCES)

    # Going to rows, which may be folded away

    def go_to_section(self, section: Section) -> None:
        """Send the keys to the first row of a section."""
        self.screen.go(Place.SOURCES)
        self._folded.discard((RowKind.HEADING, section))
        self._wanted = _KINDS[section], None
        self.show_rows()

    async def reach(self, section: Section, name: str) -> None:
        """Put the cursor on a saved search or tag, unfolding what it is in."""
        kind, levels = _KINDS[section], name.split("/")
        self._folded -= {(kind, "/".join(levels[:end])) for end in range(1, len(levels))}
        self._folded.discard((RowKind.HEADING, section))
        self._wanted = kind, name
        await self._show()

    async def reach_row(self, row: LeftRow) -> None:
        """Put the cursor on a row, unfolding what it is in; what was hidden is shown with it."""
        if row.key in self._hidden:
            self._hidden -= {row.key}
            self._tree = SourceTree(self._lines, self._hidden)
        if row.kind in _SECTIONS:
            await self.reach(_SECTIONS[row.kind], row.name)
            return
        self._folded -= {(RowKind.HEADING, Section.SOURCES), *_around(row)}
        self._wanted = row.key
        await self._show()

    # Folders

    def fold(self) -> None:
        """Fold the folder under the cursor; on what is in one, go to it."""
        row = self.screen.source_pane.current
        if row is not None and row.folds and row.unfolded:
            self._set_folded(row, folded=True)
        else:
            self.screen.source_pane.go_to_folder()

    def unfold(self) -> bool:
        """Unfold the folder under the cursor; False when there is nothing to unfold."""
        row = self.screen.source_pane.current
        if row is None or not row.folds or row.unfolded:
            return False
        self._set_folded(row, folded=False)
        return True

    def _set_folded(self, row: LeftRow, *, folded: bool) -> None:
        (self._folded.add if folded else self._folded.discard)(row.key)
        self.show_rows()

    # Their articles

    @does("sources.show")
    def show(self) -> None:
        """Show the articles of the row under the cursor."""
        row = self.screen.source_pane.current
        if row is None:
            return
        match row:
            case SavedRow(count=found) if found is not None:
                self.screen.saved.show(found)
            case SourceRow(kind=RowKind.ALL):
                self.screen.finding.everything()
            case _ if (query := query_of(row)) is not None:
                self.show_list(Asked().narrowed(query))
            case _:
                self._set_folded(row, folded=row.unfolded)

    def show_list(self, asked: Asked) -> None:
        """Show a list that stands in the pane."""
        listing = self.screen.listing
        # One after the other: back leads to where one came from before them.
        top = listing.trail.top.asked
        push = not top.source and top != self._shown
        self._shown = asked
        self.screen.go(Place.LIST)
        self.screen.latest("list", listing.ask, asked, push=push)

    def stands_for(self, asked: Asked) -> None:
        """Have a list that was come to otherwise be one that stands in the pane."""
        self._shown = asked

    # Which one is meant

    def names_in_question(self) -> tuple[str, ...] | None:
        """The source or folder to ask for news, () for all, None for none."""
        if self.screen.place is Place.SOURCES:
            row = self.screen.source_pane.current
            if row is None or row.kind is RowKind.ALL:
                return ()
            asks = row.kind in (RowKind.SOURCE, RowKind.FOLDER)
            return self._askable(row.name) if asks else None
        name = self.screen.listing.shown.asked.source or self.screen.listing.source_name
        return self._askable(name) if name else None

    def _askable(self, name: str) -> tuple[str, ...] | None:
        """The name, where it is that of a folder or of a feed that was not asked just now, which
        is said."""
        for line in self._lines:
            if line.name == name:
                feed = line.feed
                if feed is None or feed.state is not FeedState.ACTIVE:
                    return None
                since = datetime.now(UTC) - feed.checked if feed.checked else AGAIN
                if timedelta() <= since < AGAIN:
                    self.screen.say(tell_asked_just_now(name, since.total_seconds()))
                    return None
                return (name,)
        return (name,)

    def target(self) -> str:
        """The name of the source a change is meant for; empty when it is none."""
        if self.screen.pane is not Place.SOURCES:
            return self.screen.listing.source_name
        row = self.screen.source_pane.current
        return row.name if row is not None and row.kind is RowKind.SOURCE else ""

    # Changing them

    @does("source.add")
    def add(self) -> None:
        self.screen.commanding.write("add ")

    @does("page.save")
    def save(self) -> None:
        self.screen.commanding.write("save ")

    @does("source.change")
    def change(self) -> None:
        """Change what is under the cursor."""
        match self.screen.source_pane.current:
            case SavedRow() if self.screen.place is Place.SOURCES:
                self.screen.saving.offer_changes()
            case TagRow() if self.screen.place is Place.SOURCES:
                self.screen.tagging.offer_changes()
            case _ if name := self.target():
                self._offer_changes(name)
            case _:
                self.screen.say(NOTHING_HERE)

    def _offer_changes(self, name: str) -> None:
        """Let what is to be done with a source be chosen by a letter; what has no feed has only
        a name."""
        choices = [Choice("r", "rename", "source.rename")]
        if any(line.feed is not None for line in self._lines if line.name == name):
            choices += [
                Choice("f", "folder", "source.folder"),
                Choice("a", "address", "source.move"),
                Choice("e", "how often it is asked", "source.every"),
                Choice("d", "remove; its articles stay", "source.remove"),
            ]
        self.screen.picking.ask(
            f"change {name}", choices, lambda choice: self.screen.perform(choice.value)
        )

    def about(self, text: str) -> str:
        """What a line that changes a source asks for, "" for other lines."""
        asked = _ASKED.get(text.removeprefix("source ").partition(" ")[0], "")
        name = self.target()
        return asked.format(clean_line(name, 40)) if name and text.startswith("source ") else ""

    @does("source.rename")
    def rename(self) -> None:
        name = self.target()
        self._write(f"source rename {name}", marked=len(name))

    @does("source.move")
    def move(self) -> None:
        self._write("source move ")

    @does("source.folder")
    def put_into_folder(self) -> None:
        folder = self._folder()
        self._write(f"source folder {folder}", marked=len(folder))

    @does("source.every")
    def set_every(self) -> None:
        self._write("source every ")

    @does("source.remove")
    def remove(self) -> None:
        self.run("remove", "")

    def _write(self, line: str, *, marked: int = 0) -> None:
        """Open the command line with the beginning of a line, where there is a source for it."""
        if self.target():
            self.screen.commanding.write(line, marked=marked)
        else:
            self._tell_none()

    def _tell_none(self) -> None:
        self.screen.say("no source here: go to one in the pane of sources")

    def _folder(self) -> str:
        name = self.target()
        feeds = (line.feed for line in self._lines if line.name == name)
        return next((feed.folder for feed in feeds if feed is not None), "")

    @runs("source")
    def run_line(self, line: Command) -> None:
        self.run(line.first, unquoted(line.behind))

    def run(self, change: str, value: str) -> None:
        """Change the source in question: `change` is a word of the command line."""
        if not (name := self.target()):
            self._tell_none()
        elif change == "move":
            self.screen.fetching.move(name, value)
        else:
            self.screen.work("change", self._change, name, change, value)

    async def _change(self, name: str, change: str, value: str) -> None:
        match change:
            case "rename":
                await self.gateway.rename_source(name, value)
                self.screen.listing.source_renamed(quoted("in", name), quoted("in", value))
                said = f"{name} is {value} now · {UNDO}"
            case "folder":
                await self.gateway.set_source_folder(name, value)
                said = f"{name} is in {value or 'no folder'} now · {UNDO}"
            case "every":
                await self.gateway.set_source_every(name, value)
                said = tell_every(name, value)
            case _:
                await self.gateway.remove_source(name)
                said = tell_removed(name)
        self.screen.say(said)
        await self.refresh()
        if change == "rename":
            self.screen.source_pane.go_to(RowKind.SOURCE, value)
        await self.screen.listing.refresh()


def _around(row: LeftRow) -> set[Key]:
    """The folders that a source or folder is in."""
    feed = row.feed if isinstance(row, SourceRow) else None
    if feed is None and row.kind in (RowKind.SOURCE, RowKind.NAMELESS):
        return {(RowKind.OTHERS, OTHERS)}
    levels = (row.name if feed is None else f"{feed.folder}/").split("/")
    return {(RowKind.FOLDER, "/".join(levels[:end])) for end in range(1, len(levels))}


def tell_row(row: LeftRow, now: datetime) -> str:
    """What is to be said of a row that its line does not say."""
    match row:
        case SavedRow(count=found) if found is not None and found.problem:
            return f"{row.label}: {found.problem}"
        case SourceRow():
            return tell_health(row, now)
        case _:
            return ""
