"""The steps of the tour: what each says, and what it waits for. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from textwrap import wrap

from reader.ui.actions import AREAS, BY_NAME, Place
from reader.ui.keymap import Keymap
from reader.ui.live_keys import first_key, line_of, with_keys

LINES = 4
"""As many the panel of the tour has at most."""

_ROOMY = 60
"""Columns from which on it has a heading."""

_KEYS = re.compile(r"\{([a-z_.]+)\}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the screen shows, as far as steps look at it. `conditions` are those of the list,
    `selected` is how many articles are, `tags` and `starred` are of the row with the cursor."""

    place: Place = Place.LIST
    row: int = 0
    conditions: tuple[str, ...] = ()
    selected: int = 0
    article: int | None = None
    tags: tuple[str, ...] = ()
    starred: bool = False


TAGGED = "tagged"
"""What counts as done once tags were set: on one article or on several, there already or not."""

Test = Callable[[Seen, Seen, Collection[str]], bool]
"""Whether a step is done: by what was seen when it began, what is seen now, and the names of the
actions done since."""


@dataclass(frozen=True, slots=True)
class Step:
    """Words with names of actions between braces, for which their keys stand, and the test
    whether what they ask for has been done, in whatever way."""

    words: str
    is_done: Test


def _performed(*names: str) -> Test:
    return lambda _before, _now, performed: any(name in performed for name in names)


def _other_row(before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.row != before.row


def _reading(_before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.place is Place.ARTICLE


def _narrower(before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.place in AREAS and bool(now.conditions) and now.conditions != before.conditions


def _everything(_before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.place is Place.LIST and not now.conditions


def _starred(before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.article == before.article and now.starred != before.starred


def _tagged(before: Seen, now: Seen, performed: Collection[str]) -> bool:
    return TAGGED in performed or (now.article == before.article and now.tags != before.tags)


def _several(_before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.selected > 1


def _card(_before: Seen, now: Seen, _performed: Collection[str]) -> bool:
    return now.place is Place.CARD


STEPS = (
    Step("Go down the list with {move.down}, and up with {move.up}.", _other_row),
    Step("Open the article under the cursor with {article.open}.", _reading),
    Step(
        "{article.read_on} reads on: a page down, and at the end the next unread article.",
        _performed("article.read_on", "move.page_down", "move.half_down", "move.down"),
    ),
    Step(
        "Find something: {find.search}, a word or two, then {prompt.accept} to keep what is found.",
        _narrower,
    ),
    Step(
        "{screen.back} goes one level back. Press it until all articles are there again.",
        _everything,
    ),
    Step("Star this article: {article.toggle_star}.", _starred),
    Step(
        "{history.undo} takes back what was done last, tomorrow as well.",
        _performed("history.undo"),
    ),
    Step("Tag it: {article.tag}, a word such as later, then {prompt.accept}.", _tagged),
    Step(
        "Select two articles: {select.toggle} on each. What is done next is done to both; "
        "{screen.back} lets them go.",
        _several,
    ),
    Step(
        "{entity.card} opens the card of whom the article names most. {screen.back} comes back.",
        _card,
    ),
    Step(
        "Nothing needs to be remembered: {screen.palette} finds all that can be done, by any word.",
        _performed("screen.palette"),
    ),
    Step("{screen.help} shows all keys, those of this place first.", _performed("screen.help")),
)
"""The tour, from the first step to the last."""

END = f"That was the tour; {line_of('tour')} takes it again. Enjoy reading."


def words_of(step: Step, keymap: Keymap) -> str:
    """What a step says with the keys as they are bound now."""
    return _KEYS.sub(lambda found: _way(found[1], keymap), step.words)


def _way(name: str, keymap: Keymap) -> str:
    """The keys of an action; without any, how the command line has it."""
    keys = keymap.keys_of(BY_NAME[name])
    return " or ".join(keys[:2]) or first_key(name, keymap)


def panel_lines(at: int, keymap: Keymap, width: int) -> list[str]:
    """What the panel shows at a step, in so many cells: at most `LINES` lines, the first of them
    a heading where there is room."""
    number = f"{at + 1} of {len(STEPS)}"
    words = words_of(STEPS[at], keymap)
    leading = with_keys(f"{line_of('tour')} leaves it, {line_of('tour skip')} goes on", keymap)
    heading = f"The tour, {number} · {leading}"
    if width >= max(_ROOMY, len(heading)):
        return [heading, *wrap(words, width)][:LINES]
    return wrap(f"{number}: {words}", max(10, width))[:LINES]
