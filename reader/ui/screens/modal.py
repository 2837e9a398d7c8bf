"""A screen over the others that is left once."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Modal(ModalScreen[ScreenResultType]):
    """What is pressed twice before it is gone does not take away the screen below it too."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave with a result, unless it has been left."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
