"""The places where an article was found, and what another reader knew of it there."""

from __future__ import annotations

from typing import NamedTuple

from index.analysis import fold
from reader.model import ArticleId, Draft, Mark, Tagged
from reader.store.database import Database
from reader.store.deciding import Verdict
from reader.store.marks import Marks
from reader.store.tag_names import fit_tag
from reader.store.tags import Tags

_STATES = (Mark.READ, Mark.STARRED, Mark.ARCHIVED)

_OWN = """
SELECT a.identity, b.origin, a.source_id, b.url
FROM article a CROSS JOIN body b ON b.article_id = a.id WHERE a.id = ?
"""


class _Place(NamedTuple):
    origin: str
    source_id: int
    url: str


class Places:
    """Where articles were found. The place an article has come from is not another one."""

    def __init__(self, database: Database, tags: Tags, marks: Marks) -> None:
        self._database = database
        self._tags = tags
        self._marks = marks

    def meet(self, article_id: ArticleId, draft: Draft, verdict: Verdict, now: int) -> None:
        """Remember the place of a draft whose article is here already, once. Of what a feed
        tells the feed is the place, whatever entries it had at a time.
        """
        identity, *rest = self._database.rows(_OWN, (article_id,))[0]
        own = _Place(*rest)
        # The name of a source may have changed since: it is in the identity as it was.
        is_own = identity == verdict.identity and bool(draft.guid or draft.url)
        source = own.source_id if is_own else source_id(self._database, verdict.source)
        place = _Place(draft.origin, source, draft.url)
        if self._is_elsewhere(article_id, own, place, is_of_feed=verdict.feed is not None):
            self._database.run(
                "INSERT OR IGNORE INTO duplicate (article_id, origin, source_id, url, seen_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (article_id, *place, now),
            )

    def take_over(self, article_id: ArticleId, draft: Draft | Tagged) -> bool:
        """Tag and mark an article as another reader had it; whether that changed it. Nothing is
        taken away, and what was taken over once, from whatever file, is not done again: the
        reader may have undone it."""
        is_changed = False
        for tag in filter(None, map(fit_tag, draft.tags)):
            if self._is_first(article_id, f"+{tag}"):
                is_changed |= bool(self._tags.put(tag, (article_id,)))
        for mark in _STATES:
            if mark in draft.marks and self._is_first(article_id, mark):
                is_changed |= bool(self._marks.put(mark, (article_id,)))
        return is_changed

    def _is_first(self, article_id: ArticleId, name: str) -> bool:
        key = (article_id, name)
        if self._database.row("SELECT 1 FROM taken_over WHERE article_id = ? AND name = ?", key):
            return False
        self._database.run("INSERT INTO taken_over (article_id, name) VALUES (?, ?)", key)
        return True

    def _is_elsewhere(
        self, article_id: ArticleId, own: _Place, place: _Place, *, is_of_feed: bool
    ) -> bool:
        if not is_of_feed:
            return place != own
        return place.source_id != own.source_id and not self._database.row(
            "SELECT 1 FROM duplicate WHERE article_id = ? AND source_id = ?",
            (article_id, place.source_id),
        )


def source_id(database: Database, name: str) -> int:
    """The source of a name, made where there is none."""
    known = database.row("SELECT id FROM source WHERE name = ?", (name,))
    if known is not None:
        return int(known[0])
    return database.run("INSERT INTO source (name, sort_key) VALUES (?, ?)", (name, fold(name)))
