"""The first steps, one after the other."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Touring(Verbs):
    """The first steps, one after the other."""
