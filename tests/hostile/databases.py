"""Hostile SQLite files in the place of newsboat's cache, and hostile plain texts."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.hostile.attacks import TERMINAL
from tests.hostile.cases import Case, always, around, before, good_feeds, link, prose

_FEEDS = (
    "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, "
    "title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0, "
    "is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '');"
)
_ITEMS = (
    "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "guid VARCHAR(64) NOT NULL, "
    "title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, "
    "feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, "
    "unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), "
    "enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), "
    "deleted INTEGER(1) NOT NULL DEFAULT 0, "
    "base VARCHAR(128) NOT NULL DEFAULT '', content_mime_type VARCHAR(255) NOT NULL DEFAULT '', "
    "enclosure_description VARCHAR(1024) NOT NULL DEFAULT '', "
    "enclosure_description_mime_type VARCHAR(128) NOT NULL DEFAULT '');"
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _item(name: str, title: str, number: object, /, **more: str) -> str:
    """A statement; `more` are columns whose values are written in SQL."""
    values = {
        "guid": _quoted(f"{name}-{number}"),
        "title": _quoted(title),
        "author": "'Clerk'",
        "url": _quoted(link(name, number)),
        "feedurl": _quoted(good_feeds(name)[0]),
        "pubDate": "1691474400",
        "content": _quoted(f"<p>{prose(name, number)}</p>"),
        "unread": "1",
    } | more
    return f"INSERT INTO rss_item ({', '.join(values)}) VALUES ({', '.join(values.values())});"


def _database(name: str, bad: Sequence[str], *, items: str = _ITEMS, pragmas: str = "") -> bytes:
    one, two = around(name)
    feed = good_feeds(name)[0]
    script = (
        pragmas, _FEEDS, items,
        f"INSERT INTO rss_feed (rssurl, url, title) VALUES ({_quoted(feed)}, 'x', 'Boat');",
        _item(name, one, "before"), *bad[:1], _item(name, two, "after"), *bad[1:],
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cache.db"
        base = sqlite3.connect(path)
        base.execute("PRAGMA synchronous=OFF")
        base.executescript("".join(script))
        base.close()
        return path.read_bytes()


def _case(name: str, *bad: str, items: str = _ITEMS, pragmas: str = "", **more: Any) -> Case:
    return Case(
        f"{name}.db",
        lambda: _database(name, bad, items=items, pragmas=pragmas),
        **{"titles": around(name), **more},
    )


def _loose(name: str, bad: str, **more: Any) -> Case:
    """A table that holds anything in any column."""
    anything = (
        "CREATE TABLE rss_item (guid, title, author, url, feedurl, pubDate, content, unread, "
        "enclosure_url, enclosure_type, enqueued, flags, deleted, base);"
    )
    return _case(name, bad, items=anything, **more)


def _types() -> str:
    odd = (
        "x'ff00fe'",
        "NULL",
        "1e308",
        "-9223372036854775808",
        "''",
        "zeroblob(100000)",
        _quoted(TERMINAL),
        "cast(x'edA080' AS TEXT)",
        "'a' || char(0) || 'b'",
        "9e999",
    )
    return "".join(
        _item(
            "db-types",
            f"Odd {n}",
            f"odd{n}",
            title=value,
            author=value,
            guid=value,
            pubDate=value,
            unread=value,
            flags=value,
            content=value,
            url=value,
        )
        for n, value in enumerate(odd)
    )


def _patched(name: str, *, keep: float = 1.0, at: int = 0, new: bytes = b"") -> bytes:
    data = bytearray(_database(name, [_item(name, f"More {n}", n) for n in range(300)]))
    data[at : at + len(new)] = new
    return bytes(data[: int(len(data) * keep)])


def _patched_name(name: str) -> bytes:
    """A column whose name is no text."""
    return _patched(name).replace(b"enclosure_url VARCHAR", b"enclosure_\xed\xa0\x80 VARCHAR")


def _scribbled(name: str) -> bytes:
    """Pages in the middle of the file are overwritten."""
    data = bytearray(_patched(name))
    for start in range(61440, len(data) - 4096, 12288):
        data[start : start + 600] = bytes(n * 7 % 256 for n in range(600))
    return bytes(data)


_ENDLESS = (
    "CREATE VIEW rss_item AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
    "SELECT 'g' || n AS guid, 't' AS title, 'a' AS author, 'u' AS url, 'f' AS feedurl, "
    "0 AS pubDate, 'c' AS content, 1 AS unread, "
    "'' AS enclosure_url, '' AS flags, 0 AS deleted FROM c"
)


def _made_by(*statements: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cache.db"
        base = sqlite3.connect(path)
        base.executescript("".join(f"{one};" for one in statements))
        base.close()
        return path.read_bytes()


def _cache_cases() -> tuple[Case, ...]:
    trigger = "CREATE TRIGGER t AFTER UPDATE ON rss_item BEGIN DELETE FROM rss_item; END;"
    readfile = "CREATE VIEW extra AS SELECT readfile('/etc/passwd'), load_extension('/tmp/x.so');"
    many = _item("db-large", "Large", "large", content="zeroblob(3000000)")
    return (
        _case("db-good"),
        _loose("db-types", _types()),
        _case(
            "db-terminal",
            _item(
                "db-terminal",
                f"Struck {TERMINAL}",
                1,
                author=_quoted(TERMINAL),
                flags=_quoted(TERMINAL),
                url=_quoted(TERMINAL),
                feedurl=_quoted(TERMINAL),
            ),
        ),
        _case("db-trigger", "", trigger),
        _case("db-views", "", readfile),
        _case("db-blob", many),
        _case(
            "db-places",
            *(
                _item("db-places", f"P{n}", n, url=_quoted(p), enclosure_url=_quoted(p))
                for n, p in enumerate(("javascript:alert(1)", "file:///etc/passwd", "-x"))
            ),
            never=("javascript:", "file:///etc"),
        ),
        _case("db-wal", pragmas="PRAGMA journal_mode=WAL;"),
        _case("db-utf-16", pragmas="PRAGMA encoding='UTF-16le';"),
        _case(
            "db-dates",
            *(
                _item("db-dates", f"D{n}", n, pubDate=v)
                for n, v in enumerate(("1e18", "-1e18", "-1"))
            ),
        ),
        _case("db-column-missing", items=_ITEMS.replace("flags VARCHAR(52), ", "")),
        Case(
            "db-scribbled.db",
            lambda: _scribbled("db-scribbled"),
            titles=(before("db-scribbled"),),
            named=True,
        ),
        Case("db-cut.db", lambda: _patched("db-cut", keep=0.4), named=True),
        Case(
            "db-page-size.db", lambda: _patched("db-page-size", at=16, new=b"\x00\x03"), named=True
        ),
        Case(
            "db-head-only.db",
            always(b"SQLite format 3\x00" + b"\x10\x00\x01\x01" + b"\x00" * 200),
            named=True,
        ),
        Case(
            "db-schema.db",
            lambda: _patched("db-schema").replace(
                b"CREATE TABLE rss_item", b"CREATE TABEL rss_item"
            ),
            named=True,
        ),
        Case(
            "db-of-another.db",
            lambda: _made_by("CREATE TABLE moz_places (id INTEGER)"),
            named=True,
        ),
        Case("db-name-bytes.db", lambda: _patched_name("db-name-bytes")),
        Case("db-endless-view.db", lambda: _made_by(_FEEDS, _ENDLESS), alone=True),
        Case(
            "db-loop-view.db",
            lambda: _made_by(
                "CREATE VIEW rss_item AS SELECT * FROM b",
                "CREATE VIEW b AS SELECT * FROM rss_item",
            ),
            named=True,
        ),
    )


def _text_cases() -> tuple[Case, ...]:
    def text(name: str, body: str, *, suffix: str = "txt", more: str = "") -> Case:
        whole = f"{before(name)}\n{more}\n{prose(name, 1)}\n\n{body}\n\n{prose(name, 2)}\n"
        return Case(
            f"{name}.{suffix}",
            always(whole.encode("utf-8", "surrogatepass")),
            titles=(before(name),),
            texts=(prose(name, 2),),
        )

    return (
        text("text-terminal", TERMINAL),
        text("text-marks", "e" + "\u0301\u0316" * 60_000),
        text("text-ligatures", "\ufdfa" * 40_000),
        text("text-long-line", "word " * 400_000),
        text("text-many-lines", "\n" * 300_000),
        text("text-many-paragraphs", "A short one.\n\n" * 40_000),
        text("text-surrogates", "\ud800 half \udfff"),
        text(
            "text-headers",
            "x",
            more=f"Source: ../../x\nPublished: 9999-99-99\nAuthor: {TERMINAL}\nUrl: file:///etc/hosts",
        ),
        text(
            "text-brackets", "(" * 30_000 + "[" * 30_000 + "*" * 30_000 + "`" * 30_000, suffix="md"
        ),
        text("text-links", "[a](javascript:alert(1)) " + "[x](" * 20_000, suffix="md"),
        text("text-datelines", "KYIV (" + "A" * 20_000 + ") - " * 3_000),
        Case(
            "text-source.txt",
            always(f"{before('text-source')}\n\n{prose('text-source', 1)}\n"),
            titles=(before("text-source"),),
            source=f"../../x{TERMINAL}",
            alone=True,
        ),
        Case("text-nul.txt", always(b"Nul\x00\x01\x02" * 90), named=True),
        Case("text-nothing.txt", always(b""), named=True),
        Case("text-endless.txt", lambda: b"word " * 8_000_000, named=True, alone=True),
        Case("text-as-feed.txt", always("not a feed"), file_format="feed", named=True, alone=True),
    )


CASES: tuple[Case, ...] = (*_cache_cases(), *_text_cases())
