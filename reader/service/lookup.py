"""What the store knows of states, tags, sources and names, as `resolve` asks for it."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from index.analysis import forms
from index.analysis.sequences import follow
from index.analysis.words import StartsWith, StemIs, WordTest, word_tests
from index.query import IdSet, Prefix, Term
from reader.entities import fold_name
from reader.model import EntityId, EntityKind
from reader.service.resolve import numbered
from reader.service.stored_queries import StoredQueries
from reader.store import PackedSet

if TYPE_CHECKING:
    from reader.kept import SavedSearch
    from reader.store import Store

MANY = 200
"""Entities whose articles are looked up one by one."""

KEPT = 8
"""Sets kept unpacked; one of a million articles takes eight megabytes."""


def find_named(store: Store, name: str, kind: EntityKind | None = None) -> tuple[EntityId, ...]:
    """Entities with all words of a name in one of theirs, most articles first; those last that
    the reader calls so in a spelling that is not the one of keys. None for what looks like an id
    and is none."""
    if name.lstrip().startswith("#"):
        return ()
    found = store.entities.find_ids(fold_name(name), kind)
    return tuple(dict.fromkeys((*found, *store.entities.find_ids(name, kind))))


class StoreLookup:
    """Answers from the store. A set that is as it was is not unpacked again: the same object
    stands for it, question after question."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._saved = StoredQueries(store)
        self._kept: OrderedDict[str, tuple[object, IdSet]] = OrderedDict()

    def tagged(self, name: str) -> IdSet:
        return self._unpacked(f"tag:{name}", self._store.tags.packed(name))

    def tagged_under(self, prefix: str) -> IdSet:
        return self._unpacked(f"tag:{prefix}*", self._store.tags.packed_under(prefix))

    def tagged_at_all(self) -> IdSet:
        return self._unpacked("is:tagged", self._store.tags.packed_tagged())

    def within(self, name: str) -> IdSet:
        return self._of_sources(f"in:{name}", self._store.sources.find_within(name))

    def within_under(self, prefix: str) -> IdSet:
        return self._of_sources(f"in:{prefix}*", self._store.sources.find_under(prefix))

    def sourced(self, *, feeding: bool) -> IdSet:
        key = "has:feed" if feeding else "has:source"
        return self._of_sources(key, self._store.sources.find_all(feeding=feeding))

    def marked(self, mark: str) -> IdSet:
        return self._unpacked(f"is:{mark}", self._store.marks.packed(mark))

    def noted(self) -> IdSet:
        ids = self._store.notes.article_ids()
        return self._made("has:note", ids, lambda: IdSet.of_rising(ids))

    def highlighted(self) -> IdSet:
        ids = self._store.notes.article_ids(quoting=True)
        return self._made("has:highlight", ids, lambda: IdSet.of_rising(ids))

    def ruled(self, name: str) -> IdSet:
        return self._of_rules(self._saved.named(name, starting=False))

    def ruled_under(self, prefix: str) -> IdSet:
        return self._of_rules(self._saved.named(prefix, starting=True))

    def changed(self, event_id: int) -> IdSet:
        ids = self._store.events.article_ids(event_id)
        return self._made(f"change:{event_id}", ids, lambda: IdSet.of_rising(ids))

    def noted_with(self, words: str) -> IdSet:
        return self._of_notes(f"note:{words}", word_tests(Term(words)))

    def noted_like(self, prefix: str) -> IdSet:
        return self._of_notes(f"note:{prefix}*", word_tests(Prefix(prefix)))

    def named(self, name: str, kind: EntityKind | None) -> Iterable[int]:
        number = numbered(name)
        if number is None:
            return find_named(self._store, name, kind)
        return self._numbered(number, kind)

    def named_like(self, prefix: str, kind: EntityKind | None) -> Iterable[int]:
        return self._store.entities.find_ids_starting(fold_name(prefix), kind)

    def unheard(self, entity_ids: Collection[int]) -> tuple[IdSet, IdSet]:
        """Nothing at all where very many entities are asked for: by the time they were looked up
        the index has heard."""
        if not self._store.outbox.pending() or len(entity_ids) > MANY:
            return IdSet(), IdSet()
        from reader.service.masks import common, difference

        with self._store.snapshot():
            waiting = IdSet.of_rising(self._store.outbox.ids())
            each = [self._store.entities.article_ids(one) for one in entity_ids]
        naming = IdSet(one for ids in each for one in common(waiting, ids))
        return naming, IdSet(difference(waiting.rising, naming.rising))

    def _numbered(self, number: int, kind: EntityKind | None) -> Iterable[int]:
        found = self._store.entities.get_entities([number]).values()
        return [one.id for one in found if kind in (None, one.kind)]

    def _of_notes(self, key: str, tests: Sequence[WordTest]) -> IdSet:
        """The articles with a note in which words that pass the tests follow one another."""
        match tests:
            case ():
                notes = []
            case (*_, StartsWith(lead)):
                notes = self._store.notes.with_form(lead)
            case _:
                stems = [test.stem for test in tests if isinstance(test, StemIs)]
                notes = self._store.notes.with_stems(stems)
        if len(tests) > 1:
            notes = [note for note in notes if _says(note.words, tests) or _says(note.quote, tests)]
        ids = array("q", sorted({note.article_id for note in notes}))
        return self._made(key, ids, lambda: IdSet.of_rising(ids))

    def _of_sources(self, key: str, sources: tuple[int, ...]) -> IdSet:
        # Of as many articles and other places as before the answer is the one before.
        stamp = self._store.sources.stamp(sources)

        def read() -> IdSet:
            from reader.service.masks import unite

            return unite(self._store.sources.article_ids(sources))

        return self._made(key, (sources, stamp), read)

    def _of_rules(self, rules: Sequence[SavedSearch]) -> IdSet:
        return IdSet(self._store.rule_deeds.acted_on([one.id for one in rules]))

    def _unpacked(self, key: str, packed: PackedSet) -> IdSet:
        def read() -> IdSet:
            # Not before: the screen's own process asks for names alone.
            from reader.service.masks import unpack

            return unpack(packed)

        return self._made(key, packed, read)

    def _made(self, key: str, known: object, make: Callable[[], IdSet]) -> IdSet:
        """The set under a key, made anew when what it is made from differs."""
        kept = self._kept.get(key)
        if kept is None or kept[0] != known:
            kept = self._kept[key] = known, make()
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept[1]


def _says(text: str, tests: Sequence[WordTest]) -> bool:
    """Whether words that pass the tests, in their order, follow one another in a text."""
    words = list(enumerate(forms(text)))
    return bool(follow([[at for at, form in words if test.accepts(form)] for test in tests]))
