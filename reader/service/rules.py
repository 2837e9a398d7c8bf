"""Rules: what saved searches do to what arrives, and, when asked, to what is here."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import QuerySyntaxError
from index.query import And, IdSet, Not, Or, Prefix, Query, Term
from reader.errors import SearchUnavailableError
from reader.kept import Deeds, SavedSearch
from reader.model import Change, EventKind, Mark
from reader.service.rules_told import RAN, DeedCount, RuleReport, RuleTest, RuleTrouble
from reader.service.saved_searches import OPPOSITE

if TYPE_CHECKING:
    from reader.service.notifying import Notifying
    from reader.service.saved_searches import SavedSearches
    from reader.service.searching import Searching
    from reader.store import Store
    from reader.store.sets import SetChange

BATCH = 2000
"""Articles that rules are run on in one transaction: others wait for it with what they change."""

PATIENCE = 0.2
"""Seconds that commands are given to fail in, so that it can be told at once."""

_BACK = {other: one for one, other in OPPOSITE.items()}


@dataclass(slots=True)
class _Run:
    """One run over what arrived."""

    arrived: int = 0
    changed: int = 0
    troubles: dict[str, RuleTrouble] = field(default_factory=dict)
    told: dict[str, array[int]] = field(default_factory=dict)


class Rules:
    """Rules run in the order of the saved searches: a later one sees what earlier ones did."""

    def __init__(
        self, store: Store, searching: Searching, saved: SavedSearches, notifying: Notifying
    ) -> None:
        self._store = store
        self._searching = searching
        self._saved = saved
        self._notifying = notifying

    def test(self, name: str, limit: int = 20, query: str = "") -> RuleTest:
        """What a rule would do over all articles, or those that answer a query too; nothing is
        changed.

        Raises SavedSearchNotFoundError, QuerySyntaxError and SearchUnavailableError.
        """
        rule = self._saved.get(name)
        ids = self._meant(rule, query)
        each = [(deed, self._differing(deed, ids)) for deed in _deeds(rule.deeds)]
        if _reads_too(rule.deeds):
            done_with = IdSet(dict(each)[Mark.ARCHIVED])
            each.append((Mark.READ, self._differing(Mark.READ, done_with)))
        changed = IdSet(one for _, some in each for one in some)
        return RuleTest(
            len(ids),
            len(changed),
            tuple(DeedCount(deed, len(some)) for deed, some in each),
            self._searching.newest(ids, limit),
        )

    def run(self, name: str, query: str = "") -> Change:
        """Do what a rule does to every article that answers it, and a query, as one change that
        can be undone; its command is not started. Raises as `test` does."""
        rule = self._saved.get(name)
        ids = self._meant(rule, query)
        with self._store.transaction():
            changes = [one for _, one in self._do_all(rule.deeds, ids)]
            self._log(RAN + rule.name, changes, rule.query)
            return Change(len(ids), _changed(changes))

    def take_back(self, name: str) -> Change:
        """Take back what a rule did to what arrived, where it still is so, as one change that
        can be undone. What the reader set since then stays, and nothing is taken back twice.

        Raises SavedSearchNotFoundError.
        """
        rule = self._saved.get(name)
        with self._store.transaction():
            did = self._store.rule_deeds.of_rule(rule.id)
            matched = len(set[int]().union(*(ids for deed, ids in did.items() if deed)))
            taken = [
                (deed, change)
                for deed, ids in self._store.rule_deeds.standing(rule.id).items()
                for change in self._do(_inverse(deed), ids)
            ]
            changes = [change for _, change in taken]
            event_id = self._log(f"took back what {rule.name} did", changes)
            for deed, change in taken:
                self._store.rule_deeds.took_back(rule.id, deed, change.ids, event_id)
            return Change(matched, _changed(changes))

    def are_awaited(self) -> bool:
        """Whether there are rules to be run on something that has arrived."""
        return self._store.arrivals.are_there() and bool(self._active())

    def concern(self, query: str) -> bool:
        """Whether the answer to a query depends on rules that are still to be run."""
        return _asks_for_marks(self._searching.parsed(query)) and self.are_awaited()

    def run_arrivals(self) -> RuleReport:
        """Run the rules on what has arrived and is in the index; without any, let nothing wait.

        What they do to an article, the record of it and that it waits no more are one
        transaction. Where the index cannot answer, articles wait for the next run. A rule whose
        text means nothing is passed over.
        """
        rules = self._active()
        if not rules:
            self._store.arrivals.clear()
            return RuleReport(troubles=self._failed())
        run = _Run()
        try:
            while ids := IdSet.of_rising(self._store.arrivals.take(BATCH)):
                self._apply(rules, ids, run)
        except SearchUnavailableError as error:
            run.troubles[""] = RuleTrouble("", error)
        self._notify(rules, run)
        troubles = (*run.troubles.values(), *self._failed(PATIENCE if run.told else 0.0))
        return RuleReport(run.arrived, run.changed, self._store.arrivals.count(), troubles)

    def _meant(self, rule: SavedSearch, query: str) -> IdSet:
        within = self._searching.ids(query) if query.strip() else None
        return self._searching.ids(rule.query, within=within)

    def _active(self) -> list[SavedSearch]:
        return [one for one in self._saved.list() if one.active and one.deeds]

    def _apply(self, rules: Sequence[SavedSearch], ids: IdSet, run: _Run) -> None:
        changed: set[int] = set()
        # Asking takes time, in which others can write. Only what rules change is asked for as
        # they go along.
        answered = {
            rule.name: self._ask(rule, ids, run)
            for rule in rules
            if not _asks_for_marks(self._searching.parsed(rule.query))
        }
        with self._store.transaction():
            for rule in rules:
                if rule.name not in answered:
                    answered[rule.name] = self._ask(rule, ids, run)
                changed |= self._act(rule, answered[rule.name])
            self._store.arrivals.done(ids)
        run.arrived += len(ids)
        run.changed += len(changed)
        for rule in rules:
            if rule.deeds.notify and answered[rule.name]:
                run.told.setdefault(rule.name, array("q")).extend(answered[rule.name].rising)

    def _ask(self, rule: SavedSearch, ids: IdSet, run: _Run) -> IdSet:
        """Those that answer a rule; none where its text means nothing, which is told."""
        try:
            return self._searching.ids(rule.query, within=ids)
        except QuerySyntaxError as error:
            run.troubles[rule.name] = RuleTrouble(rule.name, error)
            return IdSet()

    def _act(self, rule: SavedSearch, ids: IdSet) -> set[int]:
        """Do what a rule does to new articles, and record it; those that differ now."""
        changed: set[int] = set()
        if not ids:
            return changed
        for deed, change in self._do_all(rule.deeds, ids):
            self._store.rule_deeds.add(rule, deed, change.ids)
            changed |= set(change.ids)
        same = IdSet(one for one in ids if one not in changed) if changed else ids
        self._store.rule_deeds.add(rule, "", same)
        return changed

    def _failed(self, patience: float = 0.0) -> tuple[RuleTrouble, ...]:
        return tuple(RuleTrouble(one.rule, one) for one in self._notifying.failures(patience))

    def _notify(self, rules: Sequence[SavedSearch], run: _Run) -> None:
        for rule in rules:
            if rule.name in run.told:
                self._notifying.start(rule, IdSet.of_rising(run.told[rule.name]))

    def _do_all(self, deeds: Deeds, ids: IdSet) -> Iterator[tuple[str, SetChange]]:
        """Do what a rule says; each deed with what it changed. What is archived is done with and
        marked read, as by hand."""
        for deed in _deeds(deeds):
            for change in self._do(deed, ids):
                yield deed, change
                if deed == Mark.ARCHIVED and _reads_too(deeds):
                    yield from ((Mark.READ, one) for one in self._do(Mark.READ, change.ids))

    def _do(self, deed: str, ids: IdSet | array[int]) -> list[SetChange]:
        """The change of sets that a deed is, empty where it changed nothing."""
        if deed[0] == "+":
            return self._store.tags.apply(ids, [deed[1:]], [])
        if deed[0] == "-":
            return self._store.tags.apply(ids, [], [deed[1:]])
        return [one.as_mark() for one in self._store.marks.apply(ids, Mark(deed))]

    def _log(self, detail: str, changes: Sequence[SetChange], query: str = "") -> int:
        return self._store.row_changes.make(EventKind.SEARCH, detail, (), changes, query=query)

    def _differing(self, deed: str, ids: IdSet) -> Sequence[int]:
        """The articles to which a deed would do something."""
        from reader.service.masks import common, difference, unpack

        if deed[0] in "+-":
            adds, there = deed[0] == "+", self._store.tags.packed(deed[1:])
        else:
            adds, there = deed in OPPOSITE, self._store.marks.packed(_BACK.get(Mark(deed), deed))
        rising = unpack(there).rising
        return difference(ids.rising, rising) if adds else common(ids, rising)


def _changed(changes: Sequence[SetChange]) -> int:
    """How many articles differ."""
    return len(set[int]().union(*(one.ids for one in changes)))


def _deeds(deeds: Deeds) -> tuple[str, ...]:
    """Each deed as it is recorded."""
    return (*(f"+{one}" for one in deeds.add), *(f"-{one}" for one in deeds.remove), *deeds.marks)


def _reads_too(deeds: Deeds) -> bool:
    """Whether articles are marked read because they are archived."""
    return Mark.ARCHIVED in deeds.marks and not {Mark.READ, Mark.UNREAD} & {*deeds.marks}


def _inverse(deed: str) -> str:
    if deed[0] in "+-":
        return {"+": "-", "-": "+"}[deed[0]] + deed[1:]
    return (OPPOSITE | _BACK)[Mark(deed)]


def _asks_for_marks(query: Query) -> bool:
    """Whether a query asks for something that rules change."""
    match query:
        case And(clauses) | Or(clauses):
            return any(map(_asks_for_marks, clauses))
        case Not(clause):
            return _asks_for_marks(clause)
        case Term(field=field) | Prefix(field=field):
            return field in ("tag", "is", "rule")
        case _:
            return False
