"""What the lines of a dump ask for, by the articles of this library."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from reader.errors import DeedsError, DumpFormError, SavedNameError, TagNameError
from reader.kept import Note, SavedSearch, TagLook
from reader.model import ArticleId, ImportFailure
from reader.service.correction_lines import read_correction
from reader.service.dump_lines import (
    END,
    HEAD,
    MARKS,
    Record,
    digest,
    line_of,
    number,
    read_look,
    read_note,
    read_search,
    record_of,
    text,
)
from reader.service.saved_names import name_key, saved_name
from reader.service.saved_searches import checked
from reader.store import tag_name
from reader.store.facts import Told
from reader.store.scratch import Scratch

Find = Callable[[Told], ArticleId | None]
"""The article of this library that is told so, None where it has none."""


def _ids() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Wanted:
    """What a dump asks for, `searches` by the keys of their names. `marks` and `tags` may name an
    article twice; `places` are articles and code points by turns. `facts` counts all of it;
    `left_out` what is about articles that are not here, whose titles are `elsewhere`; `failed`
    names the lines that cannot be taken over."""

    marks: dict[str, array[int]] = field(default_factory=lambda: defaultdict(_ids))
    tags: dict[str, array[int]] = field(default_factory=lambda: defaultdict(_ids))
    places: array[int] = field(default_factory=_ids)
    notes: list[Note] = field(default_factory=list)
    looks: dict[str, TagLook] = field(default_factory=dict)
    searches: dict[str, SavedSearch] = field(default_factory=dict)
    corrections: list[str] = field(default_factory=list)
    facts: int = 0
    left_out: int = 0
    is_whole: bool = False
    """Whether the last line is there and tells as many lines as there were."""
    elsewhere: list[str] = field(default_factory=list)
    failed: list[ImportFailure] = field(default_factory=list)


def read_dump(lines: Iterable[str], path: str, find: Find) -> Wanted:
    """Read the lines of the dump at `path`. A line that cannot be taken over is told with its
    number, from 1. Raises DumpFormError for what is no dump."""
    numbered = enumerate(lines, 1)
    _, first = next(numbered, (0, ""))
    if first.strip() != HEAD:
        raise DumpFormError(path, first.strip()[:80])
    with Scratch() as articles:
        reading = _Reading(find, articles)
        for at, line in numbered:
            if line.startswith(f"{END} "):
                reading.wanted.is_whole = line.split() == [END, str(at - 2)]
            elif line.strip():
                reading.take(line, path, at)
                reading.wanted.is_whole = False
    return reading.wanted


class _Reading:
    def __init__(self, find: Find, articles: Scratch) -> None:
        self._find = find
        self._articles = articles
        self.wanted = Wanted()

    def take(self, line: str, path: str, at: int) -> None:
        reason = ""
        try:
            self._take(record_of(line))
        except ValueError as error:
            reason = str(error)
        except TagNameError as error:
            reason = f"{error.name!r} can be no tag: {error.reason}"
        except SavedNameError as error:
            reason = f"{error.name!r} can be no name: {error.reason}"
        except DeedsError as error:
            reason = f"{error.word!r} can be nothing a rule does: {error.reason}"
        if reason:
            self.wanted.failed.append(ImportFailure(path, str(at), reason))

    def _take(self, record: Record) -> None:
        fact, wanted = record["fact"], self.wanted
        match fact:
            case "article":
                self._name_article(record)
            case "mark" | "tag" | "position" | "note":
                self._take_of_article(fact, record)
            case "look":
                self._take_look(read_look(record))
                wanted.facts += 1
            case "search":
                self._take_search(read_search(record))
                wanted.facts += 1
            case "correction":
                line = line_of({key: value for key, value in record.items() if key != "fact"})
                read_correction(line)
                wanted.corrections.append(line)
                wanted.facts += 1
            case _:
                raise ValueError(f'"{fact}" is no fact that this version knows')

    def _take_look(self, look: TagLook) -> None:
        name, looks = tag_name(look.name), self.wanted.looks
        other = next((one.name for one in looks.values() if look.key and one.key == look.key), name)
        if other != name:
            raise ValueError(f'"letter" sets {other} already')
        looks[name] = replace(look, name=name)

    def _take_search(self, search: SavedSearch) -> None:
        name = saved_name(search.name)
        search = replace(search, name=name, deeds=checked(search.deeds))
        self.wanted.searches[name_key(name)] = search

    def _name_article(self, record: Record) -> None:
        identity, content = digest(record, "article"), digest(record, "content")
        told = Told(identity, content, text(record, "link"), text(record, "title"))
        found = self._find(told)
        self._articles.put(identity, found)
        if found is None:
            self.wanted.elsewhere.append(told.title)

    def _take_of_article(self, fact: str, record: Record) -> None:
        key = digest(record, "article")
        try:
            article_id = self._articles.get(key)
        except KeyError as error:
            raise ValueError("no line above names this article") from error
        put = self._fact_of(fact, record, ArticleId(article_id or 0))
        self.wanted.facts += 1
        if article_id is None:
            self.wanted.left_out += 1
        else:
            put()

    def _fact_of(self, fact: str, record: Record, article_id: ArticleId) -> Callable[[], None]:
        """What puts a fact among those wanted. Raises ValueError and TagNameError."""
        wanted = self.wanted
        match fact:
            case "mark":
                mark = text(record, "mark")
                if mark not in MARKS:
                    raise ValueError(f'"mark" is none of {", ".join(MARKS)}')
                return lambda: wanted.marks[mark].append(article_id)
            case "tag":
                tag = tag_name(text(record, "tag"))
                return lambda: wanted.tags[tag].append(article_id)
            case "position":
                at = number(record, "at")
                return lambda: wanted.places.extend((article_id, at))
            case _:
                note = read_note(record, article_id)
                return lambda: wanted.notes.append(note)
