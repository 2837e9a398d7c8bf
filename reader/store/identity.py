"""What makes an article the same one, and what makes its text the same text."""

from __future__ import annotations

import json
import os
import unicodedata
from hashlib import blake2b

from index.analysis import fold
from reader.feeds import FeedId
from reader.model import Draft
from reader.store.links import canonical_link

_DIGEST_BYTES = 16


def content_of(title: str, text: str) -> bytes:
    """Digest of what an article says; differences of spacing alone do not count."""
    return _digest("content", _normal(title), _normal(text))


def identity_of(draft: Draft, content: bytes, feed: FeedId | None = None) -> bytes:
    """Digest of what tells an article from others: the id its source gave it, else its link,
    else the file it is alone in, else what it says.

    `feed` is the feed it belongs to: then neither the name of the source nor the address of
    the feed matters, and links that lead to one page are one.
    """
    if feed is not None and (draft.guid or draft.url):
        if draft.guid:
            return _digest("feed guid", str(feed), draft.guid)
        return _digest("feed url", str(feed), canonical_link(draft.url))
    if draft.guid:
        return given_identity(draft.source or draft.feed, draft.guid)
    if draft.url:
        return _digest("url", draft.source or draft.feed, draft.url)
    if draft.file:
        return _digest("file", os.fsdecode(draft.file))
    return _digest("content", content.hex())


def given_identity(source: str, guid: str) -> bytes:
    """Digest of an article of no feed that its source gave an id."""
    return _digest("guid", source, guid)


def identity_beside(identity: bytes, draft: Draft, content: bytes) -> bytes:
    """Digest for an article whose source gave its id to another one too: told from that by its
    link, and by its title, or else what it says."""
    said = content.hex() if draft.title_derived or not draft.title else fold(draft.title)
    return _digest("beside", identity.hex(), canonical_link(draft.url), said)


def is_known_by_file(draft: Draft) -> bool:
    """Whether its file is all that tells an article from others."""
    return bool(draft.file) and not (draft.guid or draft.url)


def left_identity(article_id: int) -> bytes:
    """Digest for an article whose identity another one has now."""
    return _digest("left", str(article_id))


def _normal(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _digest(*parts: str) -> bytes:
    # JSON keeps the parts apart whatever is in them.
    return blake2b(json.dumps(parts).encode(), digest_size=_DIGEST_BYTES).digest()
