"""Names that are known, as evidence: which words of a text are part of a listed name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Listed names as tokens joined by blanks, each with the topics it is listed under as bits;
    `reach` has the most words of a name by its first word."""

    topics: tuple[str, ...]
    names: dict[str, int]
    reach: dict[str, int]

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Listed names in the text, the longest from left to right: first word, word after the
        last, topics."""
        found: list[tuple[int, int, int]] = []
        names, reach = self.names, self.reach
        at, end = 0, len(words)
        while at < end:
            longest = reach.get(words[at])
            if longest is None:
                at += 1
                continue
            for last in range(min(at + longest, end), at, -1):
                topics = names.get(" ".join(words[at:last]) if last - at > 1 else words[at])
                if topics is not None:
                    found.append((at, last, topics))
                    at = last
                    break
            else:
                at += 1
        return found


def reaches(names: dict[str, int]) -> dict[str, int]:
    """The most words of a name, by the first word of names."""
    reach: dict[str, int] = {}
    for name in names:
        first, _, rest = name.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if reach.get(first, 0) < length:
            reach[first] = length
    return reach
