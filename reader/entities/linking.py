"""Gather the mentions of one article that name the same one. Pure: text and mentions in, groups out.

Mentions of one kind with one key are one entity. Then, longest names first, a shorter name joins
a longer one: the last or first name of a person, the first words of an organisation, the short form
defined in brackets. A surname that two people of the article share joins the one whose full name
was the latest before it, and the first one after it when there was none: a reader takes it so, and
it never makes one of two people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.entities.names import bare_name, fold_name
from reader.entities.values import Found, Linked
from reader.model import EntityKind

_BRACKET = re.compile(r"['\"”’]?\s*\(\s*[\"“'‘]?")
_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "to", "a", "de", "la", "del", "des", "du"})
_ENDINGS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_TAILS = frozenset(
    "group party movement corp corporation company inc ltd bank organization organisation army forces "
    "fighters network agency council ministry club united newspaper magazine holdings".split()
)


@dataclass(slots=True)
class _Group:
    kind: EntityKind
    key: str
    mentions: list[Found] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [word for word in self.key.split() if word not in _ENDINGS]


def link(text: str, found: Sequence[Found]) -> tuple[Linked, ...]:
    """The entities of one article, in the order of their first mention."""
    groups: dict[tuple[EntityKind, str], _Group] = {}
    for mention in found:
        key = fold_name(text[mention.start : mention.end])
        group = groups.setdefault((mention.kind, key), _Group(mention.kind, key))
        group.mentions.append(mention)
    for group in groups.values():
        group.firsts.append(group.mentions[0].start)
    _join_definitions(text, found, groups)
    _join_persons(groups)
    _join_organisations(groups)
    merged = [group for group in groups.values() if group.mentions]
    for group in merged:
        group.mentions.sort(key=lambda mention: mention.start)
    merged.sort(key=lambda group: group.mentions[0].start)
    return tuple(_linked(text, group) for group in merged)


def _linked(text: str, group: _Group) -> Linked:
    forms = [bare_name(text[mention.start : mention.end]) for mention in group.mentions]
    aliases = tuple(dict.fromkeys(forms))
    own = [form for form in aliases if fold_name(form) == group.key]
    return Linked(own[0], group.kind, tuple(group.mentions), aliases)


def _move(source: _Group, target: _Group) -> None:
    target.mentions.extend(source.mentions)
    source.mentions = []


def _join_definitions(
    text: str, found: Sequence[Found], groups: dict[tuple[EntityKind, str], _Group]
) -> None:
    """North Atlantic Treaty Organization (NATO)."""
    for long, short in zip(found, found[1:], strict=False):
        if long.kind is not short.kind or not _BRACKET.fullmatch(text, long.end, short.start):
            continue
        name, acronym = text[long.start : long.end], fold_name(text[short.start : short.end])
        if _is_acronym(acronym, name):
            target = groups[long.kind, fold_name(name)]
            source = groups[short.kind, acronym]
            if source is not target and source.mentions and target.mentions:
                _move(source, target)


def _is_acronym(short: str, name: str) -> bool:
    """Whether the letters of the short form are first letters of the long one, in order."""
    words = fold_name(name).split()
    if len(words) < 2 or " " in short or len(short) < 2:
        return False
    every = "".join(word[0] for word in words)
    main = "".join(word[0] for word in words if word not in _SMALL)
    return short in (every, main) or (len(short) > 2 and every.startswith(short[:3]))


def _join_persons(groups: dict[tuple[EntityKind, str], _Group]) -> None:
    people = [group for group in groups.values() if group.kind is EntityKind.PER and group.mentions]
    owners: dict[str, list[_Group]] = defaultdict(list)
    for group in sorted(people, key=lambda group: -len(group.words)):
        words = group.words
        if len(words) > 1:
            longer = _same_person(words, owners[words[-1]])
            if longer is not None:
                _move(group, longer)
                continue
            owners[words[-1]].append(group)
            for part in {words[0], " ".join(words[-2:])} - {words[-1]}:
                owners[part].append(group)
        elif owners.get(group.key):
            _share(group, owners[group.key])


def _same_person(words: list[str], others: list[_Group]) -> _Group | None:
    """A longer form of this name: the same first and last word ("George W. Bush")."""
    for other in others:
        longer = other.words
        if longer[-1] == words[-1] and longer[0] == words[0]:
            return other
        if len(longer) > len(words) and longer[-len(words) :] == words:
            return other
    return None


def _share(short: _Group, owners: list[_Group]) -> None:
    """Give every mention of a bare name to the owner named in full last before it."""
    by_place = sorted(owners, key=lambda owner: owner.firsts[0])
    for mention in short.mentions:
        target = by_place[0]
        for owner in by_place:
            latest = max((at for at in owner.firsts if at < mention.start), default=-1)
            current = max((at for at in target.firsts if at < mention.start), default=-1)
            if latest > current:
                target = owner
        target.mentions.append(mention)
    short.mentions = []


def _join_organisations(groups: dict[tuple[EntityKind, str], _Group]) -> None:
    """ "Wagner" is the "Wagner Group" of the same article, when only one begins so."""
    for kind in (EntityKind.ORG,):
        named = [group for group in groups.values() if group.kind is kind and group.mentions]
        for short in named:
            longer = [group for group in named if _begins(group, short) and group.mentions]
            if len(longer) == 1 and short.mentions:
                _move(short, longer[0])


def _begins(longer: _Group, short: _Group) -> bool:
    words, start = longer.key.split(), short.key.split()
    rest = words[len(start) :]
    return bool(rest) and words[: len(start)] == start and all(word in _TAILS for word in rest)
