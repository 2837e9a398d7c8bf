"""The pages by which linking is measured, and that what they taught is kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.linking import PAGES, Given, Marked, Score, name_page, read_page, score
from reader.entities import Found
from reader.model import EntityKind

PAGE = (
    "=== one\n[PER:a Ada Fenn] met [LOC:b Orlo].\n\n=== two\n[PER:a Fenn] left [PER:c Ed Orlo].\n"
)


def pages(name: str) -> list[Sequence[Marked]]:
    paths = sorted(PAGES.glob(f"{name}-*.txt"))
    return [read_page(path.read_text(encoding="utf-8")) for path in paths]


def test_a_page_is_read_without_its_marks() -> None:
    one, two = read_page(PAGE)
    assert one.text == "Ada Fenn met Orlo."
    assert one.names[0] == (Found(0, 8, EntityKind.PER, 1.0), "a")
    assert [(two.text[at.start : at.end], who) for at, who in two.names] == [
        ("Fenn", "a"),
        ("Ed Orlo", "c"),
    ]


def test_every_mention_of_a_page_is_scored() -> None:
    page = read_page(PAGE)
    assert len(name_page(page, Given(page), 1)) == 4
    figures = score([page], Given).figures()
    assert figures == {"mentions": 4, "not_found": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert Score().figures()["f1"] == 0.0


@pytest.mark.parametrize("name", ["dev", "held"])
def test_pages_of_namesakes(name: str) -> None:
    every = pages(name)
    assert len(every) == 26
    figures = score(every, Given).figures()
    assert figures["not_found"] == 0
    assert figures["f1"] >= 0.98
