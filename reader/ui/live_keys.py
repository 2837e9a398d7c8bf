"""Keys in messages. The words name an action; where they are shown stands the key it has. Pure."""

from __future__ import annotations

import re

from reader.commands.verbs import BY_NAME as LINES
from reader.ui.actions import BY_NAME
from reader.ui.keymap import Keymap

_SIGN = "\x1a"
"""Stands around the name of an action. No text from outside holds it: cleaning takes it away."""

_LINE = ":"
"""What stands between the signs where a command line begins, and before one that is told."""

_SHELL = re.compile("`dateline ([^`]+)`")

_SHOWN = dict.fromkeys(("sources", "tags"), "the left pane")
"""Where there is on the screen what a command lists that has no line."""

_NAMED = re.compile(f"{_SIGN}([a-z_.]+|{_LINE}){_SIGN}")


def key_of(action: str) -> str:
    """What stands in words for the key of an action."""
    return f"{_SIGN}{action}{_SIGN}"


def line_of(command: str) -> str:
    """What stands in words for a line of the command line: it is told by the key that opens it."""
    return f"{_SIGN}{_LINE}{_SIGN}{command}"


def with_keys(words: str, keymap: Keymap) -> str:
    """Words with the first key of each action named; without one, how the command line has it.
    What errors say to type into a shell is said as it is typed here."""
    here = _SHELL.sub(_here, words)
    return _NAMED.sub(lambda found: _told(found[1], keymap), here)


def _here(found: re.Match[str]) -> str:
    verb = found[1].partition(" ")[0]
    return line_of(found[1]) if verb in LINES else _SHOWN.get(verb, found[0])


def _told(name: str, keymap: Keymap) -> str:
    return _opening(keymap) if name == _LINE else first_key(name, keymap)


def _opening(keymap: Keymap) -> str:
    """What stands before a line: the colon where that is its key, else the key and a space."""
    keys = keymap.keys_of(BY_NAME["screen.command"])
    return _LINE if not keys or _LINE in keys else f"{keys[0]} "


def first_key(action: str, keymap: Keymap) -> str:
    """The key of an action that is told; without one, how the command line has it."""
    known = BY_NAME.get(action)
    keys = keymap.keys_of(known) if known is not None else ()
    return keys[0] if keys else f"{_opening(keymap)}{action}"
