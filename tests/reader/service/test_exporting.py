"""Articles out again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model import Article, Attachment, Draft, Mark, Markup, MarkupKind, Precision, Published
from reader.service.exporting import ExportFormat
from reader.service.library import Library
from tests.reader.store.helpers import NOON
from tests.reader.store.test_saving import FULL


def test_json_lines_hold_what_can_be_imported_again(library: Library, tmp_path: Path) -> None:
    library.tagging.tag([2], ["weather"], [])
    lines = list(library.exporting.export([2, 3], ExportFormat.JSONL))
    storm, trees = (json.loads(line) for line in lines)
    assert storm["published"] == "2023-07-23"
    assert storm["tags"] == ["weather"]
    assert trees["published"] is None
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(lines), encoding="utf-8")
    other = Library.open(tmp_path / "other")
    other.importing.import_paths([copy])
    assert [other.reading.get_article(n).text for n in (1, 2)] == [storm["text"], trees["text"]]
    other.close()


def copied(library: Library, tmp_path: Path) -> list[Article]:
    """The articles of a library after export and import into a new one."""
    copy = tmp_path / "copy.jsonl"
    lines = library.exporting.export(library.store.articles.ids(), ExportFormat.JSONL)
    copy.write_text("".join(lines), encoding="utf-8")
    other = Library.open(tmp_path / "other")
    report = other.importing.import_paths([copy])
    assert report.failed == ()
    articles = [other.reading.get_article(one) for one in other.store.articles.ids()]
    other.close()
    return articles


def plain(article: Article) -> Article:
    """An article without what depends on when it came in and what the reader did."""
    row = replace(article.row, added=NOON, tags=(), read=False, starred=False, archived=False)
    return replace(article, row=row, version=1)


@pytest.mark.parametrize("derived", [True, False])
@pytest.mark.parametrize("precision", [*Precision, None])
def test_an_exported_article_comes_back_whole(
    fresh: Library, tmp_path: Path, precision: Precision | None, derived: bool
) -> None:
    at = datetime(2023, 1, 1, tzinfo=UTC)
    fresh.store.articles.save(
        replace(
            FULL, published=Published(at, precision) if precision else None, title_derived=derived
        )
    )
    fresh.store.articles.save(
        Draft("Bare", "By Ann Lee\n\nOSLO, May 3 (NTB) - A line\n\nAnother\n\nA third. End.")
    )
    fresh.tagging.tag([1], ["war"], [])
    fresh.tagging.mark([2], Mark.READ)
    articles = [fresh.reading.get_article(one) for one in (1, 2)]
    assert articles[0].guid == FULL.guid
    back = copied(fresh, tmp_path)
    assert [one.row.tags for one in back] == [("war",), ()]
    assert [one.row.read for one in back] == [False, True]
    assert list(map(plain, back)) == list(map(plain, articles))


def test_whatever_was_imported_comes_back_the_same(fresh: Library, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    fresh.importing.import_paths([root / "seeds", root / "tests" / "data" / "ingest"])
    articles = [fresh.reading.get_article(one) for one in fresh.store.articles.ids()]
    assert len(articles) > 30
    assert list(map(plain, copied(fresh, tmp_path))) == list(map(plain, articles))


def test_markup_and_attachments_come_back(fresh: Library, tmp_path: Path) -> None:
    marked = replace(
        FULL,
        markup=(
            Markup(0, 3, MarkupKind.STRONG),
            Markup(1, 4, MarkupKind.LINK, "https://skerry.example/a"),
        ),
        attachments=(Attachment("https://skerry.example/a.mp3", "audio/mpeg"),),
        partial=True,
    )
    fresh.store.articles.save(marked)
    (article,) = copied(fresh, tmp_path)
    assert (article.markup, article.attachments) == (marked.markup, marked.attachments)
    assert article.partial


def test_markdown_shows_text_literally(fresh: Library, tmp_path: Path) -> None:
    article = tmp_path / "odd.txt"
    article.write_text(
        "Stars *and* [links]\n\nFirst paragraph of the text ends here.\n\nA heading\n\n"
        "Second paragraph has `code` and <b>tags</b>.\n\n"
        "One unrelated link headline\n\nAnother unrelated link headline\n\nThe end comes now.\n"
    )
    fresh.importing.import_paths([article])
    (text,) = fresh.exporting.export([1], ExportFormat.MARKDOWN)
    assert text.startswith("# Stars \\*and\\* \\[links\\]\n\n")
    assert "\n\n## A heading\n\n" in text
    assert "\\`code\\` and \\<b\\>tags\\</b\\>" in text
    assert "- One unrelated link headline\n- Another unrelated link headline" in text
