"""Saved searches and the rules they carry."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Saved(Verbs):
    """Saved searches and the rules they carry."""
