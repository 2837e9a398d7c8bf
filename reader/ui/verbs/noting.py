"""Highlighting text and writing notes on it."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Noting(Verbs):
    """Highlighting text and writing notes on it."""
