"""The command line of the screen: `tag +war -- minsk`, `add example.org`, `theme light`. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.model import EntityKind, Mark
from reader.ui import themes
from reader.ui.actions import BY_NAME
from reader.ui.state import SORTS


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of the command line. `action` is done when nothing follows the word."""

    name: str
    usage: str
    action: str = ""
    values: tuple[str, ...] = ()


CHANGES = ("rename", "move", "folder", "every", "remove")
"""What can be done to a source."""

SOURCE = "source rename NEW | move URL | folder [NAME] | every 2h | remove"

CORRECTIONS = ("rename", "kind", "ignore", "merge", "split")
"""What can be said of an entity."""

ENTITY = "entity rename NEW | kind PER|LOC|ORG|MISC | ignore | merge NAME | split FORM"

KINDS = tuple(kind.value for kind in EntityKind)

MARKS = tuple(mark.value for mark in Mark)

VERBS = (
    Verb("search", "search QUERY", "find.search"),
    Verb("narrow", "narrow QUERY", "find.narrow"),
    Verb("all", "all", "find.all"),
    Verb("sort", "sort newest|oldest|relevance|source|title", values=SORTS),
    Verb("tag", "tag (+NAME | -NAME)... [-- QUERY]", "article.tag"),
    Verb("mark", "mark read|unread|starred|... [-- QUERY]", values=MARKS),
    Verb("undo", "undo", "history.undo"),
    Verb("redo", "redo", "history.redo"),
    Verb("open", "open", "link.open"),
    Verb("reload", "reload", "view.reload"),
    Verb("update", "update", "feeds.update"),
    Verb("stop", "stop", "feeds.stop"),
    Verb("add", "add URL [FOLDER]", "source.add"),
    Verb("source", SOURCE, "source.change", CHANGES),
    Verb("save", "save URL", "page.save"),
    Verb("card", "card NAME", "entity.card"),
    Verb("entity", ENTITY, "entity.card", CORRECTIONS),
    Verb("mention", "mention NAME | -", "mention.correct"),
    Verb("entities", "entities rebuild | status", values=("rebuild", "status")),
    Verb("theme", "theme dark|light|ansi-dark|ansi-light", "screen.theme", themes.WORDS),
    Verb("zen", "zen", "screen.zen"),
    Verb("help", "help", "screen.help"),
    Verb("quit", "quit", "app.quit"),
    Verb("q", "q", "app.quit"),
)
_BY_NAME = {verb.name: verb for verb in VERBS}


@dataclass(frozen=True, slots=True)
class Command:
    """A line taken apart: `query` is what followed `--`, None when nothing did."""

    verb: str
    words: tuple[str, ...] = ()
    query: str | None = None

    @property
    def rest(self) -> str:
        """Everything behind the verb."""
        return " ".join(self.words)

    @property
    def behind(self) -> str:
        """Everything behind the first word."""
        return " ".join(self.words[1:])


class CommandError(Exception):
    """A line that means nothing; `text` tells a person why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def parse_command(line: str) -> Command:
    """Take a line apart. Raises CommandError when it is not complete and right."""
    name, _, rest = line.strip().partition(" ")
    if name.isascii() and name.isdecimal():
        return Command("row", (name,))
    if name in BY_NAME:
        return Command(name)
    verb = _BY_NAME.get(name)
    if verb is None:
        raise CommandError(f'there is no command "{name}"; Tab shows those there are')
    if name in ("search", "narrow"):
        return Command(name, tuple(filter(None, (rest.strip(),))))
    if name in ("card", "mention") and rest.strip():
        return Command(name, (rest.strip(),))
    if name in ("add", "save", "source", "entity") and rest.strip():
        return Command(name, _checked(verb, tuple(rest.split())))
    before, dashes, query = f" {rest} ".partition(" -- ")
    words = tuple(before.split())
    _check(verb, words, query.strip(), asked=bool(dashes))
    return Command(name, words, query.strip() if dashes else None)


def _check(verb: Verb, words: tuple[str, ...], query: str, *, asked: bool) -> None:
    if asked and (verb.name not in ("tag", "mark") or not query or not words):
        raise CommandError(f"usage: {verb.usage}")
    if verb.name == "tag":
        return
    if verb.values and words:
        if len(words) > 1 or words[0] not in verb.values:
            raise CommandError(f"usage: {verb.usage}")
    elif words or not verb.action:
        raise CommandError(f"usage: {verb.usage}")


def _checked(verb: Verb, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind `add`, `save`, `source` and `entity`, which take addresses and names."""
    match verb.name, words:
        case ("add", _) | ("save", (_,)):
            return words
        case "source", ("remove",) | ("folder",) | ("rename" | "folder", _, *_):
            return words
        case "entity", ("ignore",) | ("rename" | "merge" | "split", _, *_):
            return words
        case "entity", ("kind", kind):
            return ("kind", _checked_kind(kind))
        case "source", ("move", _):
            return words
        case "source", ("every", time):
            _check_time(time)
            return words
        case _:
            raise CommandError(f"usage: {verb.usage}")


def _checked_kind(text: str) -> str:
    if text.upper() not in KINDS:
        raise CommandError(f'"{text}" is no kind: {" ".join(KINDS)}')
    return text.upper()


def _check_time(text: str) -> None:
    from reader.durations import seconds_of

    try:
        seconds_of(text)
    except ValueError:
        raise CommandError(f'"{text}" is no time like 30m, 2h, 1d or 1w, from 5m on') from None


def offers(line: str) -> tuple[str, ...]:
    """The lines that complete what has been typed of one."""
    name, space, rest = line.lstrip().partition(" ")
    if not space:
        verbs = [verb.name for verb in VERBS if verb.name.startswith(name)]
        return tuple(verbs or (action for action in BY_NAME if action.startswith(name)))
    if name == "entity" and rest.startswith("kind "):
        typed = rest.removeprefix("kind ").upper()
        return tuple(f"entity kind {kind}" for kind in KINDS if kind.startswith(typed))
    verb = _BY_NAME.get(name)
    values = verb.values if verb is not None else ()
    return tuple(f"{name} {value}" for value in values if value.startswith(rest))


def query_start(line: str) -> int | None:
    """Where the query in a line begins (a code point of it), None when it has none."""
    name, space, _ = line.lstrip().partition(" ")
    if space and name in ("search", "narrow"):
        return len(line) - len(line.lstrip()) + len(name) + 1
    dashes = line.find(" -- ")
    return dashes + 4 if name in ("tag", "mark") and dashes >= 0 else None


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
    verb = _BY_NAME.get(line.strip().partition(" ")[0])
    return verb.usage if verb is not None else ""


def action_of(name: str) -> str:
    """The action a bare verb stands for."""
    return _BY_NAME[name].action
