"""What a page states about itself: in meta elements, links, JSON-LD and its title. Pure.

Sources: the HTML standard, the Open Graph protocol, the article types of schema.org, and the
names that Dublin Core and Google Scholar give to dates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from reader.clean import clean_line
from reader.ingest.dates import read_value
from reader.ingest.headers import Meta, clean_url, split_authors
from reader.ingest.html.addresses import absolute, is_web
from reader.ingest.html.scan import Scanner, read_attributes, read_elements, unescape
from reader.model import Published

UNREAD = frozenset(("script", "style", "svg", "template", "iframe", "canvas", "object"))
"""Elements of a page that hold nothing to read; large ones often."""

_MOST_ELEMENTS = 5000
_MOST_NODES = 10_000
_MOST_DATA = 20
_LARGEST_DATA = 1 << 20
_MOST_AUTHORS = 20
_MOST_TITLES = 5
_STATING = ("html", "meta", "link", "base", "time", "title", "h1")
_TAGS = re.compile(r"<[^>]*+>")
_SEPARATORS = re.compile(r"\s+[|–—·•:»/-]\s+")
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
)
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "citation_author")
_NODES = {"blogposting", "report", "socialmediaposting", "liveblogposting"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page without what nobody reads in it, and the facts that it states.

    `base` is what its relative addresses are joined to.
    """

    html: str
    meta: Meta
    base: str


@dataclass(slots=True)
class _Stated:
    """What was found, as written; of several values the first counts."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    canonical: str = ""
    base: str = ""
    lang: str = ""

    def first(self, *names: str) -> str:
        found = (value for name in names for value in self.meta.get(name, ()) if value.strip())
        return next(found, "")

    def all(self, *names: str) -> Iterator[str]:
        return (value for name in names for value in self.meta.get(name, ()))


def read_facts(html: str, *, url: str, latest: datetime) -> Page:
    """Read what a page at `url` states. Never raises.

    Dates are only those stated as the day of publication; `latest`: see `reader.ingest.dates`.
    """
    html, cut = Scanner(html).cut_out(UNREAD)
    stated = _read_stated(html)
    node = _article_node(cut)
    base = absolute(stated.base, url) if stated.base else url
    address = _own_address(stated, url, base)
    site = clean_line(stated.first("og:site_name") or _name(node.get("publisher")))
    meta = Meta(
        title=_title(stated, node, site),
        source=site or clean_line(stated.first("application-name")) or _host(address),
        published=_published(stated, node, latest),
        authors=_authors(stated, node),
        url=address,
        lang=clean_line(stated.lang or stated.first("og:locale")).replace("_", "-"),
    )
    return Page(html, meta, base or address)


def _read_stated(html: str) -> _Stated:
    stated = _Stated()
    for name, attributes, content in read_elements(html, _STATING, _MOST_ELEMENTS):
        if name in ("title", "h1"):
            known = stated.titles.setdefault(name, [])
            if len(known) < _MOST_TITLES:
                known.append(unescape(_TAGS.sub(" ", content)))
            continue
        values = read_attributes(attributes)
        if name == "meta":
            key = values.get("property") or values.get("name") or values.get("itemprop") or ""
            stated.meta.setdefault(key.strip().lower(), []).append(values.get("content", ""))
        elif name == "link":
            if "canonical" in values.get("rel", "").lower().split():
                stated.canonical = stated.canonical or values.get("href", "")
        elif name == "time":
            _add_time(stated, values)
        elif name == "base":
            stated.base = stated.base or values.get("href", "")
        else:
            stated.lang = stated.lang or values.get("lang", "") or values.get("xml:lang", "")
    return stated


def _add_time(stated: _Stated, values: Mapping[str, str]) -> None:
    written = values.get("datetime", "")
    if "pubdate" in values or values.get("itemprop", "").lower() == "datepublished":
        stated.meta.setdefault("datepublished", []).append(written)
    elif written:
        stated.times.append(written)


def _article_node(cut: Sequence[tuple[str, str, str]]) -> Mapping[str, object]:
    """The description of an article in JSON-LD; of a page when there is none."""
    written = [
        content
        for name, attributes, content in cut
        if name == "script" and "ld+json" in attributes.lower() and len(content) < _LARGEST_DATA
    ]
    pages = []
    for content in written[:_MOST_DATA]:
        for node in _nodes(content.rpartition("</")[0]):
            kinds = {kind.lower() for kind in _strings(node.get("@type"))}
            if kinds & _NODES or any(kind.endswith("article") for kind in kinds):
                return node
            if "webpage" in kinds:
                pages.append(node)
    return pages[0] if pages else {}


def _nodes(content: str) -> Iterator[Mapping[str, object]]:
    """The objects in a JSON text, outer ones and first ones first."""
    try:
        waiting: list[object] = [json.loads(content, strict=False)]
    except (ValueError, RecursionError):
        return
    for value in waiting:
        inner: Iterable[object] = ()
        if isinstance(value, dict):
            yield value
            inner = value.values()
        elif isinstance(value, list):
            inner = value
        if len(waiting) < _MOST_NODES:
            waiting.extend(one for one in inner if isinstance(one, dict | list))


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _name(value: object) -> str:
    """The name of whom or what a value of JSON-LD stands for."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return unescape(value) if isinstance(value, str) else ""


def _title(stated: _Stated, node: Mapping[str, object], site: str) -> str:
    headings = stated.titles.get("h1", [])
    written = (
        stated.first("og:title", "twitter:title"),
        _name(node.get("headline")),
        headings[0] if len(headings) == 1 else "",
        stated.titles.get("title", [""])[0],
    )
    title = next((line for line in map(clean_line, written) if line), "")
    return _without_site(title, [site, *map(clean_line, headings)])


def _without_site(title: str, known: Sequence[str]) -> str:
    """Drop the name of the site from a title, where it is known what is which."""
    site, *headings = (one.casefold() for one in known)
    for found in _SEPARATORS.finditer(title):
        before, after = title[: found.start()], title[found.end() :]
        if before and (after.casefold() == site or before.casefold() in headings):
            return before
        if after and before.casefold() == site:
            return after
    return title


def _published(stated: _Stated, node: Mapping[str, object], latest: datetime) -> Published | None:
    written = [*_strings(node.get("datePublished")), *stated.all(*_DATES)]
    if not written and len(set(stated.times)) == 1:
        written = stated.times[:1]
    found = (read_value(value.strip(), latest) for value in written)
    return next((published for published in found if published is not None), None)


def _authors(stated: _Stated, node: Mapping[str, object]) -> tuple[str, ...]:
    told = node.get("author")
    names = [_name(one) for one in (told if isinstance(told, list) else [told])[:_MOST_AUTHORS]]
    written = [name for name in names if name] or list(stated.all(*_AUTHORS))[:_MOST_AUTHORS]
    found = (one for line in written if "://" not in line for one in split_authors(line))
    return tuple(dict.fromkeys(found))


def _own_address(stated: _Stated, url: str, base: str) -> str:
    """The address that the page gives as its own: of the same host, and not its front page."""
    for written in (stated.canonical, stated.first("og:url")):
        address = clean_url(absolute(written.strip(), base)) if written.strip() else ""
        if is_web(address) and (not url or _is_same_place(address, url)):
            return address
    return clean_url(url)


def _is_same_place(address: str, url: str) -> bool:
    is_front = _path(address) == "" != _path(url)
    return _host(address) == _host(url) != "" and not is_front


def _path(address: str) -> str:
    return address.partition("://")[2].partition("/")[2].partition("?")[0].rstrip("/")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
