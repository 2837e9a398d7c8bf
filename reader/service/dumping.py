"""Everything the reader made as lines of text: one fact each, in an order that stays."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

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
        yield from map(_article, facts.articles())
        yield from _facts("mark", "mark", facts.marks())
        yield from _facts("tag", "tag", facts.tags())
        yield from _facts("position", "at", facts.positions())
        for identity, pairs in groupby(facts.notes(), key=itemgetter(0)):
            notes = self._store.notes.get_many([note_id for _, note_id in pairs])
            yield from sorted(line_of(note_record(one, identity)) for one in notes)


def _article(told: Told) -> str:
    record = {"content": told.content, "link": told.link, "title": told.title}
    return line_of({"fact": "article", "article": told.identity, **record})


def _facts(fact: str, name: str, pairs: Iterable[tuple[str, Any]]) -> Iterator[str]:
    for identity, value in pairs:
        yield line_of({"fact": fact, "article": identity, name: value})
