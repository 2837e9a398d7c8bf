"""Back and forward through the articles one has been at."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Retracing(Verbs):
    """Back and forward through the articles one has been at."""
