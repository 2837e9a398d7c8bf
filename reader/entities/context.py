"""What stands around a piece, and how it is spelled, say of its kind."""

from __future__ import annotations

import re

from reader.entities.document import Document
from reader.entities.lists import COMMON, GIVEN, ORG_TAIL, SURNAME
from reader.entities.scan import Piece
from reader.model import EntityKind

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC
Scores = dict[EntityKind, float]

_HELPERS = frozenset({"has", "had", "will", "would"})
_ARTICLES = frozenset({"a", "an", "the"})
_QUOTES = frozenset("\"“”'‘’")
_PERSON_FORM = re.compile(
    r"(?:Mc|Mac|O'|al-|Al-|el-|El-|D')[A-Z]\w+"
    r"|[A-Z]\w+(?:ovich|evich|ov|ova|ev|eva|sky|skyy|skiy|ski|ska|enko|chuk|yan|ian|shvili|dze|escu|oglu"
    r"|poulos|idis|akis|sson|sen|ez|inho|ulus|berg|stein|mann|bauer|iani|elli|etti|ini|aite|iene|ius"
    r"|vic|vich|ich|wicz|czyk)"
)
_PLACE_FORM = re.compile(
    r"[A-Z]\w+(?:stan|grad|ville|burg|burgh|abad|pur|pore|shire|land|lands|polis|istan|bad|ford|mouth"
    r"|ham|shima|yama|sk|vka|hivka|ivka|town|chester|borough|bury|nagar|wala|garh|akhand|mere)"
)


def score(doc: Document, piece: Piece) -> Scores:
    """Evidence for each kind, about 1 for a fair hint; empty when nothing speaks."""
    scores: Scores = {}
    _spelling(doc, piece, scores)
    _before(doc, piece, scores)
    _after(doc, piece, scores)
    return scores


def _add(scores: Scores, kind: EntityKind, amount: float) -> None:
    scores[kind] = scores.get(kind, 0.0) + amount


def _spelling(doc: Document, piece: Piece, scores: Scores) -> None:
    words = doc.words[piece.first : piece.last]
    length = len(words)
    flags = doc.flags[piece.first : piece.last]
    if length == 1:
        _single(words[0], flags[0], scores)
        entry = doc.lists.phrases.get(words[0])
        if entry is not None:
            _add(scores, entry.kind, 0.5 if doc.is_initial(piece.first) else 1.0)
        return
    if flags[0] & GIVEN or flags[-1] & SURNAME:
        _add(scores, PER, 1.5)
    if flags[-1] & ORG_TAIL:
        _add(scores, ORG, 1.0)
    if any(word.isupper() and len(word) > 1 and "." not in word for word in words):
        _add(scores, ORG, 1.0)
    if _PERSON_FORM.fullmatch(words[-1]):
        _add(scores, PER, 1.0)
    common = sum(flag & COMMON > 0 for flag in flags)
    if common:
        _add(scores, ORG, 0.6)
        _add(scores, PER, -0.7)
    elif length <= 4:
        _add(scores, PER, 0.8)


def _single(word: str, flags: int, scores: Scores) -> None:
    if word.isupper() and 1 < len(word) <= 6 and word.isalpha():
        _add(scores, ORG, 1.2)
    elif word[-1].isdigit() or word[0].isdigit():
        _add(scores, MISC, 0.6)
    elif flags & COMMON:
        _add(scores, PER, -0.8)
        _add(scores, LOC, -0.8)
    if flags & SURNAME:
        _add(scores, PER, 0.9)
    if flags & GIVEN:
        _add(scores, PER, 0.6 if flags & COMMON else 0.8)
    if _PERSON_FORM.fullmatch(word):
        _add(scores, PER, 0.6)
    elif _PLACE_FORM.fullmatch(word):
        _add(scores, LOC, 0.6)


def _before(doc: Document, piece: Piece, scores: Scores) -> None:
    sets = doc.lists.words
    word = doc.word(piece.first - 1)
    earlier = doc.word(piece.first - 2)
    if word in sets["person_before"]:
        _add(scores, PER, 1.5)
    if word == "(" and earlier.islower():
        _add(scores, ORG, -0.8)
    if word in sets["place_strong"]:
        _add(scores, LOC, 1.3)
    elif word in sets["place_before"]:
        _add(scores, LOC, 0.4)
    if word in sets["org_before"]:
        _add(scores, ORG, 1.0)
    if word == "of" and earlier in sets["place_noun"]:
        _add(scores, LOC, 2.0)
    if word == "the":
        _add(scores, PER, -1.5)
        _add(scores, ORG, 0.4)
    if word == "," and earlier in sets["person_before"]:
        _add(scores, PER, 1.0)


def _after(doc: Document, piece: Piece, scores: Scores) -> None:
    sets = doc.lists.words
    word = doc.word(piece.last)
    _speaks(doc, piece, word, scores)
    if word in sets["org_after"]:
        _add(scores, ORG, 1.0)
    if word in ("is", "was", "are", "were") or (
        word == "," and doc.word(piece.last + 1) in _ARTICLES
    ):
        _said_to_be(doc, piece.last, scores)
    if word in _QUOTES and doc.word(piece.first - 1) in _QUOTES:
        _add(scores, MISC, 1.2)
    if word in sets["event_noun"]:
        _add(scores, MISC, 1.5)
    if word in sets["place_noun"]:
        _add(scores, LOC, 1.3)
    if word == "," and doc.is_capital(piece.last + 1):
        _, entry = doc.entry(piece.last + 1)
        if (
            entry is not None
            and entry.kind is LOC
            and doc.word(piece.first - 1) not in (",", "and")
        ):
            _add(scores, LOC, 1.2)
    if word == "," and doc.word(piece.last + 1).isdigit() and doc.word(piece.last + 2) == ",":
        _add(scores, PER, 1.5)


def _speaks(doc: Document, piece: Piece, word: str, scores: Scores) -> None:
    """Verbs of people; at the start of a sentence they are all there is to go by."""
    initial = doc.is_initial(piece.first)
    if word in doc.lists.words["person_after"]:
        common = doc.flags[piece.first] & COMMON
        _add(scores, PER, 1.3 if initial and not common else 1.0)
    elif word in _HELPERS and initial:
        _add(scores, PER, 0.5)


def _said_to_be(doc: Document, at: int, scores: Scores) -> None:
    """ "Brumley is a village", "Ondine, a young singer"."""
    sets = doc.lists.words
    if doc.word(at + 1) not in _ARTICLES:
        return
    for position in range(at + 2, min(at + 7, len(doc.words))):
        word = doc.words[position]
        for name, kind in (("place_noun", LOC), ("person_before", PER), ("org_before", ORG)):
            if word in sets[name]:
                _add(scores, kind, 1.5)
                return
        if not word[0].isalpha() or word in ("of", "in", "that", "which", "for"):
            return
