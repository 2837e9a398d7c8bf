"""Taking over a dump: what the reader made, in this library or in another one with the same
articles."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from index.errors import QuerySyntaxError
from reader.kept import Note, NoteId, SavedId, SavedSearch, TagLook
from reader.model import EventKind, ImportFailure
from reader.service.dump_lines import MARKS
from reader.service.dump_reading import Wanted, read_dump
from reader.service.saved_names import arranged, name_key
from reader.store.notes import note_change
from reader.store.row_changes import Kept, RowChange
from reader.store.saved_searches import search_change
from reader.store.sets import SetChange
from reader.store.tag_looks import look_change

if TYPE_CHECKING:
    from reader.service.correcting import Correcting
    from reader.service.searching import Searching
    from reader.store import Store


_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What a dump brought. `facts` were understood; `changed` articles differ now, and so many
    saved `searches`, `notes` and `looks` of tags; `corrections` of names are new; `left_out`
    facts are about articles that are not in this library, whose titles are `elsewhere`: a later
    restore brings them. The rules `off` start a command, and came back switched off; the saved
    searches `unanswered` cannot be asked, with the reason. It was `steps` changes, and `before`
    is the one right before them, 0 for none."""

    facts: int
    changed: int
    searches: int
    notes: int
    looks: int
    corrections: int
    left_out: int
    elsewhere: tuple[str, ...]
    off: tuple[str, ...]
    unanswered: tuple[tuple[str, QuerySyntaxError], ...]
    before: int
    steps: int
    failed: tuple[ImportFailure, ...]
    is_partial: bool
    """The dump is cut off or was not understood everywhere: nothing was taken away."""


class Restoring:
    """Marks, tags, notes, looks and saved searches of a dump are one change, each correction of
    a name another one; all can be undone. Places in texts are set, and are no change."""

    def __init__(self, store: Store, searching: Searching, correcting: Correcting) -> None:
        self._store = store
        self._searching = searching
        self._correcting = correcting

    def restore(
        self, lines: Iterable[str], path: str, *, accumulate: bool = False
    ) -> RestoreReport:
        """Make the library what a dump says, or with `accumulate` add to it what the dump says.
        Of a dump that is cut off, or has lines that cannot be taken over, nothing is taken away.

        Corrections of names are added in either case. A line that cannot be taken over is told
        with its number, from 1, in the file at `path`. Raises DumpFormError for what is no dump.
        """
        store = self._store
        with store.transaction():
            wanted = read_dump(lines, path, store.facts.find)
            is_partial = bool(wanted.failed) or not wanted.is_whole
            accumulate = accumulate or is_partial
            searches, off = _with_commands_off(wanted.searches, store.saved_searches.list())
            rows = [*self._notes(wanted.notes, accumulate), *self._looks(wanted.looks, accumulate)]
            rows += self._searches(searches, accumulate)
            sets = [*self._marks(wanted, accumulate), *self._tags(wanted, accumulate)]
            detail, before = f"restored {path}", store.events.last_standing()
            event_id = store.row_changes.make(EventKind.RESTORE, detail, rows, sets)
            changed = store.events.list_events(1)[0].changed if event_id else 0
            for article_id, place in zip(wanted.places[::2], wanted.places[1::2], strict=True):
                store.positions.save(article_id, place)
            applied = self._correcting.apply_lines(wanted.corrections, path)
            corrections = applied.applied - applied.unchanged
            rows_changed = store.row_changes.counts(event_id)
            unanswered = tuple(self._unanswered(searches))
        return RestoreReport(
            wanted.facts,
            changed,
            rows_changed[Kept.SEARCH],
            rows_changed[Kept.NOTE],
            rows_changed[Kept.TAG],
            corrections,
            wanted.left_out,
            tuple(wanted.elsewhere),
            off,
            unanswered,
            before,
            bool(event_id) + corrections,
            (*wanted.failed, *applied.failed),
            is_partial,
        )

    def _unanswered(
        self, asked: Mapping[str, SavedSearch]
    ) -> Iterator[tuple[str, QuerySyntaxError]]:
        """The searches of which nothing can be found, now that all are there."""
        for one in self._store.saved_searches.list():
            if name_key(one.name) not in asked:
                continue
            try:
                self._searching.check(one.query, one.name)
            except QuerySyntaxError as error:
                yield one.name, error

    # Sets

    def _marks(self, wanted: Wanted, accumulate: bool) -> Iterator[SetChange]:
        marks = self._store.marks
        for mark in MARKS:
            there, asked = marks.packed(mark).ids(), _ascending(wanted.marks.get(mark))
            put = _done(partial(marks.put, mark), asked, there)
            yield SetChange(mark, True, put).as_mark()
            if not accumulate:
                taken = _done(partial(marks.take, mark), there, asked)
                yield SetChange(mark, False, taken).as_mark()

    def _tags(self, wanted: Wanted, accumulate: bool) -> Iterator[SetChange]:
        tags = self._store.tags
        there = {look.name for look in self._store.tag_looks.list()}
        for name in sorted(wanted.tags if accumulate else wanted.tags.keys() | there):
            have, asked = tags.packed(name).ids(), _ascending(wanted.tags.get(name))
            yield SetChange(name, True, _done(partial(tags.put, name), asked, have))
            if not accumulate:
                yield SetChange(name, False, _done(partial(tags.take, name), have, asked))

    # Rows

    def _notes(self, asked: Sequence[Note], accumulate: bool) -> Iterator[RowChange]:
        store = self._store
        there = {_known(one): one for one in store.notes.get_many(_ids(store))}
        free = store.row_changes.free_id(Kept.NOTE)
        kept = set()
        # A note may be told twice: dumps are put together, and two articles may be one here.
        for key, note in {_known(one): one for one in asked}.items():
            known = there.get(key)
            if known is None:
                yield note_change(replace(note, id=NoteId(free)))
                free += 1
                continue
            kept.add(known.id)
            if known.changed < note.changed or not accumulate:
                yield note_change(replace(note, id=known.id))
        if not accumulate:
            gone = (one.id for one in there.values() if one.id not in kept)
            yield from (RowChange(Kept.NOTE, one, None) for one in gone)

    def _looks(self, asked: Mapping[str, TagLook], accumulate: bool) -> Iterator[RowChange]:
        there = {one.name: one for one in self._store.tag_looks.list() if one.colour or one.key}
        yield from map(look_change, asked.values())
        letters = {one.key for one in asked.values() if one.key}
        for name, look in there.items():
            if name in asked:
                continue
            if not accumulate:
                yield RowChange(Kept.TAG, name, None)
            elif look.key in letters:
                # A letter sets one tag.
                yield look_change(replace(look, key=""))

    def _searches(self, asked: Mapping[str, SavedSearch], accumulate: bool) -> Iterator[RowChange]:
        there = {name_key(one.name): one for one in self._store.saved_searches.list()}
        free = self._store.row_changes.free_id(Kept.SEARCH)
        kept = dict(there) if accumulate else {}
        for key, search in asked.items():
            if key in kept:
                continue
            known = there.get(key)
            kept[key] = replace(search, id=known.id if known else SavedId(free))
            free += known is None
        by_name = {one.name: one for one in kept.values()}
        for place, name in enumerate(arranged([*by_name])):
            yield search_change(replace(by_name[name], place=place))
        gone = (one.id for key, one in there.items() if key not in kept)
        yield from (RowChange(Kept.SEARCH, one, None) for one in gone)


def _ascending(ids: array[int] | None) -> array[int]:
    return array("q", sorted(ids or ()))


def _done(
    change: Callable[[array[int]], array[int]], ids: array[int], others: array[int]
) -> array[int]:
    """Change those of `ids` that are not among `others`, both ascending, some at a time; those
    that were changed."""
    found = array("q", (one for one in ids if not _is_among(one, others)))
    changed = array("q")
    for start in range(0, len(found), _AT_ONCE):
        changed += change(found[start : start + _AT_ONCE])
    return changed


def _is_among(one: int, ids: array[int]) -> bool:
    at = bisect_left(ids, one)
    return at < len(ids) and ids[at] == one


def _with_commands_off(
    asked: Mapping[str, SavedSearch], there: Sequence[SavedSearch]
) -> tuple[dict[str, SavedSearch], tuple[str, ...]]:
    """The same, with rules that start a command switched off unless they are here just so: a dump
    may come from elsewhere. And the names of these."""
    known = {(one.name, one.query, one.deeds) for one in there if one.active}
    off = {
        key: replace(one, active=False)
        for key, one in asked.items()
        if one.deeds.notify and one.active and (one.name, one.query, one.deeds) not in known
    }
    return {**asked, **off}, tuple(one.name for one in off.values())


def _known(note: Note) -> tuple[object, ...]:
    """What makes a note the same one in two libraries."""
    return note.article_id, note.anchor.start, note.anchor.end, note.anchor.quote, note.made


def _ids(store: Store) -> list[NoteId]:
    return [note_id for _, note_id, _ in store.notes.newest()]
