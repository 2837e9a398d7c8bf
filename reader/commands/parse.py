"""Lines taken apart: `tag +war on minsk`, `add example.org`, `theme light`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reader.commands.deeds import NOTIFY, parse_deeds, split_named
from reader.commands.verbs import BY_NAME, COLOURS, KINDS, MARKS, VERBS, Takes, Verb
from reader.durations import seconds_of
from reader.errors import DeedsError
from reader.nearest import meant

NONE = "none"
"""What takes a colour or letter away."""

_SCOPE = re.compile(r"(?:^|\s)(?:on|--)(?:\s|$)")
_DASHES = re.compile(r"(?:^|\s)--(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Command:
    """A line taken apart: `text` is what followed the verb, as written, `query` what followed
    `on` or `--`, None when nothing did."""

    verb: str
    text: str = ""
    query: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())

    @property
    def first(self) -> str:
        """The first word behind the verb, "" for none."""
        return self.text.partition(" ")[0]

    @property
    def behind(self) -> str:
        """Everything behind that."""
        return " ".join(self.words[1:])


class CommandError(Exception):
    """A line that means nothing; `text` tells a person why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def parse_command(line: str, actions: Collection[str] = ()) -> Command:
    """Take a line apart; the name of one of `actions` stands for itself. Raises CommandError
    when the line is not complete and right."""
    name, _, rest = line.strip().partition(" ")
    if name.isascii() and name.isdecimal():
        return Command("row", name)
    if name in actions and not rest:
        return Command(name)
    verb = BY_NAME.get(name)
    if verb is None:
        hint = meant(name, [*BY_NAME, *actions]) or "; Tab shows those there are"
        raise CommandError(f'there is no command "{name}"{hint}')
    command = _taken_apart(verb, rest.strip())
    if not _is_right(verb, command):
        raise _fault(verb, command)
    match command.verb, command.first:
        case "saved", "add" if not all(part or part is None for part in split_name(command.behind)):
            raise CommandError(f"usage: {verb.usage}")
        case "source", "every":
            _check_time(command.behind)
        case "colour", _:
            _check_colour(command.behind)
        case "rule", first if first == "set" or first not in verb.parts:
            _check_rule(verb, command)
        case "entity", "kind":
            return Command("entity", f"kind {_checked_kind(command.behind)}")
    return command


def _taken_apart(verb: Verb, rest: str) -> Command:
    if verb.takes is not Takes.CHANGE:
        return Command(verb.name, rest)
    return Command(verb.name, *split_scope(rest))


def _is_right(verb: Verb, command: Command) -> bool:
    if command.query is not None and not (command.query and command.text):
        return False
    if not command.text:
        return bool(verb.action)
    if verb.choices:
        return command.text in verb.choices
    if verb.parts:
        takes = verb.parts.get(command.first)
        if takes is not None:
            return _fits(takes, command.behind)
    return _fits(verb.takes, command.text)


def _fault(verb: Verb, command: Command) -> CommandError:
    """Why a line is not right: the word that is none of those there are, else how it is written."""
    known = verb.choices or (tuple(verb.parts) if verb.takes is Takes.NOTHING else ())
    word = command.text if verb.choices else command.first
    if known and word and word not in known:
        return _unknown(word, f"{verb.name} has no", known)
    return CommandError(f"usage: {verb.usage}")


def _unknown(word: str, why: str, known: Sequence[str]) -> CommandError:
    """A word that is none of the `known` ones: the nearest of them, or all."""
    hint = meant(word, known) or f": {' '.join(known)}"
    return CommandError(f'{why} "{word}"{hint}')


def _fits(takes: Takes, text: str) -> bool:
    match takes:
        case Takes.NOTHING:
            return not text
        case Takes.TEXT:
            return bool(text)
        case Takes.WORD:
            return len(text.split()) == 1
        case Takes.PAIR:
            return len(text.split()) == 2
        case Takes.OPTIONAL | Takes.CHANGE:
            return True


def _checked_kind(text: str) -> str:
    if text.upper() not in KINDS:
        raise _unknown(text, "there is no kind", KINDS)
    return text.upper()


def _check_colour(text: str) -> None:
    if text not in (*COLOURS, NONE):
        raise _unknown(text, "there is no colour", (*COLOURS, NONE))


def _check_rule(verb: Verb, command: Command) -> None:
    text = command.text
    if command.first == "set":
        named, text = split_named(text.removeprefix("set"))
        if not (named and text):
            raise CommandError(f"usage: {verb.usage}")
    try:
        parse_deeds(text)
    except DeedsError as error:
        known = (*verb.parts, *MARKS, NOTIFY)
        if error.word[0] not in "+-" and error.word not in known and meant(error.word, known):
            raise _unknown(error.word, "a rule has no", known) from None
        raise CommandError(f'"{error.word}": {error.reason}') from None


def _check_time(text: str) -> None:
    try:
        seconds_of(text)
    except ValueError:
        raise CommandError(f'"{text}" is no time like 30m, 2h, 1d or 1w, from 5m on') from None


def split_scope(text: str) -> tuple[str, str | None]:
    """What stands before `on` or `--`, and the query behind it, None where there is neither."""
    return _split(text, _SCOPE)


def _split(text: str, sign: re.Pattern[str]) -> tuple[str, str | None]:
    found = sign.search(text)
    if found is None:
        return text, None
    return text[: found.start()].strip(), text[found.end() :].strip()


def split_name(text: str) -> tuple[str, str | None]:
    """A name and the query behind `--`, None where there is no `--`. "on" is a word of the name:
    names are called War on drugs."""
    return _split(text, _DASHES)


def offers(
    line: str,
    actions: Collection[str] = (),
    values: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[str, ...]:
    """The lines that complete what has been typed of one; `values` can follow further verbs."""
    name, space, rest = line.lstrip().partition(" ")
    if not space:
        verbs = [verb.name for verb in VERBS if verb.name.startswith(name)]
        return tuple(verbs or (action for action in actions if action.startswith(name)))
    if name == "entity" and rest.startswith("kind "):
        typed = rest.removeprefix("kind ").upper()
        return tuple(f"entity kind {kind}" for kind in KINDS if kind.startswith(typed))
    if name == "rule" and (named := _rule_names(rest, values.get("rule", ()))):
        return named
    if (later := _LATER.get(name)) and " " in rest:
        head, _, typed = line.rpartition(" ")
        return tuple(f"{head} {word}" for word in later if word.startswith(typed))
    verb = BY_NAME.get(name)
    known = values.get(name) or (verb.values if verb is not None else ())
    if name == "rule":
        known = (*_LATER["rule"], *BY_NAME["rule"].values)
    return tuple(f"{name} {value}" for value in known if value.startswith(rest))


def _rule_names(rest: str, names: Sequence[str]) -> tuple[str, ...]:
    """The lines with a saved search behind what is to be done with its rule."""
    first, space, typed = rest.partition(" ")
    if not space or first not in BY_NAME["rule"].parts:
        return ()
    begun = (one for one in names if one.casefold().startswith(typed.casefold()))
    return tuple(f"rule {first} {one}" for one in begun)


_LATER = {"rule": (*MARKS, NOTIFY), "colour": (*COLOURS, NONE)}
"""What is offered behind the first word of what follows a verb."""


def query_start(line: str) -> int | None:
    """Where the query in a line begins (a code point of it), None when it has none."""
    name, space, _ = line.lstrip().partition(" ")
    if space and name in ("search", "narrow", "notes"):
        return len(line) - len(line.lstrip()) + len(name) + 1
    if found := _SAVED_QUERY.match(line):
        return found.end()
    if name not in ("tag", "mark", "export"):
        return None
    scope = re.search(r"\s(?:on|--)\s", line)
    return scope.end() if scope else None


_SAVED_QUERY = re.compile(r"\s*saved\s+(?:query|add\s.*?\s--)\s")

_NAMING = re.compile(r"\s*(?:card|mention|entity\s+(?:merge|(split)))\s")


def name_start(line: str) -> int | None:
    """Where in a line the name of an entity begins (a code point), None where none does."""
    found = _NAMING.match(line)
    return found.end() if found else None


def is_splitting(line: str) -> bool:
    """Whether what begins there is one way to write the name of an entity."""
    found = _NAMING.match(line)
    return found is not None and found[1] is not None


def usage(line: str) -> str:
    """How the command being typed is written, empty when it is none yet."""
    verb = BY_NAME.get(line.strip().partition(" ")[0])
    return verb.usage if verb is not None else ""


def action_of(name: str) -> str:
    """The action a bare verb stands for."""
    return BY_NAME[name].action
