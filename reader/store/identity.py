"""What makes an article the same one, and what makes its text the same text."""

from __future__ import annotations

import json
import os
import unicodedata
from hashlib import blake2b

from reader.model import Draft

_DIGEST_BYTES = 16


def content_of(title: str, text: str) -> bytes:
    """Digest of what an article says; differences of spacing alone do not count."""
    return _digest("content", _normal(title), _normal(text))


def identity_of(draft: Draft, content: bytes) -> bytes:
    """Digest of what tells an article from others: the id its source gave it, else its link,
    else the file it is alone in, else what it says."""
    if draft.guid:
        return _digest("guid", draft.source, draft.guid)
    if draft.url:
        return _digest("url", draft.source, draft.url)
    if draft.file:
        return _digest("file", os.fsdecode(draft.file))
    return _digest("content", content.hex())


def is_known_by_file(draft: Draft) -> bool:
    """Whether its file is all that tells an article from others."""
    return bool(draft.file) and not (draft.guid or draft.url)


def left_identity(article_id: int) -> bytes:
    """Digest for an article whose file now holds another one."""
    return _digest("left", str(article_id))


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _digest(*parts: str) -> bytes:
    # JSON keeps the parts apart whatever is in them.
    return blake2b(json.dumps(parts).encode(), digest_size=_DIGEST_BYTES).digest()
