"""What stands above an article and below it, in every format."""

from __future__ import annotations

from reader.model import Article, PlacedNote


def facts(article: Article) -> tuple[str, ...]:
    """Source, date, place and authors, as far as they are known."""
    row = article.row
    told = (
        row.source,
        row.published.iso if row.published else "",
        article.place,
        ", ".join(article.authors),
    )
    return tuple(fact for fact in told if fact)


def tag_words(article: Article) -> str:
    """Its tags as "#war #trade/grain"."""
    return " ".join(f"#{tag}" for tag in article.row.tags)


def note_lines(placed: PlacedNote) -> tuple[str, ...]:
    """The words of a note, line by line; none for a highlight alone."""
    return tuple(line for line in placed.note.words.splitlines() if line.strip())
