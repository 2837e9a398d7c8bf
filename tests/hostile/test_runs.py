"""Runs of the same characters are read in time linear in their length, whatever they stand in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.ingest import FoundFile, read_file
from tests.hostile.cases import Case
from tests.hostile.patterns import CASES_BY_WAY

SECONDS = 0.1
"""Of processor time. The simplest search in the square of the characters takes more."""

TRIES = 3

LIMITED = {"run-page-tables.html"}
"""Read in more than linear time by the extractor of main texts, which gets no page of many tags."""


def _seconds(case: Case, path: Path) -> float:
    path.write_bytes(case.make())
    began = time.process_time()
    for _ in read_file(FoundFile(path)):
        pass
    return time.process_time() - began


@pytest.mark.parametrize("way", CASES_BY_WAY)
def test_a_run_is_read_in_linear_time(way: str, tmp_path: Path) -> None:
    slow = tuple(case for case in CASES_BY_WAY[way] if case.name not in LIMITED)
    for _ in range(TRIES):
        slow = tuple(case for case in slow if _seconds(case, tmp_path / case.name) > SECONDS)
    assert not slow, [case.name for case in slow]
