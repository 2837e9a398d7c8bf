"""A feed document -> drafts and named failures."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.feeds import ParsedFeed
from reader.ingest.feed.encoding import to_utf8
from reader.ingest.feed.entry import (
    Frame,
    read_authors,
    read_entry,
    read_lang,
    read_site,
    read_title,
)
from reader.ingest.feed.json_feed import JsonFeed, load_json_feed, moment_of, read_item
from reader.ingest.feed.links import is_web, join
from reader.ingest.feed.parts import Parts, make_draft
from reader.ingest.feed.repair import repair, without_end
from reader.ingest.feed.tree import MOST_ENTRIES, Tree, read_tree
from reader.ingest.reasons import Reason
from reader.model import Draft, ImportFailure

DOCUMENT_LIMIT = 32 * 1024 * 1024
"""The largest document that is read, in bytes."""

_ATOM_03 = "http://purl.org/atom/ns#"
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Entries:
    """The drafts and the failures so far; a bad entry costs no other."""

    url: str
    latest: datetime
    drafts: list[Draft]
    failures: list[ImportFailure]

    def add(self, number: int, read: Callable[[], Parts]) -> None:
        item = f"entry {number}"
        try:
            self.drafts.append(self._draft(item, read))
        except ImportItemError as error:
            self.failures.append(ImportFailure(clean_line(self.url), item, error.reason))

    def _draft(self, item: str, read: Callable[[], Parts]) -> Draft:
        try:
            return make_draft(read(), feed=self.url, place=item, latest=self.latest)
        except ImportItemError:
            raise
        except Exception as error:
            _log.exception("An entry of a feed cannot be read")
            raise ImportItemError("", Reason.UNEXPECTED) from error


def parse_feed(data: bytes, *, url: str, charset: str = "", latest: datetime) -> ParsedFeed:
    """Read a feed: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, CDF, JSON Feed.

    `url` is where it came from, `charset` what the server said of its encoding, `latest` the
    last moment an entry may be from. Raises ImportItemError when it is no feed, over 32 MiB or
    nested too deeply; an entry that cannot be read is among the failures,
    and so is the document where it ends in the middle.
    """
    if len(data) > DOCUMENT_LIMIT:
        raise ImportItemError(url, Reason.TOO_LARGE_DOCUMENT)
    if not data.strip():
        raise ImportItemError(url, Reason.EMPTY)
    try:
        data = to_utf8(data, charset)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return _parse_json(data.lstrip(b"\xef\xbb\xbf"), url, latest)
        whole = without_end(data)
        parsed = _parse_xml(read_tree(repair(whole or data), latest), url, latest)
        return parsed if whole is None else _cut(parsed, url)
    except ImportItemError as error:
        raise ImportItemError(url, error.reason) from error


def _cut(parsed: ParsedFeed, url: str) -> ParsedFeed:
    """Tell with what was read that the document ends in the middle."""
    failure = ImportFailure(clean_line(url), "document", Reason.CUT)
    return replace(parsed, failures=(*parsed.failures, failure))


def _parse_json(data: bytes, url: str, latest: datetime) -> ParsedFeed:
    feed = load_json_feed(data, url)
    kept = _newest(feed, latest)
    entries = Entries(url, latest, [], [])
    base = feed.site or url
    for number, item in kept:
        entries.add(number, partial(read_item, item, feed, base=base, latest=latest))
    dropped = len(feed.items) - len(kept)
    return _parsed(feed.title, feed.site, feed.kind, entries, dropped)


def _newest(feed: JsonFeed, latest: datetime) -> list[tuple[int, object]]:
    numbered = list(enumerate(feed.items, start=1))
    if len(numbered) <= MOST_ENTRIES:
        return numbered
    dated = [(moment_of(item, latest), -number, item) for number, item in numbered]
    dated.sort(key=lambda one: (one[0] is not None, one[0] or latest, one[1]), reverse=True)
    kept = [(-place, item) for _, place, item in dated[:MOST_ENTRIES]]
    return sorted(kept, key=lambda one: one[0])


def _parse_xml(tree: Tree, url: str, latest: datetime) -> ParsedFeed:
    head = tree.head
    atom = tree.root in ("feed", "entry")
    own = join(head.base, url)
    site = read_site(head, own)
    frame = Frame(
        base=own if atom or head.base or not is_web(site) else site,
        atom=atom,
        latest=latest,
        lang=read_lang(head),
        authors=read_authors(head) if atom else (),
    )
    entries = Entries(url, latest, [], [])
    for number, fields in tree.entries:
        entries.add(number, partial(read_entry, fields, frame))
    return _parsed(read_title(head, atom=atom), site, _kind(tree), entries, tree.dropped)


def _parsed(title: str, site: str, kind: str, entries: Entries, dropped: int) -> ParsedFeed:
    drafts = without_shared_guids(entries.drafts)
    return ParsedFeed(title, site, kind, tuple(drafts), tuple(entries.failures), dropped)


def without_shared_guids(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts, without the ids that several different ones share.

    Such an id tells none of them apart. Copies keep theirs: they are one article.
    """
    drafts = list(drafts)
    different: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for draft in drafts:
        different[draft.guid].add((draft.url, draft.title, draft.text))
    return [replace(d, guid="") if len(different[d.guid]) > 1 else d for d in drafts]


def _kind(tree: Tree) -> str:
    """Name the format, as "Atom 1.0"."""
    version = clean_line(tree.version, 10)
    match tree.root:
        case "feed" | "entry":
            old = version == "0.3" or tree.namespace == _ATOM_03
            return "Atom 0.3" if old else "Atom 1.0"
        case "rdf":
            return "RSS 0.90" if "0.9" in tree.namespace else "RSS 1.0"
        case "channel":
            return "RSS 1.1" if "rss1.1" in tree.namespace else "CDF"
        case _:
            return f"RSS {version}" if version else "RSS"
