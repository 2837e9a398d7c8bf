"""Which actions answer what a person types, slips of the finger included. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher

from reader.ui.actions import Action

CLOSE = 0.78
"""How alike two words are that may be meant as one."""


def score(wanted: str, action: Action) -> float:
    """How well an action answers, from 0 (not at all) to 1."""
    words = wanted.casefold().split()
    if not words:
        return 0.0
    named = f"{action.description} {action.name}".casefold().replace(".", " ").replace("_", " ")
    scores = [max(_word(word, named), 0.8 * _word(word, action.synonyms)) for word in words]
    if not all(scores):
        return 0.0
    first = 0.1 if named.startswith(words[0]) else 0.0
    return 0.9 * sum(scores) / len(scores) + first


def _word(wanted: str, text: str) -> float:
    best = 0.0
    for word in text.split():
        word = word.strip(",;:()")
        if word.startswith(wanted):
            best = max(best, 0.8 + 0.2 * len(wanted) / len(word))
        elif wanted in word:
            best = max(best, 0.6)
        elif len(wanted) > 3 and best < CLOSE:
            alike = SequenceMatcher(None, wanted, word[: len(wanted) + 1]).ratio()
            best = max(best, 0.7 * alike if alike >= CLOSE else 0.0)
    return best
