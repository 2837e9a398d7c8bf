"""What a rule does, in words: `+war -draft starred notify notify-send News`. Pure."""

from __future__ import annotations

import re

from reader.errors import DeedsError
from reader.kept import Deeds
from reader.model import Mark

NOTIFY = "notify"
"""What follows this word is a command, as it is written."""

_QUOTED = re.compile(r"""\s*(["'])(.*?)\1(?=\s|$)""")

_SCOPE = re.compile(r"(?:^|\s)(on|since)\s+(\S.*)", re.DOTALL)

_MARKS = tuple(mark.value for mark in Mark)


def parse_deeds(text: str) -> Deeds:
    """What a line asks for: tags with a sign, marks, and last of all a command. Raises
    DeedsError for a word that is none of these, or that takes back another one."""
    words, notify = _cut(text)
    marks, tags = list[str](), dict[str, str]()
    for word in words:
        if word in _MARKS:
            marks.append(word)
        elif word[0] in "+-" and (name := word.lstrip("+-")):
            if tags.setdefault(name, word[0]) != word[0]:
                raise DeedsError(word, "the tag is to be added and removed at once")
        else:
            raise DeedsError(word, f"a rule adds +TAG, removes -TAG, or marks: {', '.join(_MARKS)}")
    add, remove = (tuple(tag for tag in tags if tags[tag] == sign) for sign in "+-")
    return Deeds(add, remove, tuple(dict.fromkeys(marks)), notify)


def split_named(text: str) -> tuple[str, str]:
    """The name of a saved search, in quotes or up to the first word that is something to do, and
    what is behind it."""
    if found := _QUOTED.match(text):
        return found[2].strip(), text[found.end() :].strip()
    words = text.split()
    ends = (at for at, word in enumerate(words) if word[0] in "+-" or word in (*_MARKS, NOTIFY))
    at = next(ends, len(words))
    return " ".join(words[:at]), text.split(maxsplit=at)[-1] if at < len(words) else ""


def split_some(text: str) -> tuple[str, str]:
    """What stands before `on QUERY` or `since DATE`, and the query; "" without one."""
    found = _SCOPE.search(text)
    if found is None:
        return text.strip(), ""
    scope = found[2].strip()
    return text[: found.start()].strip(), since(scope) if found[1] == "since" else scope


def since(date: str) -> str:
    """The query for what was published at a date or later."""
    return f'date:">={date.replace(chr(34), "").strip()}"'


def deeds_text(deeds: Deeds) -> str:
    """The line that asks for it."""
    words = [f"+{name}" for name in deeds.add] + [f"-{name}" for name in deeds.remove]
    words += deeds.marks
    return " ".join([*words, f"{NOTIFY} {deeds.notify}"] if deeds.notify else words)


def _cut(text: str) -> tuple[list[str], str]:
    """The words before the command, and the command."""
    rest, words = text.strip(), list[str]()
    while rest:
        word, _, rest = rest.partition(" ")
        rest = rest.strip()
        if word == NOTIFY:
            if not rest:
                raise DeedsError(NOTIFY, "it wants a command behind it")
            return words, rest
        words.append(word)
    return words, ""
