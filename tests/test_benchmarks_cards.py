"""The benchmark of cards, on a small library."""

from __future__ import annotations

from pathlib import Path

from benchmarks import cards
from reader.service.library import Library


def test_every_question_is_measured(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    cards.make_library(folder, 60)
    found = cards.measure(folder, 1)
    assert found.keys() >= cards.TARGETS.keys()
    assert all(ms >= 0 for ms in found.values())
    library = Library.open(folder)
    (entity,) = library.cards.find(cards.name_of(0))
    assert library.cards.card(entity.id).articles == 60 // cards.SHARE
    assert library.searching.view(f'entity:"{cards.name_of(0)}"').total == 60 // cards.SHARE
    library.close()
