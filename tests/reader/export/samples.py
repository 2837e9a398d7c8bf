"""Articles and notes to be written out."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.kept import Anchor, Note, NoteId
from reader.model import (
    Article,
    ArticleId,
    ArticleRow,
    Markup,
    MarkupKind,
    PlacedNote,
    Precision,
    Published,
    Span,
)

DAY = datetime(2023, 7, 23, tzinfo=UTC)

TEXT = (
    "The ferry <Orrin> left at noon & came back.\n\n"
    "Who pays\n\n"
    "• one_two crew\n"
    "• tide* table\n\n"
    "> said the master\n\n"
    "a = 1\n  b == 2\n\n"
    "1. That is all, and a link to the quay."
)


def article(
    text: str = TEXT,
    markup: tuple[Markup, ...] = (),
    *,
    title: str = "Ferry & tide [again]",
    source: str = "Quay Notes",
    authors: tuple[str, ...] = (),
    precision: Precision | None = Precision.DAY,
    url: str = "https://quay.example/a?b=1&c=2",
    headings: tuple[Span, ...] = (),
    article_id: int = 7,
) -> Article:
    published = Published(DAY, precision) if precision else None
    row = ArticleRow(
        ArticleId(article_id), title, False, source, published, DAY, False, False, False, ("sea",)
    )
    return Article(row, text, headings, (), "", "Orrin", "", url, authors, "en", 1, markup=markup)


def marked(kind: MarkupKind, words: str, target: str = "", text: str = TEXT) -> Markup:
    start = text.index(words)
    return Markup(start, start + len(words), kind, target)


def note(quote: str, words: str = "", *, lost: bool = False, text: str = TEXT) -> PlacedNote:
    start = text.index(quote) if quote and not lost else 0
    anchor = Anchor(start, start + len(quote), quote)
    kept = Note(NoteId(start + 1), ArticleId(7), anchor, words, DAY, DAY)
    return PlacedNote(kept, None if lost else Span(start, start + len(quote)))


RICH = article(
    markup=(
        marked(MarkupKind.ITEM, "• one_two crew"),
        marked(MarkupKind.ITEM, "• tide* table"),
        marked(MarkupKind.QUOTE, "> said the master"),
        marked(MarkupKind.PRE, "a = 1\n  b == 2"),
        marked(MarkupKind.STRONG, "left at noon"),
        marked(MarkupKind.EMPHASIS, "noon & came"),
        marked(MarkupKind.LINK, "the quay", "https://quay.example/<x>"),
        marked(MarkupKind.LINK, "all", "javascript:alert(1)"),
    ),
    headings=(Span(TEXT.index("Who"), TEXT.index("Who") + 8),),
)

NOTES = (
    note("", "Read this again.\nTwice."),
    note("left at noon", "Which noon?"),
    note("said the master"),
    note("gone words", "Kept <all> the same", lost=True),
)
