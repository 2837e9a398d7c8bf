"""From keys to actions: the table of `actions`, changed by what a person has bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from reader.ui.actions import ACTIONS, Action, Place

Keys = tuple[str, ...]
"""The keys of one sequence, in order."""

RESERVED = frozenset({"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+[", "ctrl+s", "ctrl+z"})
"""What a terminal takes for Backspace, Tab, Enter, Escape, flow control and suspend."""


class Trouble(StrEnum):
    """What can be wrong with a binding."""

    UNKNOWN_ACTION = "there is no such action"
    RESERVED_KEY = "terminals keep this key for themselves"
    CLASH = "the key has another meaning there"
    NO_KEY = "no key is given"


@dataclass(frozen=True, slots=True)
class KeyTrouble:
    """A binding that is not used. `other` is the nearest name, or the action in the way."""

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
    ) -> None:
        """`overrides` give actions new keys by name; what cannot be used is in `troubles`."""
        self._bound: dict[Place, dict[Keys, Action]] = {place: {} for place in Place}
        self._keys: dict[str, tuple[Keys, ...]] = {}
        self.troubles: list[KeyTrouble] = []
        overrides = dict(overrides or {})
        known = {action.name: action for action in actions}
        for name in [name for name in overrides if name not in known]:
            near = get_close_matches(name, known, n=1)
            self._report(Trouble.UNKNOWN_ACTION, name, other=near[0] if near else "")
            del overrides[name]
        # What a person asked for is bound first, so that it wins over a default.
        for action in sorted(actions, key=lambda action: action.name not in overrides):
            self._bind(action, overrides.get(action.name, action.keys))

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

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys bound to an action, in words a person reads."""
        return tuple(" ".join(map(show_key, keys)) for keys in self._keys.get(action.name, ()))

    def hints(self, place: Place) -> tuple[tuple[str, str], ...]:
        """Keys and short words for the footer of a place."""
        hinted = [(action, action.hint(place)) for action in self._distinct(place)]
        return tuple((self.keys_of(action)[0], hint) for action, hint in hinted if hint)

    def _distinct(self, place: Place) -> list[Action]:
        here = {action.name for action in self._bound[place].values()}
        return [action for action in ACTIONS if action.name in here]

    def _bind(self, action: Action, keys: Iterable[str]) -> None:
        wanted = [tuple(key.split()) for key in keys]
        if not all(wanted):
            self._report(Trouble.NO_KEY, action.name)
        self._keys[action.name] = tuple(
            one for one in wanted if one and self._bind_one(action, one)
        )

    def _bind_one(self, action: Action, keys: Keys) -> bool:
        if RESERVED.intersection(keys):
            self._report(Trouble.RESERVED_KEY, action.name, " ".join(keys))
            return False
        rivals = [rival for place in action.places for rival in self._rivals(place, keys)]
        if rivals:
            self._report(Trouble.CLASH, action.name, " ".join(keys), rivals[0].name)
            return False
        for place in action.places:
            self._bound[place][keys] = action
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


_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "backspace": "Backspace",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def show_key(key: str) -> str:
    """A key as a person reads it: `ctrl+d` is `Ctrl-d`."""
    if key in _NAMES:
        return _NAMES[key]
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    return "-".join([*(word.capitalize() for word in modifiers), last])
