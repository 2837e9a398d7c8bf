"""Whether the first bytes of a document are those of a feed."""

from __future__ import annotations

import re

ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry"})
"""The local names of the elements that a feed document may begin with, in lower case."""

ROOT = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?(?:rss|rdf|feed)(?=[\s>/])|<(?:channel|entry)(?=[\s>])", re.IGNORECASE
)
_PROLOG = re.compile(
    rb"\s+|<!--.*?-->|<\?.*?(?:\?>|>)|<![^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_JSON_FEED = re.compile(
    rb"\A\s*\{(?=[^\0]*\"(?:version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/))"
)
_MARK = b"\xef\xbb\xbf"


def is_feed(head: bytes) -> bool:
    """Tell whether `head`, the first bytes of a file, begins a feed in XML or a JSON Feed.

    UTF-16 and UTF-32 are understood as far as the name of the first element is ASCII.
    """
    head = head.removeprefix(_MARK)
    if b"\x00" in head[:64]:
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    if _JSON_FEED.match(head) is not None:
        return True
    at = skip_prolog(head)
    found = ROOT.match(head, at)
    if found is None:
        return False
    # Other kinds of documents have elements of these names too.
    return not found[0].lower().endswith((b"<channel", b"<entry")) or b"xmlns" in head[at:]


def skip_prolog(data: bytes) -> int:
    """Return where the first element of an XML document begins.

    Declarations, comments, processing instructions and a DOCTYPE with its internal subset
    are passed over, each once.
    """
    at = 0
    while (found := _PROLOG.match(data, at)) is not None:
        at = found.end()
    return at
