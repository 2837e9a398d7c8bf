"""Names in articles: recognisers find them, linking gathers those that name the same one."""

from __future__ import annotations

from importlib.metadata import entry_points

from reader.entities.linking import link
from reader.entities.names import fold_name
from reader.entities.values import Found, Linked, Recogniser

__all__ = ["Found", "Linked", "Recogniser", "fold_name", "link", "load_recogniser"]

ENTRY_POINTS = "reader.recognisers"


def load_recogniser(name: str = "rules") -> Recogniser:
    """The recogniser of that name: the built-in one, or one an installed package offers.

    Raises LookupError with the names there are when nothing is called so.
    """
    if name == "rules":
        from reader.entities.rules import RuleRecogniser

        return RuleRecogniser()
    offered = entry_points(group=ENTRY_POINTS)
    for point in offered:
        if point.name == name:
            found: Recogniser = point.load()()
            return found
    raise LookupError(name, ("rules", *sorted(point.name for point in offered)))
