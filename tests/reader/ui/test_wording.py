"""What the screen says about work in the background."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.errors import IndexUnusableError
from reader.errors import EventNotReachableError, IndexingError, Obstacle, TagNotFoundError
from reader.service.index_told import IndexProgress, IndexStage, IndexState, IndexTold
from reader.text import explain
from reader.ui.actions import BY_NAME
from reader.ui.keymap import Keymap
from reader.ui.live_keys import key_of, with_keys
from reader.ui.wording import UNDO, tell_indexing, tell_obstacle


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (IndexProgress(1200, 3400, False), "indexing 1,200/3,400"),
        (IndexProgress(1200, 3400, True), "rebuilding the index 1,200/3,400"),
        (IndexProgress(1200, 3400, False, IndexStage.NAMES), "names 1,200/3,400"),
        (IndexProgress(1, 2, True, IndexStage.NAMES), "names 1/2"),
        (
            IndexProgress(1, 2, False, IndexStage.NAMES, "spacy:a\x1bb"),
            "names without spacy:ab 1/2",
        ),
        (IndexState.DONE, ""),
        (IndexingError(Obstacle.OTHER), ""),
    ],
)
def test_how_far_it_is(told: IndexTold, words: str) -> None:
    assert tell_indexing(told) == words


def test_an_obstacle_stands_until_the_index_goes_on() -> None:
    stopped = tell_obstacle(IndexingError(Obstacle.NOT_WRITABLE), "")
    assert stopped == "indexing stopped: the index cannot be written"
    for told in (IndexProgress(0, 9, False), IndexProgress(3, 9, False, IndexStage.NAMES)):
        assert tell_obstacle(told, stopped) == stopped
    assert tell_obstacle(IndexProgress(3, 9, False), stopped) == ""
    assert tell_obstacle(IndexState.DONE, stopped) == ""


@pytest.mark.parametrize(
    ("keymap", "words"),
    [
        (Keymap(), "u undoes"),
        (Keymap(preset="newsboat"), "U undoes"),
        (Keymap({"history.undo": ["g z"]}), "g z undoes"),
        (Keymap({"history.undo": [""]}), ":history.undo undoes"),
    ],
)
def test_messages_name_the_key_that_is_bound(keymap: Keymap, words: str) -> None:
    assert with_keys(f"starred 3 · {UNDO}", keymap) == f"starred 3 · {words}"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (EventNotReachableError(41), "no change 41 can be gone to; :history lists them"),
        (TagNotFoundError("x", ""), 'there is no tag "x"; the left pane lists them'),
        (IndexUnusableError(Path("x"), "y"), "`dateline index rebuild` makes a new one"),
    ],
)
def test_errors_speak_of_the_lines_of_the_screen(error: Exception, words: str) -> None:
    assert with_keys(explain(error), Keymap()).endswith(words)


def test_what_messages_name_can_be_done() -> None:
    folder = Path(__file__).parents[3] / "reader" / "ui"
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    named = {name for text in texts for name in re.findall(r"key_of\(['\"]([^'\"]+)", text)}
    assert named > {"history.undo", "view.reload"}
    assert named <= set(BY_NAME)
    assert with_keys(key_of("no.such"), Keymap()) == ":no.such"
