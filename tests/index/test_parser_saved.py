"""Saved searches inside a query: put in its place, and what is wrong told where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from index.errors import QuerySyntaxError, SyntaxProblem
from index.parser import MAX_DEPTH, SavedQuery, parse, parse_partial, to_text

NOW = datetime(2023, 7, 24, tzinfo=UTC)
P = SyntaxProblem


@dataclass(frozen=True)
class Texts:
    """Saved queries by name."""

    texts: Mapping[str, str]

    def find(self, name: str, *, starting: bool) -> Sequence[SavedQuery]:
        found = [key for key in self.texts if (key.startswith(name) if starting else key == name)]
        return [SavedQuery(key, self.texts[key]) for key in found]

    def nearest(self, name: str) -> str:
        return next((key for key in self.texts if key[0] == name[0]), "")


SAVED = Texts(
    {
        "war/east": "storm OR grain sort:newest",
        "war/west": "is:unread tide",
        "both": "saved:war/east saved:war/west",
        "all": "sort:oldest",
        "self": "a saved:other",
        "other": "b (saved:self)",
        "wrong": "souce:x",
        **{f"twice{at}": f"saved:twice{at + 1} saved:twice{at + 1}" for at in range(40)},
        "twice40": "x",
        **{f"deep{at}": f"saved:deep{at + 1}" for at in range(MAX_DEPTH + 2)},
        f"deep{MAX_DEPTH + 2}": "x",
    }
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("saved:war/east", "storm OR grain"),
        ("tide saved:war/east", "tide (storm OR grain)"),
        ("saved:war/west x", "is:unread tide x"),
        ("-saved:war/west", "-(is:unread tide)"),
        ("saved:war/*", "storm OR grain OR (is:unread tide)"),
        ("saved:both", "(storm OR grain) is:unread tide"),
        ("saved:(war/east both)", "(storm OR grain) (storm OR grain) is:unread tide"),
        ("saved:all", "*"),
        (f"saved:deep{MAX_DEPTH}", "x"),
        ("rule:both x", "rule:both x"),
        ("rule:war/*", "rule:war/*"),
    ],
)
def test_what_it_asks_for(text: str, meant: str) -> None:
    parsed = parse(text, now=NOW, saved=SAVED)
    assert parsed.sort is None
    assert parsed.query == parse(meant, now=NOW, saved=SAVED).query


@pytest.mark.parametrize(
    ("text", "problem", "start", "suggestion"),
    [
        ("x saved:wor", P.UNKNOWN_SAVED, 8, "war/east"),
        ("x rule:wor", P.UNKNOWN_SAVED, 7, "war/east"),
        ("x saved:zz*", P.UNKNOWN_SAVED, 8, ""),
        ("x saved:self", P.SAVED_CYCLE, 8, ""),
        ("x saved:wrong", P.SAVED_WRONG, 8, ""),
        ("x saved:twice0", P.SAVED_WRONG, 8, ""),
        ("x saved:deep0", P.SAVED_WRONG, 8, ""),
        ("x saved:*", P.MISSING_VALUE, 8, ""),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    text: str, problem: SyntaxProblem, start: int, suggestion: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text, now=NOW, saved=SAVED)
    error = caught.value
    assert (error.problem, error.start, error.suggestion) == (problem, start, suggestion)
    parsed = parse_partial(text, now=NOW, saved=SAVED)
    assert to_text(parsed.query) == "x"
    assert [one.args for one in parsed.problems] == [error.args]


def test_none_is_known_where_none_are_given() -> None:
    (problem,) = parse_partial("x saved:both", now=NOW).problems
    assert (problem.problem, problem.suggestion) == (P.UNKNOWN_SAVED, "")


def test_what_is_to_be_saved_cannot_ask_for_itself() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("saved:both", now=NOW, saved=SAVED, within=("war/west",))
    assert caught.value.problem is P.SAVED_CYCLE
