"""Garbage is looked for while no key is pressed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from reader.ui.tidying import RESTING, keep_for_good, tidy


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


class Ring:
    """Garbage once nobody has it: it refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_garbage_is_looked_for_in_a_pause_and_not_for_little() -> None:
    gc.collect()
    keep_for_good()
    ring = ref(Ring())
    assert not tidy(2 * RESTING)
    for _ in range(10):
        gc.collect(1)
    old = Ring()
    kept = ref(old)
    for _ in range(2):
        gc.collect(1)
    del old
    assert not tidy(RESTING / 2)
    assert kept() is not None
    assert tidy(2 * RESTING)
    assert (ring(), kept()) == (None, None)
    assert not tidy(2 * RESTING)
