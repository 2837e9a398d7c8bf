"""Gather the mentions of one article that name the same one. Pure: nothing but values.

Mentions of one kind with one key are one entity. Then, longest names first, a shorter name joins
a longer one: the last or first name of a person, the first words of an organisation, the short
form defined in brackets. A surname that two people of the article share joins the one whose full
name was the latest before it, and the first one after it when there was none: a reader takes it
so, and it never makes one of two people.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reader.entities.names import bare_name, fold_name
from reader.entities.values import Found, Linked
from reader.model import EntityKind

_BRACKET = re.compile(r"['\"”’]?\s*\(\s*[\"“'‘]?")
_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "a", "de", "la", "del", "des", "du"}
)
_ENDINGS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_TAILS_WORDS = (
    "group party movement corp corporation company inc ltd bank organization organisation army "
    "forces fighters network agency council ministry club united newspaper magazine holdings "
)
_TAILS = frozenset(_TAILS_WORDS.split())


@dataclass(slots=True)
class _Group:
    kind: EntityKind
    key: str
    mentions: list[Found] = field(default_factory=list)
    firsts: tuple[int, ...] = ()

    @property
    def words(self) -> list[str]:
        return [word for word in self.key.split() if word not in _ENDINGS]


class _Keys(dict[str, str]):
    """The keys of names, each made once."""

    def __missing__(self, name: str) -> str:
        key = self[name] = fold_name(name)
        return key


def link(text: str, found: Sequence[Found]) -> tuple[Linked, ...]:
    """The entities of one article, in the order of their first mention."""
    keys = _Keys()
    groups: dict[tuple[EntityKind, str], _Group] = {}
    for mention in found:
        key = keys[text[mention.start : mention.end]]
        group = groups.setdefault((mention.kind, key), _Group(mention.kind, key))
        group.mentions.append(mention)
    for group in groups.values():
        group.firsts = tuple(mention.start for mention in group.mentions)
    _join_definitions(text, found, groups, keys)
    _join_persons(groups)
    _join_organisations(groups)
    merged = [group for group in groups.values() if group.mentions]
    for group in merged:
        group.mentions.sort(key=lambda mention: mention.start)
    merged.sort(key=lambda group: group.mentions[0].start)
    return tuple(_linked(text, group, keys) for group in merged)


def _linked(text: str, group: _Group, keys: _Keys) -> Linked:
    forms = dict.fromkeys(text[mention.start : mention.end] for mention in group.mentions)
    aliases = tuple(dict.fromkeys(bare_name(form) for form in forms))
    own = next(form for form in forms if keys[form] == group.key)
    return Linked(bare_name(own), group.kind, tuple(group.mentions), aliases)


def _move(source: _Group, target: _Group) -> None:
    target.mentions.extend(source.mentions)
    source.mentions = []


def _join_definitions(
    text: str,
    found: Sequence[Found],
    groups: dict[tuple[EntityKind, str], _Group],
    keys: _Keys,
) -> None:
    """North Atlantic Treaty Organization (NATO)."""
    for long, short in pairwise(found):
        if long.kind is not short.kind or not _BRACKET.fullmatch(text, long.end, short.start):
            continue
        name, acronym = keys[text[long.start : long.end]], keys[text[short.start : short.end]]
        if _is_acronym(acronym, name):
            target = groups[long.kind, name]
            source = groups[short.kind, acronym]
            if source is not target and source.mentions and target.mentions:
                _move(source, target)


def _is_acronym(short: str, name: str) -> bool:
    """Whether the letters of the short form are first letters of the long one, in order."""
    words = name.split()
    if len(words) < 2 or " " in short or len(short) < 2:
        return False
    every = "".join(word[0] for word in words)
    main = "".join(word[0] for word in words if word not in _SMALL)
    return short in (every, main) or (len(short) > 2 and every.startswith(short[:3]))


def _join_persons(groups: dict[tuple[EntityKind, str], _Group]) -> None:
    people = [group for group in groups.values() if group.kind is EntityKind.PER and group.mentions]
    people.sort(key=lambda group: -len(group.words))
    whole: dict[str, _Group] = {}
    owners: dict[str, list[_Group]] = defaultdict(list)
    for group in people:
        words = group.words
        if len(words) < 2:
            if owners.get(group.key):
                _share(group, owners[group.key])
            continue
        longer = whole.get(f"{words[0]} {words[-1]}") or whole.get(" ".join(words))
        if longer is not None:
            _move(group, longer)
            continue
        whole[f"{words[0]} {words[-1]}"] = group
        for start in range(1, len(words) - 1):
            whole.setdefault(" ".join(words[start:]), group)
        for part in {words[0], words[-1]}:
            owners[part].append(group)


def _share(short: _Group, owners: list[_Group]) -> None:
    """Give every mention of a bare name to the owner named in full last before it."""
    full = sorted((at, number) for number, owner in enumerate(owners) for at in owner.firsts)
    for mention in short.mentions:
        place = max(bisect(full, (mention.start, 0)) - 1, 0)
        owners[full[place][1]].mentions.append(mention)
    short.mentions = []


def _join_organisations(groups: dict[tuple[EntityKind, str], _Group]) -> None:
    """ "Wagner" is the "Wagner Group" of the same article, when only one begins so."""
    named = [group for group in groups.values() if group.kind is EntityKind.ORG and group.mentions]
    longer: dict[str, list[_Group]] = defaultdict(list)
    for group in named:
        words = group.key.split()
        while len(words) > 1 and words[-1] in _TAILS:
            words.pop()
            longer[" ".join(words)].append(group)
    for short in named:
        candidates = longer.get(short.key, [])
        if len(candidates) == 1 and candidates[0].mentions:
            _move(short, candidates[0])
