"""Bringing a library of an earlier version to the current one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryNewerError,
    LibraryUnwritableError,
)
from reader.kept import Anchor, TagLook
from reader.model import Duplicate, EntityKind, EventKind, Mark, Outcome
from reader.store import Store, open_store
from reader.store.connection import FILE_NAME, open_database
from reader.store.database import Database
from reader.store.schema import APPLICATION_ID, PLAN, Plan, Step
from tests.reader.store.helpers import NOON, Clock, add, database_of, draft, entity

DATA = Path(__file__).parent / "data"

FIRST = """
-- A comment; with a semicolon.
CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT, at INTEGER);
CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id));
CREATE TABLE log (line TEXT);
CREATE TRIGGER parent_added AFTER INSERT ON parent BEGIN
    INSERT INTO log VALUES (NEW.name);
    INSERT INTO log VALUES ('again');
END;
"""

REBUILD = Step(
    "parents have a colour",
    """
    CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT, colour TEXT);
    INSERT INTO new_parent SELECT id, name, 'green' FROM parent;
    DROP TABLE parent;
    ALTER TABLE new_parent RENAME TO parent;
    """,
)
EXTEND = Step("notes", "CREATE TABLE note (text TEXT);")
BREAK = Step("half", "CREATE TABLE half (text TEXT);\nINSERT INTO nowhere VALUES (1);")
ORPHAN = Step("orphans", "DELETE FROM parent;")


def opened(folder: Path, *steps: Step, clock: Clock | None = None) -> Database:
    return open_database(folder, Plan(FIRST, steps), clock or Clock(), 0.05)


@pytest.fixture
def old(folder: Path) -> Path:
    """The folder of a library of version 1 with something in it."""
    database = opened(folder)
    with database.transaction():
        database.run("INSERT INTO parent VALUES (1, 'Ann')")
        database.run("INSERT INTO child VALUES (1, 1)")
    database.close()
    return folder


def tables(database: Database) -> set[str]:
    return {name for (name,) in database.rows("SELECT name FROM sqlite_schema WHERE type='table'")}


def history(database: Database) -> Sequence[tuple[object, ...]]:
    return database.rows("SELECT version, name, at FROM migration ORDER BY version")


def test_a_new_file_is_made_at_once(folder: Path) -> None:
    database = opened(folder, REBUILD, EXTEND)
    assert history(database) == [(3, "created", 1690113600)]
    assert database.value("PRAGMA user_version") == 3
    assert [entry.name for entry in folder.glob("*version*")] == []
    database.close()


def test_every_missing_step_is_taken_and_recorded(old: Path) -> None:
    clock = Clock()
    clock.pass_time(hours=1)
    database = opened(old, REBUILD, EXTEND, clock=clock)
    assert history(database) == [
        (1, "created", 1690113600),
        (2, "parents have a colour", 1690117200),
        (3, "notes", 1690117200),
    ]
    assert database.value("PRAGMA user_version") == 3
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.rows("SELECT * FROM parent") == [(1, "Ann", "green")]
    assert database.rows("SELECT * FROM child") == [(1, 1)]
    assert "note" in tables(database)
    database.close()


def test_the_file_is_kept_as_it_was(old: Path) -> None:
    opened(old, REBUILD, EXTEND).close()
    copies = [entry.name for entry in old.iterdir() if "version" in entry.name]
    assert copies == ["library.version-1.sqlite3"]
    with closing(sqlite3.connect(old / copies[0])) as copy:
        assert copy.execute("SELECT * FROM parent").fetchall() == [(1, "Ann")]
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_what_is_only_in_the_log_is_in_the_copy(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE_NAME, isolation_level=None)) as other:
        other.execute("INSERT INTO parent VALUES (2, 'Bob')")
        opened(old, EXTEND).close()
    with closing(sqlite3.connect(old / "library.version-1.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM parent").fetchone() == (2,)


def test_a_library_that_is_current_is_not_copied(old: Path) -> None:
    opened(old).close()
    assert [entry for entry in old.iterdir() if "version" in entry.name] == []


def test_a_step_that_fails_leaves_the_step_before(old: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        opened(old, EXTEND, BREAK)
    database = opened(old, EXTEND)
    assert history(database)[-1][:2] == (2, "notes")
    assert "half" not in tables(database)
    database.close()


def test_a_step_that_leaves_orphans_is_taken_back(old: Path) -> None:
    with pytest.raises(LibraryDamagedError):
        opened(old, ORPHAN)
    database = opened(old)
    assert database.rows("SELECT name FROM parent") == [("Ann",)]
    database.close()


def test_without_room_for_the_copy_nothing_is_migrated(old: Path) -> None:
    # A folder where the copy has to go: it cannot be removed as a file can.
    (old / "library.version-1.sqlite3.part").mkdir()
    with pytest.raises(LibraryUnwritableError):
        opened(old, EXTEND)
    database = opened(old)
    assert tables(database).isdisjoint({"note"})
    database.close()


def test_a_damaged_file_is_not_migrated(old: Path) -> None:
    database = opened(old)
    with database.transaction():
        database.run("CREATE TABLE big (text TEXT)")
        database.run("CREATE INDEX big_text ON big (text)")
        for number in range(100):
            database.run("INSERT INTO big VALUES (?)", (f"{number:0500}",))
    root = database.value("SELECT rootpage FROM sqlite_schema WHERE name = 'big_text'")
    database.close()
    path = old / FILE_NAME
    content = bytearray(path.read_bytes())
    # An index that points nowhere: still readable, and wrong.
    content[(root - 1) * 4096 + 2000 : root * 4096] = bytes(4096 - 2000)
    path.write_bytes(content)
    with pytest.raises(LibraryDamagedError):
        opened(old, EXTEND)
    assert not (old / "library.version-1.sqlite3").exists()


def test_two_upgrade_at_once(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusyError):
            opened(old, EXTEND)
    opened(old, EXTEND).close()
    database = opened(old, EXTEND)
    assert database.value("PRAGMA user_version") == 2
    database.close()


class Overtaken(Database):
    """A connection that is overtaken by another process before its first transaction."""

    def __init__(self, other: Database, folder: Path, *steps: Step) -> None:
        super().__init__(other.path, other._connection)
        self._folder, self._steps = folder, steps

    def rows(self, sql, params=()):  # type: ignore[no-untyped-def]
        if sql == "PRAGMA foreign_keys = OFF":
            opened(self._folder, *self._steps).close()
        return super().rows(sql, params)


def test_steps_another_process_has_taken_are_not_taken_again(old: Path) -> None:
    from reader.store.migrate import migrate

    database = Overtaken(opened(old), old, EXTEND)
    migrate(database, Plan(FIRST, (EXTEND,)), Clock())
    assert len(history(database)) == 2
    database.close()


def test_a_later_version_made_by_another_process_meanwhile(old: Path) -> None:
    from reader.store.migrate import migrate

    database = Overtaken(opened(old), old, EXTEND, REBUILD)
    with pytest.raises(LibraryNewerError):
        migrate(database, Plan(FIRST, (EXTEND,)), Clock())
    database.close()


def test_the_library_of_version_1_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-1.sql").read_text(encoding="utf-8"))
    store = open_store(folder)
    assert store.counts().articles == 2
    assert store.articles.get_article(1).row.tags == ("war/ukraine",)
    assert store.articles.get_article(1).row.read
    assert list(store.marks.packed("read").ids()) == [1]
    assert list(store.tags.packed("war/ukraine").ids()) == [1]
    assert list(store.tags.packed_tagged().ids()) == [1]
    # Names are looked for anew; an entity keeps its id.
    assert store.entities.article_counts(1) == ()
    assert store.entities.get(1).entity.name == "Anna Berg"
    assert store.events.undo() is not None
    assert add(store, "new") == [3]
    store.close()


def test_the_library_of_version_2_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-2.sql").read_text(encoding="utf-8"))
    store = open_store(folder, clock=Clock())
    lines = [(one.name, one.articles, one.unread) for one in store.sources.list_lines()]
    assert lines == [("Courier", 1, 0), ("Gazette", 2, 1), ("Herald", 1, 0)]
    assert store.articles.list_duplicates(1) == (
        Duplicate("/copy/one.txt", "Herald", "https://herald.example/1", NOON),
        Duplicate("/copy/two.txt", "Gazette", "", NOON),
    )
    article = store.articles.get_article(1)
    assert (article.markup, article.attachments, article.partial) == ((), (), False)
    # What was here is known by its link, too.
    again = draft("one", guid="new", url="https://gazette.example/one", text="Changed.")
    assert store.articles.save(again) == (1, Outcome.UPDATED)
    assert store.articles.save(draft("two", text="Newer.")) == (2, Outcome.UPDATED)
    store.close()


def test_the_library_of_version_3_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-3.sql").read_text(encoding="utf-8"))
    store = open_store(folder, clock=Clock())
    counts = store.counts()
    assert (counts.articles, counts.unread, counts.starred) == (3, 2, 0)
    assert store.articles.get_article(1).row.tags == ("war",)
    assert store.positions.get(1) == 5
    assert [one.detail for one in store.events.list_events(9)][1:4] == ["starred", "read", "+war"]
    # Names are looked for anew, under the ids they had.
    assert store.entities.list_counts(None, 9) == ()
    assert store.stale.count("rules 1") == 3
    assert [one.article_id for one in store.stale.take("rules 1", 9)] == [3, 2, 1]
    council = entity("Tern Council", (33, 45), kind=EntityKind.ORG)
    assert store.entities.replace_mentions(1, [entity("Anna Berg", (0, 9)), council], "rules 1")
    shown = [(one.entity_id, one.text) for one in store.entities.list_mentions(1)]
    assert shown == [(1, "Anna Berg"), (2, "Tern Council")]
    assert store.entities.find_ids("berg") == (1,)
    assert store.stale.count("rules 1") == 2
    store.close()


def test_the_library_of_version_4_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-4.sql").read_text(encoding="utf-8"))
    store = open_store(folder, clock=Clock(), key=str.lower)

    def shown(article_id: int) -> list[tuple[str, str]]:
        return [(one.text, one.name) for one in store.entities.list_mentions(article_id)]

    for _ in range(2):
        assert shown(1) == [("Bo Lund", "Bo Lund"), ("Berg", "Berg"), ("Kiev", "Kiev")]
        assert shown(2)[2] == ("Berg", "Bo Lund")
        assert store.entities.find_ids("berg") == (1, 4)
        anna = entity("Anna Berg", (0, 9), (23, 27), aliases="berg")
        lund, kiev = entity("Bo Lund", (14, 21)), entity("Kiev", (33, 37), kind=EntityKind.LOC)
        for article_id in (1, 2):
            store.entities.replace_mentions(article_id, [anna, lund, kiev])
    while store.events.undo():
        pass
    assert shown(1) == shown(2)
    assert store.corrections.list() == ()
    while store.events.redo():
        pass
    assert shown(2)[2] == ("Berg", "Bo Lund")
    assert len(store.corrections.list()) == 3
    store.close()


def test_the_library_of_version_5_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-5.sql").read_text(encoding="utf-8"))
    store = open_store(folder, clock=Clock(), key=str.lower)
    assert (store.counts().articles, store.counts().starred) == (3, 1)
    # What was here has not arrived now; what comes later does.
    assert store.arrivals.count() == 0
    add(store, "new")
    assert store.arrivals.count() == 1
    looks = [(look.name, look.articles, look.colour, look.key) for look in store.tag_looks.list()]
    assert looks == [
        ("draft", 2, None, ""),
        ("tea", 1, None, ""),
        ("tea/green", 1, None, ""),
        ("war", 1, None, ""),
        ("war/east", 2, None, ""),
    ]
    for look in store.tag_looks.list():
        assert len(store.tags.packed(look.name).ids()) == look.articles
    assert (store.notes.newest(), store.saved_searches.list()) == ([], ())
    events = store.events.list_events(99)
    assert [(one.detail, one.undone, one.dropped) for one in events[:4]] == [
        ("starred", True, False),
        ("+tea/green", False, False),
        ("renamed Gazette to Courier", True, True),
        ("archived", True, True),
    ]
    # Changes made then and changes made now are undone and made again as one history.
    note = store.notes.add(1, Anchor(0, 9, "Anna Berg"), "Who?", "wrote a note")
    before = store.articles.get_rows([1, 2, 3])
    assert store.events.jump(0).undone == len([one for one in events if not one.undone]) + 1
    assert store.tag_looks.list() == (TagLook("tea", 1),)
    assert store.notes.of_article(1) == ()
    store.events.jump(store.events.list_events(1)[0].id)
    assert store.notes.of_article(1) == (note,)
    assert store.articles.get_rows([1, 2, 3]) == before
    store.close()


def test_the_library_of_version_6_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-6.sql").read_text(encoding="utf-8"))
    store = open_store(folder, clock=Clock(), key=str.lower)
    events = store.events.list_events(99)
    # Nothing tells any more what was read in passing then: undoing takes it back as it did.
    assert not any(one.passing or one.query or one.title for one in events)
    assert [(one.detail, one.undone) for one in events[:2]] == [("unread", True), ("read", False)]
    before = store.articles.get_rows([1, 2, 3])
    undone = store.events.undo()
    assert undone is not None
    assert undone.detail == "read"
    store.events.redo()
    assert store.articles.get_rows([1, 2, 3]) == before
    assert [one.words for one in store.notes.of_article(1)] == ["Who?"]
    assert [one.name for one in store.saved_searches.list()] == ["War"]
    store.close()


def test_the_library_of_version_7_upgrades(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / "version-7.sql").read_text(encoding="utf-8"))
    store = open_store(folder, clock=Clock(), key=str.lower)

    def told() -> list[tuple[int, str, bool]]:
        return [(one.id, one.detail, one.undone) for one in store.events.list_events(9)]

    before = [(4, "+tea", True), (3, "starred", True), (2, "read", False), (1, "+war", False)]
    assert told() == before
    store.events.add(EventKind.MARK, "read", store.marks.apply([1], Mark.READ), in_passing=True)
    assert told() == [*before[:2], (5, "read", False), *before[2:]]
    while store.events.redo():
        pass
    assert store.articles.get_article(2).row.starred
    assert list(store.tags.packed("tea").ids()) == [3]
    store.close()


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6, 7])
def test_upgraded_and_new_libraries_have_the_same_tables(
    folder: Path, tmp_path: Path, version: int
) -> None:
    def shape(store: Store) -> set[tuple[object, ...]]:
        rows = database_of(store).rows(
            'SELECT s.type, s.name, t.name, t.type, t."notnull", t.pk'
            " FROM sqlite_schema s LEFT JOIN pragma_table_info(s.name) t"
            " WHERE s.name NOT LIKE 'sqlite_%'"
        )
        return set(rows)

    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.executescript((DATA / f"version-{version}.sql").read_text(encoding="utf-8"))
    upgraded, new = open_store(folder), open_store(tmp_path / "new")
    assert shape(upgraded) == shape(new)
    assert database_of(upgraded).value("PRAGMA user_version") == PLAN.version
    upgraded.close()
    new.close()
