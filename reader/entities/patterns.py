"""Shapes of names: where a person, an organisation, a place or an event that begins here ends.

Every function looks at a bounded number of words, so that a run of capitals of any length is
read in linear time. "No name here" is the index it was asked about.
"""

from __future__ import annotations

import re

from reader.entities.document import Document
from reader.entities.lists import (
    COMMON,
    EVENT_TAIL,
    FUNCTION,
    GIVEN,
    GOV_TAIL,
    ORG_TAIL,
    PARTICLE,
    PLACE_TAIL,
    SURNAME,
    TIME,
    WEAK,
)
from reader.model import EntityKind

MAX_PERSON = 6
MAX_ORGANISATION = 10
MAX_PLACE = 4
ARABIC = frozenset({"al-", "el-", "ul-"})
_NEVER_A_NAME = FUNCTION | TIME
_INITIAL = re.compile(r"[A-Z]\.(?:[A-Z]\.)*")
JOINERS = frozenset({"of", "for", "the", "and", "on", "&", "'s", "'", "de", "du", "des", "against"})
_OPENING = frozenset({"of", "for", "on", "de"})
_CLOSED = frozenset({"of", "for", "on", "the", "against"})


def person_end(doc: Document, at: int, *, titled: bool) -> int:
    """A person's name. Without a title before it some word must be a known name."""
    end, names = _walk_person(doc, at, titled=titled)
    if titled:
        return end
    if len(names) < 2 or not _has_evidence(doc, names):
        return at
    return end


def _walk_person(doc: Document, at: int, *, titled: bool) -> tuple[int, list[int]]:
    names: list[int] = []
    end = position = at
    limit = min(at + MAX_PERSON, len(doc.words))
    while position < limit:
        word = doc.words[position]
        if _can_name(doc, position, first=not names, titled=titled):
            names.append(position)
            position += 1
            end = position
        elif names and word in doc.lists.words["suffix"]:
            return position + 1, names
        elif (names or titled) and doc.flags[position] & PARTICLE and word.islower():
            position += 1
        else:
            break
    return end, names


def _can_name(doc: Document, at: int, *, first: bool, titled: bool) -> bool:
    """Whether this word may be one of a person's names."""
    word, flags = doc.words[at], doc.flags[at]
    if not word[0].isupper():
        return word[:3] in ARABIC and len(word) > 4
    if _INITIAL.fullmatch(word):
        return len(word) == 2 or not _listed(doc, at)
    if flags & _NEVER_A_NAME or not word[-1].isalnum():
        return False
    if flags & (GIVEN | SURNAME) or (not first and _may_be_surname(doc, at)):
        return first or not _listed(doc, at, longer=True)
    return _can_be_unknown_name(doc, at, alone=first and not titled)


def _can_be_unknown_name(doc: Document, at: int, *, alone: bool) -> bool:
    """The same of a word in no list of names; `alone` when nothing before it speaks for it."""
    word, flags = doc.words[at], doc.flags[at]
    if flags & (ORG_TAIL | PLACE_TAIL | GOV_TAIL | EVENT_TAIL):
        return False
    if len(word) > 1 and word.isupper() and at not in doc.heading:
        return not alone and len(word) > 4 and word not in doc.lists.phrases
    if flags & COMMON and (alone or at in doc.heading):
        return False
    return not _listed(doc, at) and doc.title(at) == at


def _listed(doc: Document, at: int, *, longer: bool = False) -> bool:
    end, entry = doc.entry(at)
    if entry is None or entry.kind is EntityKind.PER:
        return False
    return not longer or end > at + 1 or entry.topic in ("country", "demonym")


def _may_be_surname(doc: Document, at: int) -> bool:
    """Larry London, Mahmoud Eid: a small place or a thing may be a person's last name."""
    end, entry = doc.entry(at)
    if entry is None or end > at + 1 or not doc.flags[at - 1] & GIVEN:
        return False
    return entry.topic in ("town", "city", "event", "province", "island") and not doc.flag(at + 1)


def _has_evidence(doc: Document, names: list[int]) -> bool:
    first, last = doc.flags[names[0]], doc.flags[names[-1]]
    if doc.words[names[-1]].endswith("."):
        return False
    if first & GIVEN:
        return not (first & COMMON and last & COMMON) or bool(last & SURNAME)
    if first & SURNAME:
        return not last & COMMON and not first & COMMON
    return bool(last & (GIVEN | SURNAME)) and not first & COMMON


def organisation_end(doc: Document, at: int) -> int:
    """A name that ends with what organisations end with, or "Bank of ..." and the like."""
    words = doc.words
    last = position = at
    limit = min(at + MAX_ORGANISATION, len(words))
    while position < limit:
        word = words[position]
        if word[0].isupper() or word[0].isdigit():
            if not _can_organise(doc, position, first=position == at):
                break
            opens = position > at or doc.word(position + 1) in ("of", "for")
            if doc.flags[position] & ORG_TAIL and opens:
                last = position + 1
            position += 1
            continue
        following = _join(doc, at, position, tail_just_seen=last == position)
        if following == position:
            break
        if last == position and word in _OPENING:
            last = _object_end(
                doc, following, listing=words[position - 1] in doc.lists.words["listing"]
            )
            position = last
        else:
            position = following
    if last - at < 2:
        return at
    return last


def _can_organise(doc: Document, at: int, *, first: bool) -> bool:
    flags = doc.flags[at]
    if flags & (FUNCTION | TIME):
        return False
    if at in doc.heading and flags & COMMON and not flags & ORG_TAIL:
        return False
    if first:
        return True
    return doc.words[at][0].isdigit() is False and not (doc.title(at) > at and not flags & ORG_TAIL)


def _join(doc: Document, first: int, at: int, *, tail_just_seen: bool) -> int:
    """Past a joining word, when a capitalised one follows; else `at`."""
    word = doc.words[at]
    if word not in JOINERS or at == first:
        return at
    after = at + 1
    if word in ("'s", "'"):
        return after if _owns(doc, at - 1) and doc.is_capital(after) else at
    if tail_just_seen != (word in _OPENING) and (tail_just_seen or word in _CLOSED):
        return at
    if doc.word(after) == "the":
        after += 1
    if not doc.is_capital(after) or doc.flag(after) & (FUNCTION | TIME):
        return at
    return at if word == "and" and _named(doc, at - 1) else after


def _owns(doc: Document, at: int) -> bool:
    return doc.words[at] in doc.lists.words["owner"]


def _named(doc: Document, at: int) -> bool:
    _, entry = doc.entry(at)
    return entry is not None


def _object_end(doc: Document, at: int, *, listing: bool) -> int:
    """The end of what follows "Ministry of"."""
    end = at
    limit = min(at + 5, len(doc.words))
    while end < limit:
        if doc.is_capital(end) and not doc.flags[end] & (FUNCTION | TIME):
            if end > at and doc.title(end) > end:
                break
            end += 1
        elif listing and doc.words[end] in ("and", "&") and doc.is_capital(end + 1):
            if _named(doc, end - 1) or _named(doc, end + 1):
                break
            end += 1
        else:
            break
    return end


def team_end(doc: Document, at: int) -> int:
    """After a town: Eagles, Bisons, Red Sox are its team. 0 when no team is named."""
    word = doc.word(at)
    if not word[:1].isupper() or not word.endswith("s") or doc.title(at) > at:
        return 0
    flags = doc.flags[at]
    if flags & (FUNCTION | TIME | PLACE_TAIL | EVENT_TAIL | GIVEN | SURNAME) or at in doc.heading:
        return 0
    _, entry = doc.entry(at)
    if entry is not None:
        return at + 1 if entry.topic == "sport" else 0
    return at + 1 if flags & COMMON else 0


def place_end(doc: Document, at: int) -> int:
    """A name that ends or begins with what places end or begin with."""
    words = doc.words
    last = at
    limit = min(at + MAX_PLACE, len(words))
    position = at
    while position < limit and _can_place(doc, position, at):
        if doc.flags[position] & PLACE_TAIL and position > at:
            last = position + 1
        position += 1
    if last == at and position > at + 1:
        last = _headed_place(doc, at)
    return last


def _can_place(doc: Document, at: int, first: int) -> bool:
    flags = doc.flags[at]
    if not doc.is_capital(at) or flags & (FUNCTION | TIME) or not doc.words[at][-1].isalnum():
        return doc.words[at] in ("St.", "Mt.", "Ft.") and at == first
    if at in doc.heading and flags & COMMON and not flags & PLACE_TAIL:
        return False
    return at == first or doc.title(at) == at


def _headed_place(doc: Document, at: int) -> int:
    if doc.words[at] not in doc.lists.words["place_head"]:
        return at
    end, entry = doc.entry(at + 1)
    if entry is not None:
        return end if entry.kind is EntityKind.LOC else at
    flags = doc.flags[at + 1]
    if flags & (COMMON | ORG_TAIL | GOV_TAIL | EVENT_TAIL):
        return at
    return at + 2


def event_end(doc: Document, at: int) -> int:
    """A name that ends with what events, prizes, laws and treaties end with."""
    position = last = at
    if doc.words[at] in doc.lists.words["event_head"] and doc.is_capital(at + 1):
        return at + 2
    if doc.words[at] in doc.lists.words["event_of"] and doc.word(at + 1) == "of":
        return at + 3 if doc.is_capital(at + 2) else at
    limit = min(at + 8, len(doc.words))
    while position < limit and doc.is_capital(position):
        flags = doc.flags[position]
        if flags & FUNCTION or (flags & TIME and position == at) or doc.title(position) > position:
            break
        if position > at and flags & EVENT_TAIL:
            last = position + 1
        position += 1
    if last > at and doc.word(last) in doc.lists.words["suffix"]:
        last += 1
    return last


def unknown_end(doc: Document, at: int) -> int:
    """A run of capitalised words of which the lists know none."""
    end = at + 1
    limit = min(at + MAX_PERSON, len(doc.words))
    while end < limit:
        flags = doc.flags[end]
        if flags & PARTICLE and doc.words[end].islower() and doc.is_capital(end + 1):
            if doc.flag(end + 1) & (FUNCTION | TIME) or doc.entry(end + 1)[1] is not None:
                break
            end += 2
            continue
        if flags & (FUNCTION | TIME) or not (doc.is_capital(end) or doc.words[end][:3] in ARABIC):
            break
        entry = doc.entry(end)[1]
        if (entry is not None and not flags & (WEAK | SURNAME | GIVEN)) or doc.title(end) > end:
            break
        end += 1
    return min(end, len(doc.words))
