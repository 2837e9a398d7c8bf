"""Terminals that are closed again, and libraries of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import DATELINE, Terminal


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def terminal(library: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts the reader, or another command, in a terminal."""
    opened: list[Terminal] = []

    def start(command: str = DATELINE, **options: object) -> Terminal:
        opened.append(Terminal(command, library=library, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield start
    for one in opened:
        one.close()
