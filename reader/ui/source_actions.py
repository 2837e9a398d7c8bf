"""The part of the table of actions that is about sources and links."""

from __future__ import annotations

from reader.ui.places import (
    LETTERS,
    PANES,
    SOURCES,
    Action,
    Group,
    Place,
)


def source_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_sources(), *_feeds(), *_written(), *_links())


def _sources() -> tuple[Action, ...]:
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
            "sources.unread",
            ("L",),
            Group.SOURCES,
            "Only rows with unread articles, and all of them again",
            SOURCES,
            "hide read empty show feeds tags toggle",
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
            "sources.find",
            ("F",),
            Group.SOURCES,
            "Find a row by typing a part of its name",
            SOURCES,
            "filter narrow search jump go to feed folder tag saved",
            ((Place.SOURCES, "find"),),
        ),
    )


def _feeds() -> tuple[Action, ...]:
    return (
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
            "Stop asking for news, an import or an export",
            PANES,
            "interrupt cancel",
        ),
    )


def _written() -> tuple[Action, ...]:
    """Those that the command line asks something for."""

    def written(name: str, description: str, synonyms: str = "") -> Action:
        return Action(name, (), Group.SOURCES, description, PANES, synonyms)

    return (
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
        Action(
            "text.copy",
            ("C",),
            Group.LINKS,
            "Copy the text of this article, or of several",
            PANES,
            "yank clipboard whole full",
        ),
    )
