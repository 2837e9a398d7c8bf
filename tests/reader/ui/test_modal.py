"""Screens over the others: how often they are styled and drawn."""

from __future__ import annotations

from rich.console import RenderableType
from textual._compositor import LayoutUpdate
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static

from reader.ui.screens.modal import Modal


class Asking(Modal[None]):
    """A screen of a few parts."""

    def __init__(self) -> None:
        super().__init__()
        self.styled = 0
        self.told = Static("answer me")

    def compose(self) -> ComposeResult:
        yield self.told
        yield Input()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.styled += 1


class Drawing(App[None]):
    """Tells how often the screen on top was drawn whole."""

    CSS = "Asking.-short Static { display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
        self.drawn = 0

    def compose(self) -> ComposeResult:
        yield Static("below")

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        self.drawn += isinstance(screen, Asking) and isinstance(renderable, LayoutUpdate)
        super()._display(screen, renderable)


async def test_it_is_styled_and_drawn_once_and_not_for_what_lies_below() -> None:
    app, asking = Drawing(), Asking()
    async with app.run_test(size=(80, 30)) as pilot:
        app.push_screen(asking)
        await pilot.pause(0.1)
        assert asking.has_class("-tall")
        assert (app.drawn, asking.styled) == (1, 1)
        app.screen_stack[0].query_one(Static).update("changed")
        await pilot.pause(0.1)
        assert app.drawn == 1


async def test_another_size_styles_and_draws_it_anew() -> None:
    app, asking = Drawing(), Asking()
    async with app.run_test(size=(80, 30)) as pilot:
        app.push_screen(asking)
        await pilot.pause(0.1)
        await pilot.resize_terminal(80, 12)
        await pilot.pause(0.1)
        assert asking.has_class("-short")
        assert not asking.told.display
        drawn = app.drawn
        assert drawn > 1
        await pilot.resize_terminal(80, 13)
        await pilot.pause(0.1)
        assert app.drawn > drawn


async def test_it_can_be_left_before_it_was_drawn() -> None:
    app = Drawing()
    async with app.run_test() as pilot:
        app.push_screen(asking := Asking())
        asking.dismiss()
        await pilot.pause(0.1)
        assert app.drawn == 0
        assert len(app.screen_stack) == 1
