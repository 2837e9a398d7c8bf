"""Which recogniser finds the names in the articles of a library, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.entities import BUILT_IN, Found, Recogniser, load_recogniser
from reader.errors import RecogniserError

if TYPE_CHECKING:
    from reader.store import Store

NAME, ROUND = "recogniser", "naming round"
"""The settings of the library that keep the choice."""

STALE_BY = "naming stamp"
"""The setting that tells those who load no recogniser which articles are named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a library wants: a recogniser, "" for the built-in one, and the number of times that
    everything was to be named anew by the same."""

    name: str
    round: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice and the recogniser for it; after `trouble` that is the built-in one instead."""

    choice: Choice
    recogniser: Recogniser
    trouble: RecogniserError | None = None

    @property
    def stamp(self) -> str:
        """What stands with the articles it has named; those with another are to be named anew."""
        return f"{self.recogniser.name} {self.recogniser.version}"

    @property
    def version(self) -> str:
        """That of the recogniser itself, in whatever round."""
        return self.recogniser.version.removesuffix(_round(self.choice.round))

    @property
    def stale_by(self) -> str | None:
        """The stamp that tells which articles to name anew. While another stands in, only those
        that were never named: the rest has the names of what was chosen, or will have."""
        return None if self.trouble else self.stamp


@dataclass(frozen=True, slots=True)
class NamesReport:
    """The recogniser of a library and its work. `version` is empty after `trouble`; `waiting`
    articles have not been named by it yet."""

    recogniser: str
    version: str
    trouble: RecogniserError | None
    done: int
    waiting: int
    entities: int
    mentions: int


@dataclass(frozen=True, slots=True)
class NamesProgress:
    """How many of the articles of a library wait to be named by its recogniser."""

    recogniser: str
    articles: int
    waiting: int


class InRound:
    """A recogniser in a round after the first: of another version, so that what it has named is
    to be named again."""

    def __init__(self, recogniser: Recogniser, number: int) -> None:
        self._recogniser = recogniser
        self.name = recogniser.name
        self.version = recogniser.version + _round(number)

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        return self._recogniser.recognise(texts)


def _round(number: int) -> str:
    return f" #{number}"


class Recognising:
    """The choice of a recogniser, kept in the library."""

    def __init__(self, store: Store, load: Callable[[str], Recogniser] = load_recogniser) -> None:
        self._store = store
        self._load = load
        self._chosen: Chosen | None = None

    def choice(self) -> Choice:
        """What the library wants now; any process may change it."""
        settings = self._store.settings
        return Choice(settings.get(NAME), int(settings.get(ROUND) or 0))

    def chosen(self) -> Chosen:
        """The recogniser for that, loaded once. When it cannot be loaded the built-in one stands
        in for it."""
        choice = self.choice()
        if self._chosen is None or self._chosen.choice != choice:
            self._chosen = self._find(choice)
            self._keep_stamp(self._chosen)
        return self._chosen

    def choose(self, name: str | None = None) -> Chosen:
        """Let everything be named anew, by the recogniser of that name or by the same as before.

        Where that has been begun and not finished it goes on. Raises RecogniserError, and changes
        nothing then.
        """
        before = self.choice()
        wanted = before.name if name is None else name
        if wanted == BUILT_IN:
            wanted = ""
        chosen = self._make(Choice(wanted, before.round))
        stale = self._store.stale
        # New articles, which nobody has named yet, are nothing that was begun.
        if stale.count(chosen.stamp) == stale.count(None):
            chosen = self._make(Choice(wanted, before.round + 1))
        with self._store.transaction():
            self._store.settings.put(NAME, chosen.choice.name)
            self._store.settings.put(ROUND, str(chosen.choice.round))
            self._keep_stamp(chosen)
        self._chosen = chosen
        return chosen

    def start_over(self) -> bool:
        """Let everything be named anew by the same as before, once a process that recognises
        looks; False where that is under way. Nothing is loaded."""
        with self._store.transaction():
            if self.progress().waiting > self.unnamed():
                return False
            self._store.settings.put(ROUND, str(self.choice().round + 1))
        return True

    def progress(self) -> NamesProgress:
        """How far it is, by what the process that recognised last has left; nothing is loaded."""
        stamp = self._store.settings.get(STALE_BY) or None
        return NamesProgress(
            recogniser=self.choice().name or BUILT_IN,
            articles=self._store.articles.count(),
            waiting=self._store.stale.count(stamp),
        )

    def waiting(self) -> int:
        """Articles that are to be named, for the first time or anew."""
        return self._store.stale.count(self.chosen().stale_by)

    def unnamed(self) -> int:
        """Articles in whose text nobody has looked for names, as after an upgrade."""
        return self._store.stale.count(None)

    def status(self) -> NamesReport:
        chosen = self.chosen()
        with self._store.snapshot():
            waiting = self.waiting()
            entities, mentions = self._store.entities.totals()
            articles = self._store.articles.count()
        return NamesReport(
            recogniser=chosen.choice.name or BUILT_IN,
            version="" if chosen.trouble else chosen.version,
            trouble=chosen.trouble,
            done=articles - waiting,
            waiting=waiting,
            entities=entities,
            mentions=mentions,
        )

    def _keep_stamp(self, chosen: Chosen) -> None:
        stamp = chosen.stale_by or ""
        if self._store.settings.get(STALE_BY) != stamp:
            self._store.settings.put(STALE_BY, stamp)

    def _find(self, choice: Choice) -> Chosen:
        try:
            return self._make(choice)
        except RecogniserError as error:
            return Chosen(choice, self._load(""), error)

    def _make(self, choice: Choice) -> Chosen:
        recogniser = self._load(choice.name)
        return Chosen(choice, InRound(recogniser, choice.round) if choice.round else recogniser)
