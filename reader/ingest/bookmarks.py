"""Bookmarks as browsers export them: the Netscape bookmark file format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reader.errors import ImportItemError
from reader.feeds import Subscription
from reader.ingest.addresses import make_subscription
from reader.ingest.decode import decode_marked
from reader.ingest.entries import Content, Entry, Read, read_whole
from reader.ingest.links import make_link_draft, read_moment
from reader.ingest.opml import DEEPEST, folder_path
from reader.ingest.reasons import Reason
from reader.ingest.records import read_tags
from reader.ingest.tags_of_markup import Piece, Tag, read_pieces
from reader.model import Draft

# Folders that browsers make say nothing of what is in them.
_BUILT_IN = frozenset(
    {"bookmarks", "bookmarks bar", "bookmarks menu", "bookmarks toolbar", "favorites"}
    | {"favorites bar", "favourites", "mobile bookmarks", "other bookmarks", "other favorites"}
)


def read_bookmarks(content: Content) -> Iterator[Entry]:
    """Read the links: folders are tags, descriptions the text, live bookmarks feeds. Raises
    ImportItemError when there is none."""
    number = 0
    for link in _Walk().links(read_pieces(decode_marked(read_whole(content)))):
        number += 1
        yield Entry(f"link {number}", _reading(link, content.latest))
    if not number:
        raise ImportItemError("", Reason.NOTHING)


class _Link:
    """A bookmark: what its tag says, its name, what is said of it, and the folders around."""

    def __init__(self, facts: dict[str, str], folders: tuple[str, ...]) -> None:
        self.facts = facts
        self.folders = folders
        self.name = ""
        self.about = ""


class _Walk:
    """Where in the file the reading is."""

    def __init__(self) -> None:
        self._folders: list[str] = []
        self._heading = ""
        self._in = ""
        """The element whose text is being collected."""
        self._link: _Link | None = None

    def links(self, pieces: Iterator[Piece]) -> Iterator[_Link]:
        """Every bookmark, when what is said of it has been read."""
        for piece in pieces:
            if isinstance(piece, str):
                self._text(piece)
                continue
            if piece.name in ("a", "h3", "dl", "dt", "hr") and not piece.is_end:
                yield from self._done()
            self._tag(piece)
        yield from self._done()

    def _done(self) -> Iterator[_Link]:
        if self._link is not None:
            yield self._link
        self._link = None

    def _text(self, text: str) -> None:
        if self._in == "h3":
            self._heading += text
        elif self._link is not None and self._in == "a":
            self._link.name += text
        elif self._link is not None and self._in == "dd":
            self._link.about += text

    def _tag(self, tag: Tag) -> None:
        if tag.name == "dl":
            self._folder(tag)
        elif tag.name in ("a", "h3", "dd"):
            self._in = "" if tag.is_end else tag.name
        if tag.name == "h3" and not tag.is_end:
            self._heading = ""
        elif tag.name == "a" and not tag.is_end:
            self._link = _Link(tag.attributes(), tuple(filter(None, self._folders[:DEEPEST])))

    def _folder(self, tag: Tag) -> None:
        if tag.is_end:
            self._folders = self._folders[:-1]
            return
        name = folder_path([self._heading])
        self._folders.append("" if name.lower() in _BUILT_IN else name)
        self._heading = ""


def _reading(link: _Link, latest: datetime) -> Read:
    def read() -> Draft | Subscription:
        facts = link.facts
        if facts.get("feedurl"):
            folder = folder_path(link.folders)
            site = facts.get("href", "")
            return make_subscription(facts["feedurl"], title=link.name, site=site, folder=folder)
        return make_link_draft(
            facts.get("href", ""),
            link.name,
            text=link.about,
            added=read_moment(facts.get("add_date"), latest),
            tags=tuple(dict.fromkeys((*link.folders, *read_tags(facts.get("tags"))))),
        )

    return read
