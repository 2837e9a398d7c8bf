"""The file of the model: written and read again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reader.entities.gazetteer import Gazetteer, reaches
from reader.entities.model import MAGIC, Knowledge, Model, Weights, dump_model, hash_of, load_model
from reader.entities.trained import built_in

NAMES = {"Nairobi": 1, "Bank of Ghana": 2, "Łódź": 4}
SMALL = Model(
    "abc",
    Weights(
        ("O", "U-LOC"),
        np.array(sorted(map(hash_of, ("g=Stown", "w=café"))), dtype=np.uint32),
        np.array([0, 1, 3], dtype=np.uint32),
        np.array([1, 0, 1], dtype=np.uint8),
        np.array([2.5, -1, 1], dtype=np.float16),
        np.array([[0, 1], [2, 3]], dtype=np.float32),
        0.25,
    ),
    Knowledge(
        Gazetteer(("town", "bank", "city"), NAMES, reaches(NAMES)),
        ("given", "common"),
        {"Ann": 1, "Heavy": 2},
        {"café": (3, 1), "river": (2, 2)},
    ),
)
EMPTY = Model(
    "",
    Weights(
        ("O",),
        np.zeros(0, np.uint32),
        np.zeros(1, np.uint32),
        np.zeros(0, np.uint8),
        np.zeros(0, np.float16),
        np.zeros((1, 1), np.float32),
        1.0,
    ),
    Knowledge(Gazetteer(("town",), {"A": 1}, {"A": 1}), (), {"A": 1}, {"A": (1,)}),
)


def same(one: Model, other: Model) -> bool:
    for name in ("hashes", "starts", "places", "values", "transitions"):
        mine, theirs = getattr(one.weights, name), getattr(other.weights, name)
        if mine.dtype != theirs.dtype or not np.array_equal(mine, theirs):
            return False
    return (
        one.knowledge == other.knowledge
        and one.version == other.version
        and one.weights.labels == other.weights.labels
        and one.weights.heat == other.weights.heat
    )


@pytest.mark.parametrize("model", [SMALL, EMPTY], ids=["small", "without weights"])
def test_what_is_written_is_read(model: Model) -> None:
    assert same(load_model(dump_model(model)), model)


def test_the_model_of_the_package() -> None:
    model = built_in()
    assert same(load_model(dump_model(model)), model)
    assert model.version
    arrays = (model.weights.hashes, model.weights.starts, model.weights.transitions)
    assert all(array.flags.aligned for array in arrays)
    assert (np.diff(model.weights.hashes.astype(np.int64)) > 0).all()
    assert built_in() is model


def header_replaced(data: bytes, header: bytes) -> bytes:
    return MAGIC + header + data[len(MAGIC) + 9 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: b"",
    "another beginning": lambda data: b"PK" + data,
    "a later format": lambda data: data.replace(MAGIC, b"dateline names 9\n"),
    "the first line only": lambda data: data[: len(MAGIC)],
    "no header": lambda data: data[: len(MAGIC) + 9],
    "half a header": lambda data: data[: len(MAGIC) + 40],
    "no length": lambda data: header_replaced(data, b"nonsense\n"),
    "a wrong length": lambda data: header_replaced(data, b"00000003\n"),
    "a short end": lambda data: data[:-16],
    "one half": lambda data: data[: len(data) // 2],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_a_value_error(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_model(damage(dump_model(SMALL)))
