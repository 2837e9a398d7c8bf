"""Exports from the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.commands.parse import Command
from reader.ui.export_gate import FORMATS
from reader.ui.verbs.exporting import full_path
from tests.reader.ui.world import World


def test_a_path_is_told_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert full_path(Path("x.md")) == str(tmp_path / "x.md")
    assert full_path(tmp_path / "home" / "news" / "x.md") == "~/news/x.md"


async def test_what_is_selected_or_found_goes_into_a_file(world: World, tmp_path: Path) -> None:
    async with world.screen() as desk:

        async def run(line: str) -> str:
            await desk.press("colon")
            await desk.type(line)
            await desk.press("enter")
            await desk.settle()
            return desk.status

        one, many = tmp_path / "one.md", tmp_path / "many.html"
        assert await run(f"export markdown {one}") == f"wrote 1 article to {one}"
        assert one.read_text(encoding="utf-8").startswith("# ")
        assert "is there already" in await run(f"export markdown {one}")
        assert "wrote 2 articles" in await run(f"export html {many} on drone")
        await desk.press("asterisk")
        assert "wrote 6 articles" in await run(f"export epub {tmp_path / 'all.epub'}")
        assert "wrote the feeds" in await run(f"export opml {tmp_path / 'f.opml'}")
        assert "there is no format" in await run("export pdf x")
        assert "cannot write" in await run(f"export markdown {tmp_path / 'none' / 'a.md'}")
        assert "cannot write" in await run("export markdown ~nobody-is-called-so/a.md")
        assert "no article answers" in await run(f"export markdown {tmp_path / 'a.md'} on zzzz")
        desk.main.perform("cite.bibtex")
        await desk.settle()
        assert desk.status == "copied 6 citations as BibTeX"
        assert desk.app.clipboard.count("@") == 6
        desk.main.perform("cite.csl")
        await desk.settle()
        assert desk.status == "copied 6 citations as CSL-JSON"
        stopped = tmp_path / "stopped.md"
        desk.main.exporting.run(Command("export", f"markdown {stopped}"))
        desk.main.exporting.run(Command("export", "markdown"))
        desk.main.perform("feeds.stop")
        await desk.settle()
        assert desk.status == "the export was stopped; nothing was written"
        assert not stopped.exists()


async def test_the_line_is_begun_and_completed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with world.screen() as desk:
        await desk.press("g", "e")
        assert desk.main.command_line.text.startswith("export markdown dateline-")
        await desk.press("enter")
        await desk.settle()
        await desk.press("g", "e", "enter")
        await desk.settle()
        assert len(list(tmp_path.glob("dateline-*.md"))) == 2
        await desk.press("colon")
        await desk.type("export ")
        assert all(desk.shows(form) for form in FORMATS[:3])
