"""Names compared: one key for every way a name is written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from reader.entities.tokens import flatten
from reader.entities.variants import load_variants
from reader.model import EntityKind

_POSSESSIVE = re.compile(r"(?<=\w)(?:'s|')$", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+(?:[^\W\d_]\b)?", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_JOINED = re.compile(r"(?<=\w)['.](?=\w)")
_LONE_LETTERS = re.compile(r"\b([^\W\d_]) (?=[^\W\d_]\b)")
_HONORIFICS_WORDS = (
    "mr mrs ms miss dr sir dame lady prof professor president premier chancellor senator sen rep "
    "gov gen col capt lt sgt adm ayatollah rev reverend sheikh sheik pope the "
)
_HONORIFICS = frozenset(_HONORIFICS_WORDS.split())
# In front of a person these are titles, elsewhere the first words of names.
_TITLES_WORDS = (
    "lord minister governor general colonel major maj captain lieutenant sergeant admiral king "
    "queen prince princess judge justice mayor ambassador secretary brigadier commander marshal "
    "officer sheriff sheikha emir imam mullah cardinal archbishop bishop rabbi father sister "
    "chief crown prime vice first deputy madame baroness congressman congresswoman "
)
TITLES = _HONORIFICS - {"the"} | frozenset(_TITLES_WORDS.split())
"""Words in lower case, without dots, that stand in front of the name of a person."""
# "Boeing Co." is Boeing.
_LEGAL = frozenset(
    {"incorporated", "corporation", "company", "co", "limited", "plc", "llc", "llp", "ag", "sa"}
    | {"gmbh", "nv", "spa", "bhd", "pty", "asa", "kk", "oyj"}
)
_APART = frozenset({"américa"})
"""Names in lower case that are not the curated ones their letters without accents are."""
CACHED = 1 << 13
"""Names whose key is remembered: the same ones come again and again."""


@lru_cache(CACHED)
def bare_name(name: str) -> str:
    """The name on one line, without possessive at its end; spelling and case stay."""
    tidy = _BLANKS.sub(" ", name).strip(' \t"“”‘«»()[],;:!?')
    flat = flatten(tidy)
    cut = _POSSESSIVE.search(flat) if "'" in flat else None
    return tidy[: cut.start()] if cut else tidy


@lru_cache(CACHED)
def fold_name(name: str) -> str:
    """The key under which two ways of writing one name meet.

    Case, accents, curly quotes, dots, apostrophes, a possessive, honorifics in front and well-known
    spellings of a word ("Kiev", "Kyiv") make no difference. Never empty for a name with letters.
    """
    words = _plain_words(name)
    while len(words) > 1 and words[0] in _HONORIFICS:
        words.pop(0)
    spellings = _spellings()
    return " ".join(spellings.get(word, word) for word in words)


@lru_cache(CACHED)
def name_key(name: str, kind: EntityKind) -> str:
    """The key of an entity of this kind that is called so: the folded name, and one key for all
    that the curated lists know as one ("Burma", "Myanmar"). A title is no part of a person, the
    legal form no part of a company."""
    key = fold_name(name)
    curated = _curated()
    if bare_name(name).casefold() in _APART:
        return key
    if (kind, key) in curated:
        return curated[kind, key]
    words = key.split()
    if kind is EntityKind.PER:
        while len(words) > 1 and words[0] in TITLES:
            words.pop(0)
    elif kind is EntityKind.ORG:
        while len(words) > 1 and words[-1] in _LEGAL:
            words.pop()
    key = " ".join(words)
    return curated.get((kind, key), key)


def shown_name(key: str, kind: EntityKind) -> str | None:
    """The name that the curated lists give to the entity of that key, if they know it."""
    return _shown().get((kind, key))


def other_keys(key: str, kind: EntityKind) -> tuple[str, ...]:
    """The folded names of the curated lists for the entity of that key."""
    return _others().get((kind, key), ())


def _plain_words(name: str) -> list[str]:
    plain = bare_name(name)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", flatten(plain))
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = plain.casefold()
    words = plain.split()
    if all(len(word) > 1 and word.isalpha() for word in words):
        # Most names: no sign to take out, no initials to put together.
        return words
    plain = _INITIALS.sub(lambda found: found.group().replace(".", ""), plain)
    plain = _JOINED.sub("", plain).replace("&", " and ").replace("-", " ").replace("/", " ")
    bare = [word.strip(".,'\"()") or word for word in plain.split()]
    return _LONE_LETTERS.sub(r"\1", " ".join(bare)).split()


@cache
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for first, *others in load_variants().rows["word"]:
        [shown] = _plain_words(first)
        for other in others:
            for word in _plain_words(other):
                table[word] = shown
    return table


@cache
def _shown() -> dict[tuple[EntityKind, str], str]:
    nations = (demonyms[0] for _, demonyms in load_variants().countries if demonyms)
    table = {(EntityKind.MISC, fold_name(nation)): nation for nation in nations}
    for kind in EntityKind:
        for first, *_ in load_variants().rows.get(kind, ()):
            table[kind, fold_name(first)] = first
    return table


@cache
def _others() -> dict[tuple[EntityKind, str], tuple[str, ...]]:
    return {
        (kind, fold_name(names[0])): tuple(dict.fromkeys(map(fold_name, names[1:])))
        for kind in EntityKind
        for names in load_variants().rows.get(kind, ())
    }


@cache
def _curated() -> dict[tuple[EntityKind, str], str]:
    table = {(kind, key): key for kind, key in _others()}
    for (kind, key), others in _others().items():
        for other in others:
            table.setdefault((kind, other), key)
    for _, demonyms in load_variants().countries:
        keys = [fold_name(demonym) for demonym in demonyms]
        for key in keys:
            table.setdefault((EntityKind.MISC, key), keys[0])
    return table
