"""OPML: lists of subscriptions, read and written. Lists in FOAF are read too.

OPML 2.0: https://opml.org/spec2.opml
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.feeds import Subscription
from reader.ingest.addresses import make_subscription
from reader.ingest.decode import decode_marked
from reader.ingest.entries import Content, Entry, Read, read_whole
from reader.ingest.foaf import read_foaf
from reader.ingest.reasons import Reason
from reader.ingest.tags_of_markup import Piece, Tag, read_pieces

DEEPEST = 8
"""How many folders of folders are kept; what lies deeper is in the last of them."""

_NAME_LIMIT = 100
_FEED_TYPES = frozenset({"rss", "atom", "pie", "rdf", "feed"})


def read_opml(content: Content) -> Iterator[Entry]:
    """Read the feeds of a list in their order, each address once. Raises ImportItemError when
    there is none."""
    text = decode_marked(read_whole(content))
    pieces = read_pieces(text)
    is_foaf = "<opml" not in text[:4096].lower() and "foaf" in text[:4096].lower()
    feeds = read_foaf(pieces) if is_foaf else _outlines(pieces)
    seen: set[str] = set()
    number = 0
    for url, title, site, folder in feeds:
        if url in seen:
            continue
        seen.add(url)
        number += 1
        yield Entry(f"feed {number}", _reading(url, title, site, folder))
    if not number:
        raise ImportItemError("", Reason.NOTHING)


def _reading(url: str, title: str, site: str, folder: str) -> Read:
    return lambda: make_subscription(url, title=title, site=site, folder=folder)


def _outlines(pieces: Iterable[Piece]) -> Iterator[tuple[str, str, str, str]]:
    """Address, title, site and folder of every outline that is a feed."""
    folders: list[str] = []
    for piece in pieces:
        if not isinstance(piece, Tag) or piece.name != "outline":
            continue
        if piece.is_end:
            folders = folders[:-1]
            continue
        facts = piece.attributes()
        name = facts.get("text", "").strip() or facts.get("title", "").strip()
        url = _address(facts)
        if url:
            folder = folder_path(folders[:DEEPEST]) or _category(facts.get("category", ""))
            yield url, name, facts.get("htmlurl", ""), folder
        if not piece.is_closed:
            folders.append("" if url else name)


def _address(facts: dict[str, str]) -> str:
    url = facts.get("xmlurl", "").strip()
    if not url and facts.get("type", "").strip().lower() in _FEED_TYPES:
        url = facts.get("url", "").strip()
    return url


def _category(written: str) -> str:
    """The first folder of "/news/world,sport"."""
    paths = (folder_path(path.split("/")) for path in written.split(","))
    return next(filter(None, paths), "")


def folder_path(names: Iterable[str]) -> str:
    """Join names to a path like "News/World"; empty ones are left out."""
    clean = (clean_line(name.replace("/", "-"), _NAME_LIMIT) for name in names)
    return "/".join([name for name in clean if name][:DEEPEST])


def write_opml(subscriptions: Iterable[Subscription]) -> Iterator[str]:
    """Write a list in OPML 2.0, line by line: by folder, in their order inside each."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield "  <head>\n    <title>Subscriptions</title>\n  </head>\n  <body>\n"
    open_folders: list[str] = []
    for one in sorted(subscriptions, key=lambda one: (one.folder != "", one.folder.split("/"))):
        path = one.folder.split("/") if one.folder else []
        yield from _change_folder(open_folders, path)
        open_folders = path
        yield "  " * (2 + len(path)) + _feed_line(one)
    yield from _change_folder(open_folders, [])
    yield "  </body>\n</opml>\n"


def _change_folder(before: list[str], after: list[str]) -> Iterator[str]:
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    for depth in range(len(before), same, -1):
        yield "  " * (1 + depth) + "</outline>\n"
    for depth in range(same, len(after)):
        yield "  " * (2 + depth) + f'<outline text="{escape(after[depth])}">\n'


def _feed_line(one: Subscription) -> str:
    title = escape(one.title or one.url)
    site = f' htmlUrl="{escape(one.site)}"' if one.site else ""
    return (
        f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{escape(one.url)}"{site}/>\n'
    )
