"""How a method becomes the deed of an action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.config import Settings
    from reader.ui.actions import Place
    from reader.ui.screens.main import MainScreen

Deed = Callable[[], object]
"""Does an action. False means: not for me now, let the key do what it does elsewhere."""

Runner = Callable[["Command"], object]
"""Does what a line says that has something behind its verb."""

Method = TypeVar("Method", bound=Callable[..., object])

_NAME = "_does"
_VERB = "_runs"


def does(name: str) -> Callable[[Method], Method]:
    """Make a method the deed of the action `name`."""

    def mark(method: Method) -> Method:
        setattr(method, _NAME, name)
        return method

    return mark


def runs(verb: str) -> Callable[[Method], Method]:
    """Make a method what runs the lines of `verb` that have something behind it."""

    def mark(method: Method) -> Method:
        setattr(method, _VERB, verb)
        return method

    return mark


def deeds(owners: Iterable[object]) -> dict[str, Deed]:
    """The deeds of all owners by the name of their action."""
    return _marked(owners, _NAME)


def runners(owners: Iterable[object]) -> dict[str, Runner]:
    """What runs lines, by their verb."""
    return _marked(owners, _VERB)


def _marked(owners: Iterable[object], mark: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for owner in owners:
        for attribute in dir(type(owner)):
            method = getattr(type(owner), attribute, None)
            if name := getattr(method, mark, None):
                found[name] = getattr(owner, attribute)
    return found


class Verbs:
    """A family of deeds on the main screen."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.gateway = screen.gateway

    def settings_changed(self, settings: Settings) -> None:
        """Take over settings: at the start, and when they have been changed since."""

    def is_still_at(self, place: Place, article_id: int | None) -> bool:
        """Whether the main screen is what the reader sees, with the same place and article."""
        screen = self.screen
        return screen.is_active and (screen.place, screen.listing.current) == (place, article_id)
