"""The one screen: the list, the article, and the names in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from index.errors import SearchIndexError
from reader.errors import IndexingError, LibraryError, ReaderError
from reader.text import explain
from reader.ui.actions import BY_NAME, PROMPTS, Place
from reader.ui.gateway import Gateway
from reader.ui.keymap import Found, Keymap, Keys, show_key
from reader.ui.messages import Indexing, PromptChanged
from reader.ui.verbs.base import Deed, deeds
from reader.ui.verbs.commanding import Commanding
from reader.ui.verbs.completing import Completing
from reader.ui.verbs.finding import Finding
from reader.ui.verbs.linking import Linking
from reader.ui.verbs.listing import Listing
from reader.ui.verbs.moving import Moving
from reader.ui.verbs.prompting import Prompting
from reader.ui.verbs.reading import Reading
from reader.ui.verbs.sorting_out import SortingOut
from reader.ui.verbs.system import System
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.bars import HeaderBar, HintsBar, StatusBar
from reader.ui.widgets.entity_pane import EntityPane
from reader.ui.widgets.prompt import Prompt
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.tag_editor import TagEditor
from reader.ui.wording import tell_indexing, tell_obstacle, tell_unbound

if TYPE_CHECKING:
    from reader.service.indexing import IndexTold

Job = Callable[..., Coroutine[None, None, None]]
"""What a coroutine comes from. Not the coroutine: one that is given up early never starts."""

POLL = 1.5
"""Seconds between looks at whether another process has changed the library."""

TOGETHER = 0.3
"""Seconds between keys below which nobody presses them one by one."""

MEDIUM = 72
"""Columns from which on two panes fit."""

WIDE = 120
"""Columns from which on three panes fit."""

_log = logging.getLogger(__name__)


class MainScreen(Screen[None]):
    """Sends keys to actions, and keeps the panes where they belong."""

    AUTO_FOCUS = None

    def __init__(self, gateway: Gateway, keymap: Keymap) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM, "-medium"), (WIDE, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
        self.gateway = gateway
        self.keymap = keymap
        self.header = HeaderBar(id="header")
        self.search_bar = Prompt(
            "/ ", 'words, "a phrase", who:, tag:, date: ...', first=self.take_key, id="search"
        )
        self.rows = RowList(id="rows", classes="pane")
        self.article = ArticleView(id="article", classes="pane")
        self.names = EntityPane(id="names", classes="pane")
        self.tag_editor = TagEditor(first=self.take_key, id="tags")
        self.command_line = Prompt(":", first=self.take_key, note_above=True, id="command")
        self.status = StatusBar(id="status")
        self.hints = HintsBar(id="hints")
        self.listing = Listing(self)
        self.reading = Reading(self)
        self.finding = Finding(self)
        self.sorting_out = SortingOut(self)
        self.commanding = Commanding(self)
        self.completing = Completing(self)
        self.prompting = Prompting(self)
        families = [self.listing, self.reading, self.finding, self.sorting_out, self.commanding]
        families += [self.prompting, Moving(self), Linking(self), System(self)]
        self.deeds: dict[str, Deed] = {**deeds(families), **self.finding.sort_deeds()}
        self.place = Place.LIST
        self.pane = Place.LIST
        self._names_wanted: bool | None = None
        self._pressed: Keys = ()
        self._unbound_at = -TOGETHER
        self._held: list[events.Key] | None = None

    def compose(self) -> ComposeResult:
        yield self.header
        yield self.search_bar
        with Horizontal(id="panes"):
            yield self.rows
            yield self.article
            yield self.names
        yield self.tag_editor
        yield self.command_line
        yield self.status
        yield self.hints

    async def on_mount(self) -> None:
        # A key may have opened a line already; it keeps the keys.
        self._arrange()
        self.go(self.place)
        # How far an article was read depends on how its lines were broken.
        self.watch(self.article, "virtual_size", self._laid_out, init=False)
        self.work("start", self._start)

    async def _start(self) -> None:
        try:
            await self.listing.start()
        except LibraryError as error:
            self.app.exit(error)
            return
        # The first picture comes before anything else is begun.
        self.call_after_refresh(self.work, "start", self._start_processes)
        self.set_interval(POLL, self._poll)

    async def _start_processes(self) -> None:
        def on_progress(progress: IndexTold) -> None:
            self.post_message(Indexing(progress))

        await self.gateway.start_processes(on_progress)

    def _poll(self) -> None:
        self.latest("news", self.listing.look_for_news)
        if not self.header.index:
            self.listing.index_waiting()
        self.reading.remember()

    # Keys

    def take_key(self, event: events.Key) -> bool:
        """Do what a key means here; False leaves it to the line that is typed into."""
        if self._held is not None and event.key != "escape":
            self._held.append(event)
            return True
        printable = event.is_printable and event.character is not None
        if printable and self.place in PROMPTS:
            return False
        return self._press(
            str(event.character) if printable and event.key != "space" else event.key
        )

    @property
    def is_typing(self) -> bool:
        """Whether keys go into a line first."""
        return self.place in PROMPTS and self._held is None

    @property
    def holds_keys(self) -> bool:
        return self._held is not None

    def hold_keys(self) -> list[events.Key]:
        """Keep what is typed until it is clear what it is meant for; Esc still counts.

        Returns what `release_keys` takes.
        """
        if self._held is None:
            self._held = []
            self.set_focus(None)
        return self._held

    def holds(self, held: list[events.Key]) -> bool:
        """Whether these keys still wait: they were neither released nor dropped."""
        return self._held is held

    def forget_keys(self) -> None:
        """Drop what was typed meanwhile."""
        self._held = None

    def release_keys(self, held: list[events.Key]) -> None:
        """Let what was typed meanwhile count, in order, unless it was dropped."""
        if not self.holds(held):
            return
        self._held = None
        for event in held:
            if self.is_typing:
                self.prompt.input.post_message(events.Key(event.key, event.character))
            else:
                self.take_key(event)

    def _press(self, key: str) -> bool:
        """Do what a key means, alone or after those pressed before it; False when nothing."""
        found = self.keymap.find(self.place, (*self._pressed, key))
        if self._pressed and found.action is None and not found.following:
            self._show_pending(())
            return key == "escape" or self._press(key)
        if found.following:
            self._show_pending((*self._pressed, key), found)
            return True
        self._show_pending(())
        if found.action is None:
            self._tell_unbound(key)
            return False
        return self.perform(found.action.name)

    def _tell_unbound(self, key: str) -> None:
        """Say that a character does nothing, once for all of those that come together."""
        if len(key) == 1 and self.place not in PROMPTS:
            now = monotonic()
            if now - self._unbound_at > TOGETHER:
                self.say(tell_unbound(key, self.keymap.keys_of(BY_NAME["screen.help"])))
            self._unbound_at = now

    def perform(self, name: str) -> bool:
        """Do an action; False when it has nothing to do here."""
        return self.deeds[name]() is not False

    def _show_pending(self, keys: Keys, found: Found | None = None) -> None:
        if keys == self._pressed == ():
            return
        self._pressed = keys
        self.hints.pending = " ".join(map(show_key, keys))
        if found is not None:
            self.hints.hints = tuple(
                (show_key(key), action.description) for key, action in found.following
            )
        else:
            self._show_hints()

    # Places

    @property
    def prompt(self) -> Prompt:
        """The line that is typed into, in the places that have one."""
        match self.place:
            case Place.TAGS:
                return self.tag_editor
            case Place.COMMAND:
                return self.command_line
            case _:
                return self.search_bar

    @property
    def names_shown(self) -> bool:
        """Whether the names have a pane beside the others: where there is room, or on demand."""
        return self.is_wide if self._names_wanted is None else self._names_wanted

    @property
    def article_shown(self) -> bool:
        """Whether the article has a pane now: where there is room for one only, it is its own."""
        return self.pane is Place.ARTICLE or self.size.width >= MEDIUM

    @property
    def is_wide(self) -> bool:
        return self.size.width >= WIDE

    def go(self, place: Place) -> None:
        """Send the keys to a place; the pane it is in comes to the front."""
        self.place = place
        if place not in PROMPTS:
            self.pane = place
            if place is not Place.ARTICLE:
                # No key goes to what is not shown.
                self.remove_class("-zen")
            if place is Place.ENTITIES:
                self._names_wanted = True
            self._arrange()
            self.set_focus(self._panes[place])
        self._show_hints()

    def show_names(self, *, shown: bool) -> None:
        """Show or hide the pane of names, whatever the room."""
        self._names_wanted = shown
        self._arrange()

    @property
    def _panes(self) -> dict[Place, RowList | ArticleView | EntityPane]:
        return {Place.LIST: self.rows, Place.ARTICLE: self.article, Place.ENTITIES: self.names}

    def _arrange(self) -> None:
        for place in (Place.LIST, Place.ARTICLE, Place.ENTITIES):
            self.set_class(self.pane is place, f"-at-{place}")
        self.set_class(self.names_shown, "-names")
        self._laid_out()

    def _laid_out(self) -> None:
        self.call_after_refresh(self.reading.show_progress)

    def _show_hints(self) -> None:
        self.hints.hints = self.keymap.hints(self.place)

    def on_resize(self) -> None:
        self._arrange()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        """A click has moved the focus."""
        for place, widget in self._panes.items():
            if event.widget is widget is self.focused and place is not self.place:
                if self.place in PROMPTS:
                    self.prompting.leave()
                self.go(place)

    # What the panes say

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.reading.follow()

    @on(RowList.Opened)
    def _opened(self) -> None:
        self.reading.open()

    @on(ArticleView.Scrolled)
    def _scrolled(self, event: ArticleView.Scrolled) -> None:
        self.reading.scrolled(event.article_id, event.anchor)

    @on(ArticleView.EntityClicked)
    def _entity_clicked(self, event: ArticleView.EntityClicked) -> None:
        self.reading.tell_entity(event.entity_id)

    @on(EntityPane.Jump)
    def _jump(self, event: EntityPane.Jump) -> None:
        self.reading.jump_to(event.entity)

    @on(PromptChanged)
    def _typed(self, event: PromptChanged) -> None:
        self.completing.typed()
        match event.prompt:
            case self.search_bar:
                self.finding.typed()
            case self.tag_editor:
                self.sorting_out.typed()
            case _:
                self.commanding.typed()

    @on(Indexing)
    def _indexing(self, event: Indexing) -> None:
        from reader.service.indexing import IndexState

        before = self.header.trouble
        self.header.index = tell_indexing(event.progress)
        self.header.trouble = tell_obstacle(event.progress, before)
        if self.header.trouble != before and isinstance(event.progress, IndexingError):
            self.complain(event.progress)
        if not self.header.index:
            self.latest("news", self.listing.look_for_news)
            if event.progress is IndexState.DONE:
                self.finding.index_changed()

    # Work and words

    def work(self, group: str, job: Job, *args: Any, **options: Any) -> None:
        """Do something that waits, beside everything else."""
        work = partial(job, *args, **options)
        _: Worker[None] = self.run_worker(work, group=group, exit_on_error=False)

    def latest(self, group: str, job: Job, *args: Any, **options: Any) -> None:
        """The same, giving up what is under way in the group: only the newest counts."""
        self.workers.cancel_group(self, group)
        self.work(group, job, *args, **options)

    def is_working(self, *groups: str) -> bool:
        """Whether a job of one of the groups is under way."""
        return bool(self._jobs(groups))

    async def finish(self, groups: Collection[str], seconds: float) -> set[str]:
        """Wait at most `seconds` until no job of the groups is under way.

        Returns the groups in which one failed. A job that takes longer goes on.
        """
        deadline, failed = monotonic() + seconds, set[str]()
        while (jobs := self._jobs(groups)) and (left := deadline - monotonic()) > 0:
            waiting = asyncio.gather(*(job.wait() for job in jobs), return_exceptions=True)
            await asyncio.wait([waiting], timeout=left)
            failed |= {job.group for job in jobs if job.state is WorkerState.ERROR}
        return failed

    def _jobs(self, groups: Collection[str]) -> list[Worker[None]]:
        return [job for job in self.workers if job.node is self and job.group in groups]

    @on(Worker.StateChanged)
    def _failed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.complain(event.worker.error)

    def say(self, text: str) -> None:
        """Tell what was done, in the status line."""
        self.status.say(text)

    def complain(self, error: BaseException) -> None:
        """Tell what went wrong; what nobody expected is also kept in the log."""
        self.status.say(explain(error), error=True)
        if not isinstance(error, (ReaderError, SearchIndexError)):
            _log.error("a job of the screen failed", exc_info=error)
            self.notify(explain(error), severity="error", markup=False)

    def set_theme(self, name: str) -> None:
        self.app.theme = name
        self.say(f"theme {name}")
