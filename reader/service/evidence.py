"""Sentences that show what articles say of an entity. Pure."""

from __future__ import annotations

import re

from reader.model import ArticleRow, Evidence, NamedSentence, Span

WIDTH = 400
"""Code points of a sentence that are shown: what has no stops may be as long as a text."""

_LEAD = WIDTH // 4
"""Code points shown before the first name of a sentence that is cut."""

_BLANK = re.compile(r"\s")


def evidence_of(row: ArticleRow, text: str, sentence: NamedSentence) -> Evidence:
    """A sentence of `text` as it is shown, cut around its first name where it is long."""
    offset = sentence.mentions[0].start
    start, end = _cut(text, sentence.start, sentence.end, offset)
    before = "…" if start > sentence.start else ""
    after = "…" if end < sentence.end else ""
    shift = start - len(before)
    return Evidence(
        row,
        f"{before}{text[start:end]}{after}",
        tuple(
            Span(one.start - shift, min(one.end, end) - shift)
            for one in sentence.mentions
            if one.start < end
        ),
        offset,
    )


def _cut(text: str, start: int, end: int, offset: int) -> tuple[int, int]:
    """The stretch that is shown of the sentence from `start` to `end`: between words, where
    there are any."""
    if end - start <= WIDTH:
        return start, end
    if offset - start > _LEAD:
        blank = _BLANK.search(text, offset - _LEAD, offset)
        start = blank.end() if blank else offset
    if end - start > WIDTH:
        last = text.rfind(" ", offset, start + WIDTH)
        end = last if last > offset else start + WIDTH
    return start, end
