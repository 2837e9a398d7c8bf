"""The rows of the left pane: saved searches, sources and tags, each under its heading. Pure.

Widths are terminal cells; the first cell of a line is left out: the cursor is drawn there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from rich.cells import cell_len

from reader.clean import clean_line
from reader.kept import SavedCount, SavedId, SavedSearch, TagLook
from reader.ui.format import Line, pad, pad_left
from reader.ui.source_rows import (
    DEEPEST,
    QUERIES,
    UNNAMED,
    RowKind,
    SourceRow,
    SourceTree,
    all_row,
    source_line,
)
from reader.ui.state import quoted

T = TypeVar("T")

Key = tuple[RowKind, str]
"""What a row is known by while the rows around it change."""

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
        return last_level(self.name)


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
        return last_level(self.name)


LeftRow: TypeAlias = SourceRow | Heading | SavedRow | TagRow


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


def saved_rows(counts: Sequence[SavedCount], folded: Collection[Key]) -> tuple[SavedRow, ...]:
    """The rows of saved searches, given in the order of the reader, in which those of a level
    stand together."""
    pinned = {one.saved.id: number for number, one in enumerate(counts[:PINNED], start=1)}
    rows = []
    for level, depth, unfolded in _saved_tree(counts).shown(RowKind.SAVED, folded):
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


def left_rows(
    sources: SourceTree,
    saved: Sequence[SavedCount],
    looks: Sequence[TagLook],
    folded: Collection[Key],
    unread: int,
) -> tuple[LeftRow, ...]:
    """The rows of a library with `unread` articles. Sources need no heading where they stand
    alone."""
    rows: list[LeftRow] = [all_row(unread)]
    if not saved and not looks:
        return (*rows, *sources.rows(folded))

    def head(section: Section) -> bool:
        unfolded = (RowKind.HEADING, section) not in folded
        rows.append(Heading(section, unfolded))
        return unfolded

    if saved and head(Section.SAVED):
        rows += saved_rows(saved, folded)
    if sources and head(Section.SOURCES):
        rows += sources.rows(folded, 1)
    if looks and head(Section.TAGS):
        rows += tag_rows(looks, folded)
    return tuple(rows)


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


def _sign(row: SavedRow | TagRow) -> str:
    return ("▾ " if row.unfolded else "▸ ") if row.folds else ""


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
    return _line(
        ("  " * (row.depth - 1), f" {number}", _sign(row)),
        (row.label, style),
        _saved_mark(count),
        shown,
        width,
    )


def _saved_mark(count: SavedCount | None) -> tuple[str, str]:
    if count is not None and count.problem:
        return "!", "failing"
    if count is not None and count.saved.deeds:
        return "»", "rule" if count.saved.active else "off"
    return " ", "fine"


def _tag_line(row: TagRow, width: int) -> Line:
    look = row.look
    style = "folder"
    if look is not None:
        style = f"tag-{look.colour}" if look.colour else "source"
    letter = f"{look.key} " if look is not None and look.key else "  "
    shown = f"{look.articles:,}" if look is not None and look.articles else ""
    return _line(
        ("  " * (row.depth - 1), f" {letter}", _sign(row)), (row.label, style), (" ", "fine"),
        shown, width,
    )  # fmt: skip


def _line(
    lead: tuple[str, str, str],
    label: tuple[str, str],
    mark: tuple[str, str],
    shown: str,
    width: int,
) -> Line:
    before = lead[0] + lead[1] + lead[2]
    number = pad_left(shown, max(4, cell_len(shown)))
    room = max(0, width - 3 - cell_len(before) - cell_len(number))
    return (
        (lead[0], "sign"), (lead[1], "key"), (lead[2], "sign"), (pad(label[0], room), label[1]),
        mark, (number, "count"), (" ", "count"),
    )  # fmt: skip
