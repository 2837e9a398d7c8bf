"""What is selected in the list, by the ids of articles."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Selecting(Verbs):
    """What is selected in the list, by the ids of articles."""
