"""Answers questions, one after another."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, TextIO

from index.errors import QuerySyntaxError
from reader.errors import ReaderError, WorkerError
from reader.service.cards_wire import (
    ArticlesQuestion,
    CardQuestion,
    CardsAnswer,
    CardsQuestion,
    EvidenceQuestion,
    cards_answer_line,
    read_cards_question,
)
from reader.service.completing_wire import (
    CompletionQuestion,
    completions_line,
    read_completion_question,
)
from reader.service.counts_wire import (
    CountsAnswer,
    CountsQuestion,
    counts_answer_line,
    read_counts_question,
)
from reader.service.kept_wire import (
    KeptAnswer,
    KeptQuestion,
    RuleTestQuestion,
    WhyQuestion,
    kept_answer_line,
    read_kept_question,
)
from reader.service.library import Library
from reader.service.wire import Question, SearchAnswer, read_question, write_answer
from reader.text import explain

if TYPE_CHECKING:
    from reader.kept import SavedCount
    from reader.service.completing import Completion

log = logging.getLogger(__name__)

MOMENT = 0.02
"""Seconds after which counting lets a search go first."""


def serve_search(library: Library, source: TextIO, target: BinaryIO) -> None:
    """Answer one question after another."""
    for line in source:
        record = json.loads(line)
        if (asked := read_completion_question(record)) is not None:
            _write(target, completions_line(_complete(library, asked)))
        elif (kept := read_kept_question(record)) is not None:
            _write(target, kept_answer_line(_do(library, kept)))
        elif (counting := read_counts_question(record)) is not None:
            _write(target, counts_answer_line(_count(library, counting)))
        elif (wanted := read_cards_question(record)) is not None:
            _write(target, cards_answer_line(_look(library, wanted)))
        else:
            write_answer(target, _answer(library, read_question(record)))


def _write(target: BinaryIO, line: str) -> None:
    target.write(line.encode())
    target.flush()


def _look(library: Library, question: CardsQuestion) -> CardsAnswer:
    try:
        match question:
            case CardQuestion(entity_id):
                return library.cards.card(entity_id)
            case ArticlesQuestion(entity_id, start, limit):
                return library.cards.articles(entity_id, start, limit)
            case EvidenceQuestion(entity_id, other_id):
                return library.cards.evidence(entity_id, other_id)
            case _:
                return library.searching.entity_facets(question.text, question.limit)
    except ReaderError as error:
        return error
    except Exception as error:
        log.exception("looking up an entity failed")
        return WorkerError(repr(error))


def _do(library: Library, question: KeptQuestion) -> KeptAnswer:
    try:
        match question:
            case WhyQuestion(article_id, query):
                return library.explaining.why(article_id, query)
            case RuleTestQuestion(name, limit, query):
                return library.rules.test(name, limit, query)
            case _:
                return library.rules.run(question.name, question.query)
    except (ReaderError, QuerySyntaxError) as error:
        return error
    except Exception as error:
        log.exception("a question about rules failed")
        return WorkerError(repr(error))


def _count(library: Library, question: CountsQuestion) -> CountsAnswer:
    """Counts of the first that are still to be counted: as many as take a moment."""
    try:
        saved = library.saved_searches
        there = saved.list()
        end = monotonic() + MOMENT
        counts: list[SavedCount] = []
        for one in there[question.done :]:
            counts.append(saved.count(one, explain))
            if monotonic() >= end:
                break
        return CountsAnswer(tuple(counts), len(there))
    except Exception as error:
        log.exception("counting saved searches failed")
        return CountsAnswer((), 0, repr(error))


def _complete(library: Library, question: CompletionQuestion) -> Sequence[Completion]:
    try:
        return library.completing.complete(question.text, question.cursor)
    except Exception:
        # The worker boundary: what is wrong is told by the search that follows.
        log.exception("completing failed")
        return ()


def _answer(library: Library, question: Question) -> SearchAnswer:
    try:
        view = library.searching.view(question.text, question.limit)
        return SearchAnswer(question.generation, view)
    except ReaderError as error:
        return SearchAnswer(question.generation, None, error)
    except Exception as error:
        log.exception("search failed")
        return SearchAnswer(question.generation, None, WorkerError(repr(error)))
