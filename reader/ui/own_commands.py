"""Commands of the reader's own: templates from the settings made into arguments. Pure.

No shell ever sees them. A template is cut into arguments first, as a shell would, and only then
are values put in, each into the one argument it stands in.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from reader.clean import clean_line
from reader.model import Article
from reader.nearest import nearest
from reader.ui.links import safe_url
from reader.ui.wording import cite

NAMES = ("url", "title", "id", "source", "date", "citation")
"""What may stand in a template, in braces."""

TERMINAL = "terminal:"
"""Begins a template whose command draws in the terminal."""

_LONGEST = 1000
"""Code points of a value; an address is left as it is."""

_PLACE = re.compile(r"\{(\w+)\}")
_READS_PROGRAMS = frozenset({
    "ash", "awk", "bash", "csh", "dash", "emacs", "eval", "ex", "fish", "gawk", "ksh",
    "lua", "mksh", "node", "nvim", "osascript", "perl", "php", "python", "ruby", "sed", "sh",
    "tcsh", "vi", "vim", "zsh",
})  # fmt: skip
_ASKS_A_SHELL = frozenset({
    "-S", "--split-string", "entr", "find", "git", "mosh", "parallel", "rsh", "screen", "script",
    "ssh", "su", "tmux", "watch", "xargs",
})  # fmt: skip
"""Programs that put their arguments together again for a shell, here or elsewhere, or start what
they are given, and what makes `env` do so. No such list is complete: it catches slips."""


class TemplateError(Exception):
    """A template that cannot be used; `text` tells a person why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class OwnCommand:
    """A template cut into arguments; `in_terminal` says that the screen has to step aside."""

    words: tuple[str, ...]
    in_terminal: bool = False

    def needs(self, name: str) -> bool:
        """Whether a value stands anywhere in it."""
        return any(name in _PLACE.findall(word) for word in self.words)

    def argv(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The arguments with the values in their places.

        An argument that begins with a value and would not begin with a letter or digit gets a
        space in front: what an article says becomes no option, no file to be read and no
        command of the program's own.
        """
        return tuple(_filled(word, values) for word in self.words)


def parse_template(text: str) -> OwnCommand:
    """Cut a template into arguments. Raises TemplateError."""
    in_terminal = text.strip().startswith(TERMINAL)
    try:
        words = tuple(shlex.split(text.strip().removeprefix(TERMINAL)))
    except ValueError as error:
        raise TemplateError(f"the command cannot be read: {str(error).lower()}") from None
    if not words or not words[0].strip():
        raise TemplateError("no command is given")
    if "\0" in text:
        raise TemplateError("the command holds a character that no command can")
    if operator := _operator(text.strip().removeprefix(TERMINAL)):
        raise TemplateError(f"no shell takes part, so {operator} does nothing: sh -c '...' has one")
    for word in words:
        _check_names(word)
    if _PLACE.search(words[0]):
        raise TemplateError("the program cannot come from an article")
    _check_programs(words)
    return OwnCommand(words, in_terminal)


def _operator(text: str) -> str:
    """The first word that only a shell would understand; "" for none. In quotes it is meant."""
    try:
        words = shlex.split(text, posix=False)
    except ValueError:
        return ""
    return next((word for word in words if word in _OPERATORS), "")


_OPERATORS = frozenset(("|", "||", "&", "&&", ";", "<", ">", ">>"))


def browser_template(text: str) -> OwnCommand:
    """A template of the browser; without a place for it, the address comes last. Raises
    TemplateError."""
    command = parse_template(text)
    if command.needs("url"):
        return command
    return OwnCommand((*command.words, "{url}"), command.in_terminal)


def values_of(article: Article, now: datetime) -> dict[str, str]:
    """What an article puts in; `url` is empty where it has none that may be handed on."""
    published = article.row.published
    return {
        "url": safe_url(article.url),
        "title": clean_line(article.row.title, _LONGEST),
        "id": str(article.row.id),
        "source": clean_line(article.row.source, _LONGEST),
        "date": published.iso if published is not None else "",
        "citation": clean_line(cite(article, now), _LONGEST),
    }


def letters_of(names: Sequence[str]) -> dict[str, str]:
    """A letter for each name: the first of its own that is free, else any."""
    taken: dict[str, str] = {}
    for name in names:
        wanted = [letter for letter in name.lower() if letter.isascii() and letter.isalnum()]
        spare = "abcdefghijklmnopqrstuvwxyz0123456789"
        taken[name] = next((one for one in (*wanted, *spare) if one not in taken.values()), "")
    return taken


def _filled(word: str, values: Mapping[str, str]) -> str:
    filled = _PLACE.sub(lambda place: values[place[1]], word)
    if _PLACE.match(word) and filled and not filled[0].isalnum():
        return f" {filled}"
    return filled


def _check_names(word: str) -> None:
    for name in _PLACE.findall(word):
        if name not in NAMES:
            near = nearest(name, NAMES)
            meant = f"; did you mean {{{near}}}?" if near else ""
            raise TemplateError(f"there is no {{{name}}}{meant}")


def _check_programs(words: Sequence[str]) -> None:
    """What an article says is never a part of a program in another language: behind one that
    reads programs it may only stand as an argument of its own, and not as the first."""
    for word in words:
        if _is_one_of(word, _ASKS_A_SHELL):
            _refuse_places(word, words)
    reads = next((at for at, word in enumerate(words) if _is_one_of(word, _READS_PROGRAMS)), None)
    if reads is None:
        return
    program = next(
        (at for at, word in enumerate(words) if at > reads and not word.startswith("-")), len(words)
    )
    for at, word in enumerate(words[reads:], start=reads):
        whole = _PLACE.fullmatch(word)
        if _PLACE.search(word) and (whole is None or at <= program):
            raise TemplateError(
                f"{PurePath(words[reads]).name} would read {word} as a program; "
                f"give it as an argument of its own: sh -c 'echo \"$1\"' sh {{title}}"
            )


def _refuse_places(program: str, words: Sequence[str]) -> None:
    for word in words:
        if _PLACE.search(word):
            raise TemplateError(f"what {program} starts would read {word} as a program")


def _is_one_of(word: str, programs: Container[str]) -> bool:
    return re.sub(r"[\d.]+$", "", PurePath(word).name) in programs
