"""Work that would hold up the screen, done by `reader.worker` in child processes.

Python threads share one interpreter lock: a search or an entity pass in a thread would make
every key wait.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Condition, Lock, Thread
from time import monotonic
from typing import Any, TypeAlias

from reader.errors import ReaderError, WorkerError
from reader.kept import SavedCount
from reader.model import Change, EntityCard, Evidence, Page
from reader.service.cards_wire import (
    ArticlesQuestion,
    CardQuestion,
    CardsQuestion,
    EvidenceQuestion,
    FacetsQuestion,
    cards_question_line,
    read_cards_answer,
)
from reader.service.child import Child
from reader.service.completing import Completion
from reader.service.completing_wire import (
    CompletionQuestion,
    completion_question_line,
    read_completions,
)
from reader.service.counts_wire import (
    CountsAnswer,
    CountsQuestion,
    are_all,
    counts_question_line,
    read_counts_answer,
)
from reader.service.explaining import Why
from reader.service.facets import EntityFacet
from reader.service.indexing import IndexTold
from reader.service.kept_wire import (
    KeptError,
    KeptQuestion,
    RuleRunQuestion,
    RuleTestQuestion,
    WhyQuestion,
    kept_question_line,
    read_kept_answer,
)
from reader.service.reading import FIRST
from reader.service.rules_told import RuleTest
from reader.service.searching import View
from reader.service.wire import (
    Question,
    SearchAnswer,
    question_line,
    read_answer,
    read_progress,
)

_log = logging.getLogger(__name__)

Tell = Callable[[Sequence[Completion]], None]

ENDED = "the search process ended"

_Aside: TypeAlias = tuple[str, Callable[[str], None]]
"""The line of a question besides the searches, and what takes the line of the answer, which is
empty when none came."""

PAUSE = 0.15
"""Seconds without a newer question after which the rest of an answer is worth while."""


class SearchProcess:
    """Search in a child process; only the newest question is answered.

    The first ids come at once. Where there are more, all of them come as a second answer when
    no newer question is asked for a moment.

    `on_answer` is called from a thread of this object. A child that died is started again
    with the next question.
    """

    def __init__(self, folder: Path, on_answer: Callable[[SearchAnswer], None]) -> None:
        self._folder = folder
        self._on_answer = on_answer
        self._waiting: Question | None = None
        self._asides: dict[type, _Aside] = {}
        self._counting = 0
        self._closed = False
        self._changed = Condition()
        self._child: Child | None = None
        self._thread = Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def ask(self, generation: int, text: str, *, whole: bool = False) -> None:
        """Put a question in the place of one that has not been started; `whole` has all ids in
        one answer."""
        with self._changed:
            self._waiting = Question(generation, text, None if whole else FIRST)
            self._changed.notify()

    def complete(self, text: str, cursor: int, tell: Tell) -> None:
        """Complete a query in the place of one that has not been started, as soon as no
        question waits. `tell` is called from the thread of this object, or never."""

        def take(line: str) -> None:
            tell(read_completions(line) if line else ())

        question = CompletionQuestion(text, cursor)
        self._put_aside(CompletionQuestion, completion_question_line(question), take)

    def card(self, entity_id: int, tell: Callable[[EntityCard | ReaderError], None]) -> None:
        """Ask for the card of an entity. `tell` gets it, or why there is none, from the thread
        of this object; or never, where a newer question of this method takes its place. The
        same holds for the methods below."""
        self._look(CardQuestion(entity_id), tell)

    def card_articles(
        self,
        entity_id: int,
        start: int,
        limit: int,
        tell: Callable[[Page[Evidence] | ReaderError], None],
    ) -> None:
        """Ask for articles that name an entity: `Cards.articles`."""
        self._look(ArticlesQuestion(entity_id, start, limit), tell)

    def evidence(
        self,
        entity_id: int,
        other_id: int,
        tell: Callable[[Evidence | ReaderError | None], None],
    ) -> None:
        """Ask for a sentence that names two entities: `Cards.evidence`."""
        self._look(EvidenceQuestion(entity_id, other_id), tell)

    def facets(
        self, text: str, limit: int, tell: Callable[[tuple[EntityFacet, ...] | ReaderError], None]
    ) -> None:
        """Ask for the entities in the answer to a query: `Searching.entity_facets`."""
        self._look(FacetsQuestion(text, limit), tell)

    def why(self, article_id: int, query: str, tell: Callable[[Why | KeptError], None]) -> None:
        """Ask why an article is here: `Explaining.why`."""
        self._ask_kept(WhyQuestion(article_id, query), tell)

    def rule_test(
        self, name: str, limit: int, query: str, tell: Callable[[RuleTest | KeptError], None]
    ) -> None:
        """Ask what a rule would do: `Rules.test`."""
        self._ask_kept(RuleTestQuestion(name, limit, query), tell)

    def rule_run(self, name: str, query: str, tell: Callable[[Change | KeptError], None]) -> None:
        """Have a rule run: `Rules.run`. Where a second one is asked for before the first has been
        begun, only that is done."""
        self._ask_kept(RuleRunQuestion(name, query), tell)

    def saved_counts(self, tell: Callable[[tuple[SavedCount, ...] | ReaderError], None]) -> None:
        """Ask how much answers each saved search. A few are counted at a time, and searches
        go first in between."""
        self._counting += 1
        mine, counts = self._counting, list[SavedCount]()

        def take(line: str) -> None:
            answer = read_counts_answer(line) if line else CountsAnswer((), 0, ENDED)
            counts.extend(answer.counts)
            if mine != self._counting:
                return  # they are asked for anew
            if are_all(counts, answer):
                tell(WorkerError(answer.problem) if answer.problem else tuple(counts))
            else:
                self._put_aside(CountsQuestion, *step())

        def step() -> _Aside:
            return counts_question_line(CountsQuestion(len(counts))), take

        self._put_aside(CountsQuestion, *step())

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
            if self._child is not None:
                self._child.kill()
        self._thread.join()

    def _run(self) -> None:
        while (question := self._next()) is not None:
            view = self._tell(question)
            if view is not None and not view.is_complete and self._is_quiet():
                self._tell(replace(question, limit=None))
        self._drop_child()

    def _tell(self, question: Question) -> View | None:
        answer = self._answer(question)
        if not self._closed:
            self._on_answer(answer)
        return answer.view

    def _is_quiet(self) -> bool:
        return not self._wait(monotonic() + PAUSE)

    def _has_news(self) -> bool:
        return self._closed or self._waiting is not None

    def _look(self, question: CardsQuestion, tell: Callable[[Any], None]) -> None:
        def take(line: str) -> None:
            tell(read_cards_answer(question, line) if line else WorkerError(ENDED))

        self._put_aside(type(question), cards_question_line(question), take)

    def _ask_kept(self, question: KeptQuestion, tell: Callable[[Any], None]) -> None:
        def take(line: str) -> None:
            tell(read_kept_answer(question, line) if line else WorkerError(ENDED))

        self._put_aside(type(question), kept_question_line(question), take)

    def _put_aside(self, kind: type, line: str, take: Callable[[str], None]) -> None:
        with self._changed:
            self._asides[kind] = line, take
            self._changed.notify()

    def _wait(self, deadline: float | None = None) -> bool:
        """Wait for a question or the end; what else is asked meanwhile is answered.

        Returns False when neither has come by `deadline`.
        """
        while True:
            left = None if deadline is None else deadline - monotonic()
            with self._changed:
                self._changed.wait_for(lambda: self._has_news() or self._asides, left)
                if self._has_news():
                    return True
                aside = self._asides.pop(next(iter(self._asides))) if self._asides else None
            if aside is None:
                return False
            line, take = aside
            take(self._line_of(line))

    def _line_of(self, question: str) -> str:
        """The line that answers one; a child that has died since the last question gets a
        successor. Empty when that ended too."""
        for _ in range(2):
            try:
                child = self._running_child()
                child.send(question)
                line = child.receive()
            except OSError:
                line = ""
            if line:
                return line
            self._drop_child()
            if self._closed:
                break
        return ""

    def _next(self) -> Question | None:
        self._wait()
        with self._changed:
            question, self._waiting = self._waiting, None
            return None if self._closed else question

    def _answer(self, question: Question) -> SearchAnswer:
        """Ask the child; one that has died since the last question gets a successor."""
        for _ in range(2):
            try:
                child = self._running_child()
                child.send(question_line(question))
                answer = read_answer(child.output)
            except OSError as error:
                answer, reason = None, str(error)
            else:
                reason = ENDED
            if answer is not None:
                return answer
            self._drop_child()
            if self._closed:
                break
        else:
            _log.error("no answer to a search: %s", reason)
        return SearchAnswer(question.generation, None, WorkerError(reason))

    def _running_child(self) -> Child:
        with self._changed:
            if self._closed:
                raise BrokenPipeError(ENDED)
            if self._child is None:
                self._child = Child("search", self._folder)
            return self._child

    def _drop_child(self) -> None:
        with self._changed:
            child, self._child = self._child, None
        if child is not None:
            child.close()


class IndexProcess:
    """Indexing in a child process, from `start` until the outbox is empty, again at each `poke`.

    `on_progress` is called from a thread of this object with how far it is, and with the
    state it came to or why it failed.
    """

    def __init__(self, folder: Path, on_progress: Callable[[IndexTold], None]) -> None:
        self._folder = folder
        self._on_progress = on_progress
        self._running: tuple[Child, Thread] | None = None
        self._closed = False
        self._changing = Lock()  # held around what changes `_running` and `_closed`

    def start(self) -> None:
        """Start the process, unless this was closed. Raises OSError when the system does not let
        us."""
        with self._changing:
            if not self._closed:
                self._start()

    def poke(self) -> None:
        """Look at the outbox again, in a new process when the last one died."""
        with self._changing:
            if self._closed or self._running is None:
                return
            child, thread = self._running
            if thread.is_alive():
                with suppress(OSError):
                    child.send("\n")
            else:
                child.close()
                self._start()

    def close(self) -> None:
        with self._changing:
            self._closed = True
        if self._running is not None:
            child, thread = self._running
            child.kill()
            thread.join()
            child.close()

    def _start(self) -> None:
        child = Child("index", self._folder)
        thread = Thread(target=self._listen, args=(child,), name="index", daemon=True)
        self._running = child, thread
        thread.start()

    def _listen(self, child: Child) -> None:
        while line := child.receive():
            self._on_progress(read_progress(line))
