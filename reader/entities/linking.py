"""Gather the mentions of one article that name the same one. Pure: nothing but values.

Mentions of one kind with one key are one entity; a key that is nearly always of one kind is of it
everywhere. Then shorter names join longer ones: what brackets define, the surname or first name
of a person, the first words or the common noun of an organisation. A name that several people of
the article share joins the one whose full name was the latest before it, and the first one after
it when there was none: a reader takes it so, and it never makes one of two people.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reader.entities.bodies import (
    PARTY_WORDS,
    acronyms,
    is_acronym,
    may_be_head,
    may_be_short,
    may_be_tail,
    split_body,
)
from reader.entities.names import TITLES, bare_name, fold_name, name_key, shown_name
from reader.entities.persons import gender_of, is_bare, role, same_person, words_of
from reader.entities.places import SITES, home_of, within_state
from reader.entities.values import Found, Linked
from reader.model import EntityKind

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC

_BRACKET = re.compile(r"['\"”’]?\s*\(\s*(?:the\s+|or\s+|aka\s+|now\s+|formerly\s+)?[\"“'‘]?")
_ALSO_KNOWN = re.compile(
    r"['\"”’]?,?\s*(?:\(|or|(?:also |better )?known (?:as|by its (?:initials|acronym)(?: as)?)"
    r"|formerly(?: known as| called)?|nicknamed)\s+(?:the\s+)?[\"“'‘]?"
)
_OWNING = re.compile(r"(?:['’]s?)?\s+")
_OF = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?")
_TITLE = re.compile(r"(\w+)\.?\s+$")
_TITLE_REACH = 24
_NOISE = 4.0
"""So many times heavier a kind of a name must be than another to be taken for its only one."""
_MAIN_COUNTRY = 0.4
"""The share of all mentions of countries with which one is that of the article."""
_OPENING = 25
"""The code points an article opens with: a dateline, or of whom it speaks."""
_TELLING = 200
"""The first code points of an article, by which it is told from others."""
_MOST = 50
"""Groups whose names are compared to another one."""
_GENDERS = dict.fromkeys(("mr", "sir", "king", "prince", "lord", "father"), "m") | dict.fromkeys(
    ("mrs", "ms", "miss", "lady", "dame", "queen", "princess", "madame"), "f"
)


@dataclass(slots=True)
class _Group:
    kind: EntityKind
    key: str
    mentions: list[Found] = field(default_factory=list)
    firsts: tuple[int, ...] = ()
    name: str = ""

    @property
    def weight(self) -> float:
        return sum(mention.confidence for mention in self.mentions)


_Groups = dict[tuple[EntityKind, str], _Group]


class _Index:
    """Groups by parts of their names. Of very many that have a part, the first are known: no
    article means it, and time stays linear in the length of a text."""

    def __init__(self) -> None:
        self._by_part: dict[str, list[_Group]] = defaultdict(list)

    def add(self, group: _Group, parts: Iterable[str]) -> None:
        for part in dict.fromkeys(parts):
            self._by_part[part].append(group)

    def find(self, *parts: str) -> list[_Group]:
        """Groups that have any of these parts, each once."""
        found = (group for part in parts for group in self._by_part.get(part, ())[:_MOST])
        return list({id(group): group for group in found}.values())


def link(text: str, found: Sequence[Found]) -> tuple[Linked, ...]:
    """The entities of one article, in the order of their first mention."""
    groups, begun = _grouped(text, found)
    _join_definitions(text, found, begun)
    _join_noise(groups)
    _join_persons(text, groups)
    _join_organisations(text, groups)
    _join_parties(groups)
    _join_places(groups)
    _own_bodies(found, text, groups)
    merged = [group for group in groups.values() if group.mentions]
    for group in merged:
        group.mentions.sort(key=lambda mention: mention.start)
    merged.sort(key=lambda group: group.mentions[0].start)
    return tuple(_linked(text, group) for group in merged)


def _linked(text: str, group: _Group) -> Linked:
    forms = dict.fromkeys(text[mention.start : mention.end] for mention in group.mentions)
    aliases = tuple(dict.fromkeys(map(bare_name, forms)))
    name = shown_name(group.key, group.kind) or group.name
    if not name:
        own = (form for form in aliases if name_key(form, group.kind) == group.key)
        name = next(own, aliases[0])
    return Linked(group.key, name, group.kind, tuple(group.mentions), aliases)


def _grouped(text: str, found: Sequence[Found]) -> tuple[_Groups, dict[int, _Group]]:
    """Mentions by kind and key, and the group of each by its place."""
    groups: _Groups = {}
    begun: dict[int, _Group] = {}
    for place, mention in enumerate(found):
        form = text[mention.start : mention.end]
        key, name = name_key(form, mention.kind), ""
        if mention.kind is ORG:
            key, name = _body_key(text, found, place, key)
        elif mention.kind is LOC and place + 1 < len(found):
            key, name = _city_key(text, mention, found[place + 1], key)
        group = groups.setdefault((mention.kind, key), _Group(mention.kind, key, name=name))
        group.mentions.append(mention)
        begun[mention.start] = group
    for group in groups.values():
        group.firsts = tuple(mention.start for mention in group.mentions)
    return groups, begun


def _move(source: _Group, target: _Group) -> None:
    if source is not target and source.mentions and target.mentions:
        target.mentions.extend(source.mentions)
        source.mentions = []


def _join_noise(groups: _Groups) -> None:
    """One "Wagner" taken for a person among ten that are taken for an organisation."""
    by_key: dict[str, list[_Group]] = defaultdict(list)
    for group in groups.values():
        if group.mentions:
            by_key[group.key].append(group)
    several = [some for some in by_key.values() if len(some) > 1]
    if not several:
        return
    full = {
        word for kind, key in groups if kind is PER and not is_bare(key) for word in words_of(key)
    }
    for same in several:
        heavy = max(same, key=lambda group: group.weight)
        for group in same:
            owned = group.kind is PER and words_of(group.key)[-1] in full
            if not owned and heavy.weight >= _NOISE * group.weight:
                _move(group, heavy)


def _join_definitions(text: str, found: Sequence[Found], begun: dict[int, _Group]) -> None:
    """North Atlantic Treaty Organization (NATO), NATO (North Atlantic Treaty Organization)."""
    for one, other in pairwise(found):
        gap = text[one.end : other.start]
        brackets = _BRACKET.fullmatch(gap) is not None
        if not brackets and not (one.kind is other.kind and _ALSO_KNOWN.fullmatch(gap)):
            continue
        first, second = begun[one.start], begun[other.start]
        if (not brackets and one.kind is PER) or _defines(text, one, other):
            _move(second, first)
        elif _defines(text, other, one):
            _move(first, second)


def _defines(text: str, long: Found, short: Found) -> bool:
    form, name = text[short.start : short.end], fold_name(text[long.start : long.end])
    if PER in (long.kind, short.kind):
        return False
    if is_acronym(fold_name(form), name):
        return True
    # "Workers' Party (PT)": letters of another language.
    plain = form.replace(".", "").replace("-", "")
    several = len(name.split()) > 1
    return long.kind is short.kind is ORG and several and plain.isupper() and 2 <= len(plain) <= 7


def _join_persons(text: str, groups: _Groups) -> None:
    people = [group for group in groups.values() if group.kind is PER and group.mentions]
    people.sort(key=lambda group: -len(words_of(group.key)))
    full = _Index()
    bare: list[_Group] = []
    for group in people:
        if is_bare(group.key):
            bare.append(group)
            continue
        near = full.find(*words_of(group.key))
        owners = [one for one in near if same_person(group.key, one.key)]
        if not owners:
            full.add(group, words_of(group.key))
        elif len(owners) == 1:
            owners[0].firsts = tuple(sorted((*owners[0].firsts, *group.firsts)))
            _move(group, owners[0])
        else:
            _share(text, group, owners)
    for group in bare:
        roles = [(role(group.key, one.key), one) for one in full.find(words_of(group.key)[-1])]
        best = min((number for number, _ in roles if number is not None), default=None)
        if best is not None:
            _share(text, group, [one for number, one in roles if number == best])


def _share(text: str, short: _Group, owners: list[_Group]) -> None:
    """Give every mention of a short name to the owner named in full last before it, of those
    whom the title in front of it fits."""
    if len(owners) == 1:
        _move(short, owners[0])
        return
    titles = [{_title(text, at) for at in owner.firsts} - {""} for owner in owners]
    full: dict[str, list[tuple[int, int]]] = {}
    for mention in short.mentions:
        title = _title(text, mention.start)
        if title not in full:
            fitting = _fitting(title, owners, titles)
            full[title] = sorted((at, number) for number in fitting for at in owners[number].firsts)
        place = max(bisect(full[title], (mention.start, 0)) - 1, 0)
        owners[full[title][place][1]].mentions.append(mention)
    short.mentions = []


def _fitting(title: str, owners: list[_Group], titles: list[set[str]]) -> list[int]:
    """The numbers of the owners who may bear a title; of all when it tells nothing."""
    every = range(len(owners))
    if gender := _GENDERS.get(title, ""):
        return [n for n in every if _gender(owners[n], titles[n]) in (gender, "")] or [*every]
    return [n for n in every if title in titles[n]] or [*every]


def _gender(owner: _Group, titles: set[str]) -> str:
    told = {_GENDERS[title] for title in titles if title in _GENDERS}
    return told.pop() if len(told) == 1 else gender_of(words_of(owner.key)[0])


def _title(text: str, at: int) -> str:
    """The title in front of a place, in lower case, or ""."""
    before = _TITLE.search(text[max(at - _TITLE_REACH, 0) : at])
    word = before[1].lower() if before else ""
    return word if word in TITLES else ""


def _join_organisations(text: str, groups: _Groups) -> None:
    """ "Wagner" is the "Wagner Group" of the same article when only one begins so, "the
    Commission" the "European Commission"."""
    named = [group for group in groups.values() if group.kind is ORG and group.mentions]
    named.sort(key=lambda group: len(group.key))
    index = _Index()
    for group in named:
        index.add(group, (*group.key.split(), *(f"={one}" for one in acronyms(_form(text, group)))))
    for short in named:
        first = short.key.partition(" ")[0]
        near = index.find(first, f"={short.key}")
        near = [one for one in near if one.mentions]
        heads = [one for one in near if may_be_head(short.key, one.key)]
        if heads:
            # "The Central Bank" of an article is that of a country, if it names one.
            own = [one for one in heads if split_body(one.key)]
            _share(text, short, own or heads)
            continue
        longer = [one for one in near if _stands_for(text, short, one)]
        if len(longer) == 1:
            _move(short, longer[0])


def _stands_for(text: str, short: _Group, long: _Group) -> bool:
    if short is long or not short.firsts or not long.firsts:
        return False
    introduced = long.firsts[0] < short.firsts[0]
    if may_be_short(short.key, long.key, introduced=introduced):
        return True
    if may_be_tail(short.key, long.key):
        return True
    first = short.mentions[0]
    return text[first.start : first.end].isupper() and is_acronym(short.key, _form(text, long))


def _form(text: str, group: _Group) -> str:
    """How a group is called first: "Central Bank of Kenya" has other initials than its key."""
    first = group.mentions[0]
    return fold_name(text[first.start : first.end])


def _join_parties(groups: _Groups) -> None:
    """ "Conservatives" are the "Conservative Party" of the same article."""
    for word in PARTY_WORDS:
        if members := groups.get((MISC, word)):
            parties = [
                group
                for (kind, key), group in groups.items()
                if kind is ORG and group.mentions and f" {word} party " in f" {key} "
            ]
            if len(parties) == 1:
                _move(members, parties[0])


def _join_places(groups: _Groups) -> None:
    """ "Evin" is the "Evin Prison" of the same article, "Paris" its "Paris, Texas"."""
    for group in [group for (kind, _), group in groups.items() if kind is LOC]:
        short, _, last = group.key.rpartition(" ")
        target = groups.get((LOC, short))
        if target is None or not target.mentions:
            continue
        if group.name or (last in SITES and target.firsts[0] > group.firsts[0]):
            _move(target, group)


def _city_key(text: str, city: Found, state: Found, key: str) -> tuple[str, str]:
    """Key and name of a place; "Paris" before "Texas" is another one."""
    if text[city.end : state.start] != ", " or state.kind is not LOC:
        return key, ""
    whole = within_state(key, name_key(text[state.start : state.end], LOC))
    return (whole, bare_name(text[city.start : state.end])) if whole else (key, "")


def _body_key(text: str, found: Sequence[Found], place: int, key: str) -> tuple[str, str]:
    """Key and name of an organisation; "Supreme Court" is that of the country beside it."""
    split = split_body(key)
    if split is None:
        return key, ""
    country, body = split
    mention = found[place]
    form = bare_name(text[mention.start : mention.end])
    if country:
        return name_key(f"{country} {body}", ORG), form
    if place and _OWNING.fullmatch(text, found[place - 1].end, mention.start):
        before = found[place - 1]
        country = home_of(text[before.start : before.end]) or ""
    if not country and place + 1 < len(found):
        after = found[place + 1]
        if _OF.fullmatch(text, mention.end, after.start):
            country = home_of(text[after.start : after.end]) or ""
    return (name_key(f"{country} {body}", ORG), _owned(country, form)) if country else (body, form)


def _owned(country: str, form: str) -> str:
    shown = shown_name(country, LOC) or " ".join(word.capitalize() for word in country.split())
    return f"{shown} {form}"


def _own_bodies(found: Iterable[Found], text: str, groups: _Groups) -> None:
    """A "Supreme Court" without its country is that of the country the article is about; when
    this cannot be told, one that no other article means."""
    bare = [
        group
        for (kind, key), group in groups.items()
        if kind is ORG and group.mentions and split_body(key) == ("", key)
    ]
    country = _main_country(found, text) if bare else ""
    for group in bare:
        if country:
            group.key, group.name = (
                name_key(f"{country} {group.key}", ORG),
                _owned(country, group.name),
            )
        else:
            group.key = f"{group.key} {_mark(text)}"


def _mark(text: str) -> str:
    """What tells an article from others, also when something is added at its end."""
    start = text.lstrip()[:_TELLING].encode(errors="surrogatepass")
    return hashlib.blake2s(start, digest_size=4).hexdigest()


def _main_country(found: Iterable[Found], text: str) -> str:
    """The country named most often, with its towns and people; one that an article opens with,
    as its dateline does, counts once more."""
    named: Counter[str] = Counter()
    for one in found:
        if one.kind is not PER and (country := home_of(text[one.start : one.end])):
            named[country] += 2 if one.start < _OPENING else 1
    most = named.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return ""
    return most[0][0] if most[0][1] >= _MAIN_COUNTRY * named.total() else ""
