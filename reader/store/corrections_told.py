"""Corrections in terms that hold in any library: names, kinds and identities of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reader.model import Correction, CorrectionKind, EntityKind
from reader.store.database import Database
from reader.store.entity_rows import namings_of
from reader.store.naming import NOBODY
from reader.store.rules import Spot, spot_at

_NUMBERED = re.compile(r"(.+) \((\d+)\)")

_SPLITS = """
SELECT e.id, t.id, s.form FROM entity_split s
CROSS JOIN entity e ON e.id = s.entity_id CROSS JOIN entity t ON t.id = s.to_id
ORDER BY e.id, s.form_key
"""

# The indexes hold nothing but what the reader corrected.
_MERGES = """
SELECT id, merged_into FROM entity INDEXED BY entity_merged
WHERE merged_into IS NOT NULL ORDER BY id
"""

_FIELDS = """
SELECT id, reader_name, reader_kind, ignored FROM entity
WHERE (root IS NOT NULL) = :is_part AND id IN (
    SELECT id FROM entity INDEXED BY entity_renamed WHERE reader_name IS NOT NULL
    UNION SELECT id FROM entity INDEXED BY entity_kind WHERE reader_kind IS NOT NULL
    UNION SELECT id FROM entity INDEXED BY entity_ignored WHERE ignored
)
ORDER BY id
"""

_MENTIONS = """
SELECT a.id, a.identity, m.to_id, m.form, m.place, m.times, m.context
FROM mention_override m CROSS JOIN article a ON a.id = m.article_id
ORDER BY a.id, m.form, m.place, m.context
"""

_ARTICLE = """
SELECT article_id, text FROM body WHERE article_id = coalesce(
    (SELECT id FROM article WHERE identity = :identity),
    (SELECT article_id FROM told WHERE identity = :identity)
)
"""


class NameKeys:
    """Keys of names, and names by which entities are told.

    Several entities may bear a name, since the reader gave one of them another: those have keys
    and are told by names with a number, "kiev (2)".
    """

    def __init__(self, database: Database, key: Callable[[str], str]) -> None:
        self._database = database
        self._key = key

    def key(self, name: str) -> str:
        """The key of an entity that is told by this name."""
        numbered = _NUMBERED.fullmatch(name)
        return f"{self._key(numbered[1])} ({numbered[2]})" if numbered else self._key(name)

    def name(self, entity_id: int) -> tuple[str, EntityKind]:
        """The name by which an entity is told, and the kind of which it is recognised."""
        name, kind, key = self._database.rows(
            "SELECT name, kind, key FROM entity WHERE id = ?", (entity_id,)
        )[0]
        return (name if self.key(name) == key else key), EntityKind(kind)


def told_corrections(database: Database, keys: NameKeys) -> Iterator[Correction]:
    """All that the reader corrected and that stands: what makes entities comes before what is
    said of them."""
    for one, to, form in database.rows(_SPLITS):
        name, kind = keys.name(to)
        yield Correction(CorrectionKind.SPLIT, *keys.name(one), to=name, to_kind=kind, form=form)
    # Once it is part of another, all that is said of an entity is said of that one.
    yield from _told_fields(database, keys, is_part=True)
    for one, to in database.rows(_MERGES):
        name, kind = keys.name(to)
        yield Correction(CorrectionKind.MERGE, *keys.name(one), to=name, to_kind=kind)
    yield from _told_fields(database, keys, is_part=False)
    for article_id, identity, to, *spot in database.rows(_MENTIONS):
        yield from _told_mention(database, keys, article_id, identity, to, Spot(*spot))


def _told_fields(database: Database, keys: NameKeys, *, is_part: bool) -> Iterator[Correction]:
    for one, renamed, changed, ignored in database.rows(_FIELDS, {"is_part": is_part}):
        named = keys.name(one)
        if renamed is not None:
            yield Correction(CorrectionKind.RENAME, *named, to=renamed)
        if changed is not None:
            yield Correction(CorrectionKind.KIND, *named, to_kind=EntityKind(changed))
        if ignored:
            yield Correction(CorrectionKind.IGNORE, *named)


def _told_mention(
    database: Database,
    keys: NameKeys,
    article_id: int,
    identity: bytes,
    to: int | None,
    spot: Spot,
) -> Iterator[Correction]:
    """Nothing for a place that the text does not have any more."""
    text = database.value("SELECT text FROM body WHERE article_id = ?", (article_id,))
    start = spot.start(text)
    now = None if start is None else spot_at(text, spot.form, start)
    if start is None or now is None:
        return
    before = _told_at(database, article_id, start, start + len(spot.form))
    name, kind = ("", EntityKind.MISC) if before is None else keys.name(before)
    to_name, to_kind = ("", None) if to is None else keys.name(to)
    yield Correction(
        CorrectionKind.MENTION, name, kind, to_name, to_kind, spot.form, identity.hex(), now.place
    )


def _told_at(database: Database, article_id: int, start: int, end: int) -> int | None:
    """The entity that was recognised at a place."""
    naming = namings_of(database, [article_id]).get(article_id)
    for one in naming.mentions() if naming else ():
        if (one.start, one.end) == (start, end) and one.told != NOBODY:
            return one.told
    return None


def find_article(database: Database, identity: str) -> tuple[int, str] | None:
    """The article with an identity (hexadecimal), and its text."""
    try:
        digest = bytes.fromhex(identity)
    except ValueError:
        return None
    row = database.row(_ARTICLE, {"identity": digest})
    return None if row is None else (row[0], row[1])
