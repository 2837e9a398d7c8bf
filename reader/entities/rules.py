"""The built-in recogniser: word lists, rules and the evidence of the text itself."""

from __future__ import annotations

from collections.abc import Sequence

from reader.entities.document import read
from reader.entities.lists import load_lists
from reader.entities.resolve import resolve
from reader.entities.scan import scan
from reader.entities.values import Found


class RuleRecogniser:
    """English news without a model. The lists load at the first call."""

    name = "rules"
    version = "1"

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text, in order."""
        return [_recognise(text) for text in texts]


def _recognise(text: str) -> list[Found]:
    doc = read(text, load_lists())
    return [
        Found(doc.starts[piece.first], doc.ends[piece.last - 1], piece.kind, round(piece.weight, 2))
        for piece in resolve(doc, scan(doc))
        if piece.kind is not None
    ]
