"""The fields of an entry in RSS, RDF, Atom or CDF -> what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.feed.dates import read_first
from reader.ingest.feed.fields import Fields, Value
from reader.ingest.feed.links import absolute, best_alternate, is_alternate, is_web, join
from reader.ingest.feed.parts import Parts, clean_attachments, clean_authors, clean_guid
from reader.ingest.feed.text import Body, html_of, lines, title_of
from reader.ingest.feed.tree import DATES

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_WHOLE = ("content:encoded", "content", "body", "xhtml:body", "xhtml:div", "fullitem")
_SUMMARIES = (
    "description",
    "summary",
    "abstract",
    "dc:description",
    "dcterms:abstract",
    "itunes:summary",
)
# What goes with an attachment tells of the entry only where nothing else does.
_SPARE = ("media:description", "media:text", "itunes:subtitle")
_LINES = frozenset({"media:description", "itunes:summary"})
_AUTHORS = ("author", "dc:creator", "dc:author", "itunes:author", "creator", "managingeditor")
_LANGUAGES = ("language", "dc:language")
_FILES = ("enclosure", "media:content", "podcast:transcript", "podcast:chapters")
_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
_NAMED = re.compile(rf"{_ADDRESS.pattern}\s*\((?P<a>[^()]+)\)|(?P<b>[^<>@]+?)\s*<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a feed says that holds for all its entries.

    `base` is the address that relative links start from. `atom` tells whether texts say of
    what type they are; `authors` are those of entries that name none.
    """

    base: str
    atom: bool
    latest: datetime
    lang: str = ""
    authors: tuple[str, ...] = ()


def read_entry(fields: Fields, frame: Frame) -> Parts:
    """Return what an entry says."""
    base = join(fields.base, frame.base)
    bodies = tuple(_bodies(fields, base, atom=frame.atom))
    return Parts(
        title=read_title(fields, atom=frame.atom),
        bodies=bodies,
        url=read_link(fields, base),
        guid=clean_guid(fields.text("guid", "id") or fields.attributes.get("about", "")),
        published=read_first(_dates(fields), frame.latest),
        authors=read_authors(fields) or frame.authors,
        attachments=clean_attachments(_attachments(fields, base)),
        lang=read_lang(fields) or frame.lang,
        anything=_anything(fields),
    )


def _dates(fields: Fields) -> Iterator[str]:
    yield from (value.text for value in fields.all(*DATES))
    yield fields.attributes.get("lastmod", "")


def read_title(fields: Fields, *, atom: bool) -> str:
    """Return the title of an entry or a feed, "" for none."""
    return next((t for v in fields.all(*_TITLES) if (t := title_of(v, atom=atom))), "")


def read_lang(fields: Fields) -> str:
    """Return the language tag an entry or a feed states, "" for none."""
    inner = next((v.lang for v in fields.all("content", "title") if v.lang), "")
    return clean_line(fields.text(*_LANGUAGES) or fields.lang or inner, 35)


def read_authors(fields: Fields) -> tuple[str, ...]:
    """Return the names of authors; an address of mail only where there is no name."""
    for key in _AUTHORS:
        names = clean_authors(_name(value.text) for value in fields.all(key))
        if names:
            return names
    return ()


def _name(written: str) -> str:
    """`Name` of `mail@host (Name)` and `Name <mail@host>`."""
    line = clean_line(written)
    found = _NAMED.fullmatch(line)
    return line if found is None else found["a"] or found["b"]


def read_link(fields: Fields, base: str) -> str:
    """Return the absolute address of what an entry is about, "" for none.

    The text of a link comes first, as RSS has it, then the alternate link of Atom, then an id
    that says it is an address, and at last whatever else leads somewhere.
    """
    return next((url for url in _links(fields, base) if url), "")


def read_site(fields: Fields, base: str) -> str:
    """Return the absolute address of the page that a feed belongs to, "" for none."""
    own = (absolute(fields.attributes.get("href", ""), base),)
    links = list(fields.all("link"))
    found = (*_main_links(links, base), *(_absolute(v.get("resource"), v, base) for v in links))
    return next((url for url in (*found, *own) if url), "")


def _main_links(links: list[Value], base: str) -> Iterator[str]:
    yield from (_absolute(v.text, v, base) for v in links if not v.get("href"))
    yield best_alternate(
        (_absolute(v.get("href"), v, base), v.get("type"))
        for v in links
        if is_alternate(v.get("rel"))
    )


def _links(fields: Fields, base: str) -> Iterator[str]:
    links = list(fields.all("link"))
    yield from _main_links(links, base)
    yield from (
        _absolute(v.text, v, base)
        for v in fields.all("guid")
        if v.get("ispermalink").lower() != "false" and (is_web(v.text) or v.get("ispermalink"))
    )
    yield from (_absolute(v.get("resource"), v, base) for v in links)
    yield from (_absolute(v.text, v, base) for v in fields.all("url", "feedburner:origlink"))
    yield from (_absolute(v.get("src"), v, base) for v in fields.all("content"))
    yield absolute(fields.attributes.get("about", ""), base)
    yield absolute(fields.attributes.get("href", ""), base)
    # An id of Atom need not lead anywhere, but where it looks so, it mostly does.
    yield from (_absolute(v.text, v, base) for v in fields.all("id") if is_web(v.text))
    for rel in ("via", "related", "self"):
        yield from (_absolute(v.get("href"), v, base) for v in links if v.get("rel") == rel)
    yield from (_absolute(v.text, v, base) for v in fields.all("comments") if is_web(v.text))


def _absolute(written: str, value: Value, base: str) -> str:
    return absolute(written, join(value.base, base))


def _bodies(fields: Fields, base: str, *, atom: bool) -> Iterator[Body]:
    found = False
    for keys, whole in ((_WHOLE, True), (_SUMMARIES, False), (_SPARE, False)):
        if keys is _SPARE and found:
            return
        for key, value in fields.items(*keys):
            body = Body(_html(key, value, atom=atom), whole, join(value.base, base))
            if body.html.strip():
                found = found or body.size > 0
                yield body


def _html(key: str, value: Value, *, atom: bool) -> str:
    if key in _LINES and not value.html and "<" not in value.text:
        return lines(value.text)
    return html_of(value, atom=atom and key in ("content", "summary"))


def _attachments(fields: Fields, base: str) -> Iterator[tuple[str, str]]:
    for value in fields.all(*_FILES):
        yield _absolute(value.get("url") or value.get("resource"), value, base), value.get("type")
    for value in fields.all("link"):
        if value.get("rel").lower() == "enclosure":
            yield _absolute(value.get("href"), value, base), value.get("type")


def _anything(fields: Fields) -> str:
    """The first text, else the first attribute, of an entry that says nothing known."""
    values = [value for values in fields.values.values() for value in values]
    texts = (value.text for value in values)
    attributes = (text for value in values for text in value.attributes.values())
    own = fields.attributes.values()
    return next(
        (line for part in (texts, attributes, own) for t in part if (line := clean_line(t))), ""
    )
