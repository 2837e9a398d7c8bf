"""The verbs of the command line, on the screen (`:`) and in line mode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from reader.kept import Colour
from reader.model import EntityKind, Mark

SORTS = ("newest", "oldest", "relevance", "source", "title", "longest")
"""Orders the query language knows."""

KINDS = tuple(kind.value for kind in EntityKind)

MARKS = tuple(mark.value for mark in Mark)

COLOURS = tuple(colour.value for colour in Colour)


class Takes(Enum):
    """What may follow a verb, or the first word behind it."""

    NOTHING = auto()
    OPTIONAL = auto()
    TEXT = auto()
    """One word at least."""
    WORD = auto()
    """Exactly one."""
    PAIR = auto()
    """Exactly two."""
    CHANGE = auto()
    """Words, then perhaps `on` or `--` and a query."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of the command line. `action` is done when nothing follows the word.

    `choices` are the only words that may follow it, `parts` the words that begin what follows
    and what each of them takes; `takes` says what else may follow beside those.
    """

    name: str
    usage: str
    about: str
    action: str = ""
    takes: Takes = Takes.NOTHING
    choices: tuple[str, ...] = ()
    parts: Mapping[str, Takes] = field(default_factory=dict)

    @property
    def values(self) -> tuple[str, ...]:
        """What can be offered behind it."""
        return self.choices or tuple(self.parts)


_SOURCE = "source rename NEW | move URL | folder [NAME] | every 2h | remove"
_ENTITY = "entity rename NEW | kind PER|LOC|ORG|MISC | ignore | merge NAME | split FORM"

_FIND = (
    Verb("search", "search QUERY", "Search the whole library", "find.search", Takes.OPTIONAL),
    Verb("narrow", "narrow QUERY", "Narrow the list down", "find.narrow", Takes.OPTIONAL),
    Verb("find", "find WORDS", "Find words in this article", "article.find", Takes.OPTIONAL),
    Verb("all", "all", "All articles", "find.all"),
    Verb("sort", f"sort {'|'.join(SORTS)}", "Another order", choices=SORTS),
)

_TRIAGE = (
    Verb(
        "tag",
        "tag (+NAME | -NAME)... [on QUERY]",
        "Tag the selection, this article, or all that answer a query",
        "article.tag",
        Takes.CHANGE,
    ),
    Verb(
        "mark",
        f"mark {'|'.join(MARKS)} [on QUERY]",
        "Mark the selection, this article, or all that answer a query",
        takes=Takes.CHANGE,
        choices=MARKS,
    ),
    Verb("undo", "undo", "Take back the last change", "history.undo"),
    Verb("redo", "redo", "Make it again", "history.redo"),
    Verb("history", "history", "The changes made, and going back to any of them", "history.show"),
)

_SOURCES = (
    Verb("go", "go NAME", "Go to a row of the left pane", "sources.find", Takes.OPTIONAL),
    Verb("reload", "reload", "Show what has arrived", "view.reload"),
    Verb("update", "update", "Ask all feeds for news", "feeds.update"),
    Verb("stop", "stop", "Stop asking", "feeds.stop"),
    Verb("add", "add URL [FOLDER]", "Subscribe to a feed", "source.add", Takes.OPTIONAL),
    Verb(
        "source",
        _SOURCE,
        "Change this source",
        "source.change",
        parts={
            "rename": Takes.TEXT,
            "move": Takes.WORD,
            "folder": Takes.OPTIONAL,
            "every": Takes.WORD,
            "remove": Takes.NOTHING,
        },
    ),
    Verb("save", "save URL", "Keep a page of the web as an article", "page.save", Takes.WORD),
)

_ENTITIES = (
    Verb("card", "card NAME", "The card of who or what is called so", "entity.card", Takes.TEXT),
    Verb(
        "entity",
        _ENTITY,
        "Correct what is known of this name",
        "entity.card",
        parts={
            "rename": Takes.TEXT,
            "kind": Takes.WORD,
            "ignore": Takes.NOTHING,
            "merge": Takes.TEXT,
            "split": Takes.TEXT,
        },
    ),
    Verb("mention", "mention NAME | -", "Who is meant here", "mention.correct", Takes.TEXT),
    Verb(
        "entities",
        "entities rebuild | status",
        "Look for names anew, or how far that is",
        choices=("rebuild", "status"),
    ),
)

_SAVED = (
    Verb(
        "saved",
        "saved [show] NAME | add NAME [-- QUERY] | rename NEW | move N | query QUERY | remove",
        "Show a saved search, save this view, or change the saved search at hand",
        "saved.pick",
        Takes.TEXT,
        parts={
            "show": Takes.TEXT,
            "add": Takes.TEXT,
            "rename": Takes.TEXT,
            "move": Takes.WORD,
            "query": Takes.TEXT,
            "remove": Takes.NOTHING,
        },
    ),
    Verb(
        "rule",
        "rule [set NAME] (+TAG | -TAG | MARK)... [notify CMD]"
        " | test [NAME] | run | back | off | on | none",
        "What the saved search at hand, or the one called so, does to all that comes in",
        "rule.change",
        Takes.TEXT,
        parts={
            "set": Takes.TEXT,
            **dict.fromkeys(("test", "run", "back", "off", "on", "none"), Takes.OPTIONAL),
        },
    ),
    Verb("retag", "retag OLD NEW", "Rename a tag, with all below it", takes=Takes.PAIR),
    Verb(
        "colour",
        f"colour TAG {'|'.join(COLOURS)}|none",
        "Give a tag a colour",
        takes=Takes.PAIR,
    ),
    Verb("quick", "quick TAG w|none", "Give a tag a letter, for T", takes=Takes.PAIR),
    Verb("why", "why", "Why this article is here", "why.show"),
)

_NOTES = (
    Verb(
        "note",
        "note WORDS | - (takes it away)",
        "A note on what is selected, or on the article",
        "",
        Takes.TEXT,
    ),
    Verb(
        "notes",
        "notes [QUERY]",
        "All notes and highlights, or those in what answers a query",
        "note.list",
        Takes.OPTIONAL,
    ),
    Verb("highlight", "highlight", "Highlight what is selected", "note.highlight"),
)

_SCREEN = (
    Verb("open", "open", "Open the link in the browser", "link.open"),
    Verb("theme", "theme NAME", "Another colour theme", "screen.theme", Takes.WORD),
    Verb("set", "set NAME [VALUE]", "Change a setting and keep it", "settings.set", Takes.TEXT),
    Verb(
        "config",
        "config [edit]",
        "All settings, and what is wrong in the settings file",
        "settings.show",
        parts={"edit": Takes.NOTHING},
    ),
    Verb("pictures", "pictures", "Choose a picture of the article", "article.pictures"),
    Verb("beside", "beside", "Keep this article beside the next ones", "article.beside"),
    Verb("pipe", "pipe COMMAND", "Give it the article as Markdown", "article.pipe", Takes.TEXT),
    Verb("run", "run NAME", "Run a command of your own", "command.choose", Takes.TEXT),
    Verb(
        "export",
        "export FORMAT [FILE] [on QUERY]",
        "Write articles into a file: markdown, html, epub, jsonl, notes, bibtex, csl-json, opml",
        "export.write",
        Takes.CHANGE,
    ),
    Verb(
        "import",
        "import PATH",
        "Bring in a file or a folder: articles, feeds, mail, what other readers export",
        "files.import",
        Takes.TEXT,
    ),
    Verb(
        "dump",
        "dump FILE",
        "Write all you have made into a file: tags, marks, notes, searches, rules",
        "files.dump",
        Takes.TEXT,
    ),
    Verb(
        "restore",
        "restore FILE",
        "Make the library what a dump says; it can be taken back",
        "files.restore",
        Takes.TEXT,
    ),
    Verb("zen", "zen", "Only the article", "screen.zen"),
    Verb("help", "help", "All keys", "screen.help"),
    Verb(
        "keys",
        "keys [unbound | KEY]",
        "What every key does, what is free, or what one key does everywhere",
        "keys.list",
        Takes.TEXT,
        parts={"unbound": Takes.NOTHING},
    ),
    Verb(
        "tour",
        "tour [skip]",
        "The first steps, one after the other",
        "tour.toggle",
        parts={"skip": Takes.NOTHING},
    ),
    Verb("quit", "quit", "Leave", "app.quit"),
    Verb("q", "q", "Leave", "app.quit"),
)

VERBS: tuple[Verb, ...] = (*_FIND, *_TRIAGE, *_SOURCES, *_ENTITIES, *_SAVED, *_NOTES, *_SCREEN)
"""Every verb, in the order in which they are offered."""

BY_NAME = {verb.name: verb for verb in VERBS}
