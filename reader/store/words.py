"""The words by which an entity is looked up."""

from __future__ import annotations

import re
import unicodedata

_JOINED = re.compile(r"[.'’]")
_WORD = re.compile(r"\w+")


def name_words(name: str) -> tuple[str, ...]:
    """Words of a name without case, accents, dots and apostrophes; each once, sorted.

    "U.S. Army" has the words "us" and "army", "al-Assad" has "al" and "assad".
    """
    folded = name.casefold()
    if folded.isascii() and folded.replace(" ", "").isalpha():
        # Most names are plain words.
        return tuple(sorted(set(folded.split())))
    apart = unicodedata.normalize("NFKD", folded)
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    return tuple(sorted(set(_WORD.findall(_JOINED.sub("", plain)))))
