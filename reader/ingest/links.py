"""Saved links, as services for reading later and browsers keep them -> Draft."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reader.clean import clean_line, clean_text
from reader.ingest.addresses import host_of, web_address, words_of
from reader.ingest.dates import read_value
from reader.ingest.paragraphs import join_lines, split_blocks
from reader.model import Draft, Mark

_MICROSECONDS_DIGITS = 16


def make_link_draft(
    url: str,
    title: str,
    *,
    text: str = "",
    added: datetime | None = None,
    tags: tuple[str, ...] = (),
    marks: Iterable[Mark] = (),
) -> Draft:
    """Make the article that a link leads to: it has a title and no text yet, or an excerpt.

    Its source is the host. Raises ImportItemError when `url` is none of the web.
    """
    address = web_address(url, title)
    title = clean_line(title)
    named = bool(title) and title != address
    blocks = split_blocks(clean_text(text))
    return Draft(
        title=title if named else words_of(address),
        title_derived=not named,
        text="\n\n".join(one.text for one in join_lines(blocks)) if blocks else "",
        source=host_of(address),
        url=address,
        partial=True,
        tags=tags,
        marks=frozenset(marks),
        added=added,
    )


def read_moment(value: object, latest: datetime) -> datetime | None:
    """Read when something was saved: a date, or seconds, milliseconds or microseconds."""
    if isinstance(value, str) and value.isdecimal() and len(value) == _MICROSECONDS_DIGITS:
        value = value[:-3]
    published = read_value(value, latest)
    return published.at if published else None
