"""Decoding beside going through every sequence of labels."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reader.entities.decoding import NEVER, Decoder
from reader.entities.labels import OUTSIDE, may_follow

LABELS = (OUTSIDE, "B-PER", "I-PER", "L-PER", "U-PER", "U-LOC")
HEAT = 0.5
Floats = NDArray[np.float32]


def transitions_of(seed: int) -> Floats:
    weights = np.random.default_rng(seed).normal(0, 2, (len(LABELS), len(LABELS)))
    for a, before in enumerate(LABELS):
        for b, after in enumerate(LABELS):
            if not may_follow(before, after):
                weights[a, b] = NEVER
    return weights.astype(np.float32)


def scores_of(seed: int, words: int) -> Floats:
    return np.random.default_rng(seed).normal(0, 3, (words, len(LABELS))).astype(np.float32)


def allowed_paths(length: int) -> list[tuple[int, ...]]:
    """The sequences that make whole names: before and behind them everything is outside."""
    return [
        path
        for path in product(range(len(LABELS)), repeat=length)
        if all(may_follow(LABELS[a], LABELS[b]) for a, b in pairwise((0, *path, 0)))
    ]


def weight(
    path: tuple[int, ...], scores: Floats, transitions: Floats, edges: tuple[bool, bool]
) -> float:
    total = float(sum(scores[at, label] for at, label in enumerate(path)))
    total += float(sum(transitions[a, b] for a, b in pairwise(path)))
    if not edges[0]:
        total += float(transitions[0, path[0]])
    if not edges[1]:
        total += float(transitions[path[-1], 0])
    return total


STRETCHES = st.lists(
    st.tuples(st.integers(1, 4), st.booleans(), st.booleans()), min_size=1, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(STRETCHES, st.integers(0, 1000))
def test_best_labels_and_their_probability(
    stretches: list[tuple[int, bool, bool]], seed: int
) -> None:
    transitions = transitions_of(seed)
    lengths = [length for length, _, _ in stretches]
    scores = scores_of(seed + 1, sum(lengths))
    given_scores = scores.copy()
    edges = [(begins, ends) for _, begins, ends in stretches]
    best, sure = Decoder(transitions, 0, HEAT).decode(scores, lengths, edges)
    np.testing.assert_array_equal(scores, given_scores)
    first = 0
    for length, edge in zip(lengths, edges, strict=True):
        here = scores[first : first + length]
        paths = allowed_paths(length)
        weights = np.array([weight(path, here, transitions, edge) for path in paths])
        chosen = tuple(best[first : first + length].tolist())
        assert weight(chosen, here, transitions, edge) == pytest.approx(weights.max(), abs=1e-3)
        assert chosen in paths
        odds = np.exp((weights - weights.max()) * HEAT)
        for at, label in enumerate(chosen):
            through = np.array([path[at] == label for path in paths])
            share = odds[through].sum() / odds.sum()
            assert sure[first + at] == pytest.approx(share, abs=1e-3)
        first += length


def test_the_order_of_stretches_makes_no_difference() -> None:
    transitions = transitions_of(1)
    parts = [scores_of(seed, words) for seed, words in enumerate((3, 1, 7, 2, 7))]
    decoder = Decoder(transitions, 0, HEAT)
    edges = [(True, False)] * len(parts)
    best, sure = decoder.decode(np.concatenate(parts), [len(part) for part in parts], edges)
    alone = [decoder.decode(part, [len(part)], edges[:1]) for part in parts]
    np.testing.assert_array_equal(best, np.concatenate([one for one, _ in alone]))
    np.testing.assert_allclose(sure, np.concatenate([one for _, one in alone]), atol=1e-5)


def test_nothing_to_decode() -> None:
    best, sure = Decoder(transitions_of(1), 0, HEAT).decode(
        np.zeros((0, len(LABELS)), np.float32), [], []
    )
    assert (len(best), len(sure)) == (0, 0)
