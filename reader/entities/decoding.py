"""The best labels of stretches of words, and how sure they are: Viterbi's and the forward-backward
algorithm, over many stretches at once.

Before and after a stretch, if its sentence goes on there, every word is outside of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

NEVER = -10_000.0
"""The weight of a label that cannot follow another."""

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.intp]


class Decoder:
    """Decodes with fixed transitions between labels; `outside` is the label of no name."""

    def __init__(self, transitions: Floats, outside: int, heat: float) -> None:
        self._transitions = transitions
        self._heat = heat
        self._odds = np.exp(transitions * heat)
        # What cannot follow a word outside of names cannot begin a sentence either.
        self._into = _edges(transitions[outside])
        self._out_of = _edges(transitions[:, outside])

    def decode(
        self, scores: Floats, lengths: Sequence[int], edges: Sequence[tuple[bool, bool]]
    ) -> tuple[Ints, Floats]:
        """For each word the number of its best label, and the probability of that label.

        `scores` has a row for each word of the stretches, one stretch after the other; `edges`
        tells whether a stretch begins and ends with its sentence.
        """
        if not lengths:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        sizes = np.array(lengths, dtype=np.intp)
        firsts, lasts = np.cumsum(sizes) - sizes, np.cumsum(sizes) - 1
        scores = scores.copy()
        sides = np.array(edges, dtype=np.intp)
        scores[firsts] += self._into[sides[:, 0]]
        scores[lasts] += self._out_of[sides[:, 1]]
        order = np.argsort(-sizes, kind="stable")
        firsts = firsts[order]
        # How many stretches have a word at each place: the longest come first.
        sizes = sizes[order]
        active = [int(np.searchsorted(-sizes, -at)) for at in range(int(sizes[0]))]
        places = [firsts[:count] + at for at, count in enumerate(active)]
        labels = self._best(scores, places, sizes)
        return labels, self._sureness(scores, places, labels)

    def _best(self, scores: Floats, places: Sequence[Ints], sizes: Ints) -> Ints:
        transitions = self._transitions
        labels = np.zeros(len(scores), dtype=np.intp)
        total = scores[places[0]]
        came: list[Ints] = []
        finals = np.zeros(len(sizes), dtype=np.intp)
        for at, here in enumerate(places):
            if at:
                paths = total[: len(here), :, None] + transitions
                came.append(paths.argmax(1))
                total = paths.max(1) + scores[here]
            ending = slice(len(places[at + 1]) if at + 1 < len(places) else 0, len(here))
            finals[ending] = total[ending].argmax(1)
        for at in range(len(places) - 1, -1, -1):
            here = places[at]
            labels[here] = finals[: len(here)]
            if at:
                finals[: len(here)] = came[at - 1][np.arange(len(here)), finals[: len(here)]]
        return labels

    def _sureness(self, scores: Floats, places: Sequence[Ints], labels: Ints) -> Floats:
        """The marginal probability of the label of each word."""
        odds = self._odds
        heated = scores * self._heat
        each = np.exp(heated - heated.max(1, keepdims=True))
        forward, behind = each.copy(), np.ones_like(each)
        for before, here in pairwise(places):
            forward[here] *= forward[before[: len(here)]] @ odds
            forward[here] /= forward[here].sum(1, keepdims=True)
        for here, after in reversed([*pairwise(places)]):
            sums = (behind[after] * each[after]) @ odds.T
            behind[here[: len(after)]] = sums / sums.sum(1, keepdims=True)
        both = forward * behind
        chosen = np.take_along_axis(both, labels[:, None], 1)[:, 0]
        return np.asarray(chosen / both.sum(1), dtype=np.float32)


def _edges(weights: Floats) -> Floats:
    """What is added where a sentence goes on beyond a stretch, and where it does not."""
    return np.stack([weights, np.where(weights <= NEVER, NEVER, 0)]).astype(np.float32)
