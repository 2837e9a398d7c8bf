from __future__ import annotations

from random import Random

from reader.entities.training.clusters import LEAST, SIZES, make_clusters

ANIMALS, FRUITS = ["cat", "dog", "cow", "fox"], ["fig", "pear", "plum", "lime"]


def sentences() -> list[list[str]]:
    chance = Random(1)
    made: list[list[str]] = []
    for _ in range(400):
        made.append(["the", chance.choice(ANIMALS), "runs", "and", "barks"])
        made.append(["we", "eat", "ripe", chance.choice(FRUITS), "in", str(chance.randrange(99))])
    return made


def test_words_used_alike_are_in_one_group() -> None:
    groups = make_clusters(sentences(), 1)
    assert {len(group) for group in groups.values()} == {len(SIZES)}
    assert len({*map(groups.get, ["cat", "barks"])}) == 2
    assert "00" in groups
    assert "17" not in groups


def test_rare_words_have_no_group() -> None:
    rare = [["okapi", "runs"]] * (LEAST - 1)
    assert "okapi" not in make_clusters([*sentences(), *rare], 1)
    assert "okapi" in make_clusters([*sentences(), *rare, *rare], 1)


def test_the_same_seed_makes_the_same_groups() -> None:
    assert make_clusters(sentences(), 3) == make_clusters(sentences(), 3)
