"""The entity pane."""

from __future__ import annotations

import pytest

from reader.model import Entity, EntityCount, EntityId, EntityKind
from reader.ui.widgets.entity_pane import EntityPane
from tests.reader.ui.samples import BAD, Stage, make_counts, painted, screen_text
from tests.reader.ui.test_safety import CONTROLS


def names(app: Stage, kind: type[EntityPane.Moved | EntityPane.Chosen]) -> list[str]:
    return [message.entity.name for message in app.posted if isinstance(message, kind)]


async def test_entities_stand_by_kind_the_most_mentioned_first() -> None:
    pane = EntityPane()
    app = Stage(pane)
    async with app.run_test(size=(32, 16)) as pilot:
        pane.show(make_counts())
        await pilot.pause()
        assert [line[:20].rstrip() for line in screen_text(app)][:13] == [
            " People", "▌ Jan Novak", "", " Places", "  Hamburg", "  Elbe", "",
            " Organisations", "  River Board", "", " Other", "  Monday", "",
        ]  # fmt: skip
        assert screen_text(app)[4].rstrip().endswith("3  in 30")
        assert pane.current is not None
        assert pane.current.name == "Jan Novak"


async def test_the_cursor_skips_headings() -> None:
    pane = EntityPane()
    app = Stage(pane)
    async with app.run_test(size=(32, 16)) as pilot:
        pane.show(make_counts())
        for _ in range(3):
            pane.move(1)
        pane.move(99)
        pane.move(-1)
        await pilot.pause()
        assert names(app, EntityPane.Moved) == [
            "Hamburg", "Elbe", "River Board", "Monday", "River Board",
        ]  # fmt: skip


async def test_a_click_chooses() -> None:
    pane = EntityPane()
    app = Stage(pane)
    async with app.run_test(size=(32, 16)) as pilot:
        pane.show(make_counts())
        await pilot.pause()
        await pilot.click(EntityPane, offset=(5, 5))
        assert names(app, EntityPane.Chosen) == ["Elbe"]
        for y in (0, 2, 14):
            await pilot.click(EntityPane, offset=(5, y))
        assert names(app, EntityPane.Chosen) == ["Elbe"]


async def test_the_cursor_is_scrolled_into_view_with_its_heading() -> None:
    pane = EntityPane()
    app = Stage(pane)
    async with app.run_test(size=(32, 5)) as pilot:
        pane.show(make_counts())
        pane.move(4)
        await pilot.pause()
        assert any(line.startswith("▌ Monday") for line in screen_text(app))
        pane.move(-4)
        await pilot.pause()
        assert screen_text(app)[0].startswith(" People")
        await pilot.resize_terminal(32, 3)
        pane.move(1)
        await pilot.pause()
        assert any(line.startswith("▌ Hamburg") for line in screen_text(app))


async def test_nothing_named_and_nothing_shown() -> None:
    pane = EntityPane()
    app = Stage(pane)
    async with app.run_test(size=(32, 8)) as pilot:
        assert "".join(screen_text(app)).strip() == ""
        pane.show([])
        pane.move(1)
        await pilot.pause()
        assert "No names found" in "".join(screen_text(app))
        assert pane.current is None
        assert app.posted == []
        pane.clear()
        await pilot.pause()
        assert "".join(screen_text(app)).strip() == ""


async def test_it_may_be_filled_before_it_is_on_the_screen() -> None:
    pane = EntityPane()
    pane.show(make_counts())
    app = Stage(pane)
    async with app.run_test(size=(32, 8)):
        assert screen_text(app)[1].startswith("▌ Jan Novak")


async def test_kinds_differ_without_colour() -> None:
    pane = EntityPane()
    app = Stage(pane, theme="ansi-dark")
    async with app.run_test(size=(32, 16)) as pilot:
        pane.show(make_counts())
        await pilot.pause()
        looks = {
            tuple(word in painted(pane, y, text) for word in ("underline", "italic", "bold"))
            for y, text in ((0, "People"), (3, "Places"), (7, "Organisations"), (10, "Other"))
        }
        assert len(looks) == 4


@pytest.mark.parametrize("width", [12, 30, 60])
async def test_hostile_names_are_drawn_harmlessly(width: int) -> None:
    pane = EntityPane()
    app = Stage(pane)
    async with app.run_test(size=(width, 8)) as pilot:
        pane.show([EntityCount(Entity(EntityId(1), BAD, EntityKind.ORG), 3, 10**9)])
        await pilot.pause()
        assert not CONTROLS.search("".join(screen_text(app)))
        await pilot.click(EntityPane, offset=(4, 1))
        assert app.is_running
