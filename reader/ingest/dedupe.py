"""When two articles are the same one. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")


def content_hash(title: str, text: str) -> str:
    """Return 64 hexadecimal digits that are equal for articles with the same words.

    Case, punctuation, quotation marks, white space and compatibility forms do not count.
    """
    digest = hashlib.sha256()
    for part in (title, text):
        folded = unicodedata.normalize("NFKC", part).casefold()
        for word in _WORD.finditer(folded):
            digest.update(word[0].encode("utf-8", "replace"))
            digest.update(b" ")
        digest.update(b"\x00")
    return digest.hexdigest()
