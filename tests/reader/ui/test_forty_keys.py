"""A whole piece of work, counted in keys: find what is unread of July 2023 about one person, tag
it, star the longest, note a quote, undo the tag and write the rest into a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from reader.model import Draft, Mark, Precision, Published
from reader.service.library import Library
from reader.ui.places import Place
from reader.ui.ports import ports
from reader.ui.screens.main import MainScreen
from reader.ui.tui import build

WORDS = "Alexander Lukashenko spoke in Minsk. He said it twice. Nobody in the hall answered him."
MOST = 40


def fill(folder: Path) -> None:
    """Articles of two months, one of them read; three answer, of which the second is longest."""
    library = Library.open(folder)
    for number, (month, text) in enumerate(
        (
            (7, WORDS),
            (7, f"{WORDS}\n\n{WORDS}\n\nThe talks went on until the evening."),
            (7, f"{WORDS}\n\nThen the doors were closed."),
            (7, f"Read already. {WORDS}"),
            (6, f"In June {WORDS}"),
            (7, "A ferry of the harbour of Kelmouth was sold, said Ilse Brandt."),
        ),
        1,
    ):
        at = Published(datetime(2023, month, number, tzinfo=UTC), Precision.DAY)
        library.store.articles.save(Draft(f"Report {number}", text, published=at))
    library.tagging.mark([4], Mark.READ)
    library.indexing.run()
    library.close()


@pytest.mark.timeout(100)
async def test_forty_keys_do_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    fill(folder)
    monkeypatch.chdir(tmp_path)
    app, gateway = build(ports(folder), environment={"COLORTERM": "truecolor"})
    pressed = 0
    async with app.run_test(size=(120, 36)) as pilot:
        screen = cast("MainScreen", app.screen)

        async def until(is_so: Callable[[], bool], what: str) -> None:
            for _ in range(400):
                await pilot.pause()
                if is_so():
                    return
                await asyncio.sleep(0.05)
            raise AssertionError(f"{what}: {screen.status.message!r}")

        async def press(*keys: str, until_so: Callable[[], bool], what: str) -> None:
            nonlocal pressed
            pressed += len(keys)
            await pilot.press(*keys)
            await until(is_so=until_so, what=what)

        def line() -> str:
            return screen.search_bar.text

        def shown() -> int:
            return len(screen.listing.shown.ids)

        def offers(text: str) -> bool:
            box = screen.search_bar.suggestions
            return any(text in box.render_line(y).text for y in range(box.lines))

        def said() -> str:
            return screen.status.message

        await until(lambda: shown() == 6, "the list")
        await press("/", *"luk", until_so=lambda: offers("lukashenko"), what="words")
        await press("tab", until_so=lambda: line() == "lukashenko ", what="the name")
        await press(*"jul 2023", until_so=lambda: offers("2023-07"), what="the month")
        await press("tab", until_so=lambda: "date:2023-07" in line() and shown() == 4, what="July")
        await press("enter", until_so=lambda: not screen.is_typing, what="the list again")
        await press("g", "u", until_so=lambda: shown() == 3, what="only unread")
        await press("*", until_so=lambda: screen.selecting.count == 3, what="selected")
        await press("t", "x", "enter", until_so=lambda: "tagged 3" in said(), what="tagged")
        await press("=", "l", until_so=lambda: screen.header.sort == "longest", what="sorted")
        await press("home", "enter", until_so=lambda: screen.reading.article_id == 2, what="opened")
        await press("f", until_so=lambda: "starred" in said(), what="starred")
        await press("v", "enter", until_so=lambda: "highlighted" in said(), what="highlighted")
        # The history: below the highlight the star, the opening, the tag.
        await press(*"ghjjjx", until_so=lambda: "took back: tagged +x: 3" in said(), what="undone")
        await press("escape", "q", until_so=lambda: screen.place is Place.LIST, what="the list")
        await press("v", until_so=lambda: screen.selecting.count == 2, what="the rest")
        await press(*"ge", "enter", until_so=lambda: "wrote 2" in said(), what="written")
    gateway.close()
    assert pressed <= MOST, pressed
    library = Library.open(folder)
    assert [row.starred for row in library.reading.rows([1, 2, 3]).values()] == [False, True, False]
    assert library.browsing.list_tags() == ()
    (note,) = library.notes.list().items
    assert note.note.article_id == 2
    (file,) = tmp_path.glob("*.md")
    text = file.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("# ")] == [
        "# Report 3",
        "# Report 1",
    ]
    library.close()
