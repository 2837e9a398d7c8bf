"""Give every piece its kind: by what the rest of the text calls it, then by its surroundings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from reader.entities import context
from reader.entities.document import Document
from reader.entities.lists import COMMON, GIVEN, SURNAME
from reader.entities.scan import Piece
from reader.model import EntityKind

PER, LOC, ORG = EntityKind.PER, EntityKind.LOC, EntityKind.ORG
THRESHOLD = 0.75
Votes = dict[str, dict[EntityKind, float]]


def _votes() -> Votes:
    return defaultdict(lambda: defaultdict(float))


@dataclass(slots=True)
class Evidence:
    """What a text says of its names. Keys are the words joined by blanks."""

    whole: Votes = field(default_factory=_votes)
    part: Votes = field(default_factory=_votes)


def resolve(doc: Document, pieces: list[Piece]) -> list[Piece]:
    """Pieces with a kind, in order; those that stay unknown are dropped."""
    evidence = Evidence()
    for piece in pieces:
        if piece.kind is not None:
            _learn(doc, piece, piece.kind, evidence)
    _define_acronyms(doc, pieces, evidence)
    unknown = [piece for piece in pieces if piece.kind is None]
    _learn_surroundings(doc, unknown, evidence)
    settled = [_settle(doc, piece, evidence) for piece in pieces]
    return [piece for piece in settled if piece.kind is not None]


def _text(doc: Document, piece: Piece) -> str:
    return " ".join(doc.words[piece.first : piece.last])


def _learn(doc: Document, piece: Piece, kind: EntityKind, evidence: Evidence) -> None:
    evidence.whole[_text(doc, piece)][kind] += 1.5 * piece.weight
    if piece.last - piece.first < 2:
        return
    if kind is PER:
        for at in (piece.last - 1, piece.first):
            evidence.part[doc.words[at]][PER] += piece.weight
    elif kind is ORG and not doc.flags[piece.first] & COMMON:
        evidence.part[doc.words[piece.first]][ORG] += piece.weight


def _define_acronyms(doc: Document, pieces: list[Piece], evidence: Evidence) -> None:
    """In "Long Name (LN)" the short form is of the kind of the long one."""
    for long, short in pairwise(pieces):
        if short.first != long.last + 1 or doc.word(long.last) != "(":
            continue
        word = doc.words[short.first]
        if doc.word(short.last) != ")" or not word.isupper():
            continue
        if long.kind is None and word[0] == doc.words[long.first][0]:
            evidence.whole[_text(doc, long)][ORG] += 1.0
        kind = long.kind or ORG
        evidence.whole[word][kind] += 2.0


def _learn_surroundings(doc: Document, unknown: list[Piece], evidence: Evidence) -> None:
    for piece in unknown:
        votes = evidence.whole[_text(doc, piece)]
        for kind, amount in context.score(doc, piece).items():
            votes[kind] += amount


def _settle(doc: Document, piece: Piece, evidence: Evidence) -> Piece:
    if piece.kind is None:
        return _settle_unknown(doc, piece, evidence)
    if piece.listed and piece.last - piece.first == 1:
        return _settle_listed(doc, piece, evidence)
    return piece


def _settle_unknown(doc: Document, piece: Piece, evidence: Evidence) -> Piece:
    text = _text(doc, piece)
    scores = dict(evidence.whole[text])
    if piece.last - piece.first == 1:
        for kind, amount in evidence.part.get(text, {}).items():
            scores[kind] = scores.get(kind, 0.0) + 2 * amount
    if not scores:
        return piece
    kind, amount = max(scores.items(), key=lambda item: item[1])
    needed = THRESHOLD
    if piece.last - piece.first == 1 and doc.is_initial(piece.first):
        needed = 1.0 if doc.flags[piece.first] & (GIVEN | SURNAME) else 1.2
    if amount < needed:
        return piece
    return Piece(piece.first, piece.last, kind, min(0.9, 0.4 + amount / 8))


def _settle_listed(doc: Document, piece: Piece, evidence: Evidence) -> Piece:
    """A place that carries the name of a person of the same text is that person."""
    part = evidence.part.get(doc.words[piece.first])
    if not part or not part.get(PER) or piece.kind is not LOC:
        return piece
    if doc.word(piece.first - 1) in doc.lists.words["place_before"]:
        return piece
    return Piece(piece.first, piece.last, PER, 0.6)
