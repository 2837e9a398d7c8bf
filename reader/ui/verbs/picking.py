"""One of several things by its letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from reader.ui.actions import PROMPTS, Place
from reader.ui.help_entries import order_of
from reader.ui.keymap import Keys, show_key
from reader.ui.verbs.base import Verbs, does
from reader.ui.widgets.strip import Entry
from reader.ui.wording import tell_no_letter

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """Something to choose: `letter` chooses it at once ("" for what only arrows reach; letters
    in a row are typed one after the other), `label` says what it is, in the style `style`."""

    letter: str
    label: str
    value: T
    style: str = ""


class Picking(Verbs):
    """A strip of things above the footer: letters choose, or arrows and Enter."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._choices: Sequence[Choice[Any]] = ()
        self._act: Callable[[Any], object] = _nothing
        self._at = 0
        self._typed = ""
        self._return_to = Place.LIST

    def ask(
        self, title: str, choices: Sequence[Choice[T]], act: Callable[[Choice[T]], object]
    ) -> None:
        """Let one of `choices`, at least one, be chosen, and do `act` with it."""
        here = self.screen.place
        if here is not Place.PICK:
            self._return_to = self.screen.pane if here in PROMPTS else here
        self._choices, self._act = choices, act
        self._at, self._typed = 0, ""
        entries = [Entry(one.letter, one.label, one.style) for one in choices]
        self.screen.strip.show(entries, title=title, chosen=0)
        self.screen.hints.pending = ""
        self.screen.go(Place.PICK)

    def ask_following(self, pressed: Keys) -> None:
        """Let one of the actions be chosen whose keys begin with those pressed."""
        found = self.screen.keymap.find(self.screen.place, pressed)
        choices = [
            Choice(key if len(key) == 1 else "", action.description, action.name)
            for key, action in sorted(found.following, key=lambda one: order_of(one[0]))
        ]
        title = " ".join(map(show_key, pressed))
        self.ask(f"{title} …", choices, lambda choice: self.screen.perform(choice.value))

    def take_letter(self, letter: str) -> None:
        """Choose what has the letters that have been typed."""
        letters = self._meant(self._typed + letter)
        left = [one for one in self._choices if one.letter.startswith(letters)]
        exact = next((one for one in left if one.letter == letters), None)
        if exact is not None:
            self._take(exact)
        elif left:
            self._typed = letters
            self.screen.hints.pending = letters
        else:
            self.screen.say(tell_no_letter(self._typed + letter))
            self._typed = ""
            self.screen.hints.pending = ""

    def _meant(self, typed: str) -> str:
        """What was typed, or where nothing has that, the same in the other case."""
        for letters in (typed, typed.swapcase()):
            if any(one.letter.startswith(letters) for one in self._choices):
                return letters
        return typed

    @does("pick.take")
    def take(self) -> None:
        self._take(self._choices[self._at])

    def _take(self, choice: Choice[Any]) -> None:
        act = self._act
        self.leave()
        act(choice)

    @does("pick.next")
    def next(self) -> None:
        self._step(1)

    @does("pick.previous")
    def previous(self) -> None:
        self._step(-1)

    @does("pick.right")
    def right(self) -> None:
        self._step(self.screen.strip.lines, stops=True)

    @does("pick.left")
    def left(self) -> None:
        self._step(-self.screen.strip.lines, stops=True)

    def _step(self, step: int, *, stops: bool = False) -> None:
        """Go on in the strip: from its end to its beginning, unless there it stops."""
        count, at = len(self._choices), self._at + step
        self._at = max(0, min(at, count - 1)) if stops else at % count
        self.screen.strip.choose(self._at)

    @does("pick.leave")
    def leave(self) -> None:
        """Choose nothing."""
        self._choices, self._act = (), _nothing
        self.screen.strip.hide()
        self.screen.hints.pending = ""
        self.screen.go(self._return_to)


def _nothing(_choice: object) -> None:
    pass
