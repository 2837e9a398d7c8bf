"""A model of spaCy as a recogniser: `spacy:en_core_web_sm`, or the folder of a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from reader.entities.optional.spans import cut, tidy
from reader.entities.values import Found
from reader.errors import RecogniserFailedError, RecogniserMissingError
from reader.model import EntityKind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC

KINDS: Mapping[str, EntityKind] = {
    "PERSON": PER, "PER": PER,
    "GPE": LOC, "LOC": LOC, "FAC": LOC,
    "ORG": ORG,
    "NORP": MISC, "EVENT": MISC, "PRODUCT": MISC, "WORK_OF_ART": MISC, "LAW": MISC,
    "LANGUAGE": MISC, "MISC": MISC,
}  # fmt: skip
"""Labels of OntoNotes and of CoNLL-2003. Others, such as those of dates, are left out."""

NEEDLESS = (
    "tagger", "parser", "senter", "lemmatizer", "morphologizer", "attribute_ruler", "textcat",
)  # fmt: skip
"""Parts of a model that find no names and take most of the time."""

CONFIDENCE = 0.85
"""That of every name: these models do not tell how sure they are."""

LONGEST = 20_000
"""Code points that are read as one: memory grows with them."""

AT_ONCE = 16
"""Pieces that a model reads together."""

REVISION = 1
"""Goes up when the same model may give other names by what is done here."""


class SpacyRecogniser:
    """The names that one model finds. The package and the model load when it is made."""

    def __init__(self, model: str = "") -> None:
        self.name = f"spacy:{model}"
        self._model, package = _load(self.name, model)
        # Patches of the package are not to have everything named anew.
        minor = ".".join(package.split(".")[:2])
        self.version = f"{self._model.meta['version']}-{minor}-{REVISION}"

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text, in order."""
        found: list[list[Found]] = [[] for _ in texts]
        read = self._model.pipe(_pieces(texts), as_tuples=True, batch_size=AT_ONCE)
        spans = ((number, one) for doc, (number, start) in read for one in _names(doc, start))
        for number, those in groupby(spans, key=itemgetter(0)):
            found[number] = tidy(texts[number], [one for _, one in those])
        return found


def _load(name: str, model: str) -> tuple[Language, str]:
    """The model, and the version of the package."""
    try:
        import spacy
    except ImportError as error:
        raise RecogniserMissingError(name, "spacy") from error
    try:
        return spacy.load(model, exclude=NEEDLESS), spacy.__version__
    except OSError as error:
        reason = f"there is no such model; `python -m spacy download {model}` gets one"
        raise RecogniserFailedError(name, reason) from error


def _pieces(texts: Sequence[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each piece with the number of its text and its place in it."""
    for number, text in enumerate(texts):
        for start, end in cut(text, LONGEST, len):
            yield text[start:end], (number, start)


def _names(doc: Doc, start: int) -> Iterator[Found]:
    for one in doc.ents:
        kind = KINDS.get(one.label_)
        if kind is not None:
            yield Found(start + one.start_char, start + one.end_char, kind, CONFIDENCE)
