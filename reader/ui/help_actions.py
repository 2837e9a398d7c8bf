"""The part of the table of actions that is about help, settings and files."""

from __future__ import annotations

from reader.ui.places import AREAS, PANES, PICK, Action, Group, Place


def help_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_helping(), *_files(), *_picking())


def _helping() -> tuple[Action, ...]:
    return (
        Action(
            "keys.list",
            ("g ?",),
            Group.SYSTEM,
            "Every key by its place, what clashes and what is free",
            AREAS,
            "bindings shortcuts keyboard map clash conflict unbound free",
            short="keys",
        ),
        Action(
            "tour.toggle",
            (),
            Group.SYSTEM,
            "The tour: the first steps, one after the other; again: leave it",
            AREAS,
            "tutorial introduction learn lesson beginner start guide vimtutor",
        ),
        Action(
            "tour.skip",
            (),
            Group.SYSTEM,
            "The next step of the tour",
            AREAS,
            "tutorial go on leave out",
        ),
    )


def _files() -> tuple[Action, ...]:
    return (
        Action(
            "export.write",
            ("g e",),
            Group.LINKS,
            "Write what is selected, or the article, into a file: Markdown, HTML, EPUB ...",
            PANES,
            "export save as download print text file book ebook markdown epub jsonl opml out",
            short="export",
        ),
        Action(
            "files.import",
            (),
            Group.SOURCES,
            "Import articles from files and folders",
            PANES,
            "bring in add read load text html epub jsonl mbox opml pocket file folder",
        ),
        Action(
            "samples.archive",
            (),
            Group.TRIAGE,
            "Archive the sample articles of the first start",
            PANES,
            "samples examples demo remove delete clear away seeds",
        ),
        Action(
            "files.dump",
            (),
            Group.SYSTEM,
            "Back up all you have made, as text",
            PANES,
            "backup dump save copy tags notes searches rules archive everything",
        ),
        Action(
            "files.restore",
            (),
            Group.SYSTEM,
            "Restore what was backed up",
            PANES,
            "load bring back tags notes searches dump take over",
        ),
        Action(
            "cite.bibtex",
            (),
            Group.LINKS,
            "Copy citations as BibTeX",
            PANES,
            "cite reference latex bibliography clipboard yank",
        ),
        Action(
            "cite.csl",
            (),
            Group.LINKS,
            "Copy citations as CSL-JSON",
            PANES,
            "cite reference zotero pandoc bibliography clipboard yank",
        ),
    )


def _picking() -> tuple[Action, ...]:
    def pick(
        name: str, keys: tuple[str, ...], description: str, synonyms: str, hint: str = ""
    ) -> Action:
        hints = ((Place.PICK, hint),) if hint else ()
        return Action(f"pick.{name}", keys, Group.SYSTEM, description, PICK, synonyms, hints)

    return (
        pick("next", ("down", "tab"), "The next thing to choose", "down below", "next"),
        pick("previous", ("up", "shift+tab"), "The one before", "up above", "previous"),
        pick("right", ("right",), "The one beside it on the right", "column"),
        pick("left", ("left",), "The one beside it on the left", "column"),
        pick("take", ("enter",), "Choose the one that is marked", "accept select", "choose"),
        pick("leave", ("escape", "backspace"), "Choose nothing", "cancel close back", "leave"),
    )
