"""From keys to actions: the table of `actions`, a preset, and what a person has bound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reader.commands.parse import CommandError, parse_command
from reader.config import MOST_NEAREST
from reader.nearest import nearest
from reader.ui.actions import ACTIONS, BY_NAME, Action, Place
from reader.ui.places import PANES, Group
from reader.ui.presets import PRESETS

LINE = ":"
"""What the name of an action begins with that is a line of the command line."""

Keys = tuple[str, ...]
"""The keys of one sequence, in order."""

RESERVED = frozenset({"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+[", "ctrl+s"})
"""What a terminal takes for Backspace, Tab, Enter, Escape and flow control."""


class Trouble(StrEnum):
    """What can be wrong with a binding."""

    UNKNOWN_ACTION = "there is no such action"
    UNKNOWN_KEY = "no key is called so"
    RESERVED_KEY = "terminals keep this key for themselves"
    CLASH = "the key has another meaning there"
    NO_KEY = "no key is given"
    NO_COMMAND = "the command line would not take this"


@dataclass(frozen=True, slots=True)
class KeyTrouble:
    """A binding that is not used. `other` is the nearest name, the action in the way, or what a
    command line has against a line."""

    trouble: Trouble
    action: str
    key: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What keys pressed in a place mean so far: an action, or the start of sequences."""

    action: Action | None = None
    following: tuple[tuple[str, Action], ...] = ()


class Keymap:
    """Which action a key means in each place. A binding never has two meanings in one place."""

    def __init__(
        self,
        overrides: Mapping[str, Sequence[str]] | None = None,
        actions: Sequence[Action] = ACTIONS,
        preset: str = "default",
    ) -> None:
        """`overrides` give actions new keys by name ("" takes them all away), and lines that begin
        with ":" keys at all; what cannot be used is in `troubles`.

        Raises KeyError for a preset there is none of.
        """
        self._bound: dict[Place, dict[Keys, Action]] = {place: {} for place in Place}
        self._keys: dict[str, tuple[Keys, ...]] = {}
        self.troubles: list[KeyTrouble] = []
        wanted = dict(overrides or {})
        own = tuple(self._lines(wanted))
        self.actions: tuple[Action, ...] = (*actions, *own)
        """Every action, those that are lines of the reader's own among them."""
        known = {action.name: action for action in self.actions}
        for name in [name for name in wanted if name not in known]:
            if not name.startswith(LINE):
                near = _nearest(name, known) if len(self.troubles) < MOST_NEAREST else ""
                self._report(Trouble.UNKNOWN_ACTION, name, other=near)
            del wanted[name]
        self._bind_all(wanted, preset)

    def _bind_all(self, wanted: Mapping[str, Sequence[str]], preset: str) -> None:
        """Bind what a person asked for, so that it wins, then the preset, then what is left; last
        of all, what stood there before a setting with a mistake in it."""
        chosen = PRESETS[preset]
        before: Collection[str] = chosen.keys
        for action in self.actions:
            if action.name in wanted:
                self._bind(action, wanted[action.name])
        for action in self.actions:
            if action.name in chosen.keys and action.name not in wanted:
                self._bind(action, chosen.keys[action.name])
        for action in self.actions:
            if action.name not in wanted and action.name not in chosen.keys:
                self._bind(action, filter(chosen.takes, action.keys), giving_way=before)
        mistaken = {one.action for one in self.troubles}
        mistaken |= {one.other for one in self.troubles if one.trouble is Trouble.CLASH}
        for action in self.actions:
            if action.name in mistaken and action.name in wanted:
                own = chosen.keys.get(action.name) or tuple(filter(chosen.takes, action.keys))
                self._bind_free(action, own)

    def _lines(self, wanted: Mapping[str, Sequence[str]]) -> Iterator[Action]:
        for name in wanted:
            if name.startswith(LINE):
                try:
                    parse_command(name.removeprefix(LINE), BY_NAME)
                except CommandError as error:
                    self._report(Trouble.NO_COMMAND, name, other=error.text)
                else:
                    yield Action(name, (), Group.SYSTEM, f"Run {name}", PANES, "own command line")

    def find(self, place: Place, keys: Keys) -> Found:
        """What `keys`, pressed one after the other in `place`, mean."""
        bound = self._bound[place]
        if keys in bound:
            return Found(bound[keys])
        size = len(keys)
        following = tuple(
            (" ".join(other[size:]), action)
            for other, action in bound.items()
            if other[:size] == keys
        )
        return Found(None, following)

    def bound(self, place: Place) -> Mapping[Keys, Action]:
        """What every key and sequence means in a place."""
        return self._bound[place]

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys bound to an action, in words a person reads."""
        return tuple(" ".join(map(show_key, keys)) for keys in self._keys.get(action.name, ()))

    def hints(self, place: Place, without: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
        """Keys and short words for the footer of a place, `without` some actions."""
        hinted = [
            (action, action.hint(place))
            for action in self._distinct(place)
            if action.name not in without
        ]
        return tuple((self.keys_of(action)[0], hint) for action, hint in hinted if hint)

    def _distinct(self, place: Place) -> list[Action]:
        here = {action.name for action in self._bound[place].values()}
        return [action for action in self.actions if action.name in here]

    def _bind(self, action: Action, keys: Iterable[str], giving_way: Collection[str] = ()) -> None:
        """Give an action its keys; where one of `giving_way` has a key, it goes without a word."""
        wanted = [tuple(key.split()) for key in keys]
        if wanted == [()]:
            # Who writes "" wants it to have none.
            wanted = []
        if not all(wanted):
            self._report(Trouble.NO_KEY, action.name)
        self._keys[action.name] = tuple(
            one for one in wanted if one and self._bind_one(action, one, giving_way)
        )

    def _bind_free(self, action: Action, keys: Iterable[str]) -> None:
        """Give an action those of the keys too that mean nothing yet where it is done."""
        for one in (tuple(key.split()) for key in keys):
            if not any(self._rivals(place, one) for place in action.places):
                self._bound_to(action, one)
                self._keys[action.name] += (one,)

    def _bound_to(self, action: Action, keys: Keys) -> None:
        for place in action.places:
            self._bound[place][keys] = action

    def _bind_one(self, action: Action, keys: Keys, giving_way: Collection[str]) -> bool:
        if not all(map(is_key, keys)):
            self._report(Trouble.UNKNOWN_KEY, action.name, " ".join(keys))
            return False
        if RESERVED.intersection(keys):
            self._report(Trouble.RESERVED_KEY, action.name, " ".join(keys))
            return False
        rivals = [rival for place in action.places for rival in self._rivals(place, keys)]
        if rivals:
            if rivals[0].name not in giving_way:
                self._report(Trouble.CLASH, action.name, " ".join(keys), rivals[0].name)
            return False
        self._bound_to(action, keys)
        return True

    def _rivals(self, place: Place, keys: Keys) -> list[Action]:
        """Actions bound to these keys, to the start of them, or to a sequence they start."""
        return [
            action
            for other, action in self._bound[place].items()
            if other[: len(keys)] == keys or keys[: len(other)] == other
        ]

    def _report(self, trouble: Trouble, action: str, key: str = "", other: str = "") -> None:
        self.troubles.append(KeyTrouble(trouble, action, key, other))


_MODIFIERS = re.compile(r"(?:(?:ctrl|alt|shift|super|hyper|meta)\+)*")
_FUNCTION = re.compile("f[1-9][0-9]?")
_OTHER_NAMES = frozenset({
    "delete", "insert", "slash", "backslash", "at", "minus", "plus", "underscore",
})  # fmt: skip

_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "backspace": "Backspace",
    "insert": "Insert",
    "delete": "Delete",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def is_key(name: str) -> bool:
    """Whether a key can be called so: `T`, `f5`, `ctrl+d`, `alt+question_mark`."""
    last = _MODIFIERS.sub("", name)
    if len(last) <= 1 or last in _NAMES or last in _OTHER_NAMES or _FUNCTION.fullmatch(last):
        return bool(last)
    try:
        # The signs without a name of their own have that of Unicode.
        unicodedata.lookup(last.replace("_", " "))
    except KeyError:
        return False
    return True


def show_key(key: str) -> str:
    """A key as a person reads it: `ctrl+d` is `Ctrl-d`."""
    if key in _NAMES:
        return _NAMES[key]
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    if re.fullmatch("f[0-9]+", last):
        last = last.upper()
    elif modifiers:
        last = _NAMES.get(last, last)
    return "-".join([*(word.capitalize() for word in modifiers), last])


def _nearest(name: str, known: Iterable[str]) -> str:
    """The action that was perhaps meant; "" when none is near."""
    end = name.rpartition(".")[2]
    near = [one for one in known if end and end in one.rpartition(".")[2].split("_")]
    return near[0] if near else nearest(name, known)


def split_keys(value: str) -> list[str]:
    """The bindings in a setting: "j, down" are two; a comma alone is a key."""
    return [key.strip() for key in re.split(r",\s+", value)]
