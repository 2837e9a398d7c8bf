"""The part of the table of actions that is about people, places and organisations."""

from __future__ import annotations

from dataclasses import replace

from reader.ui.places import (
    AREAS,
    ARTICLE,
    CARD,
    ENTITIES,
    FACETS,
    NAMES,
    PANES,
    SOURCES,
    Action,
    Group,
    Place,
)

_ABOUT = "entities names"

NAMED = ARTICLE | NAMES | CARD
"""Where a name can be the one that is meant."""


def entity_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed; each is found by what it is about."""
    actions = (*_names(), *_facets(), *_cards(), *_corrections(), *_all_names())
    return tuple(replace(one, synonyms=f"{one.synonyms} {_ABOUT}") for one in actions)


def _names() -> tuple[Action, ...]:
    return (
        Action(
            "entities.toggle",
            ("e",),
            Group.ENTITIES,
            "Names: go to them; from there: hide them",
            PANES,
            "entity people places organisations pane",
            (
                (Place.ARTICLE, "names"),
                (Place.ENTITIES, "hide"),
                (Place.FACETS, "hide"),
            ),
        ),
        Action(
            "entities.scope",
            ("v",),
            Group.ENTITIES,
            "In the pane of names: those of the whole list, or of the article",
            NAMES | SOURCES,
            "facets toggle counts",
            ((Place.FACETS, "article's"),),
        ),
        Action(
            "entities.jump",
            ("}",),
            Group.ENTITIES,
            "Next mention of this name in the article",
            NAMES,
            "go to find",
            ((Place.ENTITIES, "mentions"),),
        ),
        Action(
            "entities.jump_back",
            ("{",),
            Group.ENTITIES,
            "Previous mention of this name",
            NAMES,
            "go to find",
        ),
        Action(
            "entities.search",
            ("/",),
            Group.ENTITIES,
            "All articles that mention this name",
            NAMES,
            "find who org where",
            ((Place.ENTITIES, "search it"),),
        ),
    )


def _facets() -> tuple[Action, ...]:
    return (
        Action(
            "facets.narrow",
            ("enter",),
            Group.ENTITIES,
            "Only the articles of the list that mention this name",
            FACETS,
            "filter narrow",
            ((Place.FACETS, "narrow"),),
        ),
        Action(
            "facets.exclude",
            ("-",),
            Group.ENTITIES,
            "Only those that do not",
            FACETS,
            "without not filter exclude",
            ((Place.FACETS, "exclude"),),
        ),
        Action(
            "names.uncertain",
            ("~",),
            Group.ENTITIES,
            "Uncertain names too, with a ? in the pane; again: only sure ones",
            PANES,
            "confidence doubtful low",
        ),
    )


def _cards() -> tuple[Action, ...]:
    return (
        Action(
            "entity.card",
            ("E",),
            Group.ENTITIES,
            "Who is this: the card of this person, place or organisation, "
            "or of whom the article names most",
            PANES,
            "entity person profile who",
            ((Place.FACETS, "card"),),
        ),
        Action(
            "mention.card",
            ("enter",),
            Group.ENTITIES,
            "The card of this name, or of the mention last gone to",
            ARTICLE | ENTITIES,
            "entity name open",
            ((Place.ENTITIES, "card"),),
        ),
        Action(
            "mention.letters",
            (",",),
            Group.ENTITIES,
            "Letters on the names in view: type them to open the card of one",
            PANES,
            "hints entity follow",
        ),
        Action(
            "card.open",
            ("enter", "right"),
            Group.ENTITIES,
            "Open what is under the cursor: a card, or an article at the mention",
            CARD,
            "show go",
            ((Place.CARD, "open"),),
        ),
        Action(
            "card.list",
            ("l",),
            Group.ENTITIES,
            "Narrow the list to the articles that name it",
            CARD,
            "filter all articles",
            ((Place.CARD, "list articles"),),
        ),
        Action(
            "card.back",
            ("backspace", "left", "h"),
            Group.ENTITIES,
            "To the card before, or back to the panes",
            CARD,
            "leave close trail",
        ),
    )


def _corrections() -> tuple[Action, ...]:
    def correct(
        name: str, key: str, description: str, short: str, synonyms: str, hint: str = ""
    ) -> Action:
        return Action(
            f"entity.{name}",
            (f"c {key}",),
            Group.ENTITIES,
            description,
            NAMED,
            f"correct wrong {synonyms}",
            ((Place.CARD, hint),) if hint else (),
            short,
        )

    return (
        correct(
            "rename", "r", "Rename this person, place or organisation", "rename", "name", "rename"
        ),
        correct("kind", "k", "It is of another kind: a person, a place, ...", "kind", "type"),
        correct("ignore", "x", "It is not a name at all", "no name", "entity delete hide noise"),
        correct(
            "merge", "m", "It is the same as another: merge it into that", "merge", "join", "merge"
        ),
        Action(
            "entity.split",
            ("c s",),
            Group.ENTITIES,
            "The name seen under the cursor belongs to someone else",
            CARD,
            "correct wrong split divide separate",
            short="split off",
        ),
        Action(
            "mention.correct",
            ("c w",),
            Group.ENTITIES,
            "This mention is someone else",
            ARTICLE,
            "correct wrong who reassign",
            short="someone else",
        ),
    )


def _all_names() -> tuple[Action, ...]:
    return (
        Action(
            "entities.rebuild",
            (),
            Group.ENTITIES,
            "Look for names anew in all articles, in the background",
            AREAS,
            "recognise again rescan",
        ),
        Action(
            "entities.status",
            (),
            Group.ENTITIES,
            "How many articles have been looked through for names",
            AREAS,
            "progress recogniser",
        ),
    )
