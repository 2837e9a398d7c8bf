"""How questions about entities, and the answers, travel between the screen and the search
process: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from reader.errors import EntityNotFoundError, ReaderError, SearchUnavailableError, WorkerError
from reader.model import EntityCard, Evidence, Page
from reader.service.facets import EntityFacet
from reader.service.value_wire import read_value, record_of


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """Asks for an EntityCard."""

    entity_id: int


@dataclass(frozen=True, slots=True)
class ArticlesQuestion:
    """Asks for a page of the articles that name an entity, a Page[Evidence]."""

    entity_id: int
    start: int
    limit: int


@dataclass(frozen=True, slots=True)
class EvidenceQuestion:
    """Asks for a sentence that names both, Evidence | None."""

    entity_id: int
    other_id: int


@dataclass(frozen=True, slots=True)
class FacetsQuestion:
    """Asks for the entities in the answer to a query, a tuple of EntityFacet."""

    text: str
    limit: int


CardsQuestion: TypeAlias = CardQuestion | ArticlesQuestion | EvidenceQuestion | FacetsQuestion
CardsAnswer: TypeAlias = (
    EntityCard | Page[Evidence] | Evidence | tuple[EntityFacet, ...] | ReaderError | None
)

_QUESTIONS: dict[str, type[CardsQuestion]] = {
    "card": CardQuestion,
    "articles": ArticlesQuestion,
    "evidence": EvidenceQuestion,
    "facets": FacetsQuestion,
}
_NAMES = {kind: name for name, kind in _QUESTIONS.items()}


def cards_question_line(question: CardsQuestion) -> str:
    return _line({_NAMES[type(question)]: record_of(question)})


def read_cards_question(record: Mapping[str, Any]) -> CardsQuestion | None:
    """The question in the object of a line, None when it asks something else."""
    for name, kind in _QUESTIONS.items():
        if name in record:
            question: CardsQuestion = read_value(kind, record[name])
            return question
    return None


def cards_answer_line(answer: CardsAnswer) -> str:
    match answer:
        case EntityNotFoundError(entity_id=entity_id):
            return _line({"missing": entity_id})
        case SearchUnavailableError(reason=reason):
            return _line({"unavailable": reason})
        case ReaderError():
            return _line({"failed": ", ".join(map(str, answer.args))})
        case Page(items, _, total):
            return _line({"answer": record_of(items), "total": total})
        case _:
            return _line({"answer": record_of(answer)})


def read_cards_answer(question: CardsQuestion, line: str) -> CardsAnswer:
    """The answer to a question, as a value or as the error that is the answer."""
    record: dict[str, Any] = json.loads(line)
    if "missing" in record:
        return EntityNotFoundError(record["missing"])
    if "unavailable" in record:
        return SearchUnavailableError(record["unavailable"])
    if "failed" in record:
        return WorkerError(record["failed"])
    return _read_value(question, record)


def _read_value(question: CardsQuestion, record: dict[str, Any]) -> CardsAnswer:
    told = record["answer"]
    match question:
        case CardQuestion():
            card: EntityCard = read_value(EntityCard, told)
            return card
        case ArticlesQuestion():
            return Page(read_value(tuple[Evidence, ...], told), None, record["total"])
        case EvidenceQuestion():
            evidence: Evidence | None = read_value(Evidence, told)
            return evidence
        case _:
            facets: tuple[EntityFacet, ...] = read_value(tuple[EntityFacet, ...], told)
            return facets


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record) + "\n"
