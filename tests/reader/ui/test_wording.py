"""What the screen says about work in the background."""

from __future__ import annotations

import pytest

from reader.errors import IndexingError, Obstacle
from reader.service.index_told import IndexProgress, IndexStage, IndexState, IndexTold
from reader.ui.wording import tell_indexing, tell_obstacle


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
