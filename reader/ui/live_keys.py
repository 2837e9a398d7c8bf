"""Keys in messages. The words name an action; where they are shown stands the key it has. Pure."""

from __future__ import annotations

import re

from reader.ui.actions import BY_NAME
from reader.ui.keymap import Keymap

_SIGN = "\x1a"
"""Stands around the name of an action. No text from outside holds it: cleaning takes it away."""

_NAMED = re.compile(f"{_SIGN}([a-z_.]+){_SIGN}")


def key_of(action: str) -> str:
    """What stands in words for the key of an action."""
    return f"{_SIGN}{action}{_SIGN}"


def with_keys(words: str, keymap: Keymap) -> str:
    """Words with the first key of each action named; without one, how the command line has it."""
    return _NAMED.sub(lambda found: first_key(found[1], keymap), words)


def first_key(action: str, keymap: Keymap) -> str:
    """The key of an action that is told; without one, how the command line has it."""
    known = BY_NAME.get(action)
    keys = keymap.keys_of(known) if known is not None else ()
    return keys[0] if keys else f":{action}"
