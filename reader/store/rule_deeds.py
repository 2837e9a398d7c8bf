"""What rules did to articles as they came in."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from reader.kept import RuleDeed, SavedId, SavedSearch
from reader.model import Mark
from reader.store.database import Database, json_ids
from reader.store.event_rows import logged_ids
from reader.store.marks import kept_mark
from reader.store.sets import MARK_SIGN
from reader.store.times import from_seconds, to_seconds


class RuleDeeds:
    """The record of it: it stands beside the log of changes, which holds what a person did."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(self, rule: SavedSearch, deed: str, ids: Iterable[int]) -> None:
        """Record what a rule did to articles in the running transaction; "" is nothing."""
        self._database.run(
            "INSERT OR IGNORE INTO rule_deed (article_id, saved_id, rule, deed, at, since)"
            " SELECT value, ?, ?, ?, ?,"
            " coalesce((SELECT id FROM event WHERE state = 'done' ORDER BY place DESC LIMIT 1), 0)"
            " FROM json_each(?)",
            (rule.id, rule.name, deed, to_seconds(self._clock()), json_ids(ids)),
        )

    def of_article(self, article_id: int) -> tuple[RuleDeed, ...]:
        """What was done to an article, oldest first."""
        rows = self._database.rows(
            "SELECT saved_id, rule, deed, rule_deed.at, state IS 'done'"
            " FROM rule_deed LEFT JOIN event ON event.id = back WHERE article_id = ?"
            " ORDER BY rule_deed.at, saved_id, deed",
            (article_id,),
        )
        return tuple(
            RuleDeed(SavedId(saved_id), rule, deed, from_seconds(at), bool(taken_back))
            for saved_id, rule, deed, at, taken_back in rows
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

    def acted_on(self, saved_ids: Sequence[SavedId]) -> array[int]:
        """The articles that one of some rules did something to, ascending."""
        return self._database.ids(
            "SELECT DISTINCT article_id FROM rule_deed WHERE deed <> ''"
            " AND saved_id IN (SELECT value FROM json_each(?)) ORDER BY article_id",
            (json_ids(saved_ids),),
        )

    def standing(self, saved_id: SavedId) -> Mapping[str, array[int]]:
        """Under each deed of a rule the articles, ascending, where it has not been taken back,
        and where no later change of the reader was about the same tag or mark."""
        rows = self._database.rows(
            "SELECT deed, article_id, coalesce(last.place, 0) FROM rule_deed"
            " LEFT JOIN event ON event.id = back LEFT JOIN event last ON last.id = since"
            " WHERE saved_id = ? AND deed != '' AND event.state IS NOT 'done' ORDER BY article_id",
            (saved_id,),
        )
        done: dict[str, dict[int, int]] = {}
        for deed, article_id, since in rows:
            done.setdefault(deed, {})[article_id] = since
        standing = {}
        for deed, articles in done.items():
            last = self._last_changes(deed, min(articles.values()))
            standing[deed] = array(
                "q", (one for one, since in articles.items() if last.get(one, 0) <= since)
            )
        return standing

    def took_back(self, saved_id: SavedId, deed: str, ids: Iterable[int], event_id: int) -> None:
        """Record in the running transaction that an event took back a deed on articles."""
        self._database.run(
            "UPDATE rule_deed SET back = ? WHERE saved_id = ? AND deed = ?"
            " AND article_id IN (SELECT value FROM json_each(?))",
            (event_id, saved_id, deed, json_ids(ids)),
        )

    def _last_changes(self, deed: str, since: int) -> dict[int, int]:
        """The place of the last event behind `since` that set the tag or mark of a deed, by
        article."""
        if deed[0] in "+-":
            is_same = "name = ? AND kind != 'mark'"
            names: tuple[str, ...] = (deed[1:],)
        else:
            name = kept_mark(Mark(deed))
            is_same = "(name = ? AND kind = 'mark' OR name = ?)"
            names = (name, MARK_SIGN + name)
        rows = self._database.rows(
            "SELECT place, ids"  # noqa: S608
            " FROM event_change JOIN event ON event.id = event_id"
            f" WHERE place > ? AND state = 'done' AND {is_same} ORDER BY place",
            (since, *names),
        )
        return {one: place for place, packed in rows for one in logged_ids(self._database, packed)}

    def _ids(self, saved_id: SavedId, deed: str) -> array[int]:
        return self._database.ids(
            "SELECT article_id FROM rule_deed WHERE saved_id = ? AND deed = ? ORDER BY article_id",
            (saved_id, deed),
        )
