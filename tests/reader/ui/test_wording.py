"""What the screen says about work in the background."""

from __future__ import annotations

import pytest

from reader.errors import IndexingError, Obstacle
from reader.service.index_told import IndexProgress, IndexStage, IndexState, IndexTold
from reader.ui.wording import tell_indexing


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
