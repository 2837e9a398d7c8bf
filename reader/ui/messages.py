"""What widgets and background threads tell the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from reader.errors import IndexingError

if TYPE_CHECKING:
    from reader.service.fetching import Told
    from reader.service.indexing import IndexTold
    from reader.ui.widgets.prompt import Prompt


@dataclass
class PromptChanged(Message):
    """Something was typed into a line."""

    prompt: Prompt
    text: str


@dataclass
class PastedLines(Message):
    """Several lines were pasted into one; the first of them is in it."""

    lines: int


@dataclass
class Indexing(Message):
    """How far indexing is, what it came to, or why it failed."""

    progress: IndexTold

    def can_replace(self, message: Message) -> bool:
        """Only the newest counts, but what rules did is told once."""
        progress = self.progress
        if not isinstance(progress, str | IndexingError) and progress.rules is not None:
            return False
        return isinstance(message, Indexing)


@dataclass
class Fetching(Message):
    """How far fetching is, or what it came to."""

    told: Told
