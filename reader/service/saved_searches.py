"""Saved searches: named, put in order, counted, and made rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import QuerySyntaxError
from reader.errors import (
    DeedsError,
    SavedNameError,
    SavedSearchExistsError,
    SavedSearchNotFoundError,
    SearchUnavailableError,
)
from reader.kept import Deeds, SavedCount, SavedSearch
from reader.model import Mark
from reader.nearest import called, nearest
from reader.service.notifying import command_of
from reader.service.retagging import retagged_query
from reader.service.saved_names import (
    NameProblem,
    arranged,
    is_below,
    moved,
    name_key,
    saved_name,
)
from reader.store import tag_name
from reader.store.saved_searches import NEW

if TYPE_CHECKING:
    from reader.service.searching import Searching
    from reader.store import Store

OPPOSITE = {
    Mark.READ: Mark.UNREAD,
    Mark.STARRED: Mark.UNSTARRED,
    Mark.ARCHIVED: Mark.UNARCHIVED,
}


class SavedSearches:
    """What the reader asks again and again. Each change is one event.

    Names are compared without case. Their levels are separated by slashes, and what has the
    first ones in common stands together.
    """

    def __init__(self, store: Store, searching: Searching) -> None:
        self._store = store
        self._searching = searching

    def list(self) -> tuple[SavedSearch, ...]:
        """All of them, in order."""
        return self._store.saved_searches.list()

    def get(self, name: str) -> SavedSearch:
        """Raises SavedSearchNotFoundError."""
        return _the(self.list(), name)

    def add(self, name: str, query: str) -> SavedSearch:
        """Save a query, behind the others. Raises QuerySyntaxError, SavedNameError and
        SavedSearchExistsError."""
        name = saved_name(name)
        self._searching.check(query, name)
        with self._store.transaction():
            there = self.list()
            _refuse_taken(there, name)
            self._set(f"saved {name}", [*there, SavedSearch(NEW, name, query.strip(), len(there))])
            return self.get(name)

    def set_query(self, name: str, query: str) -> SavedSearch:
        """Let it ask something else. Raises QuerySyntaxError and SavedSearchNotFoundError."""
        self._searching.check(query, self.get(name).name)
        return self._change(name, "changed the query of {}", query=query.strip())

    def set_deeds(self, name: str, deeds: Deeds) -> SavedSearch:
        """Make it a rule that does this to what arrives from now on; none: no rule any more.

        Raises SavedSearchNotFoundError, TagNameError and DeedsError.
        """
        what = "made {} no rule"
        if deeds:
            what = "changed the rule {}" if self.get(name).deeds else "made {} a rule"
        return self._change(name, what, deeds=checked(deeds))

    def set_active(self, name: str, active: bool) -> SavedSearch:
        """Let a rule run on what arrives, or rest. Raises SavedSearchNotFoundError."""
        return self._change(name, "let {} run" if active else "let {} rest", active=active)

    def rename(self, name: str, new: str) -> tuple[SavedSearch, ...]:
        """Call a search otherwise; the name of a folder does so for all in it. Those that were
        renamed, as they are then.

        Raises SavedSearchNotFoundError, SavedNameError and SavedSearchExistsError.
        """
        new = saved_name(new)
        with self._store.transaction():
            there = self.list()
            named = [one for one in there if is_below(one.name, name)]
            if not named:
                raise _not_found(there, name)
            if name_key(new) != name_key(name) and is_below(new, name) and _is_folder(named, name):
                raise SavedNameError(new, NameProblem.INSIDE)
            depth = len(name_key(name).split("/"))
            others = [one for one in there if one not in named]
            after = {one.id: saved_name(_renamed(one.name, new, depth)) for one in named}
            for one in after.values():
                _refuse_taken(others, one)
            keys = [name_key(one.name) for one in there]
            now = {name_key(one.name): after[one.id] for one in named} | {name_key(name): new}
            self._set(
                f"renamed {_called(named, name)} to {new}",
                [
                    replace(
                        one,
                        name=after.get(one.id, one.name),
                        query=_asking_for(one.query, keys, now),
                    )
                    for one in there
                ],
            )
            return tuple(one for one in self.list() if one.id in after)

    def move(self, name: str, place: int) -> None:
        """Put a search, or the folder called so, at the place of another one, counted from 0.

        Where the two are in different folders these change places. Raises
        SavedSearchNotFoundError.
        """
        with self._store.transaction():
            there = self.list()
            named = [one for one in there if is_below(one.name, name)]
            if not named:
                raise _not_found(there, name)
            by_name = {one.name: one for one in there}
            order = moved(tuple(by_name), name, place)
            self._set(f"moved {_called(named, name)}", [by_name[one] for one in order])

    def remove(self, name: str) -> SavedSearch:
        """Forget a search, which is returned; what a rule did stays. Raises
        SavedSearchNotFoundError."""
        with self._store.transaction():
            there = self.list()
            gone = _the(there, name)
            self._set(f"removed {gone.name}", [one for one in there if one != gone])
            return gone

    def needs_index(self, saved: SavedSearch) -> bool:
        """Whether what answers depends on what has been indexed."""
        try:
            return self._searching.needs_index(saved.query)
        except QuerySyntaxError:
            return False

    def counts(self, explain: Callable[[Exception], str] = str) -> tuple[SavedCount, ...]:
        """How much answers each; `explain` words what is wrong with a query."""
        return tuple(self.count(one, explain) for one in self.list())

    def count(self, saved: SavedSearch, explain: Callable[[Exception], str] = str) -> SavedCount:
        """How much answers one."""
        try:
            total, unread = self._searching.count(saved.query)
        except (QuerySyntaxError, SearchUnavailableError) as error:
            return SavedCount(saved, problem=explain(error))
        return SavedCount(saved, total, unread)

    def _change(self, name: str, what: str, **fields: object) -> SavedSearch:
        with self._store.transaction():
            there = self.list()
            before = _the(there, name)
            after = replace(before, **fields)  # type: ignore[arg-type]
            self._set(what.format(before.name), [after if one == before else one for one in there])
            return after

    def _set(self, detail: str, wanted: Sequence[SavedSearch]) -> None:
        by_name = {one.name: one for one in wanted}
        self._store.saved_searches.set_all(detail, [by_name[one] for one in arranged([*by_name])])


def checked(deeds: Deeds) -> Deeds:
    """The same with tags as they are kept, each once. Raises TagNameError and DeedsError."""
    add = tuple(dict.fromkeys(map(tag_name, deeds.add)))
    remove = tuple(dict.fromkeys(map(tag_name, deeds.remove)))
    for name in add:
        if name in remove:
            raise DeedsError(name, "the tag is to be added and removed at once")
    marks = tuple(dict.fromkeys(map(_mark, deeds.marks)))
    for kept, opposite in OPPOSITE.items():
        if kept in marks and opposite in marks:
            raise DeedsError(opposite, f"it is to be {kept} at the same time")
    notify = deeds.notify.strip()
    if notify:
        command_of(notify)
    return Deeds(add, remove, marks, notify)


def _mark(word: str) -> Mark:
    try:
        return Mark(word)
    except ValueError:
        raise DeedsError(word, f"no mark is called so; there are {', '.join(Mark)}") from None


def _the(there: Sequence[SavedSearch], name: str) -> SavedSearch:
    by_key = {name_key(one.name): one for one in there}
    if found := called(name_key(name), by_key):
        return by_key[found]
    raise _not_found(there, name)


def _not_found(there: Sequence[SavedSearch], name: str) -> SavedSearchNotFoundError:
    return SavedSearchNotFoundError(name, nearest(name_key(name), (one.name for one in there)))


def _refuse_taken(there: Sequence[SavedSearch], name: str) -> None:
    if any(name_key(one.name) == name_key(name) for one in there):
        raise SavedSearchExistsError(name)


def _renamed(name: str, new: str, depth: int) -> str:
    return "/".join([new, *name.split("/")[depth:]])


def _asking_for(query: str, keys: Sequence[str], names: Mapping[str, str]) -> str:
    """A query that asks for saved searches, of which there were these, by their names of now."""

    def moved(name: str) -> str | None:
        key = name_key(name)
        return names.get(called(key, keys) or key)

    return retagged_query(query, moved, ("saved", "rule"))


def _is_folder(named: Sequence[SavedSearch], name: str) -> bool:
    """Whether anything lies below a name."""
    return any(name_key(one.name) != name_key(name) for one in named)


def _called(named: Sequence[SavedSearch], name: str) -> str:
    """One search by its own name, a folder as it was written."""
    return named[0].name if len(named) == 1 else name
