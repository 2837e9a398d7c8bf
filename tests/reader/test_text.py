"""Every error has words of its own, and nothing in them can steer a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import index.errors
import reader.errors
from index.errors import QuerySyntaxError, SearchIndexError, SyntaxProblem
from reader.errors import (
    EventObstacle,
    IndexingError,
    Obstacle,
    ReaderError,
    RecogniserUnknownError,
    SourceNotFoundError,
)
from reader.text import explain

HOSTILE = "a\x1b]52;c;eA==\x1b\\b\u202e\x9b31m\n"
ARGUMENTS = {
    "QuerySyntaxError": (SyntaxProblem.UNKNOWN_FIELD, 3, 8, HOSTILE, HOSTILE),
    "IndexUnusableError": (Path(HOSTILE), HOSTILE),
    "IndexMissingError": (Path(HOSTILE), HOSTILE),
    "IndexOutdatedError": (Path(HOSTILE), HOSTILE),
    "IndexDamagedError": (Path(HOSTILE), HOSTILE),
    "IndexBusyError": (Path(HOSTILE),),
    "ArticleNotFoundError": (7,),
    "DumpFormError": (HOSTILE, HOSTILE),
    "EditorError": (HOSTILE, HOSTILE),
    "ExportEmptyError": (Path(HOSTILE),),
    "ExportExistsError": (Path(HOSTILE),),
    "EntityNotFoundError": (7,),
    "FormNotFoundError": (HOSTILE, HOSTILE),
    "PlaceNotFoundError": (7, 3, 9),
    "NoteNotFoundError": (7,),
    "QuoteNotFoundError": (7, HOSTILE),
    "TagNotFoundError": (HOSTILE,),
    "TagLetterError": (HOSTILE,),
    "EventNotReachableError": (7,),
    "EventStaysError": (7, EventObstacle.CHANGED),
    "SameEntityError": (HOSTILE,),
    "SourceNotFoundError": (HOSTILE, HOSTILE),
    "AmbiguousSourceError": (HOSTILE, (HOSTILE, HOSTILE)),
    "VersionNotFoundError": (7, 3, (1, 2)),
    "SourceExistsError": (HOSTILE,),
    "SourceWithoutFeedError": (HOSTILE,),
    "FeedExistsError": (HOSTILE, HOSTILE),
    "NotFetchedError": (HOSTILE, HOSTILE),
    "PictureError": (HOSTILE, HOSTILE),
    "NoFeedFoundError": (HOSTILE,),
    "FetchStoppedError": (),
    "FeedNotPageError": (HOSTILE,),
    "NoLinkError": (7,),
    "UpdateBusyError": (),
    "LibraryError": (Path(HOSTILE), HOSTILE),
    "LibraryBusyError": (Path(HOSTILE), HOSTILE),
    "LibraryNewerError": (Path(HOSTILE), HOSTILE),
    "LibraryDamagedError": (Path(HOSTILE), HOSTILE),
    "LibraryUnwritableError": (Path(HOSTILE), HOSTILE),
    "TagNameError": (HOSTILE, HOSTILE),
    "SavedSearchNotFoundError": (HOSTILE, HOSTILE),
    "SavedSearchExistsError": (HOSTILE,),
    "SavedNameError": (HOSTILE, HOSTILE),
    "DeedsError": (HOSTILE, HOSTILE),
    "NotifyError": (HOSTILE, HOSTILE),
    "CursorError": (HOSTILE,),
    "ImportItemError": (HOSTILE, HOSTILE, HOSTILE),
    "SettingsError": (Path(HOSTILE), 3, HOSTILE, HOSTILE, HOSTILE),
    "SearchUnavailableError": (HOSTILE,),
    "IndexingError": (Obstacle.NOT_WRITABLE, HOSTILE),
    "RecogniserError": (HOSTILE,),
    "RecogniserUnknownError": (HOSTILE, (HOSTILE, HOSTILE)),
    "RecogniserMissingError": (HOSTILE, HOSTILE),
    "RecogniserFailedError": (HOSTILE, HOSTILE),
    "WorkerError": (HOSTILE,),
    "NoTerminalError": (HOSTILE,),
}
ROOTS = {"SearchIndexError", "ReaderError", "NotFoundError"}


def classes(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for child in root.__subclasses__():
        yield from classes(child)


ALL = {
    one.__name__: one
    for root in (ReaderError, SearchIndexError)
    for one in classes(root)
    if one.__module__ in (reader.errors.__name__, index.errors.__name__)
}


@pytest.mark.parametrize("name", sorted(ALL.keys() - ROOTS))
def test_every_error_has_words_and_is_safe_to_print(name: str) -> None:
    words = explain(ALL[name](*ARGUMENTS[name]))
    assert words
    assert words.isprintable()
    assert not words.startswith("something went wrong")


@pytest.mark.parametrize("problem", SyntaxProblem)
def test_every_problem_of_a_query_is_worded_with_its_place(problem: SyntaxProblem) -> None:
    assert "at 4" in explain(QuerySyntaxError(problem, 3, 8))


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_of_indexing_is_worded_with_what_comes_next(obstacle: Obstacle) -> None:
    words = explain(IndexingError(obstacle, "x"))
    assert words.startswith("indexing stopped: ")
    assert "goes on" in words or "tried again" in words


def test_a_recogniser_without_its_model_is_told_what_it_needs() -> None:
    known = "crf", "spacy:MODEL"
    assert explain(RecogniserUnknownError("spacy", known)) == (
        "the recogniser 'spacy' needs a model: spacy:MODEL"
    )
    assert explain(RecogniserUnknownError("x", known)).endswith("; there are crf, spacy:MODEL")


def test_a_suggestion_is_offered() -> None:
    error = QuerySyntaxError(SyntaxProblem.UNKNOWN_FIELD, 0, 5, "souce", "source")
    assert explain(error) == 'unknown field "souce" at 1: did you mean "source"?'


def test_a_source_that_is_missing_is_told_with_the_nearest_or_where_to_look() -> None:
    assert explain(SourceNotFoundError("Pst", "Post")) == (
        'there is no source "Pst"; did you mean "Post"?'
    )
    assert "dateline sources" in explain(SourceNotFoundError("Pst"))


def test_errors_without_words_of_their_own_still_say_something() -> None:
    assert explain(ValueError("odd\x1b")) == "something went wrong: odd"
    assert explain(ReaderError("odd")) == "something went wrong: odd"
    assert "rebuild" in explain(SearchIndexError("odd"))
