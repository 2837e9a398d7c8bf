"""One run of indexing: what waits is named and indexed, and what is stale is named anew.

Doing an article twice is harmless, so every point of this can be killed: what is not marked done
is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import IndexBusyError
from reader.model import Named, OutboxItem
from reader.service.batches import read_documents, read_texts
from reader.service.index_told import IndexProgress, IndexStage, IndexState
from reader.service.naming import Naming

if TYPE_CHECKING:
    from reader.service.index_access import IndexAccess
    from reader.service.merging import Merging
    from reader.service.recognising import Chosen, Recognising
    from reader.service.rules import Rules
    from reader.service.rules_told import RuleReport
    from reader.store import Store

BATCH = 250
"""Articles whose names are looked for at once: a second or two."""

ROUND = 1000
"""Articles that are named before they are indexed: others wait to be found meanwhile."""

COMMIT = 4096
"""Articles of one commit of the index at most: fewer and larger pieces are less to merge."""

PAUSE = 0.2
"""Seconds between two looks at what else there is to do while the index is merged."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far the work is, and who ends it; `anew`: stale articles are named too."""

    progress: Callable[[IndexProgress], None]
    indexed: Callable[[], None]
    stop: Callable[[], bool]
    anew: bool = False


class Draining:
    """Works until nothing waits, nothing is stale and nothing is left to merge."""

    def __init__(
        self,
        store: Store,
        index: IndexAccess,
        recognising: Recognising,
        merging: Merging,
        watch: Watch,
        rules: Rules,
    ) -> None:
        self._store = store
        self._index = index
        self._recognising = recognising
        self._merging = merging
        self._watch = watch
        self._rules = rules
        self._rebuilding = False
        self._chosen: Chosen | None = None
        self._indexed = 0
        self._ahead = 0  # named, and not indexed yet
        self._renamed = 0
        self._stale = 0
        self._to_relink = False

    def run(self, *, rebuilding: bool) -> IndexState:
        """Raises what the index and the library raise."""
        self._rebuilding = rebuilding
        if self._store.outbox.pending():
            # Before what takes seconds: the recogniser and the first commit.
            self._watch.progress(IndexProgress(0, self._store.outbox.pending(), rebuilding))
        self._take_recogniser()
        while True:
            state = self._empty_outbox()
            if state is IndexState.DONE:
                self._apply_rules()
                self._watch.indexed()
                state = self._name_anew() if self._watch.anew else state
            if state is not IndexState.DONE:
                return state
            if self._relink():
                continue
            ended = await_merging(self._store, self._merging, self._watch.stop)
            if ended is not None:
                return ended

    def _take_recogniser(self) -> None:
        chosen = self._recognising.chosen()
        if chosen is not self._chosen:
            self._chosen, self._naming = chosen, Naming(self._store, chosen.recogniser)

    def _empty_outbox(self) -> IndexState:
        while self._store.corrections.waiting():
            if self._watch.stop():
                return IndexState.STOPPED
            self._store.corrections.apply_waiting()
        while items := self._store.outbox.take(COMMIT):
            if self._watch.stop():
                return IndexState.STOPPED
            self._name([item for item in items if item.needs_entities][:ROUND])
            try:
                self._indexed += self._index_ready()
            except IndexBusyError:
                return IndexState.BUSY
            self._ahead = 0
            self._merging.poke()
            self._tell(IndexStage.INDEX)
        return IndexState.DONE

    def _apply_rules(self) -> None:
        """Run the rules on what has arrived: words and names of it can be asked for now."""
        report = self._rules.run_arrivals()
        if report.changed or report.troubles:
            self._tell(IndexStage.INDEX, report)

    def _relink(self) -> bool:
        """Whether names that were found since have changed articles named before."""
        # Not by one that stands in: those articles may have names of the one that was chosen.
        wanted = self._to_relink and self._recognising.chosen().trouble is None
        self._to_relink = False
        return wanted and self._naming.relink() > 0

    def _name(self, items: Sequence[OutboxItem]) -> None:
        """Store the names of new articles, until all of these have them or it is to stop."""
        while items and not self._watch.stop():
            named = self._find(items[:BATCH])
            self._put(named)
            self._ahead += len(named)
            self._tell(IndexStage.NAMES)
            items = items[len(named) :]

    def _find(self, items: Sequence[OutboxItem]) -> tuple[Named, ...]:
        """Who and what the first of some items name, one at least."""
        return self._naming.batch(items, read_texts(self._store, items))

    def _put(self, named: Sequence[Named]) -> None:
        self._store.entities.replace_many(named)
        self._to_relink = True

    def _name_anew(self) -> IndexState:
        """Name stale articles, newest first. They are found by the names they have until new
        ones are stored, which the index hears of at once; what is new comes first."""
        while items := self._take_stale():
            if self._watch.stop():
                return IndexState.STOPPED
            named = self._find_anew(items)
            came = self._store.outbox.pending()
            self._put(named)
            state = self._empty_outbox()
            if state is not IndexState.DONE:
                return state
            if came:
                self._apply_rules()
                self._watch.indexed()
        if self._renamed:
            self._renamed = 0
            self._watch.indexed()
        return IndexState.DONE

    def _take_stale(self) -> tuple[OutboxItem, ...]:
        self._take_recogniser()
        self._stale = self._recognising.waiting()
        return self._store.stale.take(self._recognising.chosen().stale_by, ROUND)

    def _find_anew(self, items: Sequence[OutboxItem]) -> list[Named]:
        """The names of as many as there is time for before other work comes."""
        named: list[Named] = []
        while items and not (self._watch.stop() or self._store.outbox.pending()):
            some = self._find(items[:BATCH])
            named += some
            items = items[len(some) :]
            self._renamed += len(some)
            self._stale -= len(some)
            self._tell(IndexStage.NAMES)
        return named

    def _index_ready(self) -> int:
        """Index those of the first that wait whose names are known; how many there were."""
        # Taken again with the documents: finding names has changed them, and others may have.
        with self._store.snapshot():
            items = self._store.outbox.take(COMMIT)
            ready = [item for item in items if not item.needs_entities]
            ready, documents = read_documents(self._store, ready)
        with self._index.asking() as index:
            index.apply(documents)
        self._store.outbox.done(ready)
        return len(ready)

    def _tell(self, stage: IndexStage, rules: RuleReport | None = None) -> None:
        if self._renamed:
            # One count for all of it, while the index follows in small steps.
            stage, done, total = IndexStage.NAMES, self._renamed, self._renamed + self._stale
        else:
            done = self._indexed + self._ahead
            total = self._indexed + self._store.outbox.pending()
        trouble = self._chosen.trouble if self._chosen else None
        missing = trouble.name if trouble and stage is IndexStage.NAMES else ""
        self._watch.progress(IndexProgress(done, total, self._rebuilding, stage, missing, rules))


def await_merging(store: Store, merging: Merging, stop: Callable[[], bool]) -> IndexState | None:
    """Wait until nothing is left to merge, or it is to be left; None when more articles came
    meanwhile."""
    while not merging.wait(PAUSE):
        if stop():
            return IndexState.STOPPED
        if store.outbox.pending():
            return None
    return IndexState.DONE
