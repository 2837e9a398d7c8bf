"""From what the trainer has learned to the model that is shipped."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from reader.entities.decoding import NEVER
from reader.entities.labels import may_follow
from reader.entities.model import Knowledge, Model, Weights, dump_model, hash_of
from reader.entities.training.features import Clusters
from reader.entities.training.lexicon import FLAGS, Lexicon
from reader.entities.words import SLOTS

Features = Mapping[tuple[str, str], float]

LEAST = 0.02
"""Weights nearer to nothing than this are left out, as a share of the greatest."""


def compile_model(
    features: Features, transitions: Features, lexicon: Lexicon, clusters: Clusters, heat: float
) -> Model:
    """The model with these weights: `features` by attribute (with its slot in front) and label,
    `transitions` by two labels."""
    labels = ("O", *sorted({label for _, label in features} - {"O"}))
    weights = _weights(features, labels, transitions, heat)
    knowledge = Knowledge(
        lexicon.gazetteer, FLAGS, lexicon.flags, {word: tuple(c) for word, c in clusters.items()}
    )
    model = Model("", weights, knowledge)
    return replace(model, version=hashlib.sha256(dump_model(model)).hexdigest()[:12])


def _weights(
    features: Features, labels: Sequence[str], transitions: Features, heat: float
) -> Weights:
    number = {label: at for at, label in enumerate(labels)}
    rows: dict[int, list[tuple[int, float]]] = defaultdict(list)
    least = LEAST * max(map(abs, features.values()))
    for (name, label), value in features.items():
        if abs(value) >= least:
            slot, attribute = place_of(name)
            rows[hash_of(attribute)].append((slot * len(labels) + number[label], value))
    hashes = sorted(rows)
    entries = [entry for one in hashes for entry in sorted(rows[one])]
    lengths = [len(rows[one]) for one in hashes]
    matrix = [
        [transitions.get((a, b), 0.0) if may_follow(a, b) else NEVER for b in labels]
        for a in labels
    ]
    return Weights(
        tuple(labels),
        np.array(hashes, dtype=np.uint32),
        np.cumsum([0, *lengths]).astype(np.uint32),
        np.array([place for place, _ in entries], dtype=np.uint8),
        np.array([value for _, value in entries], dtype=np.float16),
        np.array(matrix, dtype=np.float32),
        heat,
    )


def place_of(name: str) -> tuple[int, str]:
    """The slot of an attribute as the trainer knows it, and its bare name."""
    slot, bar, attribute = name.partition("|")
    return (SLOTS.index(slot), attribute) if bar and slot in SLOTS else (0, name)
