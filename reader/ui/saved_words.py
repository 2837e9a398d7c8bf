"""What the screen says of saved searches, rules and tags. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.commands.deeds import deeds_text
from reader.kept import Colour, Deeds, SavedCount
from reader.model import Change, Mark
from reader.nearest import meant
from reader.text import count
from reader.ui.live_keys import key_of, line_of
from reader.ui.state import EVERYTHING, Asked, quoted
from reader.ui.wording import UNDO

if TYPE_CHECKING:
    from reader.service.rules_told import RuleTest

WOULD_CHANGE = "would change"
"""How the condition of what a rule would change is shown."""

NO_SAVED = f"nothing is saved yet: {key_of('saved.add')} saves what the list shows"
NOTHING_ASKED = (
    f"these are all articles: {key_of('find.search')} asks for some,"
    f" and {key_of('saved.add')} saves what was asked"
)
NONE_AT_HAND = "no saved search here: go to one in the left pane, show one, or name it"
NOT_MOVED = "only saved searches are moved: sources and tags stand by name"
NO_RULE = f"it is no rule yet: {line_of('rule +TAG')} makes it one"
NO_LETTERS = (
    f"no tags yet: {key_of('article.tag')} sets one, and {line_of('quick TAG w')} gives it a letter"
)

_LONGEST = 40
"""Code points of a name that is suggested."""

_OPPOSITE = {"read": "unread", "unread": "read"}
_NOT_SO = re.compile(r"(?<![^\s(])(?:-|NOT\s+)is:(read|unread)\b")
_NOT = re.compile(r"(?<![^\s(])(?:-(?=[^\s-])|NOT\b)")
_GROWN = re.compile(r"\((=?\S+) OR \S+\*\)")
"""A word that was still being written, and all that begin so."""
_FIELD = re.compile(r"-?\b[a-z]+:|[\"()*=~/]")
_ORDER = re.compile(r"(?:^|\s)sort:\S*")


def suggested_name(asked: Asked) -> str:
    """What a list might be called: what it was asked for without the signs of queries."""
    words = _ORDER.sub(" ", " ".join(asked.parts))
    words = _GROWN.sub(r"\1", words)
    words = _NOT_SO.sub(lambda found: _OPPOSITE[found[1]], words)
    words = _FIELD.sub(" ", _NOT.sub("not ", words))
    # Behind two dashes comes the query.
    name = " ".join(word for word in clean_line(words).split() if word != "--")
    if len(name) > _LONGEST:
        name = name[:_LONGEST].rpartition(" ")[0] or name[:_LONGEST]
    return name


def query_of(asked: Asked) -> str:
    """Conditions and order as one query, to be saved."""
    return asked.query if asked.parts else " ".join(filter(None, (asked.query, EVERYTHING)))


def asked_of(query: str) -> Asked:
    """The list that a saved query stands for."""
    return Asked().narrowed(query)


def shown_as(counts: Iterable[SavedCount], asked: Asked) -> SavedCount | None:
    """The saved search that a list is of, whatever its order; where it was narrowed down
    further, the one it was narrowed down from."""
    found, most = None, 0
    for one in counts:
        saved = asked_of(one.saved.query)
        if saved == asked:
            return one
        size = len(saved.parts)
        if size > most and saved.parts == asked.parts[:size]:
            found, most = one, size
    return found


def chip(counted: SavedCount, deeds: str) -> str:
    """A saved search as the header names it; `deeds` are those of a rule in words."""
    saved = counted.saved
    if not deeds:
        return saved.name
    state = "rule" if saved.active else "rule, off"
    return f"{saved.name} · {state}: {clean_line(deeds, 60)}"


def tell_saved(name: str, query: str) -> str:
    """What was saved, and as what: a name may hold what was meant to be its query."""
    return f"saved {clean_line(name, 60)}: {clean_line(query, 60)} · {UNDO}"


def line_of_name(name: str, parts: Collection[str]) -> str:
    """What to write behind `saved` to show a search; `parts` are the words that do something
    else there."""
    return f"show {name}" if name.partition(" ")[0] in parts else name


def tell_taken(name: str) -> str:
    """What is asked when a name is taken."""
    take, leave = key_of("prompt.accept"), key_of("prompt.cancel")
    return f"{clean_line(name, 60)} is there already: {take} gives it this query, {leave} leaves it"


def tell_query(name: str) -> str:
    return f"{clean_line(name, 60)} asks something else now · {UNDO}"


def tell_renamed(name: str, new: str, change: Change | None = None) -> str:
    """What renaming came to; `change` tells of how many articles, for a tag."""
    if change is not None and change.matched and not change.changed:
        return f"{clean_line(name, 60)} is called so already"
    of = f", {count(change.changed, 'article')}" if change is not None and change.changed else ""
    return f"{clean_line(name, 60)} is {clean_line(new, 60)} now{of} · {UNDO}"


def tell_removed(name: str) -> str:
    return f"removed {clean_line(name, 60)}; its articles stay · {UNDO}"


def tell_moved(name: str) -> str:
    return f"moved {clean_line(name, 60)} · {UNDO}"


def tell_rule(name: str, before: Deeds, now: Deeds) -> str:
    """What a saved search does from now on, and that it starts no command any more."""
    if not now:
        return f"{clean_line(name, 60)} is no rule any more · {UNDO}"
    gone = "" if now.notify else clean_line(before.notify, 30)
    told = f", and no longer starts {gone}" if gone else ""
    does = f"{clean_line(deeds_text(now), 60)} to all that comes in"
    return f"{clean_line(name, 60)}: {does}{told} · {UNDO}"


def tell_active(name: str, *, active: bool) -> str:
    return f"{clean_line(name, 60)} is {'on again' if active else 'off'} · {UNDO}"


_MET = {
    Mark.READ: "-is:read",
    Mark.UNREAD: "is:read",
    Mark.STARRED: "-is:starred",
    Mark.UNSTARRED: "is:starred",
    Mark.ARCHIVED: "-is:archived",
    Mark.UNARCHIVED: "is:archived",
}
"""The condition of what a mark would change."""


def would_change(deeds: Deeds) -> str:
    """The condition of what a rule would change; empty for one that only tells of articles."""
    met = [f"-{quoted('tag', one)}" for one in deeds.add]
    met += [quoted("tag", one) for one in deeds.remove]
    return " OR ".join([*met, *(_MET[Mark(one)] for one in deeds.marks)])


def tell_test(name: str, test: RuleTest) -> str:
    """What a rule would do."""
    told = (
        f"{clean_line(name, 60)} would change {test.changed:,} of {count(test.matched, 'article')}"
    )
    each = " · ".join(f"{clean_line(one.deed)} {one.articles:,}" for one in test.would_change)
    return f"{told}: {each}" if each and test.changed else told


def tell_run(name: str, change: Change) -> str:
    """What running a rule over everything came to."""
    if not change.changed:
        return f"{clean_line(name, 60)}: nothing to change in {count(change.matched, 'article')}"
    return (
        f"{clean_line(name, 60)} changed {change.changed:,} of "
        f"{count(change.matched, 'article')} · {UNDO}"
    )


def tell_ran(changed: int, arrived: int) -> str:
    """What rules did to what came in."""
    return f"rules changed {changed:,} of {arrived:,} that came in"


def tell_trouble(rule: str, why: str, number: int) -> str:
    """Why a rule did not do what it should; `number` is how many there are of these."""
    name = f"{clean_line(rule, 60)}: " if rule else ""
    more = f" · and {number - 1:,} more" if number > 1 else ""
    return f"{name}{why}{more}"


def tell_back(name: str, change: Change) -> str:
    """What taking back came to."""
    if not change.changed:
        return f"{clean_line(name, 60)} has done nothing by itself that could be taken back"
    return (
        f"took back what {clean_line(name, 60)} did to {count(change.changed, 'article')} · {UNDO}"
    )


def tell_colour(name: str, colour: Colour | None) -> str:
    return f"#{clean_line(name, 60)} is {colour or 'without a colour'} now · {UNDO}"


def tell_letter(name: str, letter: str) -> str:
    if not letter:
        return f"#{clean_line(name, 60)} has no letter any more · {UNDO}"
    return f"{key_of('tag.pick')} {letter} sets #{clean_line(name, 60)} now · {UNDO}"


def tell_new_tag(name: str, known: Iterable[str]) -> str:
    """That no article has a tag, and which one was perhaps meant; "" where it is `known`."""
    known = tuple(known)
    same = name.casefold() in (one.casefold() for one in known)
    return "" if same else f" · no article has it yet{clean_line(meant(name, known), 80)}"


def tell_off_all(name: str, change: Change) -> str:
    """What taking a tag off all articles came to."""
    return f"took #{clean_line(name, 60)} off {count(change.changed, 'article')} · {UNDO}"
