"""Which source is meant by what a person writes (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from reader.clean import clean_line
from reader.errors import AmbiguousSourceError, SourceNotFoundError
from reader.feeds import SourceLine
from reader.nearest import nearest


def find_source(lines: Sequence[SourceLine], name: str) -> SourceLine:
    """The source called `name`: so written, else in other case, else the only one whose name
    begins so. Raises AmbiguousSourceError where several do, else SourceNotFoundError with the
    nearest name."""
    wanted = name.casefold().strip()
    for line in lines:
        if line.name == name:
            return line
    for alike in (
        [line for line in lines if line.name.casefold() == wanted],
        [line for line in lines if wanted and line.name.casefold().startswith(wanted)],
    ):
        if len(alike) == 1:
            return alike[0]
        if alike:
            raise AmbiguousSourceError(name, tuple(line.name for line in alike))
    raise SourceNotFoundError(name, nearest(wanted, (line.name for line in lines)))


def find_sources(lines: Sequence[SourceLine], name: str) -> tuple[SourceLine, ...]:
    """The source called `name`, else those whose feeds are in the folder of that name or below.

    Raises SourceNotFoundError.
    """
    try:
        return (find_source(lines, name),)
    except SourceNotFoundError:
        inside = tuple(line for line in lines if line.feed and is_within(line.feed.folder, name))
        if not inside:
            raise
        return inside


def folder_path(text: str) -> str:
    """The path of a folder as it is kept: no empty levels, no space around a name."""
    return "/".join(filter(None, (clean_line(part) for part in text.split("/"))))


def is_within(folder: str, outer: str) -> bool:
    """Whether `folder` is `outer` or below it, as in "News/World" and "news"."""
    inner, around = folder.casefold(), outer.casefold().strip("/ ")
    return bool(around) and (inner == around or inner.startswith(f"{around}/"))
