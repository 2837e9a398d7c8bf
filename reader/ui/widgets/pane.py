"""What the panes have in common: which of them has the focus is drawn, not styled."""

from __future__ import annotations

from typing import Literal

from textual import events
from textual.css.types import EdgeType
from textual.events import DescendantBlur, DescendantFocus
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

Side = Literal["left", "right"]

_LINE: EdgeType = "vkey"


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane beside others. To style one anew takes as long as ten keys: each of its component
    classes is matched with all rules. So nothing of it may depend on `:focus`."""

    _side: Side | None = None

    def set_line(self, side: Side | None) -> None:
        """Have the line that parts it from its neighbour on a side, or none."""
        if side == self._side:
            return
        self._side = side
        if side is None:
            self.styles.border_left = self.styles.border_right = None
        self._colour_line()

    def here(self, name: str) -> str:
        """The component class in the place of `name` while the keys go to this pane."""
        return f"{name}-here" if self.has_focus else name

    def draw_cursor(self) -> None:
        """Draw what looks otherwise with the focus, beside the line."""

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: ARG002
        """Show where the keys go; what there is in its place would style the pane anew."""
        self._colour_line()
        self.draw_cursor()

    def on_focus(self, event: events.Focus) -> None:
        self._turn_focus(event, DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        self._turn_focus(event, DescendantBlur(self))

    def _turn_focus(self, event: events.Event, told: DescendantFocus | DescendantBlur) -> None:
        # What a widget does by default is this, and drawing all of itself.
        event.prevent_default()
        self.has_focus = isinstance(told, DescendantFocus)
        if isinstance(self.parent, Widget):
            self.parent.post_message(told)

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,  # noqa: ARG002
        container_size: Size,
        layout: bool = True,
    ) -> bool:
        """Have the scroll bar drawn where the pane has another size, not at every layout."""
        return super()._size_updated(size, self.virtual_size, container_size, layout)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._colour_line()

    def _colour_line(self) -> None:
        if self._side is None:
            return
        name = "pane-line-focused" if self.has_focus else "pane-line"
        line = _LINE, self.app.theme_variables[name]
        if self._side == "left":
            self.styles.border_left = line
        else:
            self.styles.border_right = line
