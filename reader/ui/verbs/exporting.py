"""Articles and notes into files."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Exporting(Verbs):
    """Articles and notes into files."""
