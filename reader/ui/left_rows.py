"""The rows of the left pane: saved searches, sources and tags, each under its heading. Pure.

Widths are terminal cells; the first cell of a line is left out: the cursor is drawn there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from reader.clean import clean_line
from reader.feeds import SourceLine
from reader.kept import SavedCount, SavedId, SavedSearch, TagLook
from reader.ui.format import Line, pad
from reader.ui.matching import fold
from reader.ui.source_rows import (
    DEEPEST,
    QUERIES,
    UNNAMED,
    Key,
    RowKind,
    SourceRow,
    SourceTree,
    all_row,
    row_line,
    source_line,
)
from reader.ui.state import quoted

T = TypeVar("T")

PINNED = 9
"""Saved searches that a digit shows."""


class Section(StrEnum):
    """The parts of the pane, as their headings say."""

    SAVED = "Saved searches"
    SOURCES = "Sources"
    TAGS = "Tags"


@dataclass(frozen=True, slots=True)
class Heading:
    """The line over a section; `rows` are folded into it where it is not `unfolded`."""

    name: Section
    unfolded: bool = True
    depth: int = 0
    folds: bool = True
    kind: RowKind = RowKind.HEADING

    @property
    def key(self) -> Key:
        return self.kind, self.name

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search, or a level of names that is none itself (`count` is None then). `number`
    is the digit that shows it, 0 for none."""

    name: str
    count: SavedCount | None = None
    number: int = 0
    depth: int = 1
    folds: bool = False
    unfolded: bool = True
    kind: RowKind = RowKind.SAVED

    @property
    def key(self) -> Key:
        return self.kind, self.name

    @property
    def label(self) -> str:
        return last_level(self.name) if self.depth else whole_name(self.name)


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag, or a level of names that is none itself (`look` is None then)."""

    name: str
    look: TagLook | None = None
    depth: int = 1
    folds: bool = False
    unfolded: bool = True
    kind: RowKind = RowKind.TAG

    @property
    def key(self) -> Key:
        return self.kind, self.name

    @property
    def label(self) -> str:
        return last_level(self.name) if self.depth else whole_name(self.name)


LeftRow: TypeAlias = SourceRow | Heading | SavedRow | TagRow


def whole_name(name: str) -> str:
    """A name with all its levels, as it is shown where its row stands alone."""
    return clean_line(name) or "(no name)"


def last_level(name: str) -> str:
    """The part of a name behind its last slash, as it is shown."""
    return clean_line(name.rpartition("/")[2]) or "(no name)"


def query_of(row: LeftRow) -> str | None:
    """The query for the articles of a row, None where it has none of its own. That of a tag which
    is a mere level of names is for all below it."""
    match row:
        case SavedRow(count=found) if found is not None:
            return found.saved.query
        case TagRow(look=None):
            return f"tag:{row.name}/*"
        case TagRow():
            return quoted("tag", row.name)
        case SourceRow():
            return QUERIES[row.name] if row.kind in UNNAMED else quoted("in", row.name)
        case _:
            return None


@dataclass(slots=True)
class _Level(Generic[T]):
    """What is called so, if anything is, and what lies below it, in order."""

    path: str = ""
    item: T | None = None
    below: dict[str, _Level[T]] = field(default_factory=dict)

    def put(self, name: str, item: T) -> None:
        level = self
        for part in name.split("/"):
            path = f"{level.path}/{part}" if level.path else part
            level = level.below.setdefault(part.casefold(), _Level(path))
        level.item = item

    def walk(self) -> Iterator[_Level[T]]:
        """All levels below, each before what lies below it."""
        for level in self.below.values():
            yield level
            yield from level.walk()

    def shown(
        self, kind: RowKind, folded: Collection[Key], depth: int = 1
    ) -> Iterator[tuple[_Level[T], int, bool]]:
        """The same without what is folded away; with each how deep and whether unfolded."""
        for level in self.below.values():
            unfolded = (kind, level.path) not in folded
            yield level, depth, unfolded
            if unfolded:
                yield from level.shown(kind, folded, min(depth + 1, DEEPEST))


def _saved_tree(counts: Iterable[SavedCount]) -> _Level[SavedCount]:
    root = _Level[SavedCount]()
    for one in counts:
        root.put(one.saved.name, one)
    return root


def saved_rows(
    counts: Sequence[SavedCount], folded: Collection[Key], hidden: Collection[Key] = ()
) -> tuple[SavedRow, ...]:
    """The rows of saved searches, given in the order of the reader, in which those of a level
    stand together. What is hidden keeps its number."""
    pinned = {one.saved.id: number for number, one in enumerate(counts[:PINNED], start=1)}
    rows = []
    shown = [one for one in counts if (RowKind.SAVED, one.saved.name) not in hidden]
    for level, depth, unfolded in _saved_tree(shown).shown(RowKind.SAVED, folded):
        number = 0 if level.item is None else pinned.get(level.item.saved.id, 0)
        rows.append(SavedRow(level.path, level.item, number, depth, bool(level.below), unfolded))
    return tuple(rows)


def tag_rows(looks: Iterable[TagLook], folded: Collection[Key]) -> tuple[TagRow, ...]:
    """The rows of tags, by name."""
    tree = _Level[TagLook]()
    for look in sorted(looks, key=lambda look: look.name.split("/")):
        tree.put(look.name, look)
    return tuple(
        TagRow(level.path, level.item, depth, bool(level.below), unfolded)
        for level, depth, unfolded in tree.shown(RowKind.TAG, folded)
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the pane shows: saved searches, sources, tags, and how many articles there are and
    how many of them are unread. `hidden` are saved searches and tags that are left out; what is
    not to be seen of sources is not in their tree."""

    sources: SourceTree
    saved: Sequence[SavedCount] = ()
    looks: Sequence[TagLook] = ()
    articles: int = 0
    unread: int = 0
    hidden: Collection[Key] = ()

    @property
    def _sections(self) -> bool:
        """Whether there are sections: sources need no heading where they stand alone."""
        return bool(self.saved or self.looks)

    def rows(self, folded: Collection[Key]) -> tuple[LeftRow, ...]:
        """The rows, without what is in the `folded` ones."""
        rows: list[LeftRow] = [all_row(self.articles, self.unread)]
        if not self._sections:
            return (*rows, *self.sources.rows(folded))

        def head(section: Section) -> bool:
            unfolded = (RowKind.HEADING, section) not in folded
            rows.append(Heading(section, unfolded))
            return unfolded

        looks = [one for one in self.looks if (RowKind.TAG, one.name) not in self.hidden]
        if any((RowKind.SAVED, one.saved.name) not in self.hidden for one in self.saved):
            rows += saved_rows(self.saved, folded, self.hidden) if head(Section.SAVED) else ()
        if self.sources:
            rows += self.sources.rows(folded, 1) if head(Section.SOURCES) else ()
        if looks:
            rows += tag_rows(looks, folded) if head(Section.TAGS) else ()
        return tuple(rows)


def without_unread(
    lines: Iterable[SourceLine],
    saved: Iterable[SavedCount],
    looks: Iterable[TagLook],
    keep: Key | None,
) -> frozenset[Key]:
    """The rows that have no unread article, but for the one to keep."""
    hidden: set[Key] = {(RowKind.SOURCE, one.name) for one in lines if not one.unread}
    hidden |= {(RowKind.SAVED, one.saved.name) for one in saved if one.unread == 0}
    hidden |= {(RowKind.TAG, one.name) for one in looks if not one.unread}
    return frozenset(hidden - {keep})


def with_counts(
    searches: Iterable[SavedSearch], known: Mapping[SavedId, SavedCount]
) -> tuple[SavedCount, ...]:
    """Saved searches with what is known of how much answers them; of a query that is another
    now nothing is."""
    counts = []
    for saved in searches:
        count = known.get(saved.id)
        if count is None or count.saved.query != saved.query:
            counts.append(SavedCount(saved))
        else:
            counts.append(SavedCount(saved, count.total, count.unread, count.problem))
    return tuple(counts)


def place_of_step(counts: Sequence[SavedCount], name: str, step: int) -> int | None:
    """The place that a saved search, or a level of them, has to be moved to so that it changes
    places with the next (1) or the one before (-1) on its level; None where there is none, or
    where nothing is called so any more."""
    level = _saved_tree(counts)
    *above, last = name.casefold().split("/")
    for part in above:
        level = level.below.get(part, _Level())
    names = list(level.below)
    at = names.index(last) + step if last in level.below else -1
    if not 0 <= at < len(names):
        return None
    other = level.below[names[at]]
    inside = [one.item for one in (other, *other.walk()) if one.item is not None]
    places = [one.saved.place for one in inside]
    return max(places) if step > 0 else min(places)


# Finding one

SoughtRow = tuple[str, LeftRow]
"""A row as it stands alone, with its name to be looked through."""


def sought_rows(known: Known) -> tuple[SoughtRow, ...]:
    """Every row that has articles of its own or others in it, however deep."""
    return tuple(
        (f" {fold(row.name)}", replace(row, depth=0))
        for row in known.rows(())
        if not isinstance(row, Heading)
    )


def called(rows: Iterable[SoughtRow], words: str) -> tuple[LeftRow, ...]:
    """Those whose names have all the words in them, first those in which a word begins so."""
    wanted = fold(words).split()
    found = [(name, row) for name, row in rows if all(word in name for word in wanted)]
    starts = [f" {word}" for word in wanted] + [f"/{word}" for word in wanted]
    found.sort(key=lambda one: not any(start in one[0] for start in starts))
    return tuple(row for _, row in found)


# Lines


def left_line(row: LeftRow, width: int) -> Line:
    """The line of a row, `width` cells less the first."""
    match row:
        case Heading():
            sign = "▾" if row.unfolded else "▸"
            return (f" {sign} ", "sign"), (pad(row.label, max(0, width - 4)), "heading")
        case SavedRow():
            return _saved_line(row, width)
        case TagRow():
            return _tag_line(row, width)
        case _:
            return source_line(row, width)


def _lead(row: SavedRow | TagRow, key: str) -> Line:
    sign = ("▾ " if row.unfolded else "▸ ") if row.folds else ""
    return ("  " * (row.depth - 1), "sign"), (f" {key}", "key"), (sign, "sign")


def _saved_line(row: SavedRow, width: int) -> Line:
    count = row.count
    number = f"{row.number} " if row.number else "  "
    shown = ""
    if count is not None and not count.problem:
        shown = "…" if count.unread is None else f"{count.unread:,}" if count.unread else ""
    style = "folder" if count is None else "source"
    if count is not None and count.saved.deeds and not count.saved.active:
        style = "off"
    elif shown not in ("", "…"):
        style += "-unread"
    total = 0 if count is None else count.total or 0
    return row_line(
        _lead(row, number), (row.label, style), _saved_mark(count), (shown, total), width
    )


def _saved_mark(count: SavedCount | None) -> tuple[str, str]:
    if count is not None and count.problem:
        return "!", "failing"
    if count is not None and count.saved.deeds:
        return "»", "rule" if count.saved.active else "off"
    return " ", "fine"


def _tag_line(row: TagRow, width: int) -> Line:
    look = row.look
    if look is None:
        return row_line(_lead(row, "  "), (row.label, "folder"), (" ", "fine"), ("", 0), width)
    unread = f"{look.unread:,}" if look.unread else ""
    style = "source-unread" if unread else "source"
    return row_line(
        _lead(row, f"{look.key or ' '} "),
        (row.label, f"tag-{look.colour}" if look.colour else style),
        (" ", "fine"),
        (unread, look.articles),
        width,
    )
