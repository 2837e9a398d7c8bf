"""What was begun is finished before the screen ends."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.events import Key, MouseDown, Paste

from reader.commands.parse import Command
from reader.errors import LibraryBusyError
from reader.ui.widgets.typesetting import LONG
from tests.reader.ui.samples import SENTENCES, make_article
from tests.reader.ui.world import Desk, World


def typed(desk: Desk, *keys: str) -> None:
    """Keys that come all at once."""
    for key in keys:
        desk.app.post_message(Key(key, key if len(key) == 1 else None))


def runs(desk: Desk) -> bool:
    return desk.app.is_running


@contextmanager
def held(world: World) -> Iterator[sqlite3.Connection]:
    """A library that another process is writing to."""
    connection = sqlite3.connect(
        world.folder / "library.sqlite3", isolation_level=None, check_same_thread=False
    )
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    finally:
        connection.close()


async def test_a_mark_and_quitting_in_one_go(world: World) -> None:
    async with world.screen() as desk:
        typed(desk, "m", "q")
        await desk.settle()
        assert not runs(desk)
    assert len(world.ids("is:read")) == 1


async def test_what_is_typed_while_the_program_ends_is_let_go(world: World) -> None:
    async with world.screen() as desk:
        typed(desk, "q")
    for late in (
        Key("j", "j"), Paste("words"), MouseDown(None, 1, 1, 0, 0, 1, False, False, False)
    ):  # fmt: skip
        await desk.app.on_event(late)
    assert desk.app.fault is None


async def test_quitting_waits_for_a_busy_library(world: World) -> None:
    async with world.screen() as desk:
        with held(world) as connection:
            typed(desk, "m", "j", "m", "j", "m", "q")
            await desk.pilot.pause(0.2)
            assert runs(desk)
            assert desk.status == "finishing what was begun"
            connection.rollback()
        await desk.settle()
        assert not runs(desk)
    assert len(world.ids("is:read")) == 3


async def test_quitting_ends_an_import(world: World, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ferry returns\n\nThe ferry returned to Kelmouth at noon.\n")
    async with world.screen() as desk:
        with held(world) as connection:
            desk.main.files.import_line(Command("import", str(tmp_path)))
            typed(desk, "q")
            await desk.pilot.pause(0.2)
            assert runs(desk)
            assert desk.status == "finishing what was begun"
            connection.rollback()
        await desk.settle()
        assert not runs(desk)


async def test_quitting_twice_ends_at_once_and_loses_nothing(world: World) -> None:
    with held(world) as connection:
        async with world.screen() as desk:
            typed(desk, "f", "j", "f", "q", "q")
            await desk.pilot.pause(0.2)
            assert not runs(desk)
            threading.Timer(0.2, connection.rollback).start()
        assert len(world.ids("is:starred")) == 2


async def test_quitting_waits_only_so_long(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ui.verbs.system.PATIENCE", 0.1)
    with held(world) as connection:
        async with world.screen() as desk:
            typed(desk, "f", "q")
            await desk.pilot.pause(0.4)
            assert not runs(desk)
            threading.Timer(0.2, connection.rollback).start()
        assert len(world.ids("is:starred")) == 1


async def test_a_change_that_fails_keeps_the_screen(world: World) -> None:
    async with world.screen() as desk:
        library = desk.main.gateway.writes

        async def fail(_work: object) -> None:
            raise LibraryBusyError(world.folder, "locked")

        library.finish = fail  # type: ignore[method-assign,assignment]
        typed(desk, "f", "q")
        await desk.settle()
        assert runs(desk)
        assert desk.main.status.is_error
        typed(desk, "q")
        await desk.settle()
        assert not runs(desk)


async def test_a_mark_is_turned_twice_by_two_presses(world: World) -> None:
    async with world.screen() as desk:
        typed(desk, "f", "f", "f")
        await desk.settle()
        assert len(world.ids("is:starred")) == 1
        assert desk.status == "starred 1 · u undoes"


async def test_the_place_is_kept_when_the_cursor_moves_on_at_once(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "j", "enter", "pagedown", "pagedown")
        anchor = desk.main.article.anchor
        with held(world) as connection:
            typed(desk, "h", "k", "j")
            await desk.pilot.pause(0.3)
            assert desk.main.article.anchor == anchor
            typed(desk, "k", "q")
            await desk.pilot.pause(0.1)
            connection.rollback()
        await desk.settle()
        assert not runs(desk)
    async with world.screen() as desk:
        await desk.press("j", "j")
        assert desk.main.article.anchor == anchor
    assert len(world.ids("is:read")) == 1


async def test_marking_what_is_gone_does_nothing(world: World) -> None:
    async with world.screen() as desk:
        gone = world.ids("title:harbour")[0]
        world.delete(gone)
        await desk.press("f")
        assert desk.status == ""
        assert not await desk.main.gateway.mark_read(gone)


def layouts() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("layout")]


async def test_long_articles_are_laid_out_in_one_thread_which_ends_with_the_screen(
    world: World,
) -> None:
    before = layouts()
    async with world.screen() as desk:
        article = make_article(LONG // len(SENTENCES[0]))
        for view in (desk.main.article, desk.main.second):
            assert await view.prepare(article) is not None
        [made] = [one for one in layouts() if one not in before]
    made.join(timeout=10)
    assert not made.is_alive()
