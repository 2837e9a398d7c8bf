"""Walk over the capitalised words of a text and cut it into pieces that may be names."""

from __future__ import annotations

from dataclasses import dataclass

from reader.entities import patterns
from reader.entities.document import Document
from reader.entities.lists import (
    COMMON,
    FUNCTION,
    GIVEN,
    GOV_TAIL,
    ORG_TAIL,
    PARTICLE,
    SURNAME,
    TIME,
    WEAK,
    Entry,
)
from reader.model import EntityKind

# Places whose name may as well be a person's or a word: the surroundings decide.
_SMALL_PLACES = frozenset({"town", "province", "island", "water", "mountain", "landmark"})
_HOMES = frozenset({"town", "city", "us_state", "province"})
_STATES = frozenset({"U.S.", "US"})
LISTED = 0.9
SHAPED = 0.8
TITLED = 0.95


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `first`..`last` (half open) that may be a name; `kind` is None while unknown.

    `weight` is how sure the rule is, 0..1; `listed` whether it rests on the lists alone.
    """

    first: int
    last: int
    kind: EntityKind | None
    weight: float
    listed: bool = False


def scan(doc: Document) -> list[Piece]:
    """The pieces in order. None overlaps another."""
    pieces: list[Piece] = []
    position = 0
    for at in doc.capitals:
        if at >= position:
            position = _step(doc, at, pieces)
    return pieces


def _step(doc: Document, at: int, pieces: list[Piece]) -> int:
    """Read what begins here; returns the first word not read."""
    flags = doc.flags[at]
    end, entry = doc.entry(at)
    title = doc.title(at)
    if entry is None and title == at and (flags & (FUNCTION | TIME) or _is_date(doc, at)):
        return at + 1
    if title > at and (entry is None or title >= end):
        return _after_title(doc, at, title, pieces)
    best = _best(doc, at, end, entry)
    if best is not None:
        pieces.append(best)
        return best.last
    if entry is not None and end == at + 1 and entry.topic not in _SMALL_PLACES:
        return at + 1
    return _unknown(doc, at, pieces)


def _is_date(doc: Document, at: int) -> bool:
    """ "Jan 5", "23 Jul": a month; "Jan Egeland" is none."""
    if doc.words[at] not in doc.lists.words["short_date"]:
        return False
    return doc.word(at + 1)[:1].isdigit() or doc.word(at - 1)[:1].isdigit()


def _after_title(doc: Document, at: int, title: int, pieces: list[Piece]) -> int:
    longer = max(patterns.organisation_end(doc, at), patterns.place_end(doc, at))
    if longer > title and not _is_person_word(doc, title):
        best = _best(doc, at, at, None)
        if best is not None:
            pieces.append(best)
            return best.last
    end = _titled_end(doc, title)
    if end > title:
        pieces.append(Piece(title, end, EntityKind.PER, TITLED))
        return end
    _, entry = doc.entry(at)
    listed = _listed_piece(doc, at, title, entry)
    if listed is not None and doc.word(at - 1) == "the":
        pieces.append(listed)
    return title


def _titled_end(doc: Document, at: int) -> int:
    """The end of the name after a title, "da Silva" too; `at` when none follows."""
    word = doc.word(at)
    small = bool(doc.flag(at) & PARTICLE) and word.islower()
    named = doc.is_capital(at + 1 if small else at) or word[:3] in patterns.ARABIC
    if not named or doc.flag(at) & (FUNCTION | TIME):
        return at
    return patterns.person_end(doc, at, titled=True)


def _is_person_word(doc: Document, at: int) -> bool:
    return bool(doc.flag(at) & (GIVEN | SURNAME))


def _best(doc: Document, at: int, end: int, entry: Entry | None) -> Piece | None:
    """The longest reading; of equal ones the surer."""
    listed = _listed_piece(doc, at, end, entry)
    if not _goes_on(doc, max(end, at + 1), listed=entry is not None):
        return listed
    role = doc.word(at - 1) in doc.lists.words["person_before"]
    person = patterns.person_end(doc, at, titled=False)
    organisation = patterns.organisation_end(doc, at)
    if entry is not None and _is_split(doc, entry, end, organisation):
        organisation = at
    if entry is not None and entry.topic in _HOMES:
        organisation = max(organisation, patterns.team_end(doc, end))
    place = patterns.place_end(doc, at)
    if entry is not None and entry.topic == "demonym":
        place = at
    readings = [
        (organisation, EntityKind.ORG, SHAPED),
        (place, EntityKind.LOC, SHAPED),
        (patterns.event_end(doc, at), EntityKind.MISC, SHAPED),
        (person, EntityKind.PER, SHAPED),
    ]
    if entry is None and (role or _is_full_name(doc, at, person)):
        readings.insert(0, (person, EntityKind.PER, TITLED))
    longest, kind, weight = max(readings, key=lambda reading: reading[0])
    if listed is not None and listed.last >= longest:
        return listed
    if kind is EntityKind.ORG and longest > at + 1:
        at = _with_ordinal(doc, at, longest)
    if longest > at + 1 and not (
        doc.is_initial(at) and doc.flags[at] & COMMON and kind is EntityKind.MISC
    ):
        return Piece(at, longest, kind, weight)
    return listed


def _goes_on(doc: Document, at: int, *, listed: bool) -> bool:
    """Whether a name may be longer than what ends here; most are not."""
    word = doc.word(at)
    if not word or word[0].isupper():
        return bool(word)
    if word in ("'s", "'"):
        return not listed
    if word in patterns.JOINERS:
        return not listed or word not in ("and", "of", "for", "on", "the")
    return bool(doc.flags[at] & PARTICLE) or word[0].isdigit() or word[:3] in patterns.ARABIC


def _with_ordinal(doc: Document, at: int, end: int) -> int:
    """The 1st Armored Division begins before its first capital."""
    before = doc.word(at - 1)
    ordinal = before[:1].isdigit() and before[-2:] in ("st", "nd", "rd", "th")
    return at - 1 if ordinal and doc.words[end - 1] in doc.lists.words["military"] else at


def _is_split(doc: Document, entry: Entry, end: int, organisation: int) -> bool:
    """Whether "Chinese Foreign Ministry" is two names: a country's adjective and its ministry."""
    if organisation <= end or entry.topic not in ("demonym", "country", "us_state"):
        return False
    _, rest = doc.entry(end)
    if rest is not None and rest.kind is EntityKind.ORG and not rest.topic.startswith("gov"):
        return True
    last = doc.words[organisation - 1]
    if last in doc.lists.words["split_tail"]:
        return organisation > end + 1 or last == "Ministry"
    return doc.words[end - 1] in _STATES and rest is not None and rest.kind is EntityKind.ORG


def _is_full_name(doc: Document, at: int, person: int) -> bool:
    """Christopher Hill is no hill."""
    if person < at + 2 or doc.words[person - 1] == "Park":
        return False
    return bool(doc.flags[at] & GIVEN and doc.flags[person - 1] & SURNAME)


def _listed_piece(doc: Document, at: int, end: int, entry: Entry | None) -> Piece | None:
    if entry is None or end == at:
        return None
    if end == at + 1:
        flags = doc.flags[at]
        if flags & (FUNCTION | TIME):
            return None
        if flags & (WEAK | COMMON) and not _stands(doc, at):
            return None
        if flags & (GIVEN | SURNAME | COMMON) and entry.topic in _SMALL_PLACES:
            return None
        meant = entry.topic == "country" or doc.word(at - 1) in ("the", "The", "(")
        if not meant and len(doc.words[at]) > 1 and _is_shouted(doc, at, end):
            return None
    first = (
        at + 1
        if doc.words[at] == "The" and entry.kind is not EntityKind.LOC and doc.is_initial(at)
        else at
    )
    return Piece(first, end, entry.kind, LISTED, listed=True)


def _stands(doc: Document, at: int) -> bool:
    """Whether a name that is also a word is written as a name here."""
    return at not in doc.heading and not doc.is_initial(at)


def _unknown(doc: Document, at: int, pieces: list[Piece]) -> int:
    flags = doc.flags[at]
    if doc.heading and at in doc.heading and not flags & (GIVEN | SURNAME):
        return at + 1
    if flags & (COMMON | ORG_TAIL | GOV_TAIL) and doc.is_initial(at):
        return at + 1
    end = patterns.unknown_end(doc, at)
    if _is_shouted(doc, at, end) or _is_compound(doc, at, end):
        return end
    pieces.append(Piece(at, end, None, 0.0))
    return end


def _is_shouted(doc: Document, first: int, last: int) -> bool:
    """Whether these are ordinary words in capitals, for stress."""
    flags = doc.lists.flags
    return all(
        word.isupper() and flags.get(word.capitalize(), 0) & (COMMON | FUNCTION)
        for word in doc.words[first:last]
    )


def _is_compound(doc: Document, first: int, last: int) -> bool:
    """ "Muslim-inhabited" describes; it names nothing."""
    left, hyphen, right = doc.words[first].partition("-")
    return bool(hyphen) and last == first + 1 and right.islower() and left in doc.lists.phrases
