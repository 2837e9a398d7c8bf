"""What the screen says about entities and what was corrected of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.model import Entity, EntityCount, EntityKind, Mention, NameCount, NameForm
from reader.text import count
from reader.ui.card_lines import KINDS, Target, Whole
from reader.ui.live_keys import key_of
from reader.ui.wording import UNDO

if TYPE_CHECKING:
    from reader.service.correcting import Corrected
    from reader.service.recognising import NamesProgress

NO_NAME = f"no name here: {key_of('mention.next')} goes to the next one"

NO_ARTICLES = "No articles, no names"

NO_SENTENCE = "No sentence names both any more."

_OPEN = key_of("card.open")

_NOTES: dict[type, str] = {
    NameForm: f"{_OPEN} lists the articles that write it so · "
    f"{key_of('entity.split')}: this is someone else",
    NameCount: f"{_OPEN} lists its articles with this tag",
    Entity: f"{_OPEN} opens its card",
    Whole: f"{_OPEN} narrows the list to these articles",
}


_CARD = f"{key_of('mention.card')}: its card · {key_of('mention.correct')}: someone else"


_CHIEF = (EntityKind.PER, EntityKind.ORG, EntityKind.LOC, EntityKind.MISC)
"""Of those named as often, whose card is wanted first."""


def chief_of(
    title: str, counts: Sequence[EntityCount], mentions: Sequence[Mention]
) -> Entity | None:
    """Whom an article names most; of those named as often, one that its title names."""
    titled = {one.entity_id for one in mentions if _has_words(title, _short(one))}

    def rank(one: EntityCount) -> tuple[int, bool, int]:
        return -one.mentions, one.entity.id not in titled, _CHIEF.index(one.entity.kind)

    return min(counts, key=rank).entity if counts else None


def _short(mention: Mention) -> str:
    """What a title calls it: a person by the last name."""
    return mention.text.rpartition(" ")[2] if mention.kind is EntityKind.PER else mention.text


def _has_words(title: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", title) is not None


def tell_target(target: Target | None) -> str:
    """What a line of a card does, where there is no sentence to show."""
    return "" if target is None else _NOTES.get(type(target), "")


def tell_mention(mention: Mention, found: EntityCount | None) -> str:
    """Who is named at a place of an article, and what can be done there."""
    here = f": {count(found.mentions, 'mention')} here" if found is not None else ""
    doubt = " · uncertain" if found is None else ""
    kind = KINDS[mention.kind]
    name = clean_line(mention.name)
    return f"{name}, {kind}{here}{doubt} · {_CARD}"


def tell_scope(*, of_list: bool) -> str:
    """Whose names the pane shows."""
    return "the names of the whole list" if of_list else "the names of the article"


def tell_share(entity: Entity, *, all_of_them: bool) -> str:
    """Why a list is not narrowed by a name."""
    return f"{'all' if all_of_them else 'none'} of these articles name {_name(entity)}"


def tell_begun(progress: NamesProgress, *, begun: bool) -> str:
    """That names are looked for anew, or have been looked for since this was asked before."""
    if begun:
        return f"looking for names anew in {count(progress.articles, 'article')}"
    return f"names are being looked for already: {tell_progress(progress)}"


def tell_progress(progress: NamesProgress) -> str:
    """Which recogniser finds the names, and how far it is."""
    done = progress.articles - progress.waiting
    named = f"{done:,} of {count(progress.articles, 'article')} named"
    return f"{named} by {clean_line(progress.recogniser)}"


def tell_nobody(name: str) -> str:
    """Why nothing was merged."""
    return f"nobody and nothing else is named {clean_line(name)}"


def tell_renamed(before: Entity, name: str) -> str:
    return f"{_name(before)} is {clean_line(name)} now · {UNDO}"


def tell_unchanged(entity: Entity) -> str:
    return f"{_name(entity)} is so already: nothing to change"


def tell_kind(entity: Entity, kind: EntityKind, corrected: Corrected) -> str:
    """What giving another kind did: where the name was there already, they are one now."""
    joined = corrected.entity is not None and corrected.entity.entity.id != entity.id
    more = ", one with the one of that name" if joined else ""
    return f"{_name(entity)} is of the kind {KINDS[kind]} now{more} · {UNDO}"


def tell_ignored(entity: Entity) -> str:
    return f"{_name(entity)} is no name any more · {UNDO}"


def tell_merged(entity: Entity, into: Entity) -> str:
    return f"{_name(entity)} is one with {_name(into)} now · {UNDO}"


def tell_split(form: str, entity: Entity) -> str:
    return f"“{clean_line(form)}” is someone else than {_name(entity)} now · {UNDO}"


def tell_reassigned(mention: Mention, to: str) -> str:
    """What became of one mention; `to` is "" for nobody."""
    whom = clean_line(to) if to else "nobody"
    return f"“{clean_line(mention.text)}” is {whom} here · {UNDO}"


def _name(entity: Entity) -> str:
    return clean_line(entity.name)
