"""Lines that were typed earlier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.commands.deeds import NOTIFY
from reader.service.earlier import KEPT, Earlier, Kind, holds_secret, holds_shell_command
from reader.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def test_the_last_lines_of_each_kind_are_kept_once(store: Store) -> None:
    earlier = Earlier(store)
    assert earlier.list(Kind.QUERY) == ()
    for number in range(KEPT + 5):
        earlier.add(Kind.COMMAND, f"tag +a on id:{number}")
    earlier.add(Kind.COMMAND, "tag +a on id:7")
    earlier.add(Kind.QUERY, "“grain” деal")
    lines = earlier.list(Kind.COMMAND)
    assert len(lines) == KEPT
    assert lines[-1] == "tag +a on id:7"
    assert lines.count("tag +a on id:7") == 1
    assert lines[0] == "tag +a on id:5"
    assert Earlier(store).list(Kind.QUERY) == ("“grain” деal",)


@pytest.mark.parametrize(
    ("line", "is_secret"),
    [
        ("add https://me:pass@feeds.example/x", True),
        ('add "https://me:pass@feeds.example/x" News', True),
        ("source move https://feeds.example/x?token=abcdef", True),
        ("rule +x notify curl http://u:p@h.example/", True),
        ("add me:pass@feeds.example", True),
        ("search url:https://u:p@h.example/", True),
        ("note see [it](https://u:p@h.example/x)", True),
        ("set proxy=https://u:p@h.example", True),
        ("“https://h.example/x?token=abcdef”", True),
        ("add https://feeds.example/x?page=2", False),
        ("tag +war on who:putin date:2023", False),
        ("add feeds.example:8080/x", False),
    ],
)
def test_a_line_with_a_secret_is_not_kept(store: Store, line: str, is_secret: bool) -> None:
    earlier = Earlier(store)
    earlier.add(Kind.COMMAND, line)
    assert holds_secret(line) is is_secret
    assert earlier.list(Kind.COMMAND) == (() if is_secret else (line,))


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        (f"rule +x {NOTIFY} curl -u me:secret h.example", False),
        ("rule set War notify ntfy-send --token abcdef", False),
        ("pipe curl -u me:secret -T - h.example", False),
        ("rule +notify starred", True),
        ("note notify the desk", True),
        ("run print", True),
        ("", True),
    ],
)
def test_a_command_of_another_program_is_not_kept(store: Store, line: str, is_kept: bool) -> None:
    earlier = Earlier(store)
    earlier.add(Kind.COMMAND, line)
    assert holds_shell_command(line) is not is_kept
    assert earlier.list(Kind.COMMAND) == ((line,) if is_kept else ())
    earlier.add(Kind.QUERY, "pipe fitters")
    assert earlier.list(Kind.QUERY) == ("pipe fitters",)
