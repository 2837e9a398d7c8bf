"""The XML of a feed -> the fields of its entries, few of them in memory at a time."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from lxml import etree

from reader.errors import ImportItemError
from reader.ingest.feed.dates import read_first
from reader.ingest.feed.fields import Collector, Fields
from reader.ingest.feed.names import local_name
from reader.ingest.reasons import Reason

MOST_ENTRIES = 5_000
"""How many entries are taken of one document: the newest, those without a date last."""

DATES = (
    "pubdate",
    "published",
    "issued",
    "dc:date",
    "date",
    "dcterms:issued",
    "dcterms:created",
    "created",
    "dcterms:date",
    "dc:created",
    "dcterms:available",
    "updated",
    "dcterms:modified",
    "modified",
    "dc:modified",
    "lastbuilddate",
)
"""Where an entry says when it was published; the first that can be read counts."""

_ENTRIES = ("item", "entry")
_TAGS = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s/>])", re.IGNORECASE)
_FEED = ("rss", "rdf", "feed", "channel", "entry")


@dataclass(frozen=True, slots=True)
class Tree:
    """A feed: the name of its root in lower case, its version and namespace as written, what
    it says of itself, and its entries in order, each with its number from 1. `dropped` counts
    those beyond the most that are taken."""

    root: str
    namespace: str
    version: str
    head: Fields
    entries: tuple[tuple[int, Fields], ...]
    dropped: int


def read_tree(data: bytes, latest: datetime) -> Tree:
    """Read XML as `repair` leaves it. Raises ImportItemError when it is no feed."""
    collector = Collector(inherits=b"xml:" in data)
    newest = _Newest(latest)
    events = _parse(data)
    for element in _entries(events, collector):
        newest.offer(collector, element)
        # Its place in the tree stays, as the parser may still be writing next to it.
        del element[:]
        element.text = None
        element.attrib.clear()
    root: etree._Element | None = events.root
    if root is None or local_name(root.tag) not in _FEED:
        raise ImportItemError("", Reason.NOT_FEED)
    head = _head(root)
    entries = newest.entries()
    if head is root and not entries and local_name(root.tag) == "rdf":
        raise ImportItemError("", Reason.NOT_FEED)
    return Tree(
        local_name(root.tag),
        head.tag.rpartition("}")[0].lstrip("{"),
        root.get("version", "").strip(),
        collector.fields(head),
        entries,
        newest.dropped,
    )


def _parse(data: bytes) -> etree.iterparse:
    names = {found.decode() for found in set(_TAGS.findall(data))}
    # A prefix that nothing declares stays part of the name.
    tags = [*(f"{{*}}{local}" for local in {n.rpartition(":")[2] for n in names} | {"item"})]
    tags += [name for name in names if ":" in name]
    return etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=tags,
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
    )


def _entries(events: etree.iterparse, collector: Collector) -> Iterator[etree._Element]:
    try:
        for _, element in events:
            if not _is_inside_another(element, collector):
                yield element
    except etree.XMLSyntaxError:
        # What came before the place it gave up at has been read.
        return


def _is_inside_another(element: etree._Element, collector: Collector) -> bool:
    outer = element.getparent()
    while outer is not None:
        if collector.key(outer).rpartition(":")[2] in _ENTRIES:
            return True
        outer = outer.getparent()
    return False


def _head(root: etree._Element) -> etree._Element:
    for child in root:
        if isinstance(child.tag, str) and local_name(child.tag) == "channel":
            return child
    return root


class _Newest:
    """The newest entries of those offered, at most `MOST_ENTRIES`."""

    def __init__(self, latest: datetime) -> None:
        self._latest = latest
        self._kept: list[tuple[float, int, Fields]] = []
        self._seen = 0

    @property
    def dropped(self) -> int:
        return self._seen - len(self._kept)

    def offer(self, collector: Collector, element: etree._Element) -> None:
        self._seen += 1
        full = len(self._kept) >= MOST_ENTRIES
        moment = self._moment(collector, element)
        if full and (moment, -self._seen) < self._kept[0][:2]:
            return
        item = (moment, -self._seen, collector.fields(element))
        if full:
            heapq.heappushpop(self._kept, item)
        else:
            heapq.heappush(self._kept, item)

    def entries(self) -> tuple[tuple[int, Fields], ...]:
        return tuple(sorted(((-place, fields) for _, place, fields in self._kept), key=_place))

    def _moment(self, collector: Collector, element: etree._Element) -> float:
        """Seconds since 1970, or minus infinity."""
        stated: dict[str, str] = {}
        for child in element:
            key = collector.key(child)
            if key in DATES:
                stated.setdefault(key, child.text or "")
        published = read_first((stated[key] for key in DATES if key in stated), self._latest)
        return published.at.timestamp() if published else float("-inf")


def _place(entry: tuple[int, Fields]) -> int:
    return entry[0]
