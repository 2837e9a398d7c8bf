"""The one table of what a person can do in the screen.

Keys, footer, help, palette, command line and `docs/keys.md` all come from here. A key is
written as the character it types (`j`, `?`, `]`) or by name (`ctrl+d`, `enter`, `space`);
a sequence has its keys in a row: `g g`.
"""

from __future__ import annotations

from dataclasses import replace

from reader.ui.entity_actions import entity_actions
from reader.ui.help_actions import help_actions
from reader.ui.note_actions import note_actions
from reader.ui.passage_actions import passage_actions
from reader.ui.places import (
    AREAS,
    ARTICLE,
    BESIDE,
    CARD,
    ENTITIES,
    FACETS,
    LETTERS,
    LIST,
    NAMES,
    PANES,
    PICK,
    PROMPTS,
    QUOTE,
    READING,
    SOURCES,
    Action,
    Group,
    Place,
)
from reader.ui.saved_actions import saved_actions
from reader.ui.selection_actions import selection_actions
from reader.ui.synonyms import SYNONYMS

__all__ = [
    "ACTIONS",
    "AREAS",
    "ARTICLE",
    "BY_NAME",
    "CARD",
    "ENTITIES",
    "FACETS",
    "LETTERS",
    "LIST",
    "NAMES",
    "PANES",
    "PICK",
    "PROMPTS",
    "READING",
    "SOURCES",
    "TYPED",
    "Action",
    "Group",
    "Place",
]

TYPED = {
    Place.LETTERS: (("a–z", "open"), ("A–Z", "copy")),
    Place.PICK: (("letter", "choose"),),
}
"""Keys that are no actions of the table, as the footer of a place shows them."""


def _move() -> tuple[Action, ...]:
    def move(
        name: str,
        keys: tuple[str, ...],
        description: str,
        synonyms: str = "",
        places: frozenset[Place] = AREAS,
        short: str = "",
    ) -> Action:
        return Action(f"move.{name}", keys, Group.MOVE, description, places, synonyms, short=short)

    return (
        move("down", ("j", "down"), "Next row, or one line down", "scroll"),
        move("up", ("k", "up"), "Previous row, or one line up", "scroll"),
        move(
            "first",
            ("g g", "home"),
            "First row, or the top of the article",
            "beginning start",
            short="the top",
        ),
        move("last", ("G", "end"), "Last row, or the end of the article", "bottom"),
        move("half_down", ("ctrl+d",), "Half a page down"),
        move("half_up", ("ctrl+u",), "Half a page up"),
        move("page_down", ("pagedown",), "A page down"),
        move("page_up", ("pageup",), "A page up"),
        move(
            "right",
            ("l", "right"),
            "To the pane on the right; from the list: open; on a source: show; on a folder: unfold",
            "into expand",
            PANES | BESIDE,
        ),
        move(
            "left",
            ("h", "left"),
            "To the pane on the left; on a folder: fold",
            "back collapse",
            PANES | BESIDE,
        ),
        move("next_pane", ("tab",), "Next pane; on a card: next section", "focus switch"),
        move("previous_pane", ("shift+tab",), "Previous pane or section", "focus switch"),
    )


def _read() -> tuple[Action, ...]:
    return (
        Action(
            "article.open",
            ("enter",),
            Group.READ,
            "Open the article and mark it read",
            LIST,
            "read view show",
            ((Place.LIST, "open"),),
        ),
        Action(
            "article.read_on",
            ("space",),
            Group.READ,
            "Open; then a page down, and at the end the next unread article",
            READING,
            "page continue scroll",
            ((Place.LIST, "read on"), (Place.ARTICLE, "read on")),
        ),
        Action(
            "unread.next",
            ("n",),
            Group.READ,
            "Next unread article",
            PANES,
            "jump new",
            ((Place.ARTICLE, "next unread"),),
        ),
        Action("unread.previous", ("N",), Group.READ, "Previous unread article", PANES, "jump new"),
        Action(
            "hit.next",
            ("]",),
            Group.READ,
            "Next search hit in the article",
            PANES,
            "match found",
        ),
        Action("hit.previous", ("[",), Group.READ, "Previous search hit", PANES, "match found"),
        Action(
            "mention.next",
            ("}",),
            Group.READ,
            "Next mention of anyone or anything in the article",
            PANES - NAMES,
            "entity name",
        ),
        Action(
            "mention.previous",
            ("{",),
            Group.READ,
            "Previous mention",
            PANES - NAMES,
            "entity name",
        ),
    )


def _look() -> tuple[Action, ...]:
    return (
        Action(
            "article.full_text",
            ("O",),
            Group.READ,
            "Read the full text of the page; once it is there: the text of the feed, and back",
            PANES,
            "whole page fetch web summary own version",
        ),
        Action("screen.zen", ("z",), Group.READ, "Only the article, and back", PANES, "focus calm"),
    )


def _triage() -> tuple[Action, ...]:
    return (
        Action(
            "article.toggle_read",
            ("m",),
            Group.TRIAGE,
            "Mark read or unread",
            PANES,
            "seen done",
            ((Place.LIST, "read/unread"),),
        ),
        Action(
            "article.toggle_star",
            ("f",),
            Group.TRIAGE,
            "Star or unstar",
            PANES,
            "favourite flag save",
        ),
        Action(
            "article.tag",
            ("t",),
            Group.TRIAGE,
            "Tags, in one line: +add -remove",
            PANES,
            "label category",
            ((Place.LIST, "tags"), (Place.ARTICLE, "tags")),
        ),
        Action(
            "article.toggle_archive",
            ("a",),
            Group.TRIAGE,
            "Archive, or bring back",
            PANES,
            "done away hide",
        ),
        Action(
            "view.mark_read",
            ("A",),
            Group.TRIAGE,
            "Mark everything in the list read (u takes it back)",
            PANES,
            "all catch up",
        ),
        Action("history.undo", ("u",), Group.TRIAGE, "Undo the last change", AREAS, "revert back"),
        Action("history.redo", ("U",), Group.TRIAGE, "Redo what was undone", AREAS, "again"),
    )


def _find() -> tuple[Action, ...]:
    def sort(key: str, name: str, description: str) -> Action:
        keys, synonyms = (f"= {key}",), "order arrange sort"
        return Action(f"sort.{name}", keys, Group.FIND, description, PANES, synonyms)

    return (
        Action(
            "find.search",
            ("/",),
            Group.FIND,
            "Search the whole library as you type",
            READING | SOURCES | CARD,
            "query look for full text",
            ((Place.LIST, "search"),),
        ),
        Action(
            "find.narrow",
            ("F",),
            Group.FIND,
            "Narrow the list down further",
            PANES,
            "filter chip limit",
        ),
        Action(
            "find.widen",
            ("backspace",),
            Group.FIND,
            "Take the last condition away",
            PANES,
            "unfilter pop chip",
        ),
        Action(
            "find.unread",
            ("g u",),
            Group.FIND,
            "Only what is unread, and all of it again",
            PANES,
            "unread filter hide read show new toggle",
            short="only unread",
        ),
        Action(
            "find.all",
            ("g a",),
            Group.FIND,
            "All articles",
            PANES,
            "clear reset search whole home",
            short="all articles",
        ),
        sort("n", "newest", "Newest first"),
        sort("o", "oldest", "Oldest first"),
        sort("r", "relevance", "Best matches first"),
        sort("s", "source", "By source"),
        sort("t", "title", "By title"),
        sort("l", "longest", "Longest first"),
    )


def _sources() -> tuple[Action, ...]:
    def written(name: str, description: str, synonyms: str = "") -> Action:
        return Action(name, (), Group.SOURCES, description, PANES, synonyms)

    return (
        Action(
            "sources.toggle",
            ("s",),
            Group.SOURCES,
            "Go to the sources and folders; from there: hide them",
            PANES,
            "feeds subscriptions pane folders",
            ((Place.LIST, "sources"), (Place.SOURCES, "hide")),
        ),
        Action(
            "sources.show",
            ("enter",),
            Group.SOURCES,
            "Show the articles of this source or folder",
            SOURCES,
            "open read narrow",
            ((Place.SOURCES, "show"),),
        ),
        Action(
            "source.add",
            ("+",),
            Group.SOURCES,
            "Add a feed by its address, or by that of its site",
            SOURCES,
            "subscribe new follow",
            ((Place.SOURCES, "add"),),
        ),
        Action(
            "source.change",
            ("c",),
            Group.SOURCES,
            "Change this source: its name, address, folder; or remove it",
            SOURCES,
            "edit rename move unsubscribe",
            ((Place.SOURCES, "change"),),
        ),
        Action(
            "feeds.update",
            ("R",),
            Group.SOURCES,
            "Ask all feeds for news",
            PANES,
            "fetch refresh reload all",
        ),
        Action(
            "feeds.stop",
            (),
            Group.SOURCES,
            "Stop asking for news, or an export",
            PANES,
            "interrupt cancel",
        ),
        written("source.rename", "Rename this source", "name title"),
        written("source.move", "Have this source ask another address", "url feed"),
        written("source.folder", "Put this source into a folder", "category group"),
        written("source.every", "How often this source is asked for news", "interval hours"),
        written(
            "source.remove", "Remove this source; its articles stay", "unsubscribe delete unfollow"
        ),
        written("page.save", "Keep a page of the web as an article", "url later bookmark"),
    )


def _links() -> tuple[Action, ...]:
    return (
        Action(
            "link.letters",
            (";",),
            Group.LINKS,
            "Letters on the links in view: type them to open one, as capitals to copy it",
            PANES,
            "hints url follow web attachment enclosure",
            ((Place.ARTICLE, "links"),),
        ),
        Action(
            "link.leave",
            ("escape",),
            Group.LINKS,
            "Take the letters away",
            LETTERS,
            hints=((Place.LETTERS, "leave"),),
        ),
        Action("link.open", ("o",), Group.LINKS, "Open the link in the browser", PANES, "url web"),
        Action("link.copy", ("y",), Group.LINKS, "Copy the link", PANES, "yank url clipboard"),
        Action(
            "link.cite",
            ("Y",),
            Group.LINKS,
            "Copy a citation: title, source, date, link",
            PANES,
            "yank quote reference clipboard",
        ),
    )


def _prompts() -> tuple[Action, ...]:
    return (
        Action(
            "prompt.accept",
            ("enter",),
            Group.PROMPT,
            "Done: keep the search, set the tags, run the command",
            PROMPTS,
            hints=(
                (Place.SEARCH, "keep"),
                (Place.TAGS, "set"),
                (Place.COMMAND, "run"),
            ),
        ),
        Action(
            "prompt.cancel",
            ("escape",),
            Group.PROMPT,
            "Leave everything as it was",
            PROMPTS,
            hints=tuple((place, "cancel") for place in sorted(PROMPTS)),
        ),
        Action(
            "prompt.complete",
            ("tab",),
            Group.PROMPT,
            "Complete the word; again: the next one",
            PROMPTS,
            hints=tuple((place, "complete") for place in sorted(PROMPTS)),
        ),
        Action(
            "prompt.down",
            ("down",),
            Group.PROMPT,
            "Next result, or the next earlier line; after Tab: the next completion",
            PROMPTS,
            hints=((Place.SEARCH, "next result"),),
        ),
        Action(
            "prompt.up",
            ("up",),
            Group.PROMPT,
            "Previous result or earlier line; after Tab: the previous completion",
            PROMPTS,
        ),
        Action(
            "prompt.widen",
            ("backspace",),
            Group.PROMPT,
            "In an empty search line: take the last condition away",
            frozenset({Place.SEARCH}),
        ),
    )


def _system() -> tuple[Action, ...]:
    return (
        Action(
            "screen.back",
            ("escape",),
            Group.SYSTEM,
            "One level back",
            AREAS,
            "close leave",
            (
                (Place.SOURCES, "back"),
                (Place.ARTICLE, "back"),
                (Place.ENTITIES, "back"),
                (Place.FACETS, "back"),
                (Place.CARD, "back"),
            ),
        ),
        Action(
            "screen.leave",
            ("q",),
            Group.SYSTEM,
            "One level back; in the whole list: quit",
            AREAS,
            "close up",
        ),
        Action(
            "view.reload",
            ("r",),
            Group.SYSTEM,
            "Show what has arrived, and ask this source for news",
            AREAS,
            "refresh new update",
        ),
    )


def _program() -> tuple[Action, ...]:
    return (
        Action(
            "screen.command",
            (":",),
            Group.SYSTEM,
            "Command line",
            AREAS | QUOTE,
            "ex verb",
            ((Place.BESIDE, "command"),),
        ),
        Action(
            "screen.palette",
            ("ctrl+p",),
            Group.SYSTEM,
            "Find any action by name",
            AREAS | QUOTE | BESIDE,
            "command palette menu",
        ),
        Action(
            "screen.help",
            ("?",),
            Group.SYSTEM,
            "All keys",
            AREAS | QUOTE,
            "manual keys shortcuts",
            (
                (Place.QUOTE, "help"),
                (Place.SOURCES, "help"),
                (Place.LIST, "help"),
                (Place.ARTICLE, "help"),
                (Place.ENTITIES, "help"),
                (Place.FACETS, "help"),
                (Place.CARD, "help"),
                (Place.BESIDE, "help"),
                (Place.QUOTE, "help"),
                (Place.BESIDE, "help"),
            ),
        ),
        Action("screen.theme", (), Group.SYSTEM, "Next colour theme", AREAS, "dark light colour"),
        Action(
            "app.quit",
            ("ctrl+q",),
            Group.SYSTEM,
            "Quit",
            AREAS | PROMPTS | LETTERS | PICK | QUOTE | BESIDE,
            "exit close leave",
        ),
    )


def _settings() -> tuple[Action, ...]:
    def action(name: str, description: str, synonyms: str) -> Action:
        return Action(f"settings.{name}", (), Group.SYSTEM, description, AREAS, synonyms)

    return (
        action(
            "show",
            "All settings, and what is wrong in the settings file",
            "config configuration preferences options problems errors",
        ),
        action("set", "Change a setting and keep it", "config option preference customise"),
        action(
            "edit",
            "The settings file in your editor",
            "config configuration preferences dotfile toml open",
        ),
    )


def _all() -> tuple[Action, ...]:
    return (
        *_move(),
        *_read(),
        *_look(),
        *_find(),
        *_triage(),
        *selection_actions(),
        *saved_actions(),
        *_sources(),
        *entity_actions(),
        *note_actions(),
        *passage_actions(),
        *_links(),
        *_prompts(),
        *_system(),
        *_program(),
        *_settings(),
        *help_actions(),
    )


def _with_synonyms(action: Action) -> Action:
    more = SYNONYMS.get(action.name, "")
    return replace(action, synonyms=f"{action.synonyms} {more}".strip())


ACTIONS: tuple[Action, ...] = tuple(map(_with_synonyms, _all()))
"""Every action, in the order in which help and documentation list them."""

BY_NAME = {action.name: action for action in ACTIONS}

if __name__ == "__main__":
    import sys

    from reader.ui.keys_page import keys_page

    sys.stdout.write(keys_page())
