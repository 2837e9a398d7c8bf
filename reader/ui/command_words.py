"""What is said of commands of the reader's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.nearest import nearest

if TYPE_CHECKING:
    from reader.service.commands_run import Ended

NO_LINK = "this article has no link"
NO_COMMANDS = "no commands of your own yet: the settings take them under [commands]"
NOT_LENT = "this terminal cannot be lent to a command"
NO_PLACES = "what is piped to a command comes on its standard input, not in braces"
_SHOWN = 40
"""Code points of a name that are shown."""


def tell_ended(name: str, ended: Ended) -> str:
    """What a command came to, in one line: what it wrote, else how it ended."""
    name = clean_line(name, _SHOWN)
    if ended.code is None:
        return f"{name} did not start: {clean_line(ended.line).lower()}"
    if ended.code == 0:
        return f"{name}: {ended.line}" if ended.line else f"{name} is done"
    return f"{name} ended with {ended.code}{f': {ended.line}' if ended.line else ''}"


def tell_not_there(name: str) -> str:
    """Why a command is not begun."""
    return f"{clean_line(name, _SHOWN)}: not found"


def tell_editor(name: str, ended: Ended) -> str:
    """What became of the editor, and how another one is chosen."""
    other = "; VISUAL or EDITOR names another" if ended.code is None else ""
    return f"the editor {tell_ended(name, ended)}{other}"


def tell_farewell(name: str, ended: Ended) -> str:
    """The last line in the terminal before the screen comes back."""
    return f"[{tell_ended(name, ended)}] Enter goes on "


def tell_unknown_command(name: str, known: Sequence[str]) -> str:
    """Why there is nothing to run, and what comes near."""
    near = nearest(name, known)
    meant = f'; did you mean "{clean_line(near, _SHOWN)}"?' if near else ""
    return f'there is no command of yours called "{clean_line(name, _SHOWN)}"{meant}'


def tell_too_many(number: int, most: int) -> str:
    """Why nothing is run on so many articles."""
    return f"{number:,} articles are too many: at most {most:,} at once"
