"""Keys that nobody meant: sequences of them raise nothing and leave the library consistent."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.config import read_settings
from reader.feeds import Subscription
from reader.kept import Colour, Deeds
from reader.model import Attachment, Draft, Mark, Markup, MarkupKind, Precision, Published
from reader.service.commands_run import CommandRunner, Ended
from reader.service.library import Library
from reader.ui.ports import Ports, ports
from reader.ui.tui import build
from tests.reader.ui.random_keys import (
    KEYS_PRESSED,
    SIZES,
    Facts,
    Step,
    check,
    check_history,
    facts,
    press,
    steps,
)
from tests.reader.ui.world import DRAFTS, NotedBrowser, ToldFetching, World

KEYMAPS = ("default", "newsboat", "vim", "emacs", "arrows")

PROGRAMS = ("true", "cat")
"""All that can be started."""

SETTINGS = """
keymap = "{preset}"
pictures = "on demand"
[commands]
seen = "true {{url}} {{title}}"
told = "cat"
aside = "terminal:cat"
[keys]
":tag +seen" = "f5"
"""


# Over the index in memory


def forget_changes(folder: Path) -> None:
    """Let what is there be what it was before the first change."""
    with closing(sqlite3.connect(folder / "library.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM event_source")
        connection.execute("DELETE FROM event")


async def run(world: World, seed: int, keys: int = KEYS_PRESSED) -> None:
    world.subscribe("Skerry Post", "north")
    forget_changes(world.folder)
    before = facts(world.folder)
    left, is_done = steps(seed, keys), False
    while not is_done:
        async with world.screen(*SIZES[seed % len(SIZES)]) as desk:
            is_done = await press(desk.app, desk.pilot, left)
        assert desk.app.fault is None
    with closing(world.open_library()) as library:
        check(library, world.folder)
        check_history(library, world.folder, before)


# Over a library with everything in it, with the processes that search, index and fetch


def article(number: int, **more: object) -> Draft:
    """One of many, with a link, a picture, two names and a heading."""
    place = ("Kelmouth", "Minsk", "Aldport")[number % 3]
    begin = f"Alexander Lukashenko and Ilse Brandt met in {place} for the {number}th time."
    body = f"They spoke of the harbour, of drones and of {'kites and ' * (number % 4)}trams."
    text = "\n\n".join((begin, "What was said", *[body] * (number % 9 + 1), "See the minutes."))
    at = text.index("minutes")
    link = Markup(at, at + 7, MarkupKind.LINK, f"https://minutes.invalid/{number}")
    picture = Attachment(f"https://minutes.invalid/{number}.png", "image/png")
    return Draft(
        f"Talks in {place}, day {number}",
        text,
        published=Published(datetime(2023, 7, number % 28 + 1, tzinfo=UTC), Precision.DAY),
        source=("Northgate Courier", "Meridian Wire", "")[number % 3],
        url=f"https://news.invalid/{number}",
        markup=(link,),
        attachments=(picture,),
        authors=("Nora Field",),
        **more,  # type: ignore[arg-type]
    )


def furnish(folder: Path) -> None:
    """Make a library with feeds, names, tags, notes, saved searches, rules and what they did."""
    with closing(Library.open(folder)) as library:
        store = library.store
        for name, where in (("Skerry Post", "north/coast"), ("Inland Times", "")):
            url = f"https://{name[:6].lower()}.invalid/feed"
            store.feeds.add(Subscription(url, name, folder=where), private=False)
            for number in range(3):
                store.articles.save(article(80 + number, feed=url, guid=f"{name}{number}"))
        ids = [store.articles.save(one)[0] for one in (*DRAFTS, *map(article, range(40)))]
        library.indexing.run()
        library.tagging.tag(ids[::3], ["war", "war/black"], [])
        library.tagging.tag(ids[::5], ["x", "far", "conflict/old"], [])
        library.tagging.colour("war", Colour.RED)
        library.tagging.letter("war", "w")
        library.tagging.mark(ids[::4], Mark.READ)
        library.tagging.mark(ids[::7], Mark.STARRED)
        library.notes.add(ids[0], 0, 11, "Ask the crews.")
        library.notes.add(ids[1], 0, 0, "On the whole of it.")
        library.saved_searches.add("Water/Kelmouth", "kelmouth -is:archived")
        library.saved_searches.add("Water", "harbour")
        library.saved_searches.add("Unread talks", "who:lukashenko is:unread")
        library.saved_searches.add("Noted", "has:note OR note:crews")
        library.saved_searches.set_deeds("Water", Deeds(("water",), ("x",), ("starred",), "true"))
        library.saved_searches.set_deeds("Noted", Deeds(("noted",)))
        library.saved_searches.set_active("Noted", False)
        store.articles.save(article(70))
        library.indexing.run()
        [first, *_] = library.reading.list_entities(ids[0])
        library.correcting.rename(first.entity.id, "Somebody Else")


class Lent(CommandRunner):
    """Runs commands in a terminal where nobody presses Enter afterwards."""

    def in_terminal(self, argv: Sequence[str], text: str | None = None, *_: object) -> Ended:
        return super().in_terminal(argv, text)


def real_ports(folder: Path, seed: int) -> Ports:
    """Those of the program; no browser is opened, and fetching is for every fifth seed."""
    found = replace(ports(folder), browser=NotedBrowser(), commands=Lent)
    return found if seed % 5 == 0 else replace(found, start_fetch=ToldFetching)


def arrive(folder: Path, number: int) -> None:
    """Bring something in, as another process would."""
    with closing(Library.open(folder)) as library:
        for one in range(3):
            library.store.articles.save(article(100 + 3 * number + one))


def brings_in(seed: int) -> bool:
    return seed % 3 == 0


def real_steps(folder: Path, seed: int, keys: int) -> list[Step]:
    """Those of the seed; half way something comes in with some, and others begin anew."""
    found = list(steps(seed, keys))
    if brings_in(seed):
        found.insert(len(found) // 2, Step(beside=lambda: arrive(folder, seed)))
    if seed % 4 == 0:
        found.insert(len(found) // 2, Step(("ctrl+q",)))
    return found


async def run_real(folder: Path, seed: int, keys: int = KEYS_PRESSED) -> None:
    settings = folder.parent / "config.toml"
    settings.write_text(SETTINGS.format(preset=KEYMAPS[seed % len(KEYMAPS)]))
    left, is_done = iter(real_steps(folder, seed, keys)), False
    while not is_done:
        app, gateway = build(
            real_ports(folder, seed), read_settings(settings), environment={}, folder=folder
        )
        app.suspend = nullcontext  # type: ignore[assignment, method-assign]
        try:
            async with app.run_test(size=SIZES[seed % len(SIZES)], notifications=True) as pilot:
                await asyncio.sleep(0.3)
                is_done = await press(app, pilot, left)
        finally:
            await asyncio.to_thread(gateway.close)
        if app.fault is not None:
            raise app.fault


def check_real(folder: Path, seed: int, before: Facts) -> None:
    with closing(Library.open(folder)) as library:
        library.indexing.run()
        assert library.indexing.verify().sound
        check(library, folder)
        check_history(library, folder, None if brings_in(seed) else before)
        library.indexing.run()
        assert library.indexing.verify().sound
    log = folder / "log.txt"
    assert not log.exists() or not log.read_text()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that is only copied."""
    folder = tmp_path_factory.mktemp("furnished") / "library"
    furnish(folder)
    return folder


@pytest.fixture(scope="session")
def unmade(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """What it was before the first change."""
    folder = tmp_path_factory.mktemp("unmade") / "library"
    shutil.copytree(furnished, folder)
    with closing(Library.open(folder)) as library:
        library.history.jump(0)
    return facts(folder)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key reaches a file or a program of this machine, but for those that do nothing."""
    (tmp_path / "bin").mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        assert found is not None
        (tmp_path / "bin" / name).symlink_to(found)
    for name in ("HOME", "XDG_CONFIG_HOME", "DATELINE_CONFIG"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.setenv(name, "true")
    monkeypatch.chdir(tmp_path)


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


async def test_no_keys_break_anything(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await run(world, 0, KEYS_PRESSED // 3)
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


async def test_no_keys_break_a_real_library(
    furnished: Path, unmade: Facts, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(furnished, folder)
    await run_real(folder, 1, KEYS_PRESSED // 3)
    check_real(folder, 1, unmade)
    assert faults(caplog) == []


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", range(2, 202))
async def test_no_keys_of_many_break_a_real_library(
    furnished: Path, unmade: Facts, tmp_path: Path, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(furnished, folder)
    await run_real(folder, seed)
    check_real(folder, seed, unmade)
    assert faults(caplog) == []
