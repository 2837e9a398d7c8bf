"""The changes that were made, and going back to any of them."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Rewinding(Verbs):
    """The changes that were made, and going back to any of them."""
