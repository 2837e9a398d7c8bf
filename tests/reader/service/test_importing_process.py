"""Imports in a process of their own."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from reader.model import ImportReport
from reader.service.fetching_wire import Trouble
from reader.service.importing import ImportProgress
from reader.service.importing_process import ImportProcess
from reader.service.importing_wire import paths_line, read_import_told
from reader.service.library import Library
from reader.worker.bring import serve_import


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Library.open(tmp_path / "library").close()
    (tmp_path / "a.txt").write_text("Ferry returns\n\nThe ferry returned at noon.\n")
    return tmp_path


def test_an_import_tells_how_far_it_is_and_what_it_did(folder: Path) -> None:
    process, told = ImportProcess(folder / "library"), list[ImportProgress]()
    report = process.run([folder / "a.txt", folder / "none"], told.append)
    assert isinstance(report, ImportReport)
    assert (report.added, report.ids, report.failed_total) == (1, (), 1)
    assert report.failed[0].path == str(folder / "none")
    assert told[-1].added == 1
    process.stop()  # it has ended


def test_one_that_is_stopped_before_it_begins_ends(folder: Path) -> None:
    process = ImportProcess(folder / "library")
    process.stop()
    report = process.run([folder / "a.txt"], lambda _: None)
    assert isinstance(report, ImportReport)


def test_a_process_that_ends_is_told(folder: Path) -> None:
    ended = ImportProcess(folder / "a.txt").run([folder / "a.txt"], lambda _: None)
    assert isinstance(ended, Trouble)


def test_the_worker_tells_trouble_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda _: 0)
    library, target = Library.open(folder / "library"), io.StringIO()

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(library.importing, "import_paths", fail)
    serve_import(library, io.StringIO(paths_line([folder])), target)
    library.close()
    assert read_import_told(target.getvalue()) == Trouble(
        "the system refused: No space left on device"
    )
