"""What recognisers from outside need around them: texts in pieces, and spans as we mark them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from reader.entities.names import TITLES
from reader.entities.values import Found
from reader.model import EntityKind
from reader.sentences import sentences

_OUTSIDE = " \t\r\n\f\v\u00a0\"'“”‘’„«»‹›()[]{}<>,;:!?*_|/\\-–—"
_POSSESSIVE = re.compile(r"(?<=[\w.])['’]s?$", re.IGNORECASE)
_THE = re.compile(r"the\s+(?!hague\b)", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_BEGINS = re.compile(r"(?:^|[\n.!?:“\"‘(])\s*$")
_NEAR = 4
"""Code points in front of a span that tell whether a sentence begins there."""


def cut(text: str, limit: int, measure: Callable[[str], int]) -> list[tuple[int, int]]:
    """Places that hold a text in pieces of at most `limit` by `measure`: code points, half open.

    A piece is a run of whole sentences, as many as go in. A sentence that is too long is cut
    between words; a word that is too long stays whole.
    """
    pieces: list[tuple[int, int]] = []
    size = 0
    for start, end in _parts(text, limit, measure):
        behind = pieces[-1][1] if pieces else start
        size += measure(text[behind:end])
        if pieces and size <= limit:
            pieces[-1] = pieces[-1][0], end
        else:
            pieces.append((start, end))
            size = measure(text[start:end])
    return pieces


def _parts(text: str, limit: int, measure: Callable[[str], int]) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        if measure(text[start:end]) <= limit:
            yield start, end
        else:
            yield from (word.span() for word in _WORD.finditer(text, start, end))


def tidy(text: str, found: Iterable[Found]) -> list[Found]:
    """Spans as docs/annotation.md wants them, in order.

    Titles, "the", possessives, quotes and blanks at their ends go. Of two that overlap the
    longer stays, and none without a letter.
    """
    bare = [span for one in found if (span := _bare(text, one)) is not None]
    taken: list[Found] = []
    for one in sorted(bare, key=lambda one: (one.start, -one.end)):
        if not taken or taken[-1].end <= one.start:
            taken.append(one)
        elif one.end - one.start > taken[-1].end - taken[-1].start:
            taken[-1] = one
    return taken


def _bare(text: str, found: Found) -> Found | None:
    start, end = _strip(text, found.start, found.end)
    if _POSSESSIVE.search(text[start:end]):
        end = start + len(_POSSESSIVE.sub("", text[start:end]))
    if (the := _THE.match(text, start, end)) and _is_article(text, start, found.kind):
        start = the.end()
    if found.kind is EntityKind.PER:
        start = _behind_titles(text, start, end)
    start, end = _strip(text, start, end)
    if not any(map(str.isalpha, text[start:end])):
        return None
    return Found(start, end, found.kind, found.confidence)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    start += len(name) - len(name.lstrip(_OUTSIDE))
    return start, max(start, end - len(name) + len(name.rstrip(_OUTSIDE)))


def _is_article(text: str, start: int, kind: EntityKind) -> bool:
    """Whether "the" at the beginning is no part of the name: in small letters never, with a
    capital it may be that of an organisation, inside a sentence."""
    if text[start].islower() or kind is not EntityKind.ORG:
        return True
    return _BEGINS.search(text, max(0, start - _NEAR), start) is not None


def _behind_titles(text: str, start: int, end: int) -> int:
    """Where the name begins behind all titles; the last word is never one."""
    words = list(_WORD.finditer(text, start, end))
    for word in words[:-1]:
        if word.group().lower().replace(".", "") not in TITLES:
            return word.start()
    return words[-1].start() if words else start
