"""The line in which tags are edited, with what could be written above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from reader.clean import clean_line
from reader.ui.widgets.prompt import Prompt


class TagEditor(Prompt):
    """One line of `+tag -tag`."""

    def __init__(self, *, first: Callable[[events.Key], bool], id: str) -> None:  # noqa: A002
        super().__init__("tags: ", "+add -remove", first=first, note_above=True, id=id)

    def offer_tags(self, has: str, offers: Sequence[str], sign: str) -> None:
        """Show what is said of the tags there are, and those that fit what is being typed."""
        fits = " ".join(f"{sign or '+'}{clean_line(name)}" for name in offers)
        self.set_note(f"{has}   Tab: {fits}" if fits else has)
