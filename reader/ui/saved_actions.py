"""The part of the table of actions that is about saved searches, rules and tags."""

from __future__ import annotations

from reader.ui.places import PANES, SOURCES, Action, Group, Place


def saved_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_searches(), *_pinned(), *_rules(), *_tags(), _why())


def _action(
    name: str,
    keys: tuple[str, ...],
    description: str,
    synonyms: str,
    places: frozenset[Place] = PANES,
    short: str = "",
) -> Action:
    return Action(name, keys, Group.SAVED, description, places, synonyms, short=short)


def _searches() -> tuple[Action, ...]:
    return (
        _action(
            "saved.add",
            ("S",),
            "Save what the list shows under a name",
            "save search query view bookmark smart folder virtual feed remember",
        ),
        _action(
            "saved.pick",
            ("'",),
            "Choose a saved search by its letter",
            "jump smart folder query feed open bookmark",
        ),
        _action(
            "saved.go",
            ("g s",),
            "To the saved searches in the left pane",
            "smart folders query feeds bookmarks pane",
            short="saved searches",
        ),
        _action(
            "saved.up",
            ("K",),
            "Move this saved search up",
            "order arrange raise before",
            SOURCES,
        ),
        _action(
            "saved.down",
            ("J",),
            "Move this saved search down",
            "order arrange lower after",
            SOURCES,
        ),
        _action("saved.rename", (), "Rename this saved search", "name title nest folder"),
        _action("saved.query", (), "Change what this saved search asks", "edit condition words"),
        _action("saved.remove", (), "Remove this saved search", "delete forget unsave"),
    )


def _pinned() -> tuple[Action, ...]:
    return tuple(
        _action(
            f"saved.show_{number}",
            (str(number),),
            f"Show saved search {number} of the left pane",
            "jump pinned number open view bookmark",
        )
        for number in range(1, 10)
    )


def _rules() -> tuple[Action, ...]:
    return (
        _action(
            "rule.change",
            (),
            "Rule (filter): what this saved search does to each article that comes in",
            "rules filter automatic tag on arrival killfile autotag action",
        ),
        _action(
            "rule.toggle",
            ("x",),
            "Switch this rule off, or on again",
            "disable enable pause filter",
            SOURCES,
        ),
        _action("rule.test", (), "What this rule would change", "try dry run preview filter"),
        _action("rule.run", (), "Have this rule change all it finds", "apply past old filter"),
        _action("rule.back", (), "Take back what this rule did by itself", "revert undo filter"),
        _action("rule.none", (), "Make this rule a mere saved search", "remove delete filter"),
    )


def _tags() -> tuple[Action, ...]:
    return (
        _action(
            "tag.pick",
            ("T",),
            "Set a tag by its letter; on what has it: take it away",
            "quick label letter category",
        ),
        _action(
            "tags.go",
            ("g t",),
            "To the tags in the left pane",
            "labels categories list pane",
            short="tags",
        ),
        _action("tag.rename", (), "Rename this tag, with all below it", "merge label move"),
        _action("tag.colour", (), "Give this tag a colour", "color label paint"),
        _action("tag.letter", (), "Give this tag a letter", "quick key label shortcut"),
        _action("tag.remove", (), "Take this tag off all articles", "delete label"),
    )


def _why() -> Action:
    return _action(
        "why.show",
        ("i",),
        "Why is this article here: what it answers, which rules acted, where it came from",
        "explain reason info source import details inspect",
    )
