"""The rows of sources in the left pane: all articles, folders, and what is in them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rich.cells import cell_len

from reader.clean import clean_line
from reader.feeds import Feed, FeedState, SourceLine
from reader.ui.format import Line, pad, pad_left
from reader.ui.state import EVERYTHING

ALL = "All articles"
OTHERS = "Without a feed"
"""The heading over sources that nobody asks for news."""

NAMELESS = "Without a source"
"""The row of articles that tell no source."""

QUERIES = {ALL: EVERYTHING, OTHERS: "-has:feed", NAMELESS: "-has:source"}
"""The queries of the rows that are called so, whatever the sources."""

DEEPEST = 6
"""Steps that rows are indented by at most."""


class RowKind(StrEnum):
    """What a row stands for."""

    ALL = "all"
    FOLDER = "folder"
    OTHERS = "others"
    NAMELESS = "nameless"
    SOURCE = "source"
    HEADING = "heading"
    SAVED = "saved search"
    TAG = "tag"


UNNAMED = frozenset({RowKind.ALL, RowKind.OTHERS, RowKind.NAMELESS})
"""Rows that stand for no source or folder of a name."""


Key = tuple[RowKind, str]
"""What a row is known by while the rows around it change."""


class Health(StrEnum):
    """How it stands with a feed, where that is worth a mark."""

    FINE = ""
    FAILING = "failing"
    STOPPED = "stopped"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row. `name` is the whole path of a folder, or the name of a source."""

    kind: RowKind
    name: str
    unread: int
    depth: int = 0
    unfolded: bool = True
    health: Health = Health.FINE
    feed: Feed | None = None
    articles: int = 0

    @property
    def key(self) -> Key:
        return self.kind, self.name

    @property
    def folds(self) -> bool:
        return self.kind in (RowKind.FOLDER, RowKind.OTHERS)

    @property
    def label(self) -> str:
        """The name as it is shown: of a folder in others, the last part of its path."""
        inside = self.kind is RowKind.FOLDER and self.depth > 0
        shown = self.name.rpartition("/")[2] if inside else self.name
        return clean_line(shown) or "(no name)"


def health_of(feed: Feed | None) -> Health:
    """What is to be said of a feed."""
    if feed is None or feed.state is FeedState.REMOVED:
        return Health.FINE
    if feed.state is FeedState.STOPPED:
        return Health.STOPPED
    if feed.held:
        return Health.WAITING
    return Health.FAILING if feed.failures else Health.FINE


@dataclass(slots=True)
class _Folder:
    """A folder with what is in it; `articles` and `unread` count what lies deeper too."""

    path: str
    folders: dict[str, _Folder] = field(default_factory=dict)
    sources: list[SourceLine] = field(default_factory=list)
    articles: int = 0
    unread: int = 0
    _made: tuple[int, list[SourceRow]] | None = None

    def count(self, path: Sequence[str], line: SourceLine) -> _Folder:
        """Count a source here and in the folders at a path below, made where there are none;
        returns the last one."""
        folder = self
        for part in (*path, None):
            folder.articles += line.articles
            folder.unread += line.unread
            if part is not None:
                below = f"{folder.path}/{part}" if folder.path else part
                folder = folder.folders.setdefault(part, _Folder(below))
        return folder

    def source_rows(self, depth: int) -> list[SourceRow]:
        """The rows of its sources, made once: there may be thousands at each fold elsewhere."""
        if self._made is None or self._made[0] != depth:
            self._made = depth, [_row_of(line, depth) for line in self.sources]
        return self._made[1]


def _row_of(line: SourceLine, depth: int) -> SourceRow:
    health = health_of(line.feed)
    return SourceRow(
        RowKind.SOURCE,
        line.name,
        line.unread,
        depth,
        health=health,
        feed=line.feed,
        articles=line.articles,
    )


def all_row(articles: int, unread: int) -> SourceRow:
    """The row of all articles, `unread` of them unread."""
    return SourceRow(RowKind.ALL, ALL, unread, articles=articles)


class SourceTree:
    """Sources in their folders, but for the hidden ones. An article of several sources is counted
    with each of them."""

    def __init__(self, lines: Iterable[SourceLine] = (), hidden: Collection[Key] = ()) -> None:
        self._root, self._others = _Folder(""), _Folder(OTHERS)
        self._nameless: SourceLine | None = None
        self._has_feeds = False
        for line in lines:
            self._has_feeds |= line.feed is not None
            if (RowKind.SOURCE, line.name) in hidden:
                continue
            if line.feed is not None:
                parts = [part for part in line.feed.folder.split("/") if part.strip()]
                self._root.count(parts, line).sources.append(line)
            else:
                self._put_other(line)

    def _put_other(self, line: SourceLine) -> None:
        self._others.count((), line)
        if line.name:
            self._others.sources.append(line)
        else:
            self._nameless = line

    def __bool__(self) -> bool:
        """Whether there is a source; what has none needs no row where nothing else has one."""
        return any((self._root.sources, self._root.folders, self._others.sources))

    def rows(self, folded: Collection[Key], depth: int = 0) -> tuple[SourceRow, ...]:
        """The rows of sources and folders, what is in the `folded` ones left out, the outermost
        at `depth`."""
        rows = list(_inside(self._root, depth, folded))
        is_any = bool(self._others.sources or self._nameless)
        if self._has_feeds and is_any:
            unfolded = (RowKind.OTHERS, OTHERS) not in folded
            rows.append(_folder_row(RowKind.OTHERS, self._others, depth, unfolded=unfolded))
            rows += self._other_rows(depth + 1) if unfolded else ()
        elif self:
            rows += self._other_rows(depth)
        return tuple(rows)

    def _other_rows(self, depth: int) -> list[SourceRow]:
        rows = self._others.source_rows(depth)
        if self._nameless is None:
            return rows
        row = replace(_row_of(self._nameless, depth), kind=RowKind.NAMELESS, name=NAMELESS)
        return [*rows, row]


def _folder_row(kind: RowKind, folder: _Folder, depth: int, *, unfolded: bool) -> SourceRow:
    return SourceRow(kind, folder.path, folder.unread, depth, unfolded, articles=folder.articles)


def _inside(folder: _Folder, depth: int, folded: Collection[Key]) -> Iterator[SourceRow]:
    for name in sorted(folder.folders, key=str.casefold):
        below = folder.folders[name]
        unfolded = (RowKind.FOLDER, below.path) not in folded
        yield _folder_row(RowKind.FOLDER, below, depth, unfolded=unfolded)
        if unfolded:
            yield from _inside(below, min(depth + 1, DEEPEST), folded)
    yield from folder.source_rows(depth)


_MARKS = {Health.FINE: " ", Health.FAILING: "!", Health.STOPPED: "×", Health.WAITING: "…"}


def source_line(row: SourceRow, width: int) -> Line:
    """The line of a row, `width` cells less the first, where the cursor is drawn."""
    sign = ("▾ " if row.unfolded else "▸ ") if row.folds else ""
    style = "source" if row.kind is RowKind.SOURCE else "folder"
    return row_line(
        ((f" {'  ' * row.depth}{sign}", "sign"),),
        (row.label, f"{style}-unread" if row.unread else style),
        (_MARKS[row.health], row.health.value or "fine"),
        (f"{row.unread:,}" if row.unread else "", row.articles),
        width,
    )


def row_line(
    lead: Line,
    label: tuple[str, str],
    mark: tuple[str, str],
    counts: tuple[str, int],
    width: int,
) -> Line:
    """A line of `width` cells less the first. Of `counts` the second, how many there are in all,
    stands dimmed before what is unread, where there is room and it is another number."""
    number = pad_left(counts[0], max(4, cell_len(counts[0])))
    room = width - 3 - sum(cell_len(text) for text, _ in lead) - cell_len(number)
    total = f" {counts[1]:,} " if counts[1] else ""
    if total.strip() == counts[0] or cell_len(label[0]) + len(total) > room:
        total = ""
    named = pad(label[0], max(0, room - len(total)))
    return (
        *lead, (named, label[1]), (total, "total"), mark, (number, "count"), (" ", "count"),
    )  # fmt: skip
