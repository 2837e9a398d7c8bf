"""The one table of what a person can do in the screen.

Keys, footer, help, palette, command line and `docs/keys.md` all come from here. A key is
written as the character it types (`j`, `?`, `]`) or by name (`ctrl+d`, `enter`, `space`);
a sequence has its keys in a row: `g g`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where keys go."""

    SOURCES = "sources"
    LIST = "list"
    ARTICLE = "article"
    ENTITIES = "entities"
    SEARCH = "search line"
    TAGS = "tag line"
    COMMAND = "command line"
    LETTERS = "link letters"


class Group(StrEnum):
    """Under which heading an action is listed."""

    MOVE = "Move"
    READ = "Read"
    FIND = "Find"
    TRIAGE = "Sort out"
    ENTITIES = "People, places, organisations"
    SOURCES = "Sources"
    LINKS = "Links and text"
    PROMPT = "In a line you type in"
    SYSTEM = "Screen and library"


PANES = frozenset({Place.SOURCES, Place.LIST, Place.ARTICLE, Place.ENTITIES})
READING = frozenset({Place.LIST, Place.ARTICLE})
PROMPTS = frozenset({Place.SEARCH, Place.TAGS, Place.COMMAND})
LIST = frozenset({Place.LIST})
ENTITIES = frozenset({Place.ENTITIES})
SOURCES = frozenset({Place.SOURCES})
LETTERS = frozenset({Place.LETTERS})

TYPED = {Place.LETTERS: (("a–z", "open"), ("A–Z", "copy"))}
"""Keys that are no actions of the table, as the footer of a place shows them."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `hints` are the short words for it in the footer of a place.

    `synonyms` are other words people look for. An action without keys is reached through
    the palette and the command line.
    """

    name: str
    keys: tuple[str, ...]
    group: Group
    description: str
    places: frozenset[Place] = PANES
    synonyms: str = ""
    hints: tuple[tuple[Place, str], ...] = ()

    def hint(self, place: Place) -> str:
        """The footer's word for this action in `place`, empty when it is not shown there."""
        return dict(self.hints).get(place, "")


def _move() -> tuple[Action, ...]:
    def move(name: str, keys: tuple[str, ...], description: str, synonyms: str = "") -> Action:
        return Action(f"move.{name}", keys, Group.MOVE, description, synonyms=synonyms)

    return (
        move("down", ("j", "down"), "Next row, or one line down", "scroll"),
        move("up", ("k", "up"), "Previous row, or one line up", "scroll"),
        move("first", ("g g", "home"), "First row, or the top of the article", "beginning start"),
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
        ),
        move("left", ("h", "left"), "To the pane on the left; on a folder: fold", "back collapse"),
        move("next_pane", ("tab",), "Next pane", "focus switch"),
        move("previous_pane", ("shift+tab",), "Previous pane", "focus switch"),
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
            ((Place.ARTICLE, "next hit"),),
        ),
        Action("hit.previous", ("[",), Group.READ, "Previous search hit", PANES, "match found"),
        Action(
            "mention.next",
            ("}",),
            Group.READ,
            "Next mention of anyone or anything in the article",
            PANES,
            "entity name",
        ),
        Action("mention.previous", ("{",), Group.READ, "Previous mention", PANES, "entity name"),
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
        Action("history.undo", ("u",), Group.TRIAGE, "Undo the last change", PANES, "revert back"),
        Action("history.redo", ("U",), Group.TRIAGE, "Redo what was undone", PANES, "again"),
    )


def _find() -> tuple[Action, ...]:
    def sort(name: str, description: str) -> Action:
        return Action(f"sort.{name}", (), Group.FIND, description, PANES, "order arrange")

    return (
        Action(
            "find.search",
            ("/",),
            Group.FIND,
            "Search the whole library as you type",
            READING | SOURCES,
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
        Action("find.all", (), Group.FIND, "All articles", PANES, "clear reset search whole home"),
        sort("newest", "Newest first"),
        sort("oldest", "Oldest first"),
        sort("relevance", "Best matches first"),
        sort("source", "By source"),
        sort("title", "By title"),
    )


def _entities() -> tuple[Action, ...]:
    return (
        Action(
            "entities.toggle",
            ("e",),
            Group.ENTITIES,
            "Go to the names of this article; from there: hide them",
            PANES,
            "entity people places organisations pane",
            ((Place.ARTICLE, "names"), (Place.ENTITIES, "hide")),
        ),
        Action(
            "entities.jump",
            ("enter",),
            Group.ENTITIES,
            "Next mention of this name in the article",
            ENTITIES,
            "go to find",
            ((Place.ENTITIES, "next mention"),),
        ),
        Action(
            "entities.search",
            ("/",),
            Group.ENTITIES,
            "All articles that mention this name",
            ENTITIES,
            "find who org where",
            ((Place.ENTITIES, "search it"),),
        ),
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
        Action("feeds.stop", (), Group.SOURCES, "Stop asking for news", PANES, "interrupt cancel"),
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
            PANES,
            "close leave",
            ((Place.SOURCES, "back"), (Place.ARTICLE, "back"), (Place.ENTITIES, "back")),
        ),
        Action(
            "screen.leave",
            ("q",),
            Group.SYSTEM,
            "One level back; in the whole list: quit",
            PANES,
            "close up",
        ),
        Action(
            "view.reload",
            ("r",),
            Group.SYSTEM,
            "Show what has arrived, and ask this source for news",
            PANES,
            "refresh new update",
        ),
        Action("screen.command", (":",), Group.SYSTEM, "Command line", PANES, "ex verb"),
        Action(
            "screen.palette",
            ("ctrl+p",),
            Group.SYSTEM,
            "Find any action by name",
            PANES,
            "command palette menu",
        ),
        Action(
            "screen.help",
            ("?",),
            Group.SYSTEM,
            "All keys",
            PANES,
            "manual keys shortcuts",
            ((Place.SOURCES, "help"), (Place.LIST, "help"), (Place.ENTITIES, "help")),
        ),
        Action("screen.theme", (), Group.SYSTEM, "Next colour theme", PANES, "dark light colour"),
        Action(
            "app.quit",
            ("ctrl+q",),
            Group.SYSTEM,
            "Quit",
            PANES | PROMPTS | LETTERS,
            "exit close leave",
        ),
    )


ACTIONS: tuple[Action, ...] = (
    *_move(),
    *_read(),
    *_find(),
    *_triage(),
    *_sources(),
    *_entities(),
    *_links(),
    *_prompts(),
    *_system(),
)
"""Every action, in the order in which help and documentation list them."""

BY_NAME = {action.name: action for action in ACTIONS}

if __name__ == "__main__":
    import sys

    from reader.ui.keys_page import keys_page

    sys.stdout.write(keys_page())
