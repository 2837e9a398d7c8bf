"""Subscriptions in FOAF, as some sites of blogs list the people one reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reader.ingest.tags_of_markup import Piece, Tag

_PEOPLE = ("agent", "person")


@dataclass(slots=True)
class _Someone:
    """A person, or a group of them, until the element ends."""

    is_group: bool
    name: str = ""
    feeds: list[str] = field(default_factory=list)


def read_foaf(pieces: Iterable[Piece]) -> Iterator[tuple[str, str, str, str]]:
    """Address, title, site ("") and folder of the feeds of people; groups are folders.

    A name may stand behind the feeds of the person, but not behind the members of a group.
    """
    around: list[_Someone] = []
    named = False
    for piece in pieces:
        if isinstance(piece, str):
            if named and around and not around[-1].name:
                around[-1].name = " ".join(piece.split())
            continue
        named = piece.name in ("name", "nick") and not piece.is_end
        if piece.name in (*_PEOPLE, "group"):
            yield from _at(around, piece)
        elif around and not piece.is_end:
            around[-1].feeds += filter(None, [_address(piece)])
    while around:
        yield from _leave(around)


def _at(around: list[_Someone], tag: Tag) -> Iterator[tuple[str, str, str, str]]:
    if not tag.is_end and not tag.is_closed:
        around.append(_Someone(tag.name == "group"))
    elif tag.is_end and around:
        yield from _leave(around)


def _leave(around: list[_Someone]) -> Iterator[tuple[str, str, str, str]]:
    someone = around.pop()
    folder = next((one.name for one in reversed(around) if one.is_group), "")
    for url in someone.feeds:
        yield url, someone.name, "", folder.replace("/", "-")


def _address(tag: Tag) -> str:
    if tag.name == "channel":
        return tag.attributes().get("about", "").strip()
    return tag.attributes().get("resource", "").strip() if tag.name == "feed" else ""
