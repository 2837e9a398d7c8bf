"""Scores on documents of other projects, where they lie beside this one."""

from __future__ import annotations

import pytest

from benchmarks.feeds import DATA, score

FLOORS = {
    "title": 1.0,
    "link": 0.995,
    "id": 0.99,
    "date": 1.0,
    "text": 0.99,
    "literal": 0.97,
    "count": 1.0,
    "feed title": 1.0,
}


@pytest.mark.skipif(not (DATA / "expected.json").is_file(), reason="the documents are not here")
def test_scores_do_not_fall() -> None:
    result = score()
    assert {name: result.share(name) >= floor for name, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    ), result.wrong
