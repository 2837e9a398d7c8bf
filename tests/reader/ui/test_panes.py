"""Which panes stand side by side at which width, and the lines between them."""

from __future__ import annotations

import pytest
from textual._compositor import ReflowResult
from textual.color import Color
from textual.dom import DOMNode
from textual.geometry import Size
from textual.widget import Widget

from reader.ui import themes
from reader.ui.actions import Place
from reader.ui.panes import Wanted, line_of, side_by_side
from tests.reader.ui.world import Desk, World

SOURCES, LIST, ARTICLE = Place.SOURCES, Place.LIST, Place.ARTICLE
NAMES, FACETS, SECOND, CARD = Place.ENTITIES, Place.FACETS, Place.BESIDE, Place.CARD


@pytest.mark.parametrize(
    ("width", "wanted", "shown"),
    [
        (71, Wanted(LIST, sources=True, names=True), [LIST]),
        (71, Wanted(FACETS, names=True), [NAMES]),
        (71, Wanted(CARD), [LIST]),
        (72, Wanted(LIST, names=True), [LIST, ARTICLE]),
        (72, Wanted(ARTICLE), [LIST, ARTICLE]),
        (72, Wanted(ARTICLE, names=True), [ARTICLE, NAMES]),
        (72, Wanted(NAMES, names=True), [ARTICLE, NAMES]),
        (72, Wanted(FACETS, names=True), [LIST, NAMES]),
        (72, Wanted(LIST, sources=True), [LIST, ARTICLE]),
        (119, Wanted(SOURCES, sources=True, names=True), [SOURCES, LIST]),
        (120, Wanted(LIST, names=True), [LIST, ARTICLE, NAMES]),
        (120, Wanted(LIST, sources=True, names=True), [SOURCES, LIST, ARTICLE]),
        (120, Wanted(NAMES, sources=True, names=True), [LIST, ARTICLE, NAMES]),
        (149, Wanted(LIST, sources=True, second=True), [LIST, ARTICLE, SECOND]),
        (149, Wanted(SOURCES, sources=True, second=True), [SOURCES, LIST, ARTICLE, SECOND]),
        (150, Wanted(LIST, sources=True, second=True), [SOURCES, LIST, ARTICLE, SECOND]),
        (150, Wanted(NAMES, sources=True, names=True), [SOURCES, LIST, ARTICLE, NAMES]),
        (200, Wanted(ARTICLE, sources=True, names=True, alone=True), [ARTICLE]),
    ],
)
def test_panes_that_there_is_room_for(width: int, wanted: Wanted, shown: list[Place]) -> None:
    assert list(side_by_side(width, wanted)) == shown


def test_a_list_beside_two_articles_is_narrower() -> None:
    alone = side_by_side(160, Wanted(LIST))
    assert (alone[LIST], alone[ARTICLE]) == ("5fr", "6fr")
    assert side_by_side(160, Wanted(LIST, second=True))[LIST] == "4fr"


def test_a_line_stands_between_neighbours_and_nowhere_else() -> None:
    row = side_by_side(160, Wanted(LIST, sources=True, names=True))
    assert [line_of(place, row) for place in row] == ["right", None, "left", "left"]
    row = side_by_side(100, Wanted(ARTICLE, names=True))
    assert [line_of(place, row) for place in row] == [None, "left"]
    row = side_by_side(60, Wanted(SOURCES, sources=True))
    assert [line_of(place, row) for place in row] == [None]


def styled_by(desk: Desk) -> list[str]:
    """The widgets that are styled anew from now on."""
    sheet, styled = desk.app.stylesheet, list[str]()
    apply = sheet.apply

    def noted(node: DOMNode, **more: object) -> None:
        styled.append(str(node.id))
        apply(node, **more)  # type: ignore[arg-type]

    sheet.apply = noted  # type: ignore[method-assign]
    return styled


async def test_changing_panes_styles_no_pane_anew(world: World) -> None:
    async with world.screen(160, 40) as desk:
        await desk.press("s")
        styled = styled_by(desk)
        await desk.press("tab", "tab", "tab", "shift+tab", "e", "e", "s", "s", "slash", "escape")
        assert not {"sources", "rows", "article", "names", "panes"} & set(styled)


def laid_out(desk: Desk) -> list[str]:
    """A word for each time that the screen is laid out from now on."""
    compositor, laid_out = desk.main._compositor, list[str]()
    reflow = compositor.reflow

    def noted(parent: Widget, size: Size) -> ReflowResult:
        laid_out.append("all")
        return reflow(parent, size)

    compositor.reflow = noted  # type: ignore[method-assign]
    return laid_out


async def test_a_change_of_panes_is_laid_out_once(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("end", "home", "j", "j", "enter")
        times = laid_out(desk)
        for key in ("z", "z", "e", "e"):
            await desk.press(key)
            assert len(times) == 1, key
            times.clear()


async def test_lines_that_are_typed_into_move_no_pane(world: World) -> None:
    world.tag([1], "warm")
    async with world.screen(80, 24) as desk:
        panes = [one.region for one in desk.main.pane_widgets.values()]
        for key in ("slash", "colon", "t"):
            await desk.press(key)
            assert [one.region for one in desk.main.pane_widgets.values()] == panes, key
            await desk.press("escape")
        times = laid_out(desk)
        await desk.press("slash", "escape")
        assert len(times) == 2
        await desk.press("colon", *"tag +w")
        times.clear()
        await desk.press("a")
        assert len(desk.main.command_line.suggestions) == 1
        assert times == []


async def test_the_row_of_the_cursor_is_seen_above_a_line(world: World) -> None:
    async with world.screen(60, 10) as desk:
        await desk.press("end", "colon")
        assert desk.main.command_line.region.bottom == desk.main.rows.region.bottom
        assert any(one.startswith("▌") for one in desk.lines())
        await desk.press("escape")
        assert desk.lines()[desk.main.rows.region.bottom - 1].startswith("▌")


async def test_the_line_and_the_cursor_tell_which_pane_has_the_keys(world: World) -> None:
    async with world.screen(160, 40) as desk:
        main, lines = desk.main, desk.app.theme_variables
        focused, other = (Color.parse(lines[f"pane-line{end}"]) for end in ("-focused", ""))
        cursor = main.rows.render_line(0)
        assert main.article.styles.border_left == ("vkey", other)
        await desk.press("tab")
        assert main.article.styles.border_left == ("vkey", focused)
        assert main.rows.render_line(0) != cursor
        await desk.press("shift+tab")
        assert main.article.styles.border_left == ("vkey", other)
        assert main.rows.render_line(0) == cursor
        desk.app.theme = themes.LIGHT
        await desk.settle()
        light = Color.parse(desk.app.theme_variables["pane-line"])
        assert main.article.styles.border_left == ("vkey", light) != ("vkey", other)
