"""Articles out again."""

from __future__ import annotations

import json
from pathlib import Path

from reader.service.exporting import ExportFormat
from reader.service.library import Library


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
