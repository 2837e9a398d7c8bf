"""Names of people compared, as keys. Pure.

A name of several words names a person in full; a bare one is a surname or a first name alone,
with or without its particles ("al-Assad", "van der Berg").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from reader.entities.names import CACHED
from reader.entities.tokens import flatten
from reader.entities.variants import load_first_names, load_surnames, load_variants

_NUMBERS_WORDS = "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi"
_NUMBERS = frozenset(_NUMBERS_WORDS.split())
SUFFIXES = frozenset({"jr", "sr"}) | _NUMBERS
_PARTICLES_WORDS = (
    "al el ul ad ash as at abd bin ibn bint ben abu umm van der den de del della di da do dos das "
    "du la le von zu zur ter ten af av st saint mac mc o y e"
)
PARTICLES = frozenset(_PARTICLES_WORDS.split())
_ARTICLES = frozenset({"al", "el", "ul", "ad", "ash", "as", "at"})
"""Particles that some leave out; "Ben", "Mac" and "Van" are first names too."""
_SON_OF = frozenset({"bin", "ibn", "bint", "abu", "umm"})
_ALONE = [[particle] for particle in PARTICLES]
_SHORT = 3
_VOWELS = frozenset("aeiouy")


@lru_cache(CACHED)
def words_of(key: str) -> tuple[str, ...]:
    """The words of a name without "Jr." and the like."""
    words = key.split()
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(words)


def suffix_of(key: str) -> str:
    """ "jr", "iii" and the like at the end of a name, or ""."""
    last = key.rpartition(" ")[2]
    return last if last in SUFFIXES and last != key else ""


@lru_cache(CACHED)
def is_bare(key: str) -> bool:
    """Whether a name is a surname or a first name alone; "Charles III" is whole."""
    words = words_of(key)
    if suffix_of(key) in _NUMBERS:
        return False
    return all(word in PARTICLES for word in words[:-1])


def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person: names left out or cut to initials are nothing
    against it, other names and other suffixes are."""
    suffixes = {suffix_of(one), suffix_of(other)} - {""}
    short, long = sorted((words_of(one), words_of(other)), key=len)
    if len(suffixes) > 1 or len(short) < 2:
        return False
    if short == long[: len(short)]:
        return True
    if short[-1] != long[-1]:
        return False
    # Idriss Déby is not Mahamat Idriss Déby, but García Márquez is Gabriel García Márquez.
    whole = short[0] == long[0] or (short == long[-len(short) :] and not may_be_given(short[0]))
    return (whole and _is_part(short, long)) or _same_givens(short, long)


def role(bare: str, full: str) -> int | None:
    """How well a bare name names the person of a full one: 0 as surname, 1 as another part of
    the name, None not at all."""
    words, part = words_of(full), words_of(bare)
    core = part[-1]
    if len(words) < 2:
        return 0 if words == part and suffix_of(full) in _NUMBERS else None
    if part == words[-len(part) :] and (len(part) > 1 or words[-2] not in _SON_OF):
        return 0
    whole = len(part) == 1 or part[0] in _ARTICLES
    if whole and core == words[-1] and words[-2] not in _SON_OF:
        return 0
    if len(part) > 1 or core in PARTICLES or len(core) < 2:
        return None
    return 1 if core in words[:-1] else None


def lookup_keys(key: str) -> tuple[str, ...]:
    """Keys under which a person of this full name is found by shorter ones: first and last name,
    two surnames, and last the surname."""
    words = words_of(key)
    if len(words) < 2:
        return ()
    shorter = [f"{words[0]} {words[-1]}"]
    if len(words) > 2 and not may_be_given(words[-2]) and len(words[-2]) > 1:
        shorter.append(" ".join(words[-2:]))
    surname = () if words[-2] in _SON_OF else (words[-1],)
    return tuple(one for one in (*shorter, *surname) if one != key)


def is_half(surname: str, name: str) -> bool:
    """Whether a surname is only the end of a hyphenated one in a full name as written: "Healy"
    of "Liam Silke-Healy", not "Assad" of "Bashar al-Assad"."""
    before, hyphen, last = flatten(name).casefold().rpartition("-")
    return bool(hyphen) and last == surname and before.split()[-1:] not in _ALONE


def gender_of(given: str) -> str:
    """ "f", "m" or "" for a first name."""
    return _genders().get(given, "")


def is_shared(bare: str) -> bool:
    """Whether a surname is one of those that very many people have."""
    return bare in _shared() or words_of(bare)[-1] in _shared()


def is_given(word: str) -> bool:
    """Whether a word is known as a first name, and not as a surname."""
    return may_be_given(word) and word not in _surnames()


def may_be_given(word: str) -> bool:
    """Whether a word is known as a first name."""
    return word in _genders() or word in _given() or word in _first_names()


def _is_part(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of one name are in another, in order."""
    rest = iter(long)
    return all(word in rest for word in short)


def _same_givens(short: Sequence[str], long: Sequence[str]) -> bool:
    return all(map(_same_given, short[:-1], long[: len(short) - 1]))


def _same_given(one: str, other: str) -> bool:
    if one == other or _is_initials(one, other) or _is_initials(other, one):
        return True
    return not _given().get(one, frozenset()).isdisjoint(_given().get(other, ()))


def _is_initials(short: str, name: str) -> bool:
    """ "j" and "jk" for "joanne"; "jo" is a name."""
    written = len(short) == 1 or (
        len(short) < 4 and (_VOWELS.isdisjoint(short) or short.endswith("j"))
    )
    return written and name.startswith(short[0]) and (len(name) > 3 or len(short) == 1)


@cache
def _given() -> dict[str, frozenset[int]]:
    """First names, with the numbers of the rows that hold them."""
    table: dict[str, set[int]] = {}
    for number, names in enumerate(load_variants().rows["given"]):
        for name in names:
            table.setdefault(name, set()).add(number)
    return {name: frozenset(rows) for name, rows in table.items()}


@cache
def _first_names() -> frozenset[str]:
    # "Xi" and "San" are other things as well.
    return frozenset(_plain(name) for name in load_first_names() if len(name) > _SHORT)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(map(_plain, load_surnames()))


def _plain(name: str) -> str:
    return flatten(name).casefold()


@cache
def _shared() -> frozenset[str]:
    return frozenset(name for names in load_variants().rows["shared"] for name in names)


@cache
def _genders() -> dict[str, str]:
    rows = load_variants().rows
    return {name: kind[0] for kind in ("female", "male") for names in rows[kind] for name in names}
