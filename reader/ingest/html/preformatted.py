"""Preformatted text, whose paragraphs lie between blank lines."""

from __future__ import annotations

from bisect import bisect_right

from reader.ingest.html.flow import Block
from reader.ingest.html.line import Mark, is_invisible


def paragraphs_of_lines(text: str, marks: list[Mark]) -> list[Block]:
    """Part preformatted text at its blank lines; a mark over several paragraphs is parted too."""
    stretches = _between_blank_lines(text)
    blocks = [Block(text[start:end], []) for start, end in stretches]
    ends = [end for _, end in stretches]
    for a, b, kind, to in marks:
        for number in range(bisect_right(ends, a), len(blocks)):
            start, end = stretches[number]
            if start >= b:
                break
            blocks[number].marks.append((max(a, start) - start, min(b, end) - start, kind, to))
    return blocks


def _between_blank_lines(text: str) -> list[tuple[int, int]]:
    """The stretches of lines on which something is to be seen."""
    stretches: list[tuple[int, int]] = []
    at, joins = 0, False
    for line in text.split("\n"):
        end = at + len(line.rstrip())
        seen = not is_invisible(line)
        if seen and joins:
            stretches[-1] = stretches[-1][0], end
        elif seen:
            stretches.append((at, end))
        joins = seen
        at += len(line) + 1
    return stretches
