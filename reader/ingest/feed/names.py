"""Names of elements, whatever namespace a feed puts them in."""

from __future__ import annotations

_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/net/rss1.1": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss091": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.rssboard.org/rss-specification": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/dcterms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://search.yahoo.com/mrss": "media",
    "http://video.search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtds/podcast-1.0": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
}
# Prefixes that stand for the plain names of RSS and Atom when nothing says what they are.
_PLAIN = frozenset({"rss", "atom", "atom03", "atom10", "a10", "a", "rss1"})


def key_of(tag: str, prefix: str | None) -> str:
    """Return the name of an element as "title" or "dc:title", in lower case.

    `tag` is as lxml has it: "{namespace}name", or "prefix:name" where nothing declares the
    prefix. The names of RSS and Atom have no prefix, as feeds put either into either's
    namespace, or into one of their own; what an unknown namespace means, its prefix tells.
    """
    if tag[0] == "{":
        namespace, _, name = tag[1:].rpartition("}")
        known = _PREFIXES.get(namespace.strip().lower().rstrip("/#"))
        if known is None:
            known = _by_prefix(prefix)
    else:
        before, _, name = tag.rpartition(":")
        known = _by_prefix(before)
    name = name.lower()
    return f"{known}:{name}" if known else name


def _by_prefix(prefix: str | None) -> str:
    lower = (prefix or "").lower()
    return "" if lower in _PLAIN else lower


def local_name(tag: str) -> str:
    """Return the name of an element or attribute without its namespace, in lower case."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()
