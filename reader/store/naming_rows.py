"""Writing the mentions of articles, and all that is counted of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reader.model import Named, StoredEntity
from reader.sentences import sentences
from reader.store.database import Database, json_ids
from reader.store.finding import EntityFinder
from reader.store.naming import Kept, Naming, pack
from reader.store.queueing import queue
from reader.store.roots import Roots
from reader.store.rules import read_rules, told_of
from reader.store.spelling import spell_names
from reader.store.tally import Tally
from reader.store.together import Togethers, unpacked


class NamingRows:
    """Packed mentions of articles, each change in the running transaction. What is counted of
    them is brought up to date with one write per table for all articles of a call."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._finder = EntityFinder(database)
        self._roots = Roots(database)
        self._togethers = Togethers(database)

    def replace(self, batch: Sequence[Named]) -> set[int]:
        """Put what was found in place of all mentions of each article, and let the index hear
        of it; the articles that had the text it was found in."""
        named = self._fitting(batch)
        texts = self._texts(named)
        entities = [entity for one in named.values() for entity in one.entities]
        found = self._finder.find_or_add(entities)
        ids = iter(found)
        self._put_told({one: _told(named[one].entities, ids) for one in named}, texts)
        spell_names(self._database, set(found))
        self._database.run_many(
            "UPDATE article SET recogniser = ? WHERE id = ?",
            [(one.recogniser, one.article_id) for one in named.values()],
        )
        queue(self._database, named)
        return set(named)

    def forget(self, article_id: int) -> None:
        """Drop what was found in an article, before it has another text."""
        before = self._packed([article_id])
        if before:
            self._put({article_id: b""}, before, self._texts(before))
            self._stop_waiting(before)

    def apply_rules(self, article_ids: Collection[int]) -> None:
        """Let the rules of the reader, which are others now, make of what was told in these
        articles what they say."""
        told: dict[int, list[Kept]] = {one: [] for one in article_ids}
        packed = self._packed(article_ids)
        for article_id, naming in zip(packed, self._unpacked(packed.values()), strict=True):
            told[article_id] = told_of(naming.mentions())
        self._put_told(told, self._texts(told))
        queue(self._database, article_ids)

    def let_wait(self, article_ids: Iterable[int]) -> None:
        """Let the rules of the reader be applied to these articles later."""
        self._database.run_many(
            "INSERT OR IGNORE INTO rule_waiting (article_id) VALUES (?)",
            [(one,) for one in article_ids],
        )

    def waiting(self) -> int:
        """To how many articles the rules are still to be applied."""
        return int(self._database.value("SELECT count(*) FROM rule_waiting"))

    def apply_waiting(self, limit: int) -> None:
        """Apply the rules to those that came last of the articles that wait."""
        self.apply_rules(
            self._database.ids(
                "SELECT article_id FROM rule_waiting ORDER BY article_id DESC LIMIT ?", (limit,)
            )
        )

    def _stop_waiting(self, article_ids: Iterable[int]) -> None:
        self._database.run_many(
            "DELETE FROM rule_waiting WHERE article_id = ?", [(one,) for one in article_ids]
        )

    def count_again(self) -> None:
        """Count anew all that is counted of mentions, and let the index hear of it."""
        for table in ("article_entity", "form", "together"):
            self._database.run(f"DELETE FROM {table}")  # noqa: S608
        self._database.run("UPDATE entity SET articles = 0, mentions = 0, is_tabled = 0")
        ids = self._database.ids("SELECT article_id FROM naming ORDER BY article_id")
        for start in range(0, len(ids), _SOME):
            packed = self._packed(ids[start : start + _SOME])
            self._put(packed, {}, self._texts(packed))
        queue(self._database, ids)

    def _put_told(self, told: Mapping[int, Sequence[Kept]], texts: Mapping[int, str]) -> None:
        rules = read_rules(self._database, told)
        after = {
            article_id: _packed(
                texts[article_id], rules.apply(article_id, texts[article_id], found)
            )
            for article_id, found in told.items()
        }
        self._put(after, self._packed(told), texts)
        self._stop_waiting(told)

    def _put(
        self, after: Mapping[int, bytes], before: Mapping[int, bytes], texts: Mapping[int, str]
    ) -> None:
        """Write packed mentions in place of those before, and the difference they make."""
        signed = [(-1, *one) for one in before.items()] + [
            (1, *one) for one in after.items() if one[1]
        ]
        namings = list(self._unpacked(packed for _, _, packed in signed))
        ids = {one for naming in namings for one in naming.ids}
        roots = self._roots.of(ids)
        counted = {roots.get(one, one) for one in ids}
        tally = Tally(roots, self._togethers.tabled(counted))
        for (sign, article_id, _), naming in zip(signed, namings, strict=True):
            tally.add(article_id, texts[article_id], naming, sign)
        self._database.run_many(
            "DELETE FROM naming WHERE article_id = ?", [(one,) for one in before if not after[one]]
        )
        self._database.run_many(
            "INSERT OR REPLACE INTO naming (article_id, mentions) VALUES (?, ?)",
            [one for one in after.items() if one[1]],
        )
        tally.write(self._database, self._togethers)
        self._togethers.table(counted)

    def _unpacked(self, packed: Iterable[bytes]) -> Iterator[Naming]:
        return unpacked(self._database, packed)

    def _packed(self, article_ids: Collection[int]) -> dict[int, bytes]:
        return dict(
            self._database.rows(
                "SELECT article_id, mentions FROM naming"
                " WHERE article_id IN (SELECT value FROM json_each(?))",
                (json_ids(article_ids),),
            )
        )

    def _texts(self, article_ids: Collection[int]) -> dict[int, str]:
        return dict(
            self._database.rows(
                "SELECT article_id, text FROM body"
                " WHERE article_id IN (SELECT value FROM json_each(?))",
                (json_ids(article_ids),),
            )
        )

    def _fitting(self, batch: Sequence[Named]) -> dict[int, Named]:
        """The last of the batch for each article whose text it was found in."""
        named = {int(one.article_id): one for one in batch}
        versions = self._database.rows(
            "SELECT id, version FROM article WHERE id IN (SELECT value FROM json_each(?))",
            (json_ids(named),),
        )
        return {
            article_id: named[article_id]
            for article_id, version in versions
            if named[article_id].version in (None, version)
        }


_SOME = 1000
"""Articles that are counted at once."""


def _told(entities: Iterable[StoredEntity], ids: Iterator[int]) -> list[Kept]:
    """The mentions of one article in order; of two in one place the first counts."""
    places: dict[tuple[int, int], Kept] = {}
    for entity in entities:
        entity_id = next(ids)
        for one in entity.mentions:
            kept = Kept(one.start, one.end, entity_id, round(one.confidence * 100), entity_id)
            places.setdefault((one.start, one.end), kept)
    return sorted(places.values())


def _packed(text: str, kept: Sequence[Kept]) -> bytes:
    return pack(kept, [start for start, _ in sentences(text)]) if kept else b""
