"""Keys that nobody meant: sequences of them raise nothing and leave the library consistent."""

from __future__ import annotations

import asyncio
import logging
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from reader.service.library import Library
from reader.ui.actions import ACTIONS
from tests.reader.ui.world import DRAFTS, Desk, World

KEYS_PRESSED = 300
TOGETHER = 6
"""Steps that are not waited for one by one."""

SIZES = ((80, 24), (150, 45), (40, 12))

QUITS = {"app.quit", "screen.leave"}
"""Actions that may end the program."""

KEYS = sorted({key for one in ACTIONS if one.name not in QUITS for key in one.keys})

LETTERS = "abcdefghijklmnoprstuvwxyz +-:/\"'()*# 0123456789é"

LINES = (
    "tag +war -far", "tag +war/black +x on drone", "tag -war on is:unread", "mark starred",
    "mark archived on kelmouth", "mark read", "sort title", "sort relevance", "narrow tram",
    "search drone OR", "search tag:war", "all", "undo", "redo", "history", "3", "99999",
    "saved add Water/Harbour on kelmouth", "saved add Drones", "saved rename Kites",
    "saved move 1", "saved query drone", "saved remove", "rule +seen starred", "rule test",
    "rule run", "rule back", "rule off", "rule on", "rule none", "retag war conflict",
    "retag x conflict", "colour conflict red", "colour war none", "quick war w", "quick x w",
    "note the crews", "highlight", "notes", "notes crews", "find the", "find", "why", "keys",
    "beside", "source rename Skerry", "source folder north", "source remove", "source every 2h",
    "entity rename Ilse B", "entity kind ORG", "entity ignore", "card Kelmouth",
    "mention Kelmouth", "entities status", "theme light", "zen", "update", "stop", "reload",
)  # fmt: skip

FACTS = {
    "tags": "SELECT t.name, a.article_id FROM article_tag a JOIN tag t ON t.id = a.tag_id",
    "looks": "SELECT name, colour, letter FROM tag WHERE colour <> '' OR letter <> ''",
    "marks": "SELECT mark, article_id FROM article_mark",
    "notes": 'SELECT id, article_id, start, "end", quote, words FROM note',
    "terms": "SELECT term, note_id FROM note_term",
    "saved": "SELECT id, name, query, place, deeds, active FROM saved_search",
    "feeds": "SELECT f.url, s.name, f.folder, f.state FROM feed f JOIN source s"
    " ON s.id = f.source_id",
    "sources": "SELECT name, articles, read FROM source WHERE articles > 0",
    "entities": "SELECT id, reader_name, reader_kind, ignored FROM entity WHERE articles > 0",
    "named": "SELECT entity_id, article_id, n FROM article_entity",
}
"""What the reader made, as rows."""

RULES = {
    "a tag counts its articles": "SELECT name FROM tag t WHERE articles <>"
    " (SELECT count(*) FROM article_tag WHERE tag_id = t.id)",
    "a source counts its articles": "SELECT name FROM source s WHERE articles <>"
    " (SELECT count(*) FROM article WHERE source_id = s.id)",
    "a source counts what was read": "SELECT name FROM source s WHERE read <> (SELECT count(*)"
    " FROM article a JOIN article_mark m ON m.article_id = a.id AND m.mark = 'read'"
    " WHERE a.source_id = s.id)",
    "a letter belongs to one tag": "SELECT letter FROM tag WHERE letter <> ''"
    " GROUP BY letter HAVING count(*) > 1",
    "places of saved searches differ": "SELECT place FROM saved_search GROUP BY place"
    " HAVING count(*) > 1",
    "all references lead somewhere": "PRAGMA foreign_key_check",
}
"""Queries that find what breaks a rule."""


Facts = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Step:
    """Keys that are pressed together, or a new size."""

    keys: tuple[str, ...] = ()
    size: tuple[int, int] | None = None


def steps(seed: int) -> Iterator[Step]:
    """What is done with a seed, so many keys of it."""
    source, left = random.Random(seed), KEYS_PRESSED
    while left > 0:
        match source.random():
            case chance if chance < 0.03:
                yield Step(size=source.choice(SIZES))
                continue
            case chance if chance < 0.09:
                step = Step((":", *source.choice(LINES), "enter"))
            case chance if chance < 0.2:
                step = Step(tuple(source.choices(LETTERS, k=source.randint(1, 4))))
            case chance if chance < 0.3:
                step = Step((source.choice(("enter", "escape", "tab", "down")),))
            case _:
                step = Step(tuple(source.choice(KEYS).split()))
        left -= len(step.keys)
        yield step


def as_event(key: str) -> Key:
    if len(key) > 1:
        return Key(key, " " if key == "space" else None)
    return Key(_character_to_key(key), key)


def facts(folder: Path) -> Facts:
    """What the reader made, with every rule looked at."""
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection:
        for rule, query in RULES.items():
            assert connection.execute(query).fetchall() == [], rule
        return {name: sorted(connection.execute(sql), key=repr) for name, sql in FACTS.items()}


def forget_changes(folder: Path) -> None:
    """Let what is there be what it was before the first change."""
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM event_source")
        connection.execute("DELETE FROM event")


def check(library: Library, folder: Path) -> None:
    """Sets as bits are the sets as rows, and the counts are those of the rows."""
    told = facts(folder)
    for name in {name for name, _ in told["tags"]}:
        rows = sorted(one for tag, one in told["tags"] if tag == name)
        assert list(library.store.tags.packed(str(name)).ids()) == rows
    tagged = sorted({one for _, one in told["tags"]})
    assert list(library.store.tags.packed_tagged().ids()) == tagged
    for mark in ("read", "starred", "archived"):
        rows = sorted(one for name, one in told["marks"] if name == mark)
        assert list(library.store.marks.packed(mark).ids()) == rows
    counts = library.reading.counts()
    assert counts.unread == counts.articles - sum(name == "read" for name, _ in told["marks"])


def check_history(library: Library, folder: Path, before: Facts) -> None:
    """All undone, the library is as it was; all done again, as it came to be."""
    after = facts(folder)
    events = library.history.list_events(10_000)
    reachable = [one.id for one in events if not one.dropped]
    done = next((one.id for one in events if not one.undone), 0)
    library.history.jump(0)
    assert facts(folder) == before
    library.history.jump(max(reachable, default=0))
    check(library, folder)
    library.history.jump(done)
    assert facts(folder) == after


async def press(desk: Desk, left: Iterator[Step]) -> bool:
    """Do what is left; False when the program was ended before all of it was done."""
    for number, step in enumerate(left):
        if step.size is not None:
            await desk.pilot.resize_terminal(*step.size)
        for key in step.keys:
            desk.app.post_message(as_event(key))
        await asyncio.sleep(0)
        if number % TOGETHER == 0:
            await desk.pilot.pause(0.01)
        if not desk.app.is_running:
            return False
    # What is fetched is never there: no job is waited for.
    await desk.pilot.pause(0.2)
    return True


async def run(world: World, seed: int) -> None:
    world.subscribe("Skerry Post", "north")
    forget_changes(world.folder)
    before = facts(world.folder)
    left, is_done = steps(seed), False
    while not is_done:
        async with world.screen(*SIZES[seed % len(SIZES)]) as desk:
            is_done = await press(desk, left)
        assert desk.app.fault is None
    with closing(world.open_library()) as library:
        check(library, world.folder)
        check_history(library, world.folder, before)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key reaches a file or a program of this machine."""
    for name in ("HOME", "PATH", "XDG_CONFIG_HOME", "DATELINE_CONFIG"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.chdir(tmp_path)


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.mark.parametrize("seed", range(3))
async def test_no_keys_break_anything(
    world: World, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    await run(world, seed)
    assert faults(caplog) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 203))
async def test_no_keys_of_many_break_anything(
    tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    world = World(tmp_path / "library")
    world.add(*reversed(DRAFTS))
    await run(world, seed)
    assert faults(caplog) == []
