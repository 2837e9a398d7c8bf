"""Finding places in the article: words, paragraphs, headings."""

from __future__ import annotations

from reader.ui.verbs.base import Verbs


class Passages(Verbs):
    """Finding places in the article: words, paragraphs, headings."""
