"""The one screen: the sources, the list, the article, and the names in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import events, on

from reader.config import Settings
from reader.errors import IndexingError, LibraryError
from reader.ui.actions import AREAS, BY_NAME, NAMES, PICK, PROMPTS, Place
from reader.ui.gateway import Gateway
from reader.ui.keymap import LINE, Found, Keymap, Keys
from reader.ui.messages import Fetching as FetchingTold
from reader.ui.messages import Indexing, PastedLines, PromptChanged
from reader.ui.screens.panes import PaneScreen
from reader.ui.verbs.base import Verbs, deeds, runners
from reader.ui.verbs.beside import Beside
from reader.ui.verbs.cards import Cards
from reader.ui.verbs.commanding import Commanding
from reader.ui.verbs.completing import Completing
from reader.ui.verbs.configuring import Configuring
from reader.ui.verbs.correcting import Correcting
from reader.ui.verbs.explaining import Explaining
from reader.ui.verbs.exporting import Exporting
from reader.ui.verbs.fetching import Fetching
from reader.ui.verbs.files import Files
from reader.ui.verbs.finding import Finding
from reader.ui.verbs.going_on import GoingOn
from reader.ui.verbs.linking import Linking
from reader.ui.verbs.listing import Listing
from reader.ui.verbs.moving import Moving
from reader.ui.verbs.names import Names
from reader.ui.verbs.noting import Noting
from reader.ui.verbs.offering import Offering
from reader.ui.verbs.passages import Passages
from reader.ui.verbs.picking import Picking
from reader.ui.verbs.pictures import Pictures
from reader.ui.verbs.prompting import Prompting
from reader.ui.verbs.reading import Reading
from reader.ui.verbs.recalling import Recalling
from reader.ui.verbs.retracing import Retracing
from reader.ui.verbs.rewinding import Rewinding
from reader.ui.verbs.ruling import Ruling
from reader.ui.verbs.running import Running
from reader.ui.verbs.saved import Saved
from reader.ui.verbs.saving import Saving
from reader.ui.verbs.seeking import Seeking
from reader.ui.verbs.selecting import Selecting
from reader.ui.verbs.sorting_out import SortingOut
from reader.ui.verbs.sources import Sources
from reader.ui.verbs.system import System
from reader.ui.verbs.tags import Tags
from reader.ui.verbs.touring import Touring
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.card_view import CardView
from reader.ui.widgets.entity_pane import EntityPane
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.source_pane import SourcePane
from reader.ui.wording import tell_indexing, tell_obstacle, tell_pasted, tell_pasted_nowhere

if TYPE_CHECKING:
    from reader.service.fetching import Told
    from reader.service.indexing import IndexTold

POLL = 1.5
"""Seconds between looks at whether another process has changed the library."""


class MainScreen(PaneScreen):
    """Sends keys to actions, and keeps the panes where they belong."""

    def __init__(self, gateway: Gateway, keymap: Keymap, settings: Settings | None = None) -> None:
        super().__init__(keymap)
        self.settings = settings or Settings()
        self.gateway = gateway
        self._make_families()
        self._names_wanted: bool | None = None
        self._sources_wanted: bool | None = None

    def _make_families(self) -> None:
        """Make what does the actions and runs the lines."""
        self.listing = Listing(self)
        self.going_on = GoingOn(self)
        self.reading = Reading(self)
        self.finding = Finding(self)
        self.sorting_out = SortingOut(self)
        self.commanding = Commanding(self)
        self.completing = Completing(self)
        self.recalling = Recalling(self)
        self.prompting = Prompting(self)
        self.linking = Linking(self)
        self.pictures = Pictures(self)
        self.sources = Sources(self)
        self.fetching = Fetching(self)
        self.naming = Names(self)
        self.cards = Cards(self)
        self.correcting = Correcting(self)
        self.selecting = Selecting(self)
        self.rewinding = Rewinding(self)
        self.saved = Saved(self)
        self.saving = Saving(self)
        self.ruling = Ruling(self)
        self.tagging = Tags(self)
        for widget in (self.rows, self.article, self.second):
            widget.colour_of = self.tagging.colour_of
        self.explaining = Explaining(self)
        self.noting = Noting(self)
        self.passages = Passages(self)
        self.seeking = Seeking(self)
        self.retracing = Retracing(self)
        self.running = Running(self)
        self.beside = Beside(self)
        self.picking = Picking(self)
        self.touring = Touring(self)
        self.configuring = Configuring(self)
        self.exporting = Exporting(self)
        self.files = Files(self)
        self._families: list[Verbs] = [
            *(one for one in vars(self).values() if isinstance(one, Verbs)),
            Moving(self),
            Offering(self),
            System(self),
        ]
        self.deeds = {
            **deeds(self._families),
            **self.finding.sort_deeds(),
            **self.saved.show_deeds(),
        }
        self.runners = runners(self._families)

    def use_settings(self, settings: Settings) -> None:
        """Take over settings, whichever differ."""
        self.settings = settings
        for family in self._families:
            family.settings_changed(settings)

    async def on_mount(self) -> None:
        self.use_settings(self.settings)
        # A key may have opened a line already; it keeps the keys.
        self.lay_out_panes()
        self.go(self.place)
        # How far an article was read depends on how its lines were broken.
        self.watch(self.article, "virtual_size", self._laid_out, init=False)
        self.work("start", self._start)

    async def _start(self) -> None:
        try:
            await self.listing.start()
            await self.sources.refresh()
        except LibraryError as error:
            self.app.exit(error)
            return
        # The first picture comes before anything else is begun.
        self.call_after_refresh(self.work, "start", self._start_processes)
        self.set_interval(POLL, self._poll)

    async def _start_processes(self) -> None:
        def on_progress(progress: IndexTold) -> None:
            self.post_message(Indexing(progress))

        def on_news(_number: int, told: Told) -> None:
            self.post_message(FetchingTold(told))

        await self.gateway.start_processes(on_progress, on_news, has_feeds=self.sources.has_feeds)

    def _poll(self) -> None:
        self.latest("news", self.listing.look_for_news)
        if not self.header.index:
            self.listing.index_waiting()
        self.reading.remember()

    # Places

    @property
    def names_shown(self) -> bool:
        """Whether the names have a pane beside the others: where there is room, or on demand.
        A second article takes their place."""
        if self.beside.shown:
            return self.pane in NAMES
        return self.is_wide if self._names_wanted is None else self._names_wanted

    @property
    def second_shown(self) -> bool:
        """Whether a second article has a pane: the names, with the keys in them, take it back."""
        return self.beside.shown and self.pane not in NAMES

    @property
    def sources_shown(self) -> bool:
        """Whether the sources have a pane: where there is room for one more, or on demand."""
        if self._sources_wanted is None:
            return self.is_roomy and self.sources.has_rows
        return self._sources_wanted

    @property
    def has_selection(self) -> bool:
        return self.selecting.count > 0

    @property
    def idle(self) -> Collection[str]:
        return () if self.article.has_links else ("link.letters",)

    def why_none(self, found: Found) -> str:
        return self.correcting.why_none({action.name for _, action in found.following})

    def go(self, place: Place) -> None:
        """Send the keys to a place; the pane it is in comes to the front."""
        if place in NAMES:
            self.naming.prepare()
            place = Place.FACETS if self.names.is_of_list else Place.ENTITIES
        self.place = place
        if place in AREAS:
            self._go_to_area(place)
        self.show_card()
        self.naming.went_to(place)
        self.show_hints()

    def _go_to_area(self, place: Place) -> None:
        self.pane = place
        if self.article.quote is not None:
            self.article.set_quote(None)
        if place is not Place.ARTICLE:
            # No key goes to what is not shown.
            self.is_zen = False
        if place in NAMES:
            self._names_wanted = True
        if place is Place.SOURCES:
            self._sources_wanted = True
        if place is not Place.CARD:
            self.header.card = ()
        self.lay_out_panes()
        self.set_focus(self.pane_widgets[place])

    def names_changed(self) -> None:
        """The pane of names shows those of something else: its keys mean what fits them."""
        if self.place in NAMES:
            place = Place.FACETS if self.names.is_of_list else Place.ENTITIES
            self.place = self.pane = place
            self.lay_out_panes()
            self.show_hints()

    def _is_for_panes(self, name: str) -> bool:
        places = BY_NAME[name].places
        return Place.CARD not in places and not places <= PROMPTS | PICK

    def perform(self, name: str) -> bool:
        """Do an action; False when it has nothing to do here. One that is not for cards leaves
        them first."""
        if name.startswith(LINE):
            self.commanding.run_line(name.removeprefix(LINE))
            return True
        if self.pane is Place.CARD and self._is_for_panes(name):
            self.cards.close()
        self.touring.performed(name)
        return super().perform(name)

    def show_names(self, *, shown: bool) -> None:
        """Show or hide the pane of names, whatever the room."""
        self._names_wanted = shown
        self.lay_out_panes()
        self.naming.show()

    def show_sources(self, *, shown: bool) -> None:
        """Show or hide the pane of sources, whatever the room."""
        self._sources_wanted = shown
        self.lay_out_panes()

    def lay_out_panes(self) -> None:
        """Show the panes that there is room for, that of the keys among them."""
        self.show_panes()
        self.saved.count()
        self._laid_out()

    def _laid_out(self) -> None:
        self.call_after_refresh(self.reading.show_progress)

    def on_resize(self) -> None:
        self.beside.resized()
        self.lay_out_panes()
        self.naming.show()
        self.strip.fit_screen()
        self.touring.fit_screen()

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        """A click has moved the focus."""
        # Letters and lines come on top of a pane, which the keys come back to.
        over = (Place.LETTERS, Place.PICK, Place.QUOTE)
        here = self.pane if self.place in over else self.place
        for place, widget in self.pane_widgets.items():
            if place in NAMES and here in NAMES:
                continue
            if event.widget is widget is self.focused and place is not here:
                if self.place in PROMPTS:
                    self.prompting.leave()
                elif self.place is Place.LETTERS:
                    self.linking.leave()
                elif self.place is Place.PICK:
                    self.picking.leave()
                elif self.place is Place.QUOTE:
                    self.noting.leave()
                self.go(place)

    def take_letter(self, letter: str) -> None:
        if self.place is Place.PICK:
            self.picking.take_letter(letter)
        else:
            self.linking.take_letter(letter)

    def choose_following(self, pressed: Keys) -> None:
        self.picking.ask_following(pressed)

    # What the panes say

    @on(SourcePane.Moved)
    def _source_moved(self, event: SourcePane.Moved) -> None:
        self.sources.tell(event.row)

    @on(SourcePane.Opened)
    def _source_opened(self) -> None:
        self.sources.show()

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.reading.follow()

    @on(RowList.Picked)
    def _row_picked(self, event: RowList.Picked) -> None:
        self.selecting.picked(event.index, up_to=event.up_to)

    @on(RowList.Opened)
    def _opened(self) -> None:
        self.reading.open()

    @on(ArticleView.Scrolled)
    def _scrolled(self, event: ArticleView.Scrolled) -> None:
        self.reading.scrolled(event.article_id, event.anchor)

    @on(ArticleView.EntityClicked)
    def _entity_clicked(self) -> None:
        self.reading.tell_mention()

    @on(ArticleView.NoteReached)
    def _note_reached(self) -> None:
        self.noting.reached()

    @on(events.TextSelected)
    def _dragged(self) -> None:
        self.noting.take_dragged()

    @on(ArticleView.QuoteClicked)
    def _quote_clicked(self) -> None:
        self.noting.leave()

    @on(EntityPane.Chosen)
    def _name_chosen(self, event: EntityPane.Chosen) -> None:
        self.naming.chosen(event.entity)

    @on(CardView.Moved)
    def _card_moved(self, event: CardView.Moved) -> None:
        self.cards.moved(event.target)

    @on(CardView.Opened)
    def _card_opened(self, event: CardView.Opened) -> None:
        self.cards.open_target(event.target)

    @on(PastedLines)
    def _pasted_lines(self, event: PastedLines) -> None:
        self.say(tell_pasted(event.lines))

    @on(events.Paste)
    def _pasted(self) -> None:
        self.say(tell_pasted_nowhere())

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
                self.passages.typed()
                self.seeking.typed()

    @on(Indexing)
    def _indexing(self, event: Indexing) -> None:
        from reader.service.indexing import IndexState

        before = self.header.trouble
        self.header.index = tell_indexing(event.progress)
        self.header.trouble = tell_obstacle(event.progress, before)
        if self.header.trouble != before and isinstance(event.progress, IndexingError):
            self.complain(event.progress)
        self.ruling.rules_ran(event.progress)
        if not self.header.index:
            self.latest("news", self.listing.look_for_news)
            if event.progress is IndexState.DONE:
                self.finding.index_changed()

    @on(FetchingTold)
    def _fetching(self, event: FetchingTold) -> None:
        self.fetching.told(event.told)

    # Colours

    def set_theme(self, name: str) -> None:
        self.app.theme = name
        self.say(f"theme {name}")
