"""The trained model and its file.

A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over labels of names in
the BILOU scheme. The weight of an attribute is found by the CRC-32 of its name, so that opening the
file reads no strings of attributes.

The file: the line MAGIC; the length of a JSON header as eight decimal digits and a line end; the
header; arrays one after the other, each begun at a multiple of eight bytes from the end of the
header. The header has `labels`, `topics`, `flags`, `version`, `heat`, and under `arrays` the type,
first byte and length in bytes of each. Texts are arrays of bytes, UTF-8, a line for each item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from reader.entities.gazetteer import Gazetteer

MAGIC = b"dateline names 1\n"
_LENGTH_DIGITS = 8
_STEP = 8

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned. Row r of the attributes has the `places` (slot times number of labels
    plus label) and `values` from `starts[r]` up to `starts[r + 1]`; rows are sorted by `hashes`.
    `transitions[a, b]` leads from label a to label b."""

    labels: tuple[str, ...]
    hashes: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    places: NDArray[np.uint8]
    values: NDArray[np.float16]
    transitions: NDArray[np.float32]
    heat: float
    """What scores are multiplied with before they are read as logarithms of odds."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What lists and unlabelled text say of words: names by topic, flags as bits of `flag_names`,
    the numbers of the groups of words used alike (0 for none)."""

    gazetteer: Gazetteer
    flag_names: tuple[str, ...]
    flags: dict[str, int]
    clusters: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything a recogniser needs; `version` changes whenever it does."""

    version: str
    weights: Weights
    knowledge: Knowledge


def hash_of(attribute: str) -> int:
    """Where the weights of an attribute stand."""
    return crc32(attribute.encode())


def load_model(data: bytes) -> Model:
    """The model in the bytes of its file. Raises ValueError when it is none."""
    if not data.startswith(MAGIC):
        raise ValueError("no model of names")
    body = len(MAGIC) + _LENGTH_DIGITS + 1
    length = int(data[len(MAGIC) : body])
    header = json.loads(data[body : body + length])
    arrays = {
        name: np.frombuffer(data, dtype=kind, count=size // np.dtype(kind).itemsize,
                            offset=body + length + first)
        for name, (kind, first, size) in header["arrays"].items()
    }  # fmt: skip
    labels = tuple(header["labels"])
    weights = Weights(
        labels,
        arrays["hashes"],
        arrays["starts"],
        arrays["places"],
        arrays["values"],
        arrays["transitions"].reshape(len(labels), len(labels)),
        header["heat"],
    )
    return Model(header["version"], weights, _knowledge(header, arrays))


def _knowledge(header: Mapping[str, Any], arrays: Mapping[str, Array]) -> Knowledge:
    gazetteer = Gazetteer(
        tuple(header["topics"]),
        _by_line(arrays["names"], arrays["name_topics"]),
        _by_line(arrays["leads"], arrays["lead_reaches"]),
    )
    clusters = arrays["word_clusters"].reshape(-1, header["groupings"])
    grouped = zip(_texts(arrays["clustered"]), zip(*clusters.T.tolist(), strict=True), strict=True)
    return Knowledge(
        gazetteer,
        tuple(header["flags"]),
        _by_line(arrays["flagged"], arrays["word_flags"]),
        dict(grouped),
    )


def _texts(lines: Array) -> list[str]:
    return lines.tobytes().decode().split("\n")


def _by_line(lines: Array, values: Array) -> dict[str, int]:
    return dict(zip(_texts(lines), values.tolist(), strict=True))


def dump_model(model: Model) -> bytes:
    """The bytes of the file of a model."""
    weights, known = model.weights, model.knowledge
    arrays: dict[str, Array] = {
        "hashes": weights.hashes,
        "starts": weights.starts,
        "places": weights.places,
        "values": weights.values,
        "transitions": weights.transitions,
        "names": _lines(known.gazetteer.names),
        "name_topics": np.array([*known.gazetteer.names.values()], dtype=np.uint64),
        "leads": _lines(known.gazetteer.reach),
        "lead_reaches": np.array([*known.gazetteer.reach.values()], dtype=np.uint8),
        "flagged": _lines(known.flags),
        "word_flags": np.array([*known.flags.values()], dtype=np.uint32),
        "clustered": _lines(known.clusters),
        "word_clusters": np.array([*known.clusters.values()], dtype=np.uint16),
    }
    places: dict[str, tuple[str, int, int]] = {}
    parts: list[bytes] = []
    at = 0
    for name, array in arrays.items():
        data = array.tobytes()
        places[name] = array.dtype.str, at, len(data)
        parts.append(data + bytes(-len(data) % _STEP))
        at += len(parts[-1])
    header = {
        "version": model.version,
        "labels": weights.labels,
        "heat": weights.heat,
        "topics": known.gazetteer.topics,
        "flags": known.flag_names,
        "groupings": len(next(iter(known.clusters.values()), (0,))),
        "arrays": places,
    }
    text = json.dumps(header).encode()
    text += b" " * (-(len(MAGIC) + _LENGTH_DIGITS + 1 + len(text)) % _STEP)
    return b"".join([MAGIC, f"{len(text):0{_LENGTH_DIGITS}}\n".encode(), text, *parts])


def _lines(texts: Mapping[str, object]) -> Array:
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)
