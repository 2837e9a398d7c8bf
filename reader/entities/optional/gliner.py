"""A GLiNER model as a recogniser: `gliner:urchade/gliner_small-v2.1`, or the folder of a model.

Such a model is told in words what to look for. It is never fetched from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reader.entities.optional.spans import cut, tidy
from reader.entities.values import Found
from reader.errors import RecogniserFailedError, RecogniserMissingError
from reader.model import EntityKind

if TYPE_CHECKING:
    from gliner import GLiNER

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC

KINDS: Mapping[str, EntityKind] = {
    "person": PER,
    "location": LOC, "facility": LOC,
    "organization": ORG,
    "nationality": MISC, "event": MISC, "product": MISC, "work of art": MISC, "law": MISC,
    "language": MISC,
}  # fmt: skip
"""What is asked for, and what it is to us."""

LEAST = 0.3
"""Confidence below which a name is not kept at all."""

LONGEST = 250
"""Words that are read as one at most: what is asked for takes of the same room."""

AT_ONCE = 8
"""Pieces that a model reads together."""

REVISION = 1
"""Goes up when the same model may give other names by what is done here."""

# Words as the models count them.
_WORDS = re.compile(r"\w+(?:[-_]\w+)*|\S")


class GlinerRecogniser:
    """The names that one model finds. The package and the model load when it is made."""

    def __init__(self, model: str = "") -> None:
        self.name = f"gliner:{model}"
        self._model, package = _load(self.name, model)
        self.version = f"{package}-{REVISION}"
        self._longest = min(LONGEST, int(self._model.config.max_len))

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text, in order."""
        places = [
            (number, start, end)
            for number, text in enumerate(texts)
            for start, end in cut(text, self._longest, _count)
        ]
        pieces = [texts[number][start:end] for number, start, end in places]
        answers = self._model.inference(pieces, list(KINDS), threshold=LEAST, batch_size=AT_ONCE)
        found: list[list[Found]] = [[] for _ in texts]
        for (number, start, _), spans in zip(places, answers, strict=True):
            found[number] += [
                Found(
                    start + one["start"],
                    start + one["end"],
                    KINDS[one["label"]],
                    round(float(one["score"]), 2),
                )
                for one in spans
            ]
        return [tidy(text, spans) for text, spans in zip(texts, found, strict=True)]


def _load(name: str, model: str) -> tuple[GLiNER, str]:
    """The model, and the version of the package."""
    try:
        import gliner
    except ImportError as error:
        raise RecogniserMissingError(name, "gliner") from error
    try:
        loaded = gliner.GLiNER.from_pretrained(model, local_files_only=True)
    except (OSError, ValueError) as error:
        reason = f"there is no such model here; `hf download {model}` gets one"
        raise RecogniserFailedError(name, reason) from error
    return loaded, gliner.__version__


def _count(text: str) -> int:
    return sum(1 for _ in _WORDS.finditer(text))
