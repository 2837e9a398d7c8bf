"""Articles, rows and a small app for the tests of the panes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.message import Message
from textual.theme import Theme
from textual.widget import Widget

from reader.model import (
    Article,
    ArticleId,
    ArticleRow,
    Entity,
    EntityCount,
    EntityId,
    EntityKind,
    Mention,
    Precision,
    Published,
    Span,
)
from reader.ui.format import Row
from reader.ui.keymap import Keymap
from reader.ui.live_keys import with_keys
from reader.ui.safety import safe_filters
from reader.ui.themes import complete

_THEMES: dict[str, Theme] = {}
"""Asked for with every style that is drawn."""

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
BAD = "\x1b]52;c;cHduZWQ=\x07 \x9b31m \u202e [@click=app.quit]x[/] [/x] [b \\ \x00\x7f \u2028 \t\r"

SENTENCES = (
    "Jan Novak opened the bridge over the Elbe on Monday.",
    "The River Board said the work had cost less than planned.",
    "Traders in Hamburg asked Jan Novak for a second lane.",
)
NAMES = (
    ("Jan Novak", EntityKind.PER, 1),
    ("Elbe", EntityKind.LOC, 2),
    ("Hamburg", EntityKind.LOC, 3),
    ("River Board", EntityKind.ORG, 4),
    ("Monday", EntityKind.MISC, 5),
)


def clock() -> datetime:
    """The present of the tests."""
    return NOW


def day(year: int, month: int = 1, day_of_month: int = 1) -> Published:
    """A day of publication."""
    return Published(datetime(year, month, day_of_month, tzinfo=UTC), Precision.DAY)


def make_row(number: int = 1, **changes: object) -> ArticleRow:
    """One line of a list."""
    row = ArticleRow(
        ArticleId(number), f"Title {number}", False, "The Gazette", day(2023, 7, 23), NOW,
        read=False, starred=False, archived=False, tags=(),
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def make_article(paragraphs: int = 3, **changes: object) -> Article:
    """An article of so many paragraphs about a bridge."""
    text = "\n\n".join(SENTENCES[n % len(SENTENCES)] for n in range(paragraphs))
    article = Article(
        make_row(), text, headings=(), related=(), dateline="", place="", agency="", url="",
        authors=(), lang="en", version=1,
    )  # fmt: skip
    return replace(article, **changes)  # type: ignore[arg-type]


def spans_of(word: str, text: str) -> list[Span]:
    """Where `word` stands in `text`."""
    found, at = [], text.find(word)
    while at >= 0:
        found.append(Span(at, at + len(word)))
        at = text.find(word, at + 1)
    return found


def mentions_in(text: str) -> list[Mention]:
    """Every mention of the names of the samples."""
    found = [
        Mention(span.start, span.end, name, kind, EntityId(number), name)
        for name, kind, number in NAMES
        for span in spans_of(name, text)
    ]
    return sorted(found, key=lambda mention: mention.start)


def make_counts() -> list[EntityCount]:
    """Entities in no order."""
    return [
        EntityCount(Entity(EntityId(number), name, kind), number, 10 * number)
        for name, kind, number in NAMES
    ]


class Rows:
    """A source of rows, some of them not loaded yet; notes what it is asked for."""

    def __init__(
        self, count: int, *, loaded: bool = True, make: Callable[[int], Row] | None = None
    ):
        self.count = count
        self.loaded = loaded
        self.make = make or (lambda index: Row(make_row(index)))
        self.requests: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return self.count

    def row(self, index: int) -> Row | None:
        """A row by its place."""
        assert 0 <= index < self.count
        return self.make(index) if self.loaded else None

    def request(self, first: int, count: int) -> None:
        """Note what was asked for."""
        self.requests.append((first, count))


class Stage(App[None]):
    """Shows widgets side by side and keeps the messages they post."""

    CSS = "Screen { layout: horizontal; } Screen > * { width: 1fr; height: 1fr; }"

    def __init__(self, *widgets: Widget, theme: str = "textual-dark", safe: bool = False) -> None:
        super().__init__()
        self.widgets = widgets
        self.wanted_theme = theme
        self.safe = safe
        self.posted: list[Message] = []

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme with all names that the program draws with."""
        if theme_name not in _THEMES and (theme := super().get_theme(theme_name)) is not None:
            _THEMES[theme_name] = complete(theme)
        return _THEMES.get(theme_name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of every app, and ours where the test wants it."""
        filters = super().get_line_filters()
        return safe_filters(filters) if self.safe else filters

    def compose(self) -> ComposeResult:
        """The widgets of the test."""
        yield from self.widgets

    def on_mount(self) -> None:
        """Take the theme of the test."""
        self.theme = self.wanted_theme

    def keep(self, message: Message) -> None:
        """Keep a message."""
        self.posted.append(message)

    on_row_list_moved = on_row_list_opened = keep
    on_article_view_entity_clicked = on_article_view_scrolled = keep
    on_entity_pane_chosen = on_entity_pane_moved = keep


def said(words: str) -> str:
    """Words of the program as the screen shows them, with the keys it comes with."""
    return with_keys(words, Keymap())


def screen_text(app: App[None]) -> list[str]:
    """What stands on the screen, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def painted(widget: Widget, y: int, text: str) -> str:
    """The style of the segment of line `y` of a widget that shows `text`."""
    for segment in widget.render_line(y):
        if text in segment.text:
            return str(segment.style)
    raise AssertionError(f"{text!r} is not in line {y}")
