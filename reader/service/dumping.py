"""Everything the reader made as lines of text: one fact each, in an order that stays."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reader.kept import Note
from reader.model import ArticleId
from reader.service.correction_lines import correction_record
from reader.service.dump_lines import END, HEAD, line_of, look_record, note_record, search_record

if TYPE_CHECKING:
    from reader.store import Store
    from reader.store.facts import Told


class Dumping:
    """Dumps. What can be brought in again (articles, names found in them, the index) is not in
    them, nor the feeds, which an export as OPML holds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def dump(self) -> Generator[str, None, None]:
        """The lines of a dump, without their ends, all from one state of the library."""
        with self._store.snapshot():
            yield HEAD
            lines = 0
            for line in self._lines():
                yield line
                lines += 1
            yield f"{END} {lines}"

    def _lines(self) -> Iterator[str]:
        yield from self._of_articles()
        looks = self._store.tag_looks.list()
        yield from (line_of(look_record(one)) for one in looks if one.colour or one.key)
        yield from (line_of(search_record(one)) for one in self._store.saved_searches.list())
        corrections = map(correction_record, self._store.corrections.list())
        yield from sorted(line_of({"fact": "correction", **one}) for one in corrections)

    def _of_articles(self) -> Iterator[str]:
        facts = self._store.facts
        marks, tags, places = facts.marks(), facts.tags(), facts.positions()
        notes = self._notes()
        ids = {article_id for _, article_id in (*marks, *tags, *places)}
        told = facts.told(ids | {note.article_id for note in notes})
        yield from _articles(told.values())
        yield from _facts("mark", "mark", marks, told)
        yield from _facts("tag", "tag", tags, told)
        yield from _facts("position", "at", places, told)
        keyed = (note_record(one, told[one.article_id].identity) for one in notes)
        yield from sorted(map(line_of, keyed))

    def _notes(self) -> list[Note]:
        ids = [note_id for _, note_id, _ in self._store.notes.newest()]
        return self._store.notes.get_many(ids)


def _articles(told: Iterable[Told]) -> Iterator[str]:
    for one in sorted(told):
        record = {"content": one.content, "link": one.link, "title": one.title}
        yield line_of({"fact": "article", "article": one.identity, **record})


def _facts(
    fact: str,
    name: str,
    pairs: Iterable[tuple[Any, ArticleId]],
    told: Mapping[ArticleId, Told],
) -> Iterator[str]:
    for value, article_id in pairs:
        yield line_of({"fact": fact, "article": told[article_id].identity, name: value})
