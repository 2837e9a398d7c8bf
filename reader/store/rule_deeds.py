"""What rules did to articles as they came in."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from reader.kept import RuleDeed, SavedId, SavedSearch
from reader.store.database import Database, json_ids
from reader.store.times import from_seconds, to_seconds


class RuleDeeds:
    """The record of it: it stands beside the log of changes, which holds what a person did."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(self, rule: SavedSearch, deed: str, ids: Iterable[int]) -> None:
        """Record what a rule did to articles in the running transaction; "" is nothing."""
        self._database.run(
            "INSERT OR IGNORE INTO rule_deed (article_id, saved_id, rule, deed, at)"
            " SELECT value, ?, ?, ?, ? FROM json_each(?)",
            (rule.id, rule.name, deed, to_seconds(self._clock()), json_ids(ids)),
        )

    def of_article(self, article_id: int) -> tuple[RuleDeed, ...]:
        """What was done to an article, oldest first."""
        rows = self._database.rows(
            "SELECT saved_id, rule, deed, at FROM rule_deed WHERE article_id = ?"
            " ORDER BY at, saved_id, deed",
            (article_id,),
        )
        return tuple(
            RuleDeed(SavedId(saved_id), rule, deed, from_seconds(at))
            for saved_id, rule, deed, at in rows
        )

    def of_rule(self, saved_id: SavedId) -> Mapping[str, array[int]]:
        """Under each deed of a rule the articles, ascending; "" stands for all it looked at and
        left as they were."""
        deeds = [
            deed
            for (deed,) in self._database.rows(
                "SELECT DISTINCT deed FROM rule_deed WHERE saved_id = ?", (saved_id,)
            )
        ]
        return {deed: self._ids(saved_id, deed) for deed in deeds}

    def _ids(self, saved_id: SavedId, deed: str) -> array[int]:
        return self._database.ids(
            "SELECT article_id FROM rule_deed WHERE saved_id = ? AND deed = ? ORDER BY article_id",
            (saved_id, deed),
        )
