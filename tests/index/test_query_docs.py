"""The page on the query language says what the parser does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import QuerySyntaxError
from index.fields import FIELDS, HAS_VALUES, IS_VALUES, SORT_VALUES
from index.leaves import MAX_NEAR
from index.parser import MAX_DEPTH, MAX_LENGTH, SavedQuery, parse

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)


class Saved:
    """Whatever is asked for is saved."""

    def find(self, name: str, *, starting: bool) -> Sequence[SavedQuery]:
        return [SavedQuery(name, "*")]

    def nearest(self, name: str) -> str:
        raise AssertionError(name)


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "query-language.md").read_text("utf-8")


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


EXAMPLES = re.findall(r"^\| `([^`]+)` \|", section("At a glance"), re.MULTILINE)
MISTAKES = re.findall(
    r"^\| `([^`]+)` \| (.+) \|$", section("When something is wrong"), re.MULTILINE
)
OPENING = [line[:47] for line in PAGE.split("```")[1].strip().splitlines()]


@pytest.mark.parametrize("example", [*EXAMPLES, *OPENING])
def test_example_parses(example: str) -> None:
    parse(example, now=NOW, saved=Saved())


@pytest.mark.parametrize(("mistake", "answer"), MISTAKES)
def test_mistake_is_answered_as_the_page_says(mistake: str, answer: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(mistake, now=NOW)
    meant = re.search(r"did you mean `(.+)`", answer)
    assert caught.value.suggestion == (meant[1] if meant else "")


def test_the_page_has_its_tables() -> None:
    assert len(EXAMPLES) > 40
    assert len(MISTAKES) > 8
    assert len(OPENING) == 4


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_shown_and_listed(field: str) -> None:
    assert any(re.search(rf"(^|[-( ]){field}:", example) for example in EXAMPLES)
    assert f"`{field}:`" in section("Fields")


@pytest.mark.parametrize(
    "condition",
    [
        *(f"is:{value}" for value in IS_VALUES),
        *(f"has:{value}" for value in HAS_VALUES),
        *(f"sort:{value}" for value in SORT_VALUES),
    ],
)
def test_every_value_is_shown_and_listed(condition: str) -> None:
    assert any(condition in example.split() for example in EXAMPLES)
    assert f"`{condition.partition(':')[2]}`" in section("Fields")


def test_limits_are_the_real_ones() -> None:
    assert f"Up to {MAX_DEPTH} brackets" in PAGE
    assert f"at most {MAX_LENGTH} characters" in PAGE
    assert f"is 1 to {MAX_NEAR}." in PAGE
