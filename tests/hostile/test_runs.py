"""Runs of the same characters are read in time linear in their length, whatever they stand in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reader.ingest import FoundFile, read_file
from tests.hostile.cases import Case
from tests.hostile.patterns import CASES_BY_WAY, LENGTH, RUNS, run_case

SECONDS = 0.1
"""Of processor time. The simplest search in the square of the characters takes more."""

GROWTH = 3.0
"""Times as long as half of the characters: work in proportion to them takes twice as long, work
in their square four times. Counts where the machine is too busy for `SECONDS`."""

TRIES = 3

LIMITED = {("page", "tables")}
"""Read in more than linear time by the extractor of main texts, which gets no page of many tags."""


def _seconds(case: Case, folder: Path) -> float:
    path = folder / case.name
    path.write_bytes(case.make())
    began = time.process_time()
    for _ in read_file(FoundFile(path)):
        pass
    return time.process_time() - began


def _is_linear(way: str, name: str, folder: Path) -> bool:
    case = run_case(way, name)
    if any(_seconds(case, folder) <= SECONDS for _ in range(TRIES)):
        return True
    twice = run_case(way, name, 2 * LENGTH)
    return any(_seconds(twice, folder) < GROWTH * _seconds(case, folder) for _ in range(TRIES))


@pytest.mark.parametrize("way", CASES_BY_WAY)
def test_a_run_is_read_in_linear_time(way: str, tmp_path: Path) -> None:
    slow = [
        name for name in RUNS if (way, name) not in LIMITED and not _is_linear(way, name, tmp_path)
    ]
    assert not slow
