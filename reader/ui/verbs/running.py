"""The reader's own commands, and what they are given."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Running(Verbs):
    """The reader's own commands, and what they are given."""
