"""The part of the table of actions that is about lines one types in, and the screen itself."""

from __future__ import annotations

from reader.ui.places import (
    AREAS,
    BESIDE,
    LETTERS,
    PICK,
    PROMPTS,
    QUOTE,
    Action,
    Group,
    Place,
)


def screen_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_prompts(), *_earlier(), *_system(), *_program(), *_settings())


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
            ("up", "shift+tab"),
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


def _earlier() -> tuple[Action, ...]:
    lines = frozenset({Place.SEARCH, Place.COMMAND})
    return (
        Action(
            "prompt.earlier",
            ("ctrl+p",),
            Group.PROMPT,
            "The earlier line that begins so, of this or another day",
            lines,
            "history recall previous past",
        ),
        Action(
            "prompt.later",
            ("ctrl+n",),
            Group.PROMPT,
            "The line after it",
            lines,
            "history recall next",
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
            "app.suspend",
            ("ctrl+z",),
            Group.SYSTEM,
            "Back to the shell for a while; fg there comes back",
            AREAS | QUOTE | BESIDE,
            "suspend background pause shell stop job",
        ),
        Action(
            "screen.palette",
            ("ctrl+p",),
            Group.SYSTEM,
            "Find any action by name",
            AREAS | QUOTE | BESIDE,
            "command palette menu",
            tuple((place, "menu") for place in sorted(AREAS)),
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
