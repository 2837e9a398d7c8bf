"""Colours and letters of tags."""

from __future__ import annotations

from reader.kept import Colour, TagLook
from reader.store.database import Database, Row
from reader.store.row_changes import Kept, RowChange
from reader.store.tag_names import fold_tag

_LOOKS = "SELECT name, articles, colour, letter FROM tag"

_COLOURS = {colour.value: colour for colour in Colour}


class TagLooks:
    """How tags are shown and reached. What is changed goes through `RowChanges`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> tuple[TagLook, ...]:
        """Tags in use, and others with a colour or a letter, level by level by name."""
        rows = self._database.rows(f"{_LOOKS} WHERE articles > 0 OR colour <> '' OR letter <> ''")
        return tuple(sorted(map(_look, rows), key=lambda look: look.name.split("/")))

    def get(self, name: str) -> TagLook:
        """The look of a tag, whether there is one or not."""
        row = self._database.row(f"{_LOOKS} WHERE name = ?", (fold_tag(name),))
        return TagLook(fold_tag(name)) if row is None else _look(row)

    def of_letter(self, letter: str) -> TagLook | None:
        """The tag that a letter sets."""
        row = self._database.row(f"{_LOOKS} WHERE letter = ?", (letter,))
        return None if row is None else _look(row)


def look_change(look: TagLook) -> RowChange:
    """What gives a tag a look."""
    fields = {"colour": look.colour.value if look.colour else "", "letter": look.key}
    return RowChange(Kept.TAG, look.name, fields if any(fields.values()) else None)


def _look(row: Row) -> TagLook:
    name, articles, colour, letter = row
    return TagLook(name, articles, _COLOURS.get(colour), letter)
