"""Why an article is in the list."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Explaining(Verbs):
    """Why an article is in the list."""
