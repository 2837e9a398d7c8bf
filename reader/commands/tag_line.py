"""The line in which tags are edited: `+war -draft`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagEdit:
    """Tags to add and to remove."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)


def parse_tags(text: str) -> TagEdit:
    """What a line asks for. A word without a sign is added; the last word on a tag wins."""
    wanted: dict[str, bool] = {}
    for word in text.split():
        name = word.lstrip("+-") if word[0] in "+-" else word
        if name:
            wanted.pop(name, None)
            wanted[name] = not word.startswith("-")
    return TagEdit(
        tuple(name for name, add in wanted.items() if add),
        tuple(name for name, add in wanted.items() if not add),
    )


def bare_words(text: str) -> tuple[str, ...]:
    """The words without a sign, where there are several: each becomes a tag of its own."""
    words = tuple(word for word in text.split() if word[0] not in "+-")
    return words if len(words) > 1 else ()


def last_word(text: str) -> tuple[str, str]:
    """The sign and the letters of the word being typed at the end of a line."""
    word = text.rsplit(" ", 1)[-1]
    return (word[0], word[1:]) if word[:1] in ("+", "-") else ("", word)


def complete(text: str, name: str) -> str:
    """The line with the word being typed at its end made into `name`, ready for the next."""
    sign, word = last_word(text)
    return f"{text[: len(text) - len(sign) - len(word)]}{sign or '+'}{name} "


def matching(names: Sequence[str], prefix: str) -> tuple[str, ...]:
    """Those of `names` that start with `prefix`, whatever the case."""
    return tuple(name for name in names if name.casefold().startswith(prefix.casefold()))
