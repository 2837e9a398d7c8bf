"""The composition root: terminals refused, samples brought in once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader import app
from reader.app import bring_in_samples, check_terminal
from reader.config import Loaded, seeds_folder
from reader.errors import NoTerminalError
from reader.feeds import Subscription
from reader.service.library import Library
from reader.ui import tui


def test_a_screen_needs_a_terminal_that_can_show_it() -> None:
    check_terminal({"TERM": "xterm"}, interactive=True)
    with pytest.raises(NoTerminalError):
        check_terminal({"TERM": "xterm"}, interactive=False)
    with pytest.raises(NoTerminalError):
        check_terminal({"TERM": "dumb"}, interactive=True)


def test_samples_come_into_an_empty_library_only(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    assert bring_in_samples(library, seeds_folder()) >= 16
    assert bring_in_samples(library, seeds_folder()) == 0
    library.close()


def test_samples_do_not_come_where_feeds_are(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    library.store.feeds.add(Subscription("https://skerry.example/feed", "Skerry"), private=False)
    assert bring_in_samples(library, seeds_folder()) == 0
    library.close()


def test_main_without_a_terminal_says_what_to_use_instead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setattr("sys.argv", ["dateline"])
    assert app.main() == 2
    assert "dateline search" in capsys.readouterr().err
    assert not (tmp_path / "library").exists()


class FakeStream:
    """A stream that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_screen_is_given_the_library_the_settings_and_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('theme = "dateline-light"\n')
    monkeypatch.setenv("DATELINE_CONFIG", str(settings))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdin", FakeStream())
    monkeypatch.setattr(sys, "stdout", FakeStream())
    shown: list[tuple[Path, Loaded, int]] = []

    def run(folder: Path, chosen: Loaded, *, samples: int) -> int:
        shown.append((folder, chosen, samples))
        return 7

    monkeypatch.setattr(tui, "run", run)
    assert app.open_screen(tmp_path / "library") == 7
    ((folder, chosen, samples),) = shown
    assert folder == tmp_path / "library"
    assert chosen.settings.theme == "dateline-light"
    assert samples >= 16
