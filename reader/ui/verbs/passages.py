"""Finding places in the article: words, paragraphs, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.places import Place
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.wording import NOTHING_OPEN, tell_hits

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

_VERB = "find "


class Passages(Verbs):
    """What is looked for in the article is marked while it is typed. Enter keeps the marks, Esc
    takes them away."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        # Where the article was when a line that looks for words began, a code point of its page.
        self._from: int | None = None

    # Words

    @does("article.find")
    def ask(self) -> None:
        """Open the line for words to be found in the article, in sight of the reader."""
        if self.screen.reading.opened is None:
            self.screen.say(NOTHING_OPEN)
            return
        if not self.screen.article_shown:
            self.screen.go(Place.ARTICLE)
        self.screen.commanding.write(_VERB)

    def words_of(self, text: str) -> str:
        """What a line looks for in the article that is in sight; "" for others."""
        seen = self.screen.reading.opened is not None and self.screen.article_shown
        return text.removeprefix(_VERB).strip() if seen and text.startswith(_VERB) else ""

    def typed(self) -> None:
        """Mark what is being typed, from where the article was."""
        line = self.screen.command_line
        if not line.is_open:
            # The news of a change came after the line was left.
            return
        if words := self.words_of(line.text):
            line.set_note(self.tell_place(self._show(words)))
        else:
            self.line_closed()

    def _show(self, words: str) -> tuple[int, int] | None:
        """Mark words and go to the first of them; its place among all."""
        view = self.screen.article
        if self._from is None:
            self._from = view.top
        if view.find(words, self._from):
            view.go_to_hit_from(self._from)
        return view.hit_place

    def tell_place(self, place: tuple[int, int] | None) -> str:
        """Which of the hits was gone to, as in "3 of 17"."""
        return tell_hits(place) + "+" * self.screen.article.has_more_hits

    def line_closed(self) -> None:
        """Take the marks of a line away, and go back to where the article was."""
        if self._from is not None:
            self.screen.article.find("")
            self.screen.article.go_to_top(self._from)
            self._from = None

    @runs("find")
    def find(self, line: Command) -> None:
        """Mark words in the article and go to the first of them."""
        if self.screen.reading.opened is None:
            self.screen.say(NOTHING_OPEN)
            return
        shown = self.screen.article_shown
        self.screen.go(Place.ARTICLE)
        if shown:
            self._keep(line.text)
        else:
            # Its lines are broken when it is drawn.
            self.screen.call_after_refresh(self._keep, line.text)

    def _keep(self, words: str) -> None:
        place = self._show(words)
        self._from = None
        self.screen.say(self.tell_place(place))
        if place is None:
            self.screen.article.find("")

    def end(self) -> bool:
        """Take the marks away; False when there are none."""
        if not self.screen.article.sought:
            return False
        self.screen.article.find("")
        return True

    # Paragraphs and headings

    @does("paragraph.next")
    def next_paragraph(self) -> None:
        if not self.screen.article.next_paragraph(1):
            self.screen.say("this is the end of the article")

    @does("paragraph.previous")
    def previous_paragraph(self) -> None:
        if not self.screen.article.next_paragraph(-1):
            self.screen.say("this is the top of the article")

    @does("heading.next")
    def next_heading(self) -> None:
        self._heading(1, "no heading further down")

    @does("heading.previous")
    def previous_heading(self) -> None:
        self._heading(-1, "no heading further up")

    def _heading(self, direction: int, otherwise: str) -> None:
        view = self.screen.article
        if not view.has_headings:
            self.screen.say("no headings in this article")
        elif not view.next_heading(direction):
            self.screen.say(otherwise)
