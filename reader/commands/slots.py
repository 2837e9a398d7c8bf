"""What is being written at the cursor of a line of the command line. Pure.

Positions are code points of the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from reader.commands.deeds import NOTIFY
from reader.commands.parse import is_splitting, name_start, query_start, split_scope


class Kind(Enum):
    """What can be completed by what the library holds."""

    QUERY = auto()
    NAME = auto()
    """The name of an entity."""
    FORM = auto()
    """One way in which the name of the entity at hand is written."""
    TAG = auto()
    PATH = auto()
    """A file or folder."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where something stands; `is_bare` where nothing has been written of it yet."""

    kind: Kind
    start: int
    end: int
    is_bare: bool = False


_SCOPED = re.compile(r"\s*(?:tag|mark|export)\s")
_TAGGING = re.compile(r"\s*(tag|rule|retag|colour|quick)\s+")
_PATH = re.compile(r"\s*(?:import|dump|restore)\s+")
_NOTIFYING = re.compile(rf"(?:^|\s){NOTIFY}(?:\s|$)")
_TAGS = {"retag": 2, "colour": 1, "quick": 1}
"""How many of the words behind a verb are tags; behind the others those with a sign are."""


def slot_at(line: str, cursor: int) -> Slot | None:
    """What stands at `cursor`, None where nothing is to be completed from the library."""
    if (path := _PATH.match(line, 0, cursor)) is not None:
        return Slot(Kind.PATH, path.end(), len(line), is_bare=not line[path.end() :])
    start = query_start(line)
    kind = Kind.QUERY
    if start is None:
        start = name_start(line)
        kind = Kind.FORM if is_splitting(line) else Kind.NAME
    if start is not None and start <= cursor:
        return Slot(kind, start, len(line))
    return _tag_at(line, cursor)


def scope_of(line: str) -> str:
    """The query of the articles that a line is to change or to write; "" where it has none."""
    start = query_start(line) if _SCOPED.match(line) else None
    return "" if start is None else line[start:].strip()


def _tag_at(line: str, cursor: int) -> Slot | None:
    found = _TAGGING.match(line, 0, cursor)
    if found is None:
        return None
    behind = line[found.end() : cursor]
    word = re.split(r"\s", behind)[-1]
    before = behind[: len(behind) - len(word)]
    if not _may_be_tag(found[1], before, word):
        return None
    rest = re.split(r"\s", line[cursor:])[0] if word else ""
    sign = 1 if found[1] not in _TAGS and word[:1] in ("+", "-") else 0
    start = cursor - len(word) + sign
    return Slot(Kind.TAG, start, cursor + len(rest), is_bare=not word)


def _may_be_tag(verb: str, before: str, word: str) -> bool:
    if verb == "tag":
        return split_scope(before)[1] is None and word != "--"
    if verb == "rule":
        return word[:1] in ("+", "-") and not _NOTIFYING.search(before)
    return len(before.split()) < _TAGS[verb]
