"""The settings file, read again when it changes."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Configuring(Verbs):
    """The settings file, read again when it changes."""
