"""A query as it stands in the search line: what is asked of it, and how that is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from index.growing import growing, grown
from reader.ui.state import MORE, Asked, bare_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What a line asks for after earlier conditions. A word that is still being written at the
    cursor stands for all that begin so: then `told` is how the condition is shown."""

    asked: Asked
    told: str
    _origins: tuple[int, ...]

    def place(self, at: int) -> int:
        """The code point of the line that one of the condition comes from."""
        return self._origins[min(at, len(self._origins) - 1)] if self._origins else 0


def as_written(line: str, base: Asked) -> Draft:
    """The line as it is."""
    return _draft(line, list(range(len(line) + 1)), base, line)


def in_the_making(line: str, cursor: int, base: Asked) -> Draft:
    """The line while it is being written."""
    found = growing(line, cursor)
    if found is None:
        return as_written(line, base)
    start, end = found
    word = grown(line[start:end])
    origins = [*range(start), *[start] * len(word), *range(end, len(line) + 1)]
    told = line[:end] + MORE + line[end:]
    return _draft(line[:start] + word + line[end:], origins, base, told)


def _draft(text: str, origins: list[int], base: Asked, told: str) -> Draft:
    asked = base.narrowed(text) if text.strip() else base
    if asked.parts == base.parts:
        return Draft(asked, "", ())
    kept = [origins[at] for at in bare_of(text)]
    shown = base.narrowed(told).parts[-1]
    return Draft(asked, "" if text == told else shown, (*kept, kept[-1] + 1))
