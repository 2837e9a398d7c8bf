"""How much a pane has to scroll through, and its scroll bar."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def set_content_size(view: ScrollView, size: Size) -> None:
    """Set `virtual_size`. The screen is laid out again, every pane drawn, only when the scroll
    bar comes or goes, and once: doing so for every article was a fifth of the cost of showing it.
    """
    bar = size.height > view.container_size.height
    if not view.container_size or bar == view.show_vertical_scrollbar:
        # A pane that is hidden is laid out when it comes to be seen.
        view.set_reactive(Widget.virtual_size, size)
    else:
        view.virtual_size = size
        view.show_vertical_scrollbar = view.vertical_scrollbar.display = bar
    if view.container_size and bar:
        view.vertical_scrollbar.window_virtual_size = size.height
        view.vertical_scrollbar.window_size = view.container_size.height


def bar_moves(view: ScrollView, y: float) -> bool:
    """Tell whether the scroll bar looks different at `y`: it is drawn to an eighth of a cell."""
    step = max(1, view.virtual_size.height) / max(1, 8 * view.size.height)
    return int(y / step) != int(view.vertical_scrollbar.position / step)
