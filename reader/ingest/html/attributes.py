"""What the attributes of an element say of its place in a text."""

from __future__ import annotations

import re

from reader.ingest.html.scan import read_attributes

_HIDDEN = re.compile(
    r"(?:^|[\s\"'])hidden(?=[\s=/]|$)|display\s*+:\s*+none|visibility\s*+:\s*+hidden"
)
_MOST_COLUMNS = 20
_LONGEST_NUMBER = 6


def is_hidden(attributes: str) -> bool:
    """Whether they keep an element from being shown."""
    attributes = attributes.lower()
    return ("hidden" in attributes or "none" in attributes) and _HIDDEN.search(
        attributes
    ) is not None


def first_number(name: str, attributes: str) -> int | None:
    """The number of the first item of a list, None where its items have none."""
    if name != "ol":
        return None
    start = number_of(attributes, "start")
    return 1 if start is None else start


def number_of(attributes: str, name: str) -> int | None:
    """The whole number that an attribute is, None where it is none or a long one."""
    written = read_attributes(attributes).get(name, "") if attributes else ""
    is_number = written.isascii() and written.isdigit() and len(written) <= _LONGEST_NUMBER
    return int(written) if is_number else None


def columns_of(attributes: str) -> int:
    """How many columns of a table a cell takes."""
    return min(max(number_of(attributes, "colspan") or 1, 1), _MOST_COLUMNS)
