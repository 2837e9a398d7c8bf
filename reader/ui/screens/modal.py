"""A screen over the others that opens quickly and is left once."""

from __future__ import annotations

from typing import ClassVar, Self

from textual.await_complete import AwaitComplete
from textual.geometry import Region
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from reader.ui.footer import Hints
from reader.ui.widgets.bars import HintsBar

NARROW = 100
"""Columns below which a screen over the others takes all of them: words that stick out beside it
would be torn."""


class Modal(ModalScreen[ScreenResultType]):
    """Its parts are styled once and drawn once when it opens, and what changes in the screen below
    is not drawn as long as it is open."""

    KEYS: ClassVar[Hints | None] = None
    """What stands in the last line of the screen, where that of the screen below would be seen."""

    def __init__(self) -> None:
        super().__init__()
        self._mounted_with: frozenset[str] | None = None

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with a result, unless it has been left: what is pressed twice before it is gone
        does not take away the screen below it too."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Mount the parts, with what can be pressed here over what can be pressed below."""
        # What is mounted now is styled by the classes it finds, and not once more for each.
        height, kinds = self.app.size.height, self.app.VERTICAL_BREAKPOINTS or []
        self.add_class(*[name for least, name in kinds if height >= least][-1:], update=False)
        self.set_class(self.app.size.width < NARROW, "-narrow", update=False)
        self._mounted_with = self.classes
        if self.KEYS is not None:
            bar = HintsBar(id="sheet-hints")
            bar.hints = self.KEYS
            widgets = [*widgets, bar]
        await super().mount_composed_widgets(widgets)

    def update_node_styles(self, animate: bool = True) -> None:
        """Style all widgets, unless they have been styled so when they were mounted just now."""
        is_done, self._mounted_with = self.classes == self._mounted_with, None
        if not is_done:
            super().update_node_styles(animate)

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < NARROW, "-narrow")
        # What lies below has another size too.
        self.refresh()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw anew, but for parts that changed in the screen below."""
        if regions:
            return self
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    def _compositor_refresh(self) -> None:
        # Each laying out is drawn at once, be it that everything is about to be drawn anyway.
        if not self._repaint_required:
            super()._compositor_refresh()
