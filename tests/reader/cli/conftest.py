"""A command line over a library of its own, in this process."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.cli.main import run_command_line

ARTICLES = {
    "grain.txt": "Grain ships leave Odesa\nSource: Quay Notes\nPublished: 2022-08-01\n\n"
    "ODESA (Quay Notes) - A ship with corn left Odesa on Monday, said Recep Tayyip Erdogan.\n\n"
    "It was the first since February. The United Nations welcomed it.\n",
    "bridge.txt": "Bridge closed after storm\nSource: Hill Post\nPublished: 2023-07-23\n\n"
    "The storm struck Bergen at night. Engineers closed the bridge.\n",
    "undated.txt": "Council votes on trees\n\nThe council of Bergen voted to plant trees.\n",
}


@dataclass
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Shell:
    """Runs commands; `screens` are the folders the screen was asked to open."""

    def __init__(self, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.library = library
        self.screens: list[Path] = []
        self.environment = {
            "DATELINE_LIBRARY": str(library),
            "DATELINE_CONFIG": str(library.with_name("no-settings.toml")),
        }
        self._capsys = capsys

    def __call__(self, *words: str) -> Answer:
        self._capsys.readouterr()
        before = signal.getsignal(signal.SIGINT)
        try:
            code = run_command_line(
                words,
                environment=self.environment,
                open_screen=self._open_screen,
            )
        finally:
            signal.signal(signal.SIGINT, before)  # a program that was interrupted ignores more
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def _open_screen(self, folder: Path) -> int:
        self.screens.append(folder)
        return 0


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "library", capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles as files."""
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in ARTICLES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def shell(empty: Shell, folder: Path) -> Shell:
    """A library with the three articles: ids 1 bridge, 2 grain, 3 undated."""
    assert empty("import", str(folder)).code == 0
    return empty
