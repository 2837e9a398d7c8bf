"""How a method becomes the deed of an action."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

Deed = Callable[[], object]
"""Does an action. False means: not for me now, let the key do what it does elsewhere."""

Method = TypeVar("Method", bound=Callable[[Any], object])

_NAME = "_does"


def does(name: str) -> Callable[[Method], Method]:
    """Make a method the deed of the action `name`."""

    def mark(method: Method) -> Method:
        setattr(method, _NAME, name)
        return method

    return mark


def deeds(owners: Iterable[object]) -> dict[str, Deed]:
    """The deeds of all owners by the name of their action."""
    found: dict[str, Deed] = {}
    for owner in owners:
        for attribute in dir(type(owner)):
            method = getattr(type(owner), attribute, None)
            if name := getattr(method, _NAME, None):
                found[name] = getattr(owner, attribute)
    return found


class Verbs:
    """A family of deeds on the main screen."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.gateway = screen.gateway
