"""How much a word weighs in a document: BM25F.

Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004),
with the parameters written as in Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond" (2009), section 3.6:

    w     = sum over fields of  V_f * tf_f / (1 - b_f + b_f * length_f / average length_f)
    score = idf * w / (K1 + w)
    idf   = ln(1 + (N - n + 0.5) / (n + 0.5))

tf counts the places of a word (or phrase) in a field, lengths count tokens and are exact, N are
the documents of the index, n those that match. The one in the logarithm keeps idf above zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Number = TypeVar("Number", "float", "NDArray[np.float64]")
"""A number, or one for each of many documents."""

K1 = 1.2
TITLE_WEIGHT = 3.0
TEXT_WEIGHT = 1.0
TITLE_LENGTH_SHARE = 0.4
TEXT_LENGTH_SHARE = 0.75

WORD_CONSTANT = 1.0
"""What a match is worth that has no frequency: patterns, and every field but title and text."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Documents of an index, and the tokens of all their titles and texts."""

    documents: int = 0
    title_tokens: int = 0
    text_tokens: int = 0


def rarity(totals: Totals, matching: int) -> float:
    """The idf of a word that `matching` documents hold."""
    return log(1 + (totals.documents - matching + 0.5) / (matching + 0.5))


def title_norm(totals: Totals, length: Number) -> Number:
    """What an occurrence in a title of `length` tokens is divided by."""
    slope = TITLE_LENGTH_SHARE * totals.documents / max(totals.title_tokens, 1)
    return 1 - TITLE_LENGTH_SHARE + slope * length


def text_norm(totals: Totals, length: Number) -> Number:
    """What an occurrence in a text of `length` tokens is divided by."""
    slope = TEXT_LENGTH_SHARE * totals.documents / max(totals.text_tokens, 1)
    return 1 - TEXT_LENGTH_SHARE + slope * length


def saturate(idf: float, weight: Number) -> Number:
    """The score of a word from its weight: TITLE_WEIGHT for each place in the title and
    TEXT_WEIGHT for each in the text, divided by their norms."""
    return idf * weight / (K1 + weight)
