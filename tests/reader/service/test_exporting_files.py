"""Exports into files, and what stands in them."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import ArticleNotFoundError, ExportEmptyError, ExportExistsError
from reader.service import exporting
from reader.service.exporting import ExportFormat
from reader.service.library import Library


def test_every_format_can_be_written(library: Library, tmp_path: Path) -> None:
    note = library.notes.add(1, 0, 5, "Why?")
    steps: list[int] = []
    for form in ExportFormat:
        path = tmp_path / f"out.{form}"
        ids = library.store.articles.ids()
        assert library.exporting.write(path, ids, form, title="All", step=steps.append) == 3
        assert steps == [1, 2, 3]
        steps.clear()
    assert zipfile.is_zipfile(tmp_path / "out.epub")
    items = json.loads((tmp_path / "out.csl-json").read_text(encoding="utf-8"))
    assert len({item["id"] for item in items}) == 3
    assert (tmp_path / "out.bibtex").read_text(encoding="utf-8").count("@") >= 3
    assert (tmp_path / "out.html").read_text(encoding="utf-8").count("<article") == 3
    assert "Why?" in (tmp_path / "out.notes").read_text(encoding="utf-8")
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["notes"][0]["span"] == [note.anchor.start, note.anchor.end]
    assert first["notes"][0]["words"] == "Why?"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_keys_of_citations_are_unique(library: Library) -> None:
    text = "".join(library.exporting.export([1, 1], ExportFormat.BIBTEX))
    first, second = (line for line in text.splitlines() if line.startswith("@"))
    assert first != second


def test_a_book_is_no_text(library: Library) -> None:
    with pytest.raises(ValueError, match="epub"):
        list(library.exporting.export([1], ExportFormat.EPUB))


def test_a_file_that_cannot_be_written_is_named_as_it_was_asked_for(
    library: Library, tmp_path: Path
) -> None:
    missing = tmp_path / "none" / "out.md"
    with pytest.raises(FileNotFoundError) as failed:
        library.exporting.write(missing, [1], ExportFormat.MARKDOWN)
    assert failed.value.filename == str(missing)

    def full() -> Iterator[str]:
        yield "one"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left") as failed_later:
        library.exporting.write_text(tmp_path / "out.md", full())
    assert failed_later.value.filename == str(tmp_path / "out.md")
    assert not [one for one in tmp_path.iterdir() if "out" in one.name]


def test_a_book_of_nothing_is_not_written(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ExportEmptyError):
        library.exporting.write(tmp_path / "out.epub", [], ExportFormat.EPUB)
    assert library.exporting.write(tmp_path / "out.jsonl", [], ExportFormat.JSONL) == 0
    assert [one.name for one in tmp_path.iterdir() if "out" in one.name] == ["out.jsonl"]


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def test_what_is_there_stays_unless_it_is_said(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ExportExistsError):
        library.exporting.write(path, [1], ExportFormat.MARKDOWN)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(ExportExistsError):
        library.exporting.write(tmp_path, [1], ExportFormat.MARKDOWN, force=True)
    with pytest.raises(ExportExistsError):
        library.exporting.write(_pipe(tmp_path), [1], ExportFormat.MARKDOWN, force=True)
    library.exporting.write(path, [1], ExportFormat.MARKDOWN, force=True)
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_one_that_is_cut_off_leaves_nothing(library: Library, tmp_path: Path) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.exporting.write(tmp_path / "a.md", [1, 2], ExportFormat.MARKDOWN, step=stop)
    with pytest.raises(FileNotFoundError):
        library.exporting.write(tmp_path / "none" / "a.md", [1], ExportFormat.MARKDOWN)
    assert list(tmp_path.glob("*.md")) == []


def test_very_many_titles_fill_a_table_of_contents(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.service.exporting.TITLES", 2)
    page = "".join(library.exporting.export([3, 2, 1], ExportFormat.HTML))
    assert page.count('<li><a href="#a') == 3
    with pytest.raises(ArticleNotFoundError):
        list(library.exporting.export([3, 99], ExportFormat.HTML))


def test_a_file_that_waits_under_the_name_in_the_making_is_left_alone(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    monkeypatch.setattr(exporting, "token_hex", lambda _: "0000")
    for name in ("0000", str(os.getpid())):
        (tmp_path / f".out.{name}").symlink_to(other)
    with pytest.raises(FileExistsError):
        library.exporting.write_text(tmp_path / "out", ["theirs"])
    assert other.read_text() == "mine"
    assert (tmp_path / ".out.0000").is_symlink()
    monkeypatch.undo()
    library.exporting.write_text(tmp_path / "out", ["theirs"])
    assert (other.read_text(), (tmp_path / "out").read_text()) == ("mine", "theirs")
