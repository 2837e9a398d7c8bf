"""What the reader corrects of entities: made, logged, undone and redone."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from index.analysis import fold
from reader.model import EventKind
from reader.store.database import Database, json_ids
from reader.store.event_rows import NewEvent, insert_event
from reader.store.naming_rows import NamingRows
from reader.store.queueing import queue
from reader.store.roots import Roots
from reader.store.rows import kept_strings
from reader.store.times import to_seconds
from reader.store.together import Togethers

AT_ONCE = 500
"""Articles to which a rule is applied as soon as it is made; the others wait."""


class Rule(StrEnum):
    """What a change is about, with the key that tells it and the value it has.

    FIELDS: [entity] -> an object of some of `reader_name`, `reader_kind` and `ignored`.
    MERGE: [entity, a root] -> the entity it is part of, a root, or null.
    SPLIT: [entity, folded form, form, key of an alias] -> the entity that bears this name, or null
    for none.
    MENTION: [article, form, place, times, context] -> [entity], [null] for nothing, or null where
    it is not said.

    The last of SPLIT and the last two of MENTION are not there in events of libraries of version 4.
    """

    FIELDS = "fields"
    MERGE = "merge"
    SPLIT = "split"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One value that is another one now."""

    rule: Rule
    key: tuple[Any, ...]
    before: Any
    after: Any


class EntityChanges:
    """Changes of entities, each correction one event. Undoing sets what it was about."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._naming = NamingRows(database)
        self._roots = Roots(database)
        self._togethers = Togethers(database)

    def make(self, detail: str, changes: Sequence[EntityChange]) -> None:
        """Set what `changes` say, and log what differs. A change of nothing is no event."""
        changes = [one for one in changes if one.before != one.after]
        if not changes:
            return
        with self._database.transaction():
            changed = self._set([(one.rule, one.key, one.after) for one in changes])
            new = NewEvent(to_seconds(self._clock()), EventKind.ENTITY, detail, changed)
            event_id = insert_event(self._database, new)
            self._database.run_many(
                "INSERT INTO event_entity (event_id, place, rule, key, before, after)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (event_id, place, one.rule, *map(_json, (one.key, one.before, one.after)))
                    for place, one in enumerate(changes)
                ],
            )

    def waiting(self) -> int:
        """To how many articles rules are still to be applied."""
        return self._naming.waiting()

    def apply_waiting(self, limit: int) -> int:
        """Apply the rules to some of these; how many still wait."""
        with self._database.transaction():
            self._naming.apply_waiting(limit)
            return self._naming.waiting()

    def restore(self, event_id: int, *, forward: bool) -> None:
        """Do the change of an event again, or take it back."""
        column, order = ("after", "ASC") if forward else ("before", "DESC")
        rows = self._database.rows(
            f"SELECT rule, key, {column} FROM event_entity"  # noqa: S608
            f" WHERE event_id = ? ORDER BY place {order}",
            (event_id,),
        )
        self._set([(Rule(rule), json.loads(key), json.loads(value)) for rule, key, value in rows])

    def _set(self, values: Sequence[tuple[Rule, Sequence[Any], Any]]) -> int:
        """Set values; how many articles they concern."""
        articles: set[int] = set()
        splits = [key for rule, key, _ in values if rule is Rule.SPLIT]
        bearers = self._bearers(splits)
        for rule, key, value in values:
            match rule:
                case Rule.FIELDS:
                    articles |= self._set_fields(key[0], value)
                case Rule.MERGE:
                    articles |= self._set_merged(key[0], value)
                case Rule.SPLIT:
                    self._set_split(*key, to=value)
                case _:
                    articles |= self._set_mention(*key, value=value)
        if splits:
            articles |= self._apply_splits(splits, bearers | self._bearers(splits))
        return len(articles)

    def _set_fields(self, entity_id: int, fields: dict[str, Any]) -> set[int]:
        for name, value in fields.items():
            # The names are those of columns, never what someone wrote.
            self._database.run(
                f"UPDATE entity SET {name} = ? WHERE id = ?",  # noqa: S608
                (value, entity_id),
            )
        articles = self._articles([entity_id])
        if "ignored" in fields:
            queue(self._database, articles)
        return articles

    def _set_merged(self, entity_id: int, into: int | None) -> set[int]:
        members = self._roots.members([entity_id])
        if into is None:
            other = self._roots.root(entity_id)
            self._write_merged(entity_id, None, members)
            self._togethers.part(entity_id, other)
            articles = self._articles([entity_id])
        else:
            articles = self._articles([entity_id])
            self._togethers.join(entity_id, into)
            self._write_merged(entity_id, into, [*members, into])
            self._togethers.table([into])
        queue(self._database, sorted(articles))
        return articles

    def _write_merged(self, entity_id: int, into: int | None, members: Collection[int]) -> None:
        self._database.run("UPDATE entity SET merged_into = ? WHERE id = ?", (into, entity_id))
        self._roots.settle(members)
        self._roots.count_again(members)

    def _set_split(
        self, entity_id: int, form_key: str, form: str, alias_key: str = "", *, to: int | None
    ) -> None:
        self._database.run(
            "DELETE FROM entity_split WHERE entity_id = ? AND form_key = ?", (entity_id, form_key)
        )
        if to is not None:
            self._database.run(
                "INSERT INTO entity_split (entity_id, form_key, form, alias_key, to_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (entity_id, form_key, form, alias_key, to),
            )

    def _set_mention(
        self,
        article_id: int,
        form: str,
        place: int,
        times: int = 0,
        context: str = "",
        *,
        value: Any,
    ) -> set[int]:
        self._database.run(
            "DELETE FROM mention_override"
            " WHERE article_id = ? AND form = ? AND place = ? AND context = ?",
            (article_id, form, place, context),
        )
        if value is not None:
            self._database.run(
                "INSERT INTO mention_override (article_id, form, place, times, context, to_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (article_id, form, place, times, context, value[0]),
            )
        self._naming.apply_rules([article_id])
        return {article_id}

    def _bearers(self, splits: Sequence[Sequence[Any]]) -> set[int]:
        """The entities between which names go."""
        told = {entity_id for entity_id, *_ in splits}
        return told | set(
            self._database.ids(
                "SELECT to_id FROM entity_split"
                " WHERE entity_id IN (SELECT value FROM json_each(?))",
                (json_ids(told),),
            )
        )

    def _apply_splits(self, splits: Sequence[Sequence[Any]], bearers: Collection[int]) -> set[int]:
        """Apply rules to the articles that have these forms of these entities."""
        keys = {form_key for _, form_key, *_ in splits}
        rows = self._database.rows(
            "SELECT DISTINCT text FROM form WHERE entity_id IN (SELECT value FROM json_each(?))",
            (json_ids(bearers),),
        )
        forms = [text for (text,) in rows if fold(text) in keys]
        ids = self._database.ids(
            "SELECT DISTINCT x.article_id FROM article_entity x"
            " CROSS JOIN body b ON b.article_id = x.article_id"
            " WHERE x.entity_id IN (SELECT value FROM json_each(?))"
            " AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(b.text, value))"
            " ORDER BY x.article_id DESC",
            (json_ids(bearers), kept_strings(forms)),
        )
        self._naming.apply_rules(ids[:AT_ONCE])
        self._naming.let_wait(ids[AT_ONCE:])
        return set(ids)

    def _articles(self, entity_ids: Collection[int]) -> set[int]:
        """The articles that name what is part of one of these."""
        return set(
            self._database.ids(
                "SELECT article_id FROM article_entity"
                " WHERE entity_id IN (SELECT value FROM json_each(?))",
                (json_ids(self._roots.members(entity_ids)),),
            )
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
