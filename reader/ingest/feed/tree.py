"""The XML of a feed -> the fields of its entries, few of them in memory at a time."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator
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
    """Read XML as `repair` leaves it. Raises ImportItemError when it is no feed.

    A document with more entries than are taken is read twice: the first time for the dates
    alone, so that no more is kept than what is taken.
    """
    names = _TAGS.findall(data)
    tags = _tags(names)
    collector = Collector(inherits=b"xml:" in data)
    taken = _newest(data, tags, collector, latest) if len(names) > MOST_ENTRIES else None
    events = _parse(data, tags)
    entries: list[tuple[int, Fields]] = []
    number = 0
    for number, element in enumerate(_entries(events, collector), start=1):
        if taken is None or number in taken:
            entries.append((number, collector.fields(element)))
        _empty(element)
    root: etree._Element | None = events.root
    if root is None or local_name(root.tag) not in _FEED:
        raise ImportItemError("", Reason.NOT_FEED)
    head = _head(root)
    if head is root and not entries and local_name(root.tag) == "rdf":
        raise ImportItemError("", Reason.NOT_FEED)
    return Tree(
        local_name(root.tag),
        head.tag.rpartition("}")[0].lstrip("{"),
        root.get("version", "").strip(),
        collector.fields(head),
        tuple(entries),
        number - len(entries),
    )


def _empty(element: etree._Element) -> None:
    # Its place in the tree stays, as the parser may still be writing next to it.
    del element[:]
    element.text = None
    element.attrib.clear()


def _tags(names: Iterable[bytes]) -> list[str]:
    """Return the names of entries in a document as the parser takes them."""
    written = {name.decode() for name in set(names)}
    local = {name.rpartition(":")[2] for name in written} | {"item"}
    # A prefix that nothing declares stays part of the name.
    return [*(f"{{*}}{name}" for name in local), *(name for name in written if ":" in name)]


def _parse(data: bytes, tags: list[str]) -> etree.iterparse:
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


def _newest(data: bytes, tags: list[str], collector: Collector, latest: datetime) -> set[int]:
    """Return the numbers of the newest entries, the first of equals."""
    moments: list[tuple[float, int]] = []
    for element in _entries(_parse(data, tags), collector):
        moments.append((_moment(element, collector, latest), -len(moments) - 1))
        _empty(element)
    return {-place for _, place in heapq.nlargest(MOST_ENTRIES, moments)}


def _moment(element: etree._Element, collector: Collector, latest: datetime) -> float:
    """Return when an entry was published in seconds since 1970, or minus infinity."""
    stated: dict[str, str] = {}
    for child in element:
        key = collector.key(child)
        if key in DATES:
            stated.setdefault(key, child.text or "")
    published = read_first((stated[key] for key in DATES if key in stated), latest)
    return published.at.timestamp() if published else float("-inf")
