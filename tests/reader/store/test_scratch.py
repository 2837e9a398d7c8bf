"""Numbers that are kept for a while."""

from __future__ import annotations

import pytest

from reader.store.scratch import Scratch


def test_numbers_are_found_by_their_names() -> None:
    with Scratch() as kept:
        kept.put("a", 1)
        kept.put("b", None)
        kept.put("a", 2)
        assert (kept.get("a"), kept.get("b")) == (2, None)
        with pytest.raises(KeyError):
            kept.get("c")
    with Scratch() as other, pytest.raises(KeyError):
        other.get("a")
