"""What the palette offers, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from reader.clean import clean_line
from reader.commands.verbs import VERBS, Takes, Verb
from reader.config import SETTINGS, Kind, Settings, toml_value, value_of
from reader.ui import themes
from reader.ui.actions import Action, Group
from reader.ui.keymap import Keymap
from reader.ui.matching import Field, Finder, words_of
from reader.ui.state import quoted
from reader.ui.synonyms import ELSEWHERE, OBJECTS, SETTING_SYNONYMS

Reason = Mapping[str, str]
"""Why actions, by name, cannot be done here and now."""


class Do(Enum):
    """What comes of choosing an offer."""

    PERFORM = auto()
    """Its action is done."""
    RUN = auto()
    """Its command line is run."""
    WRITE = auto()
    """Its command line is begun, to be gone on with."""
    SHOW = auto()
    """The saved search called so is shown."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette: `beside` stands at its end (keys, or how the command line has
    it), `text` is the name of an action or of a saved search, or a command line, `about` and
    `fields` tell more."""

    title: str
    do: Do
    text: str
    beside: str = ""
    about: str = ""
    fields: tuple[Field, ...] = ()
    obstacle: str = ""
    weight: float = 0.0
    objects: tuple[str, ...] = ()
    """Words for what it is done to."""

    @property
    def key(self) -> tuple[Do, str]:
        """What it is remembered by."""
        return self.do, self.text


class Palette:
    """Offers, found by their words. Those that were chosen lately come before their equals."""

    _OBSTRUCTED = 0.12
    _OBJECT = 0.08
    """What it adds that one of several words is what something is done to, and takes away that it
    is not: who deletes an article means no source, though its articles are spoken of."""
    _ALIKE = 3
    """Decimals by which answers differ that are not equally good."""

    def __init__(self, offers: Iterable[Offer], recent: Sequence[tuple[Do, str]] = ()) -> None:
        """`recent` are the keys of offers, the one chosen last first."""
        self.offers = tuple(offers)
        ranks = {key: rank for rank, key in enumerate(recent)}
        self._ranks = [ranks.get(one.key, len(ranks)) for one in self.offers]
        self._bonus = [one.weight - self._OBSTRUCTED * bool(one.obstacle) for one in self.offers]
        self._objects = {word for one in self.offers for word in one.objects}
        self._by_keys = {
            keys: number
            for number, one in enumerate(self.offers)
            for keys in one.beside.split("  ")
            if keys
        }

    @cached_property
    def _finder(self) -> Finder:
        # Only when something is typed: until then it would be a fifth of the cost of opening.
        return Finder([((one.title, 1.0), *one.fields) for one in self.offers])

    def find(self, wanted: str) -> list[Offer]:
        """What answers, the best first; for nothing all, what was chosen last first."""
        offers = self.offers
        if not wanted.strip():
            order = sorted(range(len(offers)), key=lambda one: (self._ranks[one], one))
        else:
            found = self._finder.find(wanted)
            if (pressed := self._by_keys.get(wanted.strip())) is not None:
                found[pressed] = 2.0
            fits = self._fitting(words_of(wanted))
            worth = {
                one: round(found[one] + self._bonus[one] + fits(one), self._ALIKE) for one in found
            }
            order = sorted(found, key=lambda one: (-worth[one], self._ranks[one], one))
        return [offers[one] for one in order]

    def _fitting(self, words: Sequence[str]) -> Callable[[int], float]:
        """What it adds to an offer, or takes from it, that one of several words names something
        that things are done to."""
        named = {word.removesuffix("s") for word in words} & self._objects
        if len(words) < 2 or not named:
            return lambda _: 0.0

        def fits(number: int) -> float:
            objects = self.offers[number].objects
            return 0.0 if not objects else self._OBJECT * (-1 if named.isdisjoint(objects) else 1)

        return fits


def standing(keymap: Keymap, settings: Settings, obstacles: Reason) -> list[Offer]:
    """What there is whatever the library holds."""
    return [
        *_actions(keymap, obstacles),
        *(offer for verb in VERBS for offer in _verb(verb)),
        *_commands(settings),
        *_themes(),
        *_settings(settings),
        *_elsewhere(),
    ]


def library_offers(
    searches: Iterable[str], tags: Iterable[str], sources: Iterable[str]
) -> Iterator[Offer]:
    """Saved searches, tags and sources, to be shown as lists."""
    for name in searches:
        # By its name: one may be called "remove", which is something else in a line.
        yield _place("saved search", name, name, Do.SHOW, weight=0.02)
    for name in tags:
        yield _place("tag", name, f"search {quoted('tag', name)}")
    for name in sources:
        yield _place("source", name, f"search {quoted('source', name)}")


def _place(kind: str, name: str, text: str, do: Do = Do.RUN, weight: float = -0.05) -> Offer:
    about = f"Show the articles of this {kind}"
    return Offer(f"{kind}: {clean_line(name)}", do, text, about=about, weight=weight)


def _actions(keymap: Keymap, obstacles: Reason) -> Iterator[Offer]:
    """What can be done here first; moving, which everyone finds by hand, later."""

    def late(action: Action) -> tuple[bool, bool]:
        return action.name in obstacles, action.group is Group.MOVE

    for action in sorted(keymap.actions, key=late):
        verbs = [verb for verb in VERBS if verb.action == action.name]
        words = " ".join([action.synonyms, *(verb.name for verb in verbs)])
        yield Offer(
            action.description,
            Do.PERFORM,
            action.name,
            "  ".join(keymap.keys_of(action)),
            _about(action, verbs),
            ((action.name.replace(".", " "), 0.9), (words, 0.85)),
            obstacles.get(action.name, ""),
            objects=OBJECTS.get(action.name.partition(".")[0], ()),
        )


def _about(action: Action, verbs: Sequence[Verb]) -> str:
    return " · ".join([action.name, *(f":{verb.usage}" for verb in verbs)])


def _verb(verb: Verb) -> Iterator[Offer]:
    """A verb that is more than an action: with what may follow it."""
    if verb.takes is Takes.NOTHING and not verb.values:
        return
    yield Offer(
        verb.about,
        Do.WRITE,
        f"{verb.name} ",
        f":{verb.name}",
        f":{verb.usage}",
        ((verb.name, 0.95), (verb.usage, 0.8)),
        weight=-0.08,
    )


def _commands(settings: Settings) -> Iterator[Offer]:
    for name, template in settings.commands.items():
        yield Offer(
            f"run {clean_line(name)}",
            Do.RUN,
            f"run {name}",
            f":run {clean_line(name)}",
            clean_line(template),
            (("command own share send", 0.85), (template, 0.6)),
        )


def _themes() -> Iterator[Offer]:
    for name in themes.ALL:
        words = (("theme mode colour color scheme appearance", 0.95),)
        yield Offer(f"theme: {name}", Do.RUN, f"theme {name}", fields=words, weight=-0.05)


def _settings(settings: Settings) -> Iterator[Offer]:
    for setting in SETTINGS:
        if setting.kind is Kind.TABLE:
            continue
        yield Offer(
            f"setting: {setting.name}",
            Do.WRITE,
            f"set {setting.name} ",
            clean_line(toml_value(setting, value_of(settings, setting.name))),
            f"{setting.about} · :set {setting.name}",
            (
                ("preferences options configuration set", 0.85),
                (SETTING_SYNONYMS.get(setting.name, ""), 0.85),
                (setting.about, 0.6),
            ),
            weight=-0.05,
        )


def _elsewhere() -> Iterator[Offer]:
    """What is asked for here and done somewhere else: choosing it says where."""
    for title, words, where in ELSEWHERE:
        yield Offer(title, Do.WRITE, "", fields=((words, 0.9),), obstacle=where, weight=0.12)
