"""Imports, dumps and restores from the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.commands.parse import Command
from reader.config import seeds_folder
from reader.ui.path_gate import paths_like
from reader.ui.verbs.exporting import free_name
from tests.reader.ui.world import World, draft


async def test_files_are_brought_in_and_what_was_made_is_kept_elsewhere(
    world: World, tmp_path: Path
) -> None:
    news, dump = tmp_path / "my news", tmp_path / "mine.txt"
    news.mkdir()
    (news / "a.txt").write_text("Ferry returns\n\nThe ferry returned to Kelmouth at noon.\n")
    (news / "b.txt").write_bytes(b"")
    async with world.screen() as desk:
        await desk.press("ctrl+p")
        await desk.type("import")
        await desk.press("enter")
        assert desk.main.command_line.text == "import "
        await desk.press("escape")
        desk.main.files.import_line(Command("import", f"'{news}'"))
        desk.main.files.import_line(Command("import", "x"))
        assert "an import is under way" in desk.status
        await desk.settle()
        assert desk.status == "1 added, 1 failed"
        assert desk.main.files._gate._process is None
        assert desk.shows("b.txt")
        await desk.press("escape")
        desk.main.files.import_line(Command("import", str(news)))
        assert desk.main.files.stop()
        await desk.settle()
        assert not desk.main.files.stop()
        await desk.press("escape")

        await desk.press_line("tag +kept")
        await desk.settle()
        await desk.press_line(f"dump {dump}")
        await desk.settle()
        assert "wrote what you made" in desk.status
        await desk.press_line(f"dump {dump}")
        await desk.settle()
        assert "is there already" in desk.status
        await desk.press_line("tag -kept")
        await desk.settle()
        await desk.press_line(f"restore {dump}")
        await desk.settle()
        assert "1 article differ" in desk.status
        await desk.press_line(f"restore {tmp_path / 'none.txt'}")
        await desk.settle()
        assert "cannot read" in desk.status
        await desk.press_line("import ~nobody-is-called-so/x")
        assert "nobody here is called" in desk.status


async def test_the_lines_are_begun_and_paths_completed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letters").mkdir()
    monkeypatch.chdir(tmp_path)
    async with world.screen() as desk:
        desk.main.perform("files.dump")
        assert desk.main.command_line.text.startswith("dump dateline-")
        await desk.press("escape")
        desk.main.perform("files.restore")
        await desk.type("le")
        await desk.settle()
        await desk.press("tab")
        await desk.settle()
        assert desk.main.command_line.text == "restore letters/"


async def test_samples_are_archived_as_one_change(world: World) -> None:
    world.add(*(draft(name, name, origin=str(seeds_folder() / name)) for name in ("one", "two")))
    async with world.screen() as desk:
        for said in ("archived 2 · ", "there are no samples"):
            desk.main.perform("samples.archive")
            await desk.settle()
            assert desk.status.startswith(said)


def test_paths_go_on_from_what_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("b.txt", "a.txt", ".hidden", "bad\x1bname"):
        (tmp_path / name).touch()
    (tmp_path / "box").mkdir()
    assert [one.text for one in paths_like("~/")] == ["~/box/", "~/a.txt", "~/b.txt"]
    assert [(one.label, one.kind) for one in paths_like(f"{tmp_path}/b")] == [
        ("box/", "folder"),
        ("b.txt", "file"),
    ]
    assert [one.label for one in paths_like("~/.")] == [".hidden"]
    assert not paths_like("~nobody-is-called-so/")
    assert not paths_like("/nothing/there")


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    name = tmp_path / "mine.txt"
    assert free_name(name) == name
    name.touch()
    (tmp_path / "mine-2.txt").touch()
    assert free_name(name) == tmp_path / "mine-3.txt"
