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

from collections.abc import Callable
from dataclasses import dataclass
from math import log

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


Weigh = Callable[[int, int, int, int], float]


def make_weigh(totals: Totals, matching: int) -> Weigh:
    """The score of a word that `matching` documents hold, as a function of its places in title
    and text and of the lengths of title and text in tokens."""
    idf = log(1 + (totals.documents - matching + 0.5) / (matching + 0.5))
    title_slope = TITLE_LENGTH_SHARE * totals.documents / max(totals.title_tokens, 1)
    text_slope = TEXT_LENGTH_SHARE * totals.documents / max(totals.text_tokens, 1)
    title_base, text_base = 1 - TITLE_LENGTH_SHARE, 1 - TEXT_LENGTH_SHARE

    def weigh(in_title: int, in_text: int, title_length: int, text_length: int) -> float:
        weight = TITLE_WEIGHT * in_title / (title_base + title_slope * title_length)
        weight += TEXT_WEIGHT * in_text / (text_base + text_slope * text_length)
        return idf * weight / (K1 + weight)

    return weigh
