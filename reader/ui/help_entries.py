"""What the help and the list of keys say. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase, digits, punctuation

from reader.commands.verbs import VERBS
from reader.config import Loaded
from reader.text import tell_setting
from reader.ui.actions import AREAS, Action, Group, Place
from reader.ui.key_settings import problem_of
from reader.ui.keymap import RESERVED, Keymap, Keys, show_key
from reader.ui.matching import Field, Finder

COMMANDS = "The command line"
TROUBLES = "Bindings that are not used"
WITHOUT = "Without a key: palette and command line"
_SPOKEN_FOR = frozenset({"ctrl+c", "ctrl+j"})
"""Keys without an action that are not free: what copies, and what some terminals send as Enter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Keys, or how a command is written, and what they do, under a heading."""

    group: str
    keys: str
    words: str
    more: tuple[Field, ...] = ()


class Entries:
    """Entries in their order, and those of them that answer words or a key."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def _finder(self) -> Finder:
        # Only when words are typed: until then it would be part of the cost of opening.
        return Finder([((one.words, 1.0), (one.keys, 0.7), *one.more) for one in self.entries])

    def find(self, wanted: str) -> list[Entry]:
        """All for nothing; for a key what it does; else what answers the words, in order."""
        wanted = wanted.strip()
        if not wanted:
            return list(self.entries)
        pressed = [one for one in self.entries if wanted in one.keys.split("  ")]
        if len(wanted) == 1 or not (found := self._finder.find(wanted)):
            return pressed
        return [one for at, one in enumerate(self.entries) if at in found or one in pressed]


def help_entries(keymap: Keymap, place: Place) -> list[Entry]:
    """What can be done in a place first, then all else, then the verbs of the command line."""
    bound = keymap.bound(place)
    names = {action.name for action in bound.values()}
    actions = by_group(keymap.actions)
    here = [action for action in actions if action.name in names]
    rest = [action for action in actions if action.name not in names]
    return [
        *(_entry(f"Here: {place}", action, keymap) for action in here),
        *(_entry(action.group.value, action, keymap) for action in rest),
        *(Entry(COMMANDS, f":{verb.usage}", verb.about, ((verb.name, 0.9),)) for verb in VERBS),
    ]


def by_group(actions: Sequence[Action]) -> list[Action]:
    """The actions, those of one heading together, in the order of the headings."""
    order = {group: place for place, group in enumerate(Group)}
    return sorted(actions, key=lambda action: order[action.group])


def _entry(group: str, action: Action, keymap: Keymap) -> Entry:
    keys = "  ".join(keymap.keys_of(action)) or f":{action.name}"
    name = action.name.replace(".", " ")
    return Entry(group, keys, action.description, ((action.synonyms, 0.85), (name, 0.9)))


def key_entries(keymap: Keymap, loaded: Loaded) -> list[Entry]:
    """Every binding by its place; before them those of the settings file that are not used,
    behind them the actions that have none."""
    problems = ((problem_of(one, loaded), one) for one in keymap.troubles)
    troubles = sorted(problems, key=lambda told: told[0].line)
    return [
        *(
            Entry(TROUBLES, show_keys(tuple(one.key.split())), tell_setting(problem))
            for problem, one in troubles
        ),
        *(
            Entry(str(place), show_keys(keys), action.description, ((action.name, 0.9),))
            for place in Place
            for keys, action in sorted(
                keymap.bound(place).items(), key=lambda one: order_of(" ".join(one[0]))
            )
        ),
        *_without(keymap),
    ]


def unbound_entries(keymap: Keymap) -> list[Entry]:
    """The keys that mean nothing yet, by place, and the actions that have none."""
    free = ((place, " ".join(free_keys(keymap, place))) for place in Place if place in AREAS)
    return [*(Entry(f"Free: {place}", "", keys) for place, keys in free), *_without(keymap)]


def key_meanings(keymap: Keymap, wanted: str) -> list[Entry]:
    """What a key does, place by place; nothing when it means nothing anywhere."""
    found = []
    for place in Place:
        for keys, action in keymap.bound(place).items():
            if _is_meant(keys, wanted):
                found.append(Entry(str(place), show_keys(keys), action.description))
    return found


def free_keys(keymap: Keymap, place: Place) -> list[str]:
    """Keys a terminal surely sends and that begin nothing in a place."""
    taken = {keys[0] for keys in keymap.bound(place)} | RESERVED | _SPOKEN_FOR
    letters = [*ascii_lowercase, *ascii_uppercase, *digits, *punctuation]
    control = [f"ctrl+{letter}" for letter in ascii_lowercase]
    functions = [f"f{number}" for number in range(1, 13)]
    return [show_key(key) for key in (*letters, *control, *functions) if key not in taken]


def show_keys(keys: Keys) -> str:
    """A sequence as a person reads it."""
    return " ".join(map(show_key, keys))


def _without(keymap: Keymap) -> Iterator[Entry]:
    for action in keymap.actions:
        if not keymap.keys_of(action):
            yield Entry(WITHOUT, f":{action.name}", action.description)


def _is_meant(keys: Keys, wanted: str) -> bool:
    """Whether a binding is, or begins with, the key a person has written."""
    first = len(wanted.split())
    for form in (show_keys(keys[:first]), " ".join(keys[:first])):
        if form == wanted or (len(wanted) > 1 and form.casefold() == wanted.casefold()):
            return True
    return False


def order_of(keys: str) -> tuple[bool, bool, str, str]:
    """Letters, signs, named keys; small letters before their capitals."""
    first = keys.split(" ", 1)[0]
    return len(first) > 1, not first.isalpha(), keys.casefold(), keys.swapcase()
