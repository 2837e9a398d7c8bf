"""Going through earlier lines."""

from __future__ import annotations

from reader.service.earlier import KEPT
from reader.ui.earlier_lines import MOST, EarlierLines


def lines_of(*lines: str) -> EarlierLines:
    earlier = EarlierLines()
    for line in lines:
        earlier.add(line)
    return earlier


def test_back_and_forward_through_all_of_them() -> None:
    lines = lines_of("a", "b", "a", "c")
    line, seen = "", []
    for step in (-1, -1, -1, -1, 1, 1, 1, 1):
        line = lines.step(step, line, line)
        seen.append(line)
    assert seen == ["c", "a", "b", "b", "a", "c", "", ""]


def test_those_that_begin_with_what_was_typed_and_back_to_it() -> None:
    lines = lines_of("tag +x", "zen", "tag +y")
    assert lines.step(-1, "tag", "tag") == "tag +y"
    assert lines.step(-1, "tag +y", "tag +y") == "tag +x"
    assert lines.step(1, "tag +x", "tag +x") == "tag +y"
    assert lines.step(1, "tag +y", "tag +y") == "tag"
    # Changed since: it is what is typed now.
    assert lines.step(-1, "ze", "ze") == "zen"


def test_lines_of_other_days_stand_before() -> None:
    lines = lines_of("b")
    assert lines.step(-1, "", "") == "b"
    lines.add_before(["a", "b", "z"])
    assert lines.step(-1, "b", "b") == "z"
    lines.leave()
    assert lines.step(-1, "z", "") == "b"


def test_so_many_are_kept_as_in_the_library() -> None:
    assert MOST == KEPT
    lines = lines_of(*map(str, range(MOST + 50)))
    lines.add_before(["of another day"])
    line, seen = "", []
    for _ in range(MOST + 60):
        line = lines.step(-1, line, "")
        seen.append(line)
    assert (len(set(seen)), line) == (MOST, "50")
