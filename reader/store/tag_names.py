"""What a tag may be called."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from reader.errors import TagNameError

LONGEST = 60
"""Code points of the longest tag."""

_UNREADABLE = "\ufffd"

_FORBIDDEN = frozenset("\"'“”‘’«»:()*" + _UNREADABLE)
"""What means something else in a query, and bytes that were no text."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class TagProblem(StrEnum):
    """Why a name cannot be a tag."""

    EMPTY = "it is empty"
    TOO_LONG = f"it is longer than {LONGEST} characters"
    SIGN = "it starts with a plus or minus sign"
    CHARACTER = "it holds a space, a quote, a control character or one of : ( ) *"
    LEVEL = "it has nothing before or after a slash"
    BOTH = "it is to be added and removed at once"


def tag_name(written: str) -> str:
    """The name as it is stored: without case, composed, without spaces around it.

    Levels are separated by slashes (`war/ukraine`). Raises TagNameError.
    """
    name = fold_tag(written)
    problem = _problem(name)
    if problem is not None:
        raise TagNameError(written, problem)
    return name


def fold_tag(written: str) -> str:
    """The form in which tags are compared, for look-up; says nothing of what is allowed."""
    folded = _SURROGATE.sub(_UNREADABLE, written.strip())
    # Folding can give something that folds again (and so can composing what was folded).
    while (again := unicodedata.normalize("NFC", folded.casefold())) != folded:
        folded = again
    return folded


def fit_tag(written: str) -> str:
    """The tag that comes nearest to what another reader calls a tag or a folder; "" for none.

    What may not stand in a tag becomes a hyphen.
    """
    name = "".join("-" if _is_forbidden(one) else one for one in fold_tag(written))
    levels = (re.sub("-+", "-", level).strip("-+") for level in name.split("/"))
    return "/".join(filter(None, levels))[:LONGEST].rstrip("-/")


def moved_name(name: str, old: str, new: str) -> str | None:
    """What `name` is called once the tag `old` and all below it are called as `new` says; None
    for a tag that is neither. Raises TagNameError for what would be too long."""
    if name == old:
        return new
    return tag_name(new + name[len(old) :]) if name.startswith(old + "/") else None


def _problem(name: str) -> TagProblem | None:
    if not name:
        return TagProblem.EMPTY
    if len(name) > LONGEST:
        return TagProblem.TOO_LONG
    if name[0] in "+-":
        return TagProblem.SIGN
    if any(_is_forbidden(character) for character in name):
        return TagProblem.CHARACTER
    if not all(name.split("/")):
        return TagProblem.LEVEL
    return None


def _is_forbidden(character: str) -> bool:
    return character in _FORBIDDEN or unicodedata.category(character)[0] in "CZ"
