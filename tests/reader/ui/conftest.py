from pathlib import Path

import pytest

from tests.reader.ui.world import DRAFTS, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A library of six articles."""
    one = World(tmp_path / "library")
    one.add(*reversed(DRAFTS))
    return one
