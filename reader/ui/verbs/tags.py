"""Tags as such: their names, colours and letters."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Tags(Verbs):
    """Tags as such: their names, colours and letters."""
