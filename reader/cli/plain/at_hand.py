"""Lines that mean what is at hand, as commands of the shell that name it. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reader.cli.exporting import OPML
from reader.commands.deeds import NOTIFY, split_some
from reader.commands.parse import CommandError, parse_command, split_name, split_scope
from reader.commands.verbs import BY_NAME
from reader.durations import seconds_of
from reader.model import Mark
from reader.service.exporting import ExportFormat

EVERYTHING = "*"
"""The query that all articles answer."""

_FORMATS = (*(one.value for one in ExportFormat), OPML)

_OF_RULES = ("test", "run", "back", "off", "on", "none")

SHELL = {"card": "entity", "set": "config"}
"""What the shell calls a verb, where that is something else."""

_ON_SOME = ("test", "run")
"""What a rule does to what is here, perhaps not to all of it."""

_WITH_COMMANDS = ("rule", "set")
"""Behind these a command of another program may stand, with options of its own."""


@dataclass(frozen=True, slots=True)
class AtHand:
    """What lines may mean without saying so: the id of the article read last, the query of the
    list, the name of the saved search it comes from; `names` are those of all saved searches.
    `entity` ("#12") is the one whose card was told last, `source` that of the article, `sources`
    are the names of all of them."""

    article: int | None = None
    query: str = ""
    saved: str = ""
    names: frozenset[str] = frozenset()
    entity: str = ""
    source: str = ""
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meant:
    """A command of the shell, and the saved search at hand once it is done; `entity` is a name of
    the entity that is at hand then, None for the one that was."""

    command: str
    words: tuple[str, ...]
    saved: str = ""
    entity: str | None = None


def meant(name: str, rest: str, at: AtHand) -> Meant:
    """What a line means, of a verb and what is behind it. Lines of the shell mean themselves.

    Raises CommandError where nothing is at hand, or the line cannot be read.
    """
    has_options = any(word.startswith("--") and word != "--" for word in rest.split())
    if has_options and name not in _WITH_COMMANDS:
        # Whose card it is stands somewhere among the options.
        entity = "" if SHELL.get(name, name) == "entity" else None
        return Meant(SHELL.get(name, name), _words(rest), at.saved, entity)
    line = _LINES.get(name)
    return line(rest, at) if line else Meant(name, _words(rest), at.saved)


def _words(rest: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(rest))
    except ValueError as error:
        raise CommandError(f"the line cannot be read: {error}") from error


def _wrong(name: str) -> CommandError:
    return CommandError(f"usage: {BY_NAME[name].usage}")


def _article(at: AtHand) -> int:
    if at.article is None:
        raise CommandError("no article was read yet: type its number")
    return at.article


def _name(at: AtHand) -> str:
    if not at.saved:
        raise CommandError("no saved search is at hand: show one with saved NAME, or name it")
    return at.saved


def _export(rest: str, at: AtHand) -> Meant:
    text, query = split_scope(rest)
    form, _, file = text.partition(" ")
    if form not in _FORMATS:
        return Meant("export", _words(rest), at.saved)
    if query == "":
        raise _wrong("export")
    if query is None and form != OPML:
        query = at.query if at.article is None else f"id:{at.article}"
    try:
        output = ("--output", str(Path(file.strip()).expanduser())) if file.strip() else ()
    except RuntimeError:
        raise CommandError(f"cannot write {file.strip()}: nobody here is called so") from None
    asked = (query,) if query else ()
    return Meant("export", ("--format", form, *output, *asked), at.saved)


def _saved(rest: str, at: AtHand) -> Meant:
    first, _, behind = rest.partition(" ")
    behind = behind.strip()
    match first:
        case "add" if behind:
            written, query = split_name(behind)
            name = _unquoted(written)
            asked = query if query is not None else at.query or EVERYTHING
            return Meant("saved", ("add", name, "--", asked), at.saved if query else name)
        case "query" if behind and split_name(behind)[1] is None:
            return Meant("saved", ("query", _name(at), "--", behind), at.saved)
        case "rename" if behind and not _names_one(behind, at):
            new = _unquoted(behind)
            return Meant("saved", ("rename", _name(at), new), new)
        case "move" if behind and len(behind.split()) == 1:
            return Meant("saved", ("move", _name(at), behind), at.saved)
        case "remove" if not behind:
            return Meant("saved", ("remove", _name(at)))
        case _:
            return Meant("saved", _words(rest), at.saved)


def _unquoted(name: str) -> str:
    """A name as it is written, or without the quotes that a shell wants around it."""
    words = _split(name)
    return words[0] if len(words) == 1 else name


def _split(text: str) -> list[str]:
    """The words of a shell, none where there are none: the quote in O'Brien."""
    try:
        return shlex.split(text)
    except ValueError:
        return []


def _names_one(behind: str, at: AtHand) -> bool:
    """Whether it is an old name and a new one, as in the shell."""
    words = _split(behind)
    if len(words) != 2:
        return False
    old = words[0].casefold()
    return any(f"{name.casefold()}/".startswith(f"{old}/") for name in at.names)


def _rule(rest: str, at: AtHand) -> Meant:
    return Meant("rule", _rule_words(rest, at), at.saved)


def _rule_words(rest: str, at: AtHand) -> tuple[str, ...]:
    first = rest.partition(" ")[0]
    if rest in _OF_RULES:
        return (rest, _name(at))
    name, query = split_some(rest.removeprefix(first))
    if first in _ON_SOME and query:
        return (first, _unquoted(name) or _name(at), f"--on={query}")
    if first[:1] not in ("+", "-") and first != NOTIFY and first not in list(Mark):
        return _words(rest)
    # What is behind `notify` is a command as it is written: its quotes are its own.
    deeds, sign, command = f" {rest} ".partition(f" {NOTIFY} ")
    told = (f"--{NOTIFY}", command.strip()) if sign else ()
    if sign and not command.strip():
        raise _wrong("rule")
    return ("set", _name(at), *deeds.split(), *told)


def _set(rest: str, at: AtHand) -> Meant:
    name, _, value = rest.partition(" ")
    if not name:
        raise _wrong("set")
    if not value.strip():
        return Meant("config", ("show", name), at.saved)
    return Meant("config", ("set", name, _unquoted(value.strip())), at.saved)


def _why(rest: str, at: AtHand) -> Meant:
    if rest:
        return Meant("why", _words(rest), at.saved)
    return Meant("why", (str(_article(at)), *([at.query] if at.query else [])), at.saved)


def _card(rest: str, at: AtHand) -> Meant:
    if not rest:
        raise _wrong("card")
    return Meant(SHELL["card"], (rest,), at.saved, rest)


def _entity(rest: str, at: AtHand) -> Meant:
    if rest.partition(" ")[0] not in BY_NAME["entity"].parts:
        words = _words(rest)
        return Meant("entity", words, at.saved, " ".join(words))
    line = parse_command(f"entity {rest}")
    if not at.entity:
        raise CommandError("no name is at hand: card NAME shows one")
    change, value = line.first, _unquoted(line.behind)
    words = (change, "--", at.entity, *([value] if value else []))
    after = {"merge": value, "ignore": ""}.get(change, at.entity)
    return Meant("correct", words, at.saved, after)


def _source(rest: str, at: AtHand) -> Meant:
    if _names_source(rest, at):
        return Meant("source", _words(rest), at.saved)
    line = parse_command(f"source {rest}")
    if not line.text:
        raise _wrong("source")
    if not at.source:
        raise CommandError("no source is at hand: read an article of it, or name it")
    return Meant("source", _source_words(line.first, _unquoted(line.behind), at), at.saved)


def _source_words(change: str, value: str, at: AtHand) -> tuple[str, ...]:
    match change:
        case "folder":
            return ("set", f"--folder={value}", "--", at.source)
        case "every":
            time = value if seconds_of(value) else "default"
            return ("set", f"--every={time}", "--", at.source)
        case "remove":
            return ("remove", "--", at.source)
        case _:
            return (change, "--", at.source, value)


def _names_source(rest: str, at: AtHand) -> bool:
    """Whether a line says which source it is about, as in the shell."""
    first, _, behind = rest.partition(" ")
    match first:
        case "set":
            return True
        case "remove":
            return bool(behind.strip())
        case "move" | "rename":
            words = _split(behind)
            return len(words) == 2 and (first == "move" or words[0].casefold() in at.sources)
        case _:
            return False


def _notes(rest: str, at: AtHand) -> Meant:
    return Meant("notes", (rest,) if rest else (), at.saved)


def _config(rest: str, at: AtHand) -> Meant:
    return Meant("config", _words(rest or "show"), at.saved)


_LINES: Mapping[str, Callable[[str, AtHand], Meant]] = {
    "export": _export,
    "saved": _saved,
    "rule": _rule,
    "why": _why,
    "card": _card,
    "entity": _entity,
    "source": _source,
    "notes": _notes,
    "set": _set,
    "config": _config,
}
