"""Saved searches: queries with a name, some of which are rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from reader.kept import Deeds, SavedId, SavedSearch
from reader.model import EventKind
from reader.store.database import Database, Row
from reader.store.row_changes import Fields, Kept, RowChange, RowChanges

NEW = SavedId(0)
"""The id of a search that is still to be saved."""


class SavedSearches:
    """The saved searches of the library, in the order that the reader gave them."""

    def __init__(self, database: Database, changes: RowChanges) -> None:
        self._database = database
        self._changes = changes

    def list(self) -> tuple[SavedSearch, ...]:
        """All of them, in order."""
        rows = self._database.rows(
            "SELECT id, name, query, place, deeds, active FROM saved_search ORDER BY place, name"
        )
        return tuple(map(_search, rows))

    def set_all(self, detail: str, wanted: Sequence[SavedSearch]) -> bool:
        """Let there be these, in this order, and no others: one event, which `detail` tells.
        Whether anything differs now.

        Those with the id `NEW` get one that none had before. Names are told apart as they are
        written, and no two may be the same.
        """
        with self._database.transaction():
            free = self._changes.free_id(Kept.SEARCH)
            kept = []
            for place, one in enumerate(wanted):
                kept.append(replace(one, place=place, id=one.id or SavedId(free)))
                free += not one.id
            there = {one.id for one in kept}
            gone = [one.id for one in self.list() if one.id not in there]
            changes = [RowChange(Kept.SEARCH, one, None) for one in gone]
            changes += map(search_change, kept)
            return bool(self._changes.make(EventKind.SEARCH, detail, changes))


def search_change(search: SavedSearch) -> RowChange:
    """What makes the row of a saved search what it is."""
    return RowChange(Kept.SEARCH, search.id, _fields(search))


def _search(row: Row) -> SavedSearch:
    saved_id, name, query, place, deeds, active = row
    return SavedSearch(SavedId(saved_id), name, query, place, _deeds(deeds), bool(active))


def _deeds(kept: str) -> Deeds:
    told = json.loads(kept) if kept else {}
    add, remove, marks = (tuple(told.get(one, ())) for one in ("add", "remove", "marks"))
    return Deeds(add, remove, marks, told.get("notify", ""))


def _fields(search: SavedSearch) -> Fields:
    deeds = search.deeds
    told = {
        "add": deeds.add,
        "remove": deeds.remove,
        "marks": deeds.marks,
        "notify": deeds.notify,
    }
    return {
        "name": search.name,
        "query": search.query,
        "place": search.place,
        "deeds": json.dumps({key: value for key, value in told.items() if value}) if deeds else "",
        "active": int(search.active),
    }
