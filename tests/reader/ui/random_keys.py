"""What nobody meant to press, and what holds of a library whatever was pressed.

A seed gives the same steps again: keys that are bound anywhere, letters, lines of the command
line, the mouse, text that is pasted, and new sizes of the terminal.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import dropwhile
from pathlib import Path
from typing import Any

from textual.events import (
    Event,
    Key,
    MouseDown,
    MouseEvent,
    MouseMove,
    MouseScrollDown,
    MouseScrollUp,
    MouseUp,
    Paste,
)
from textual.keys import _character_to_key
from textual.pilot import Pilot

from index.analysis import tokens
from reader.errors import LibraryError
from reader.service.library import Library
from reader.ui.actions import ACTIONS
from reader.ui.presets import PRESETS
from reader.ui.tui import DatelineApp

KEYS_PRESSED = 300
TOGETHER = 8
"""Steps that are not waited for one by one."""

SIZES = ((80, 24), (150, 45), (40, 12))

QUITS = {"app.quit", "screen.leave"}
"""Actions that may end the program."""

_OWN = {key for one in ACTIONS if one.name not in QUITS for key in one.keys}
_PRESET = {key for one in PRESETS.values() for keys in one.keys.values() for key in keys}
KEYS = sorted(_OWN | _PRESET - {key for one in ACTIONS if one.name in QUITS for key in one.keys})

LETTERS = "abcdefghijklmnoprstuvwxyz +-:/\"'()*# 0123456789é"

LINES = (
    "tag +war -far", "tag +war/black +x on drone", "tag -war on is:unread", "mark starred",
    "mark archived on kelmouth", "mark read", "sort title", "sort relevance", "narrow tram",
    "search drone OR", "search tag:war", "all", "undo", "redo", "history", "3", "99999",
    "saved add Water/Harbour -- kelmouth", "saved add Drones", "saved rename Kites",
    "saved rename Water", "saved Water", "saved move 1", "saved move 99", "saved query drone",
    "saved query (", "saved remove", "rule +seen starred", "rule test", "rule +seen notify true",
    "rule archived notify cat", "rule run", "rule back", "rule off", "rule on", "rule none",
    "retag war conflict", "retag x conflict", "retag conflict war/old", "retag war war",
    "colour conflict red", "colour war none", "quick war w", "quick x w", "quick none none",
    "note the crews", "note -", "highlight", "notes", "notes crews", "notes tag:war", "find the",
    "find", "find zzz", "why", "keys", "keys unbound", "keys g g", "beside", "pictures", "tour",
    "tour skip", "source rename Skerry", "source folder north", "source folder", "source remove",
    "source every 2h", "source every often", "entity rename Ilse B", "entity kind ORG",
    "entity ignore", "entity merge Kelmouth", "entity split Ilse", "card Kelmouth",
    "mention Kelmouth", "mention -", "entities status", "entities rebuild", "theme light",
    "theme nord", "theme none", "zen", "update", "stop", "reload", "pipe cat", "pipe true",
    "pipe cat {id}", "run seen", "run told", "run nothing", "set reading.measure 40",
    "set keymap vim", "set keymap default", "set reading.line_spacing 1", "set theme textual-ansi",
    "set nothing 3", "set entity_colours safe", "config", "config edit", "help", "export",
    "export markdown out.md", "export epub out.epub on kelmouth", "export html on tag:war",
    "export notes out.txt", "export bibtex out.bib", "export opml out.opml", "export word out",
    "open", "why not", "\\", "tag", "tag +", "rule", "saved", "mark", "source", "set",
)  # fmt: skip

PASTED = (
    "kelmouth",
    "two words\nand a line",
    "\x1b[31mred\x07",
    "tag:war is:unread",
    "",
    "é" * 300,
)

FACTS = {
    "tags": "SELECT t.name, a.article_id FROM article_tag a JOIN tag t ON t.id = a.tag_id",
    "looks": "SELECT name, colour, letter FROM tag WHERE colour <> '' OR letter <> ''",
    "marks": "SELECT mark, article_id FROM article_mark",
    "notes": 'SELECT id, article_id, start, "end", quote, words FROM note',
    "terms": "SELECT term, note_id FROM note_term",
    "saved": "SELECT id, name, query, place, deeds, active FROM saved_search",
    "feeds": "SELECT f.url, s.name, f.folder, f.state = 'removed' FROM feed f JOIN source s"
    " ON s.id = f.source_id",
    "sources": "SELECT name, articles, read FROM source WHERE articles > 0",
    "entities": "SELECT id, reader_name, reader_kind, ignored FROM entity WHERE articles > 0",
    "named": "SELECT entity_id, article_id, n FROM article_entity",
}
"""What the reader made, as rows."""

_TOLD = (
    "SELECT source_id, id AS article_id FROM article"
    " UNION SELECT source_id, article_id FROM duplicate"
)
"""Articles and the sources that told of them."""

RULES = {
    "a tag counts its articles": "SELECT name FROM tag t WHERE articles <>"
    " (SELECT count(*) FROM article_tag WHERE tag_id = t.id)",
    "a source counts its articles": "SELECT name FROM source s WHERE articles <>"
    f" (SELECT count(*) FROM ({_TOLD}) WHERE source_id = s.id)",
    "a source counts what was read": "SELECT name FROM source s WHERE read <> (SELECT count(*)"
    f" FROM ({_TOLD}) t JOIN article_mark m ON m.article_id = t.article_id AND m.mark = 'read'"
    " WHERE t.source_id = s.id)",
    "an entity counts its articles": "SELECT id FROM entity e WHERE articles <>"
    " (SELECT count(*) FROM article_entity WHERE entity_id = e.id)",
    "a letter belongs to one tag": "SELECT letter FROM tag WHERE letter <> ''"
    " GROUP BY letter HAVING count(*) > 1",
    "places of saved searches differ": "SELECT place FROM saved_search GROUP BY place"
    " HAVING count(*) > 1",
    "all references lead somewhere": "PRAGMA foreign_key_check",
    "the file is whole": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
}
"""Queries that find what breaks a rule."""

Facts = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Step:
    """Keys that are pressed together, what the mouse does, what is pasted, a new size, or what
    somebody else does meanwhile."""

    keys: tuple[str, ...] = ()
    size: tuple[int, int] | None = None
    mouse: tuple[tuple[type[MouseEvent], int, int], ...] = ()
    text: str | None = None
    beside: Callable[[], None] | None = None


def steps(seed: int, count: int = KEYS_PRESSED) -> Iterator[Step]:
    """What is done with a seed, so many keys of it."""
    source, left = random.Random(seed), count
    while left > 0:
        match source.random():
            case chance if chance < 0.03:
                yield Step(size=source.choice(SIZES))
                continue
            case chance if chance < 0.08:
                yield Step(mouse=tuple(_mouse(source)))
                continue
            case chance if chance < 0.09:
                yield Step(text=source.choice(PASTED))
                continue
            case chance if chance < 0.15:
                step = Step((":", *source.choice(LINES), "enter"))
            case chance if chance < 0.25:
                step = Step(tuple(source.choices(LETTERS, k=source.randint(1, 4))))
            case chance if chance < 0.4:
                step = Step((source.choice(("enter", "escape", "escape", "tab", "down")),))
            case _:
                step = Step(tuple(source.choice(KEYS).split()))
        left -= len(step.keys)
        yield step


def _mouse(source: random.Random) -> Iterator[tuple[type[MouseEvent], int, int]]:
    width, height = source.choice(SIZES)
    x, y = source.randrange(width), source.randrange(height)
    match source.randrange(3):
        case 0:
            for _ in range(source.randint(1, 3)):
                yield from ((MouseDown, x, y), (MouseUp, x, y))
        case 1:
            yield (MouseDown, x, y)
            for _ in range(3):
                x, y = source.randrange(width), source.randrange(height)
                yield (MouseMove, x, y)
            yield (MouseUp, x, y)
        case _:
            yield (source.choice((MouseScrollDown, MouseScrollUp)), x, y)


def as_event(key: str) -> Key:
    if len(key) > 1:
        return Key(key, " " if key == "space" else None)
    return Key(_character_to_key(key), key)


def events_of(step: Step, width: int, height: int) -> Iterator[Event]:
    """What the terminal would send, which knows its size."""
    yield from map(as_event, step.keys)
    for kind, x, y in step.mouse:
        button = 0 if kind is MouseMove else 1
        at = (min(x, width - 1), min(y, height - 1))
        yield kind(None, *at, 0, 0, button, False, False, False, *at)
    if step.text is not None:
        yield Paste(step.text)


async def press(app: DatelineApp, pilot: Pilot[LibraryError], left: Iterator[Step]) -> bool:
    """Do what is left; False when the program was ended before all of it was done."""
    for number, step in enumerate(left):
        if step.size is not None:
            await pilot.resize_terminal(*step.size)
        if step.beside is not None:
            await asyncio.to_thread(step.beside)
        for event in events_of(step, *app.size):
            app.post_message(event)
        await asyncio.sleep(0)
        if number % TOGETHER == 0:
            await pilot.pause(0.01)
        if not app.is_running:
            return False
    # What is fetched is never there: no job is waited for.
    await pilot.pause(0.2)
    return True


def facts(folder: Path) -> Facts:
    """What the reader made, with every rule looked at."""
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection:
        for rule, query in RULES.items():
            assert connection.execute(query).fetchall() == [], rule
        return {name: sorted(connection.execute(sql), key=repr) for name, sql in FACTS.items()}


def assert_same(told: Facts, wanted: Facts, what: str) -> None:
    """Say what differs, not all there is."""
    for name in FACTS:
        more = [row for row in told[name] if row not in wanted[name]]
        less = [row for row in wanted[name] if row not in told[name]]
        assert (more[:5], less[:5]) == ([], []), f"{what}: {name}"
        assert told[name] == wanted[name], f"{what}: {name}"


def check(library: Library, folder: Path) -> Facts:
    """Sets as bits are the sets as rows, the counts are those of the rows, and notes are found
    by their words."""
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
    assert sorted(told["terms"]) == sorted(_terms(told["notes"]))
    return told


def _terms(notes: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, int]]:
    for note_id, *_, quote, words in notes:
        found = [token for text in (words, quote) for token in tokens(text)]
        for term in {token.stem for token in found} | {f"={token.form}" for token in found}:
            yield term, note_id


def check_history(library: Library, folder: Path, before: Facts | None) -> None:
    """All undone, the library is as it was `before` all changes; all done again, as it came to
    be. With None something has come in between that is no change of the reader's: there and
    back again twice comes to the same."""
    after = facts(folder)
    changes = library.history.list_events(10_000)
    last = next((one.id for one in changes if not one.dropped), 0)
    behind = list(dropwhile(lambda one: one.undone, changes))
    done = behind[0].id if behind else 0
    # What stands on top of them was marked in passing: undoing goes past that.
    passed = sum(one.undone and not one.dropped for one in behind)
    library.history.jump(0)
    first = check(library, folder)
    if before is not None:
        assert_same(first, before, "all undone")
    library.history.jump(last)
    newest = check(library, folder)
    library.history.jump(done)
    for _ in range(passed):
        library.history.undo()
    if before is not None:
        assert_same(facts(folder), after, "done again")
    for event, wanted in ((0, first), (last, newest)):
        library.history.jump(event)
        assert_same(facts(folder), wanted, f"once more at {event}")
