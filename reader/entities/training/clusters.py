"""Groups of words that are used alike, from plain text: k-means over the singular vectors of
positive pointwise mutual information with neighbouring words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LEAST = 8
"""Times a word has to be there."""

CONTEXTS = 3000
"""Most frequent words that count as neighbours."""

DIMENSIONS = 64
SIZES = (60, 250, 1000)
_ROUNDS = 12
_DIGIT = re.compile(r"\d")


def make_clusters(sentences: Iterable[Sequence[str]], seed: int) -> dict[str, tuple[int, ...]]:
    """The number of its group in each of SIZES groupings, by word with digits as zeros."""
    folded = [[_DIGIT.sub("0", word) for word in sentence] for sentence in sentences]
    counts = Counter(word for sentence in folded for word in sentence)
    words = [word for word, n in counts.most_common() if n >= LEAST]
    vectors = _vectors(folded, words)
    generator = np.random.default_rng(seed)
    groups = [_k_means(vectors, size, generator) for size in SIZES]
    return {word: tuple(int(group[at]) for group in groups) for at, word in enumerate(words)}


def _vectors(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> NDArray[np.float32]:
    number = {word: at for at, word in enumerate(words)}
    width = min(CONTEXTS, len(words))
    together = np.zeros((len(words), 2 * width), dtype=np.float32)
    for sentence in sentences:
        numbers = [number.get(word, -1) for word in sentence]
        for left, right in pairwise(numbers):
            if left >= 0 and 0 <= right < width:
                together[left, right] += 1
            if right >= 0 and 0 <= left < width:
                together[right, width + left] += 1
    total = together.sum()
    rows, columns = together.sum(1, keepdims=True), together.sum(0, keepdims=True) ** 0.75
    columns *= total / max(columns.sum(), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(together * total / (rows * columns))
    pmi[~np.isfinite(pmi) | (pmi < 0)] = 0
    return _reduced(pmi)


def _reduced(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows in DIMENSIONS dimensions, of length one: randomised singular vectors."""
    generator = np.random.default_rng(0)
    sketch = matrix @ generator.standard_normal((matrix.shape[1], DIMENSIONS + 16)).astype("f4")
    for _ in range(3):
        sketch = matrix @ (matrix.T @ np.linalg.qr(sketch)[0])
    basis = np.linalg.qr(sketch)[0]
    left, scale, _ = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    vectors = (basis @ left[:, :DIMENSIONS]) * np.sqrt(scale[:DIMENSIONS])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _k_means(
    vectors: NDArray[np.float32], size: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    size = min(size, len(vectors))
    centres = vectors[generator.choice(len(vectors), size, replace=False)]
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = np.argmax(vectors @ centres.T, axis=1)
        for group in range(size):
            members = vectors[nearest == group]
            if len(members):
                centre = members.sum(0)
                centres[group] = centre / max(float(np.linalg.norm(centre)), 1e-9)
    return nearest
