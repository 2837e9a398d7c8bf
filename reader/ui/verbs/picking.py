"""One of several things by its letter."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Picking(Verbs):
    """One of several things by its letter."""
