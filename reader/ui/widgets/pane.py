"""What the panes have in common: which of them has the focus is drawn, not styled."""

from __future__ import annotations

from typing import Literal

from textual.css.types import EdgeType
from textual.scroll_view import ScrollView

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

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: ARG002
        """Show where the keys go; what there is in its place would style the pane anew."""
        self._colour_line()

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
