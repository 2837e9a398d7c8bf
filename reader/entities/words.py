"""What a word is by itself: how it is written, and the attributes the model has weights for. Pure.

Attributes are strings; the same functions serve training and recognising, so that both mean the
same by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

_DIGIT = re.compile(r"\d")
_RUN = re.compile(r"(.)\1+", re.DOTALL)
_LONGEST_AFFIX = 4
CACHED = 1 << 15
"""Words whose case is remembered, and shapes."""


class Case(IntEnum):
    """How a word is written."""

    LOWER = 0
    CAPITALISED = 1
    UPPER = 2
    INITIAL = 3
    MIXED = 4
    NUMBER = 5
    SIGN = 6
    EDGE = 7


def case_of(word: str) -> Case:
    """How a word is written; EDGE for none."""
    if not word:
        return Case.EDGE
    if word.islower():
        return Case.LOWER
    if not word[0].isupper():
        return _small_case(word)
    if len(word) == 1 or (len(word) == 2 and word[1] == "."):
        return Case.INITIAL
    if word[1:].islower():
        return Case.CAPITALISED
    return Case.UPPER if word.isupper() else Case.MIXED


def _small_case(word: str) -> Case:
    """How a word is written that does not begin with a capital."""
    if any(map(str.isdigit, word)):
        return Case.NUMBER
    return Case.MIXED if any(map(str.isalpha, word)) else Case.SIGN


@lru_cache(CACHED)
def case_number(word: str) -> int:
    """How a word is written, as a plain number."""
    return int(case_of(word))


GROUPS = "lcuo"
"""Cases as far as neighbours care: lower, capitalised, upper, other."""

GROUP_OF = (0, 1, 2, 1, 1, 3, 3, 3)
"""The number of its group in GROUPS, by case."""

SLOTS = ("0", "-1", "+1", "-2", "+2", *(f"{at}{group}" for at in ("-1", "+1") for group in GROUPS))
"""From where a word is looked at: from itself, from its neighbours, and from its neighbours
written in one way or another."""

_NEAR = frozenset("wsxcfF")
_FAR = frozenset("wscf")
_JOINED = frozenset("wcf")


_PLAIN_SHAPE = {
    **dict.fromkeys(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "X"),
    **dict.fromkeys(map(ord, "abcdefghijklmnopqrstuvwxyz"), "x"),
    **dict.fromkeys(map(ord, "0123456789"), "d"),
}


def _shape(word: str) -> str:
    if word.isascii():
        return word.translate(_PLAIN_SHAPE)
    return "".join(
        "X" if sign.isupper() else "x" if sign.isalpha() else "d" if sign.isdigit() else sign
        for sign in word
    )


@lru_cache(CACHED)
def _shapes(whole: str) -> tuple[str, str]:
    return _RUN.sub(r"\1", whole), whole[:8]


def shapes_of(word: str) -> tuple[str, str]:
    """The signs of a word as letters of both cases and digits: each run of one sign as one, and
    the first eight."""
    return _shapes(_shape(word))


def attributes(word: str, flags: Sequence[str], clusters: Sequence[str]) -> list[str]:
    """The attributes of a word, "" for the edge of a sentence.

    `flags` are the lists it stands in, `clusters` the groups of words used alike it belongs to.
    The letter before "=" tells the kind of attribute.
    """
    own = own_attributes(word)
    if not word:
        return own
    shared = shared_attributes(*shapes_of(word), flags)
    return [*own, *shared, *map(cluster_attribute, clusters)]


def own_attributes(word: str) -> list[str]:
    """The attributes by which words differ that are written and listed alike."""
    if not word:
        return ["w=<edge>"]
    lower = _DIGIT.sub("0", word.lower())
    made = [f"w={lower}"]
    for length in range(2, min(_LONGEST_AFFIX, len(lower) - 1) + 1):
        made += [f"p={lower[:length]}", f"e={lower[-length:]}"]
    if len(lower) > 3:
        made.append(f"x={lower[-3:]}")
    return made


def shared_attributes(short: str, long: str, flags: Sequence[str]) -> list[str]:
    """The attributes of a word for its shapes and lists: a few hundred kinds of words."""
    made = [f"s={short}", f"S={long}", *(f"f={flag}" for flag in flags)]
    if flags:
        made.append(f"F={'+'.join(flags)}")
    return made


def cluster_attribute(cluster: str) -> str:
    """The attribute for a group of words."""
    return f"c={cluster}"


def seen_from(slot: str, made: Sequence[str]) -> Iterator[str]:
    """Those attributes of a word that count from a slot."""
    if slot == "0":
        kinds = None
    elif len(slot) > 2:
        kinds = _JOINED
    else:
        kinds = _NEAR if slot[1] == "1" else _FAR
    for one in made:
        if kinds is None:
            if one[0] != "x":
                yield one
        elif one[0] in kinds:
            yield one


def names_of_bits(bits: int, names: Sequence[str]) -> list[str]:
    """The names whose bit is set, bit 0 being that of the first."""
    return [name for at, name in enumerate(names) if bits >> at & 1]


def groups_of(word: str, clusters: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """The number of the group of a word in each grouping, none for a word that is in none;
    digits count as zeros."""
    folded = _DIGIT.sub("0", word)
    return clusters.get(folded) or clusters.get(folded.lower(), ())


def cluster_names(word: str, clusters: Mapping[str, Sequence[int]]) -> list[str]:
    """The groups of a word, each named by its grouping and its number."""
    return [cluster_name(at, group) for at, group in enumerate(groups_of(word, clusters))]


def cluster_name(grouping: int, group: int) -> str:
    return f"{grouping}:{group}"
