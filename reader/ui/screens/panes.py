"""What the main screen is made of, and which of its panes are shown."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.messages import Layout
from textual.reactive import Reactive
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from reader.ui.actions import BY_NAME, Place
from reader.ui.keymap import Keymap
from reader.ui.panes import ROOMY, WIDE, Row, Wanted, line_of, side_by_side
from reader.ui.screens.keys import KeyScreen
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.bars import HeaderBar
from reader.ui.widgets.card_view import CardView
from reader.ui.widgets.entity_pane import EntityPane
from reader.ui.widgets.note_panel import NotePanel
from reader.ui.widgets.pane import Pane
from reader.ui.widgets.prompt import Prompt
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.source_pane import SourcePane
from reader.ui.widgets.tag_editor import TagEditor
from reader.ui.widgets.tour_panel import TourPanel
from reader.ui.widgets.typesetting import Typesetter
from reader.ui.wording import tell_summary


class PaneScreen(KeyScreen):
    """Panes side by side, a card over them, and lines above and below."""

    AUTO_FOCUS = None

    # Two panes look otherwise when the focus goes, and draw themselves: not the whole screen.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(keymap)
        self.header = HeaderBar(id="header")
        self.search_bar = Prompt(
            "/ ", 'words, "a phrase", who:, tag:, date: ...', first=self.take_key, id="search"
        )
        self._row = Horizontal(id="panes")
        self.source_pane = SourcePane(id="sources", classes="pane")
        self.rows = RowList(id="rows", classes="pane")
        note = tell_summary(keymap.keys_of(BY_NAME["article.full_text"]))
        self._typesetter = Typesetter()
        self.article = ArticleView(
            summary_note=note, typesetter=self._typesetter, id="article", classes="pane"
        )
        self.second = ArticleView(
            summary_note=note,
            tells=False,
            typesetter=self._typesetter,
            id="second",
            classes="pane",
        )
        self.names = EntityPane(id="names", classes="pane")
        self.card = CardView(id="card")
        self.note_panel = NotePanel(id="note")
        self.tour_panel = TourPanel()
        self.tag_editor = TagEditor(first=self.take_key, id="tags")
        self.command_line = Prompt(":", first=self.take_key, note_above=True, id="command")
        for line in (self.tag_editor, self.command_line):
            line.covering = self.rows.set_covered_below
        self.pane = Place.LIST
        self.is_zen = False
        """Whether the article is shown alone."""
        self._mounted_with: frozenset[str] | None = None

    def compose(self) -> ComposeResult:
        # What is mounted now is styled by the classes it finds, and not once more for each.
        self._classify_by_size()
        self._mounted_with = self.classes
        self.show_panes()
        yield self.header
        yield self.search_bar
        with self._row:
            yield from self._in_row.values()
        yield self.card
        yield self.tag_editor
        yield self.command_line
        yield self.note_panel
        yield self.tour_panel
        yield self.strip
        yield self.status
        yield self.hints

    def on_unmount(self) -> None:
        self._typesetter.close()

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
        """Whether the names have a pane beside the others."""
        raise NotImplementedError

    @property
    def second_shown(self) -> bool:
        """Whether a second article has one."""
        raise NotImplementedError

    @property
    def sources_shown(self) -> bool:
        """Whether the sources have one."""
        raise NotImplementedError

    @property
    def article_shown(self) -> bool:
        """Whether the article has a pane now: where there is room for one only, it is its own."""
        return self.pane is not Place.CARD and Place.ARTICLE in self._side_by_side()

    @property
    def _columns(self) -> int:
        """Those of the screen; those of the terminal while it has not been told them."""
        return self.size.width or self.app.size.width

    @property
    def is_wide(self) -> bool:
        return self._columns >= WIDE

    @property
    def is_roomy(self) -> bool:
        return self._columns >= ROOMY

    @property
    def _in_row(self) -> dict[Place, Pane]:
        """The panes that stand side by side, from the left."""
        return {
            Place.SOURCES: self.source_pane,
            Place.LIST: self.rows,
            Place.ARTICLE: self.article,
            Place.BESIDE: self.second,
            Place.ENTITIES: self.names,
        }

    @property
    def pane_widgets(self) -> dict[Place, Widget]:
        """What has the focus while the keys go to a place."""
        return {**self._in_row, Place.FACETS: self.names, Place.CARD: self.card}

    def show_panes(self) -> None:
        """Say of every pane whether it is shown, how wide, and where its line is. Not by classes
        of the screen: all that is in it would be styled anew, at every change of panes."""
        row = self._side_by_side()
        for place, widget in self._in_row.items():
            widget.display = place in row
            if place in row:
                widget.styles.width = row[place]
            widget.set_line(line_of(place, row))
        for bar in (self.header, self.hints):
            bar.set_class(self.is_zen, "-zen")
        self.note_panel.set_class(self.pane is Place.ARTICLE, "-at-article")
        self.show_card()

    def _side_by_side(self) -> Row:
        wanted = Wanted(
            self.pane,
            sources=self.sources_shown,
            names=self.names_shown,
            second=self.second_shown,
            alone=self.is_zen,
        )
        return side_by_side(self._columns, wanted)

    def show_card(self) -> None:
        """Let a card lie over the panes; what a search finds is shown at once."""
        shown = self.pane is Place.CARD and self.place is not Place.SEARCH
        self.card.display, self._row.display = shown, not shown

    def post_message(self, message: Message) -> bool:
        """Lay nothing out once more for what has got its size by being laid out: a scroll bar,
        or the row of panes. When one comes or goes, its pane, or the card, asks for it too.

        Not where such a request is heard: the last one in the queue stands for all before it.
        """
        if isinstance(message, Layout):
            of = message.widget
            if isinstance(of, ScrollBar) or of is self._row:
                return True
        return super().post_message(message)

    def _classify_by_size(self) -> None:
        lines = self.app.size.height
        sizes = [name for least, name in self.app.VERTICAL_BREAKPOINTS or [] if lines >= least]
        self.set_class(True, *sizes[-1:], update=False)

    def update_node_styles(self, animate: bool = True) -> None:
        """Style all widgets by the classes of the screen, unless they were mounted with them."""
        mounted_with, self._mounted_with = self._mounted_with, None
        if self.classes != mounted_with:
            super().update_node_styles(animate)
