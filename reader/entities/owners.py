"""Which entity of the library one of an article is. Pure decisions over what the library knows.

A name that nothing decides makes an entity of its own: two entities that are one can be merged by
the reader at a stroke, one that is two has to be sorted out mention by mention.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.entities.bodies import BODIES, HEADS, PARTY_WORDS, country_of, stems
from reader.entities.names import fold_name, name_key, other_keys
from reader.entities.persons import (
    is_bare,
    is_given,
    is_half,
    is_shared,
    lookup_keys,
    role,
    same_person,
    words_of,
)
from reader.entities.values import Linked
from reader.entities.variants import load_variants
from reader.model import EntityId, EntityKind

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC

DOMINANT = 5
"""So many times more articles than all others of the name the owner of a bare name has."""

KNOWN = 3
"""Articles from which on somebody can own a surname that many have; one is enough else."""


@dataclass(slots=True)
class Owner:
    """An entity of the library, or one that is about to be (`id` None).

    `keys` are the folded names under which it is found, `own` of these the names in full by which
    an entity of its kind is this one: its own, and those of what the reader made part of it. The
    reader may have corrected it, or ignore it. `bearers` are those parts of it that bear a key.
    """

    key: str
    kind: EntityKind
    name: str
    articles: int = 0
    id: EntityId | None = None
    keys: set[str] = field(default_factory=set)
    own: Sequence[str] = ()
    ignored: bool = False
    corrected: bool = False
    bearers: Mapping[str, EntityId] = field(default_factory=dict)

    def is_there(self) -> bool:
        """Whether it is more than what an earlier naming left behind."""
        return self.articles > 0 or self.corrected

    def bearer(self, keys: Iterable[str]) -> EntityId | None:
        """The part of it that bears the first of these keys: a merge may be undone."""
        return next((self.bearers[key] for key in keys if key in self.bearers), self.id)


def needs_owner(one: Linked) -> bool:
    """Whether the name is short for something, so that full names have to be known first."""
    if one.kind is PER:
        return is_bare(one.key)
    return one.kind is ORG and " " not in one.key


def stored_keys(one: Linked) -> tuple[str, ...]:
    """The folded names under which an entity is to be found later, those of its article and
    those it is known to have."""
    keys = [one.key, *map(fold_name, one.aliases), *other_keys(one.key, one.kind)]
    keys += _shorter(one) if one.kind is PER else ()
    keys += stems(one.key) if one.kind is ORG else ()
    found = dict.fromkeys(keys)
    if one.kind is not ORG:
        return tuple(found)
    # "The Commission" tells which one only inside its article; nobody asks for the owner of a
    # "Parliament" without its country.
    return tuple(key for key in found if key == one.key or key in BODIES or key not in HEADS)


def _shorter(one: Linked) -> tuple[str, ...]:
    """Keys of shorter names of a person; half a surname is that of others."""
    halves = {key for key in lookup_keys(one.key) for form in one.aliases if is_half(key, form)}
    return tuple(key for key in lookup_keys(one.key) if key not in halves)


def asked_keys(one: Linked) -> tuple[str, ...]:
    """The keys under which the owner of an entity may stand in the library."""
    if one.kind is PER:
        words = words_of(one.key)
        # "al-Assad" is asked for as "Assad" too, "James R. Clapper" as "James Clapper",
        # "S. Jaishankar" by surname.
        surname = is_bare(one.key) or len(words[0]) == 1
        short = words[-1] if surname else f"{words[0]} {words[-1]}"
        return tuple(dict.fromkeys((one.key, short)))
    if one.kind is ORG:
        return tuple(dict.fromkeys((one.key, *_defined(one), *stems(one.key))))
    return (one.key,)


def find_owner(one: Linked, owners: Sequence[Owner]) -> Owner | None:
    """The one among `owners`, all of its kind, that an entity of an article is; None if it is
    new. `owners` are those that stand under its `asked_keys`."""
    exact = next((owner for owner in owners if one.key in owner.own), None)
    if exact is not None and (exact.corrected or not _is_bare(one)):
        return exact
    # Nothing is short for what the reader ignores, nor for what no article names any more.
    owners = [owner for owner in owners if not owner.ignored and owner.is_there()]
    if _is_bare(one):
        return _owner_of_bare(one.key, exact, owners)
    if one.kind is PER:
        fitting = [owner for owner in owners if _is_same_person(one.key, owner)]
        return fitting[0] if len(fitting) == 1 else None
    if one.kind is ORG:
        return _organisation(one, owners)
    return None


def _is_bare(one: Linked) -> bool:
    return one.kind is PER and is_bare(one.key)


def related(name: str, kind: EntityKind) -> tuple[tuple[str, EntityKind], ...]:
    """Key and kind of the country of a nationality or people, or of those of a country; of a party
    and what its people are called too."""
    asked = name_key(name, kind), kind
    pairs = [
        ((name_key(names[0], LOC), LOC), (name_key(demonym, MISC), MISC))
        for names, demonyms in load_variants().countries
        for demonym in demonyms
    ]
    pairs += [((f"{word} party", ORG), (word, MISC)) for word in PARTY_WORDS]
    others = (pair[1 - pair.index(asked)] for pair in pairs if asked in pair)
    return tuple(dict.fromkeys(others))


def _owner_of_bare(key: str, exact: Owner | None, owners: Iterable[Owner]) -> Owner | None:
    """Whoever the library has in mind with a bare name; a name that is known by itself, as
    often as anybody who bears it, stays so."""
    bearers = [owner for owner in owners if not is_bare(owner.key) and _bears(owner, key)]
    owner = _dominant(bearers, KNOWN if is_shared(key) else 1)
    if owner is None or (exact is not None and exact.articles > owner.articles):
        return exact
    return owner


def _bears(owner: Owner, bare: str) -> bool:
    if role(bare, owner.key) == 0:
        return True
    # "Xi", as articles call Xi Jinping; first names are shared by too many.
    return bare in owner.keys and not is_given(bare)


def _dominant(owners: Sequence[Owner], known: int) -> Owner | None:
    if not owners:
        return None
    first = max(owners, key=lambda owner: owner.articles)
    others = sum(owner.articles for owner in owners) - first.articles
    return first if first.articles >= max(known, DOMINANT * others) else None


def _is_same_person(key: str, owner: Owner) -> bool:
    """Whether nothing in the full names of a person is against this one."""
    if is_bare(owner.key):
        return False
    last = words_of(owner.key)[-1]
    full = [alias for alias in owner.keys if words_of(alias)[-1] == last and not is_bare(alias)]
    # What is only cut from a longer name says nothing of its own.
    cut = {short for alias in full for short in lookup_keys(alias)}
    return all(same_person(key, alias) for alias in full if alias not in cut)


def _organisation(one: Linked, owners: Sequence[Owner]) -> Owner | None:
    fitting = [owner for owner in owners if _is_same_body(one, owner)]
    if len(fitting) == 1:
        return fitting[0]
    return _dominant(fitting, KNOWN) if needs_owner(one) else None


def _is_same_body(one: Linked, owner: Owner) -> bool:
    if one.key in owner.keys or owner.key in stems(one.key):
        return True
    # Initials that stand for one body already do not stand for another.
    return owner.key in _defined(one) and not any(" " in key for key in owner.keys)


def _defined(one: Linked) -> tuple[str, ...]:
    """Short forms of a body that its article gives, by which others may know it already."""
    if " " not in one.key:
        return ()
    return tuple(
        key
        for form in one.aliases
        if form.replace(".", "").isupper()
        and " " not in (key := name_key(form, one.kind))
        and key not in HEADS
        and country_of(key) is None
    )
