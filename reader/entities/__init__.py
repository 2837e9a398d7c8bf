"""Names in articles: recognisers find them, linking gathers those that name the same one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reader.entities.linking import link
from reader.entities.names import fold_name
from reader.entities.values import Found, Linked, Recogniser
from reader.errors import RecogniserError, RecogniserFailedError, RecogniserUnknownError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

__all__ = [
    "BUILT_IN",
    "Found",
    "Linked",
    "Recogniser",
    "fold_name",
    "known_recognisers",
    "link",
    "load_recogniser",
]

ENTRY_POINTS = "reader.recognisers"

BUILT_IN = "crf"
"""The recogniser of a library for which none was chosen."""

_BUILT_IN = {"crf": "reader.entities.trained:TrainedRecogniser"}
"""Those that need nothing else installed, also where the program runs without being installed."""

_OF_MODELS = frozenset({"spacy", "gliner"})
"""Those of ours that are told which model to load."""


def known_recognisers() -> tuple[str, ...]:
    """The names that `load_recogniser` knows, as one writes them; the built-in ones first."""
    others = sorted({point.name for point in _offered()} - set(_BUILT_IN))
    return (*_BUILT_IN, *(f"{name}:MODEL" if name in _OF_MODELS else name for name in others))


def load_recogniser(name: str = "") -> Recogniser:
    """The recogniser of that name, "" for the built-in one.

    Others come from entry points of installed packages, ours among them. What stands behind a
    colon (`spacy:en_core_web_sm`) is given to them when they are made. Raises
    RecogniserUnknownError, RecogniserMissingError where a package is not installed, and
    RecogniserFailedError.
    """
    kind, _, model = (name or BUILT_IN).partition(":")
    make = _find(kind)
    if make is None or (kind in _OF_MODELS and not model):
        raise RecogniserUnknownError(name, known_recognisers())
    try:
        recogniser: Recogniser = make(model) if model else make()
    except RecogniserError:
        raise
    except Exception as error:
        # It may come from outside and fail as it likes.
        raise RecogniserFailedError(name, f"{type(error).__name__}: {error}") from error
    return recogniser


def _find(kind: str) -> Any:
    """The class of a kind of recogniser, None where nothing is called so."""
    if kind in _BUILT_IN:
        module, _, attribute = _BUILT_IN[kind].partition(":")
        return getattr(import_module(module), attribute)
    for point in _offered():
        if point.name == kind:
            return _Delayed(point)
    return None


def _offered() -> EntryPoints:
    from importlib.metadata import entry_points  # takes as long as all the rest

    return entry_points(group=ENTRY_POINTS)


class _Delayed:
    """A class behind an entry point, imported when it is called."""

    def __init__(self, point: EntryPoint) -> None:
        self._point = point

    def __call__(self, *arguments: str) -> Any:
        return self._point.load()(*arguments)
