"""What the tests of the screen share."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

from tests.reader.ui.world import DRAFTS, World


def _parsed_once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """Every screen of the tests has the same styles: a tenth of its start would be reading them."""
    known: dict[Hashable, Any] = {}

    @wraps(parse)
    def parse_once(sheet: Stylesheet, css: str, **more: Any) -> Any:
        variables = tuple(sorted(sheet._variables.items()))
        key = (css, tuple(sorted(more.items())), variables)
        if key not in known:
            known[key] = parse(sheet, css, **more)
        return known[key]

    return parse_once


@pytest.fixture(scope="session", autouse=True)
def _styles_are_read_once() -> None:
    Stylesheet._parse_rules = _parsed_once(Stylesheet._parse_rules)  # type: ignore[method-assign]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A library of six articles."""
    one = World(tmp_path / "library")
    one.add(*reversed(DRAFTS))
    return one
