"""A second article beside the first."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Beside(Verbs):
    """A second article beside the first."""
