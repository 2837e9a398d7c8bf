"""The tables of a library, and the way to them from earlier versions.

`SCHEMA`, `ENTITY_TABLES` and `KEPT_TABLES` are what a new library gets. A step brings a library
of the version before to the next; a library made by the steps has the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.store.entity_tables import ENTITY_TABLES
from reader.store.kept_tables import KEPT_TABLES
from reader.store.steps import ENTITIES, EVENT_PLACES, FEEDS, HISTORY, KEPT, PACKED_SETS, RULES

APPLICATION_ID = 0x446C4E72
"""Marks an SQLite file as a library of this program ("DlNr")."""

SCHEMA = """
-- What was done to this file, and when (seconds since 1970 UTC).
CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Numbers that would take a scan: articles, read, starred, archived, pending; and how often an
-- article went to another place of an order. Kept by the triggers below.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, n)
VALUES ('articles', 0), ('read', 0), ('starred', 0), ('archived', 0), ('pending', 0), ('moves', 0);

-- Where articles come from. The source without a name is that of articles that tell none.
-- `articles` and `read` count what comes from there or was found there too.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX source_order ON source (sort_key);

-- What is subscribed, each feed with a source of its own. Addresses are public forms; `every` is
-- in seconds. `feed_address` has the addresses at which a feed was before.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL UNIQUE REFERENCES source (id),
    url TEXT NOT NULL UNIQUE,
    site TEXT NOT NULL,
    folder TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'stopped', 'removed')),
    every INTEGER NOT NULL,
    private INTEGER NOT NULL,
    added_at INTEGER,
    checked_at INTEGER,
    succeeded_at INTEGER,
    due_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    moved_to TEXT NOT NULL DEFAULT '',
    moved_times INTEGER NOT NULL DEFAULT 0,
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    digest BLOB NOT NULL DEFAULT x'',
    held INTEGER NOT NULL DEFAULT 0,
    untitled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE feed_address (
    url TEXT PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed (id)
) STRICT, WITHOUT ROWID;

-- What a line of a list needs, and no more. `identity` and `content` are digests: what makes
-- an article the same one, and what it says. `sort_at` is the publication, or the arrival
-- where that is unknown. `recogniser` is the version that found the entities of this text;
-- null when they have not been looked for.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    identity BLOB NOT NULL UNIQUE,
    content BLOB NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id),
    title TEXT NOT NULL,
    title_derived INTEGER NOT NULL,
    title_key TEXT NOT NULL,
    published_at INTEGER,
    published_precision TEXT,
    added_at INTEGER NOT NULL,
    sort_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    recogniser TEXT
) STRICT;
CREATE INDEX article_content ON article (content);
CREATE INDEX article_sort ON article (sort_at);
CREATE INDEX article_source ON article (source_id, sort_at);
CREATE INDEX article_title ON article (title_key, sort_at DESC);
CREATE INDEX article_added ON article (added_at);
CREATE INDEX article_recogniser ON article (recogniser, sort_at);
CREATE INDEX article_published ON article (published_at) WHERE published_at IS NOT NULL;

-- By what else an article is known: further identities, each with the digest of what was told
-- under it last. The identity of the article itself stands here once its source says something
-- else than the text that the article has now.
CREATE TABLE told (
    identity BLOB PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id),
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX told_article ON told (article_id);

-- Articles by the digest of their canonical link.
CREATE TABLE link (
    digest BLOB NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (digest, article_id)
) STRICT, WITHOUT ROWID;

-- The rest of an article. Offsets count code points of `text`; headings, related, authors, markup
-- and attachments are JSON arrays. `partial` says that the text is not the whole of it.
CREATE TABLE body (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    text TEXT NOT NULL,
    headings TEXT NOT NULL,
    related TEXT NOT NULL,
    dateline TEXT NOT NULL,
    place TEXT NOT NULL,
    agency TEXT NOT NULL,
    authors TEXT NOT NULL,
    lang TEXT NOT NULL,
    url TEXT NOT NULL,
    guid TEXT NOT NULL,
    origin TEXT NOT NULL,
    markup TEXT NOT NULL DEFAULT '[]',
    attachments TEXT NOT NULL DEFAULT '[]',
    partial INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Earlier texts of articles that changed. `content` is the digest, null for those of long ago.
CREATE TABLE version (
    article_id INTEGER NOT NULL REFERENCES article (id),
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    content BLOB,
    PRIMARY KEY (article_id, version)
) STRICT;

-- Other places where the text of an article was found.
CREATE TABLE duplicate (
    article_id INTEGER NOT NULL REFERENCES article (id),
    origin TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id),
    url TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, origin, source_id, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_source ON duplicate (source_id);

-- What the reader did: marks (read, starred, archived) and tags.
CREATE TABLE article_mark (
    mark TEXT NOT NULL CHECK (mark IN ('read', 'starred', 'archived')),
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (mark, article_id)
) STRICT, WITHOUT ROWID;

-- What was taken over from other readers, so that each counts once: a mark, or "+" and a tag.
CREATE TABLE taken_over (
    article_id INTEGER NOT NULL REFERENCES article (id),
    name TEXT NOT NULL,
    PRIMARY KEY (article_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0,
    colour TEXT NOT NULL DEFAULT '',
    letter TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE article_tag (
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (tag_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_article ON article_tag (article_id);

-- Sets of articles as bits: bit k of block b stands for article 4096 * b + k. Marks, and under
-- 'tagged' what has any tag.
CREATE TABLE mark_block (
    key TEXT NOT NULL,
    block INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (key, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE tag_block (
    key INTEGER NOT NULL REFERENCES tag (id),
    block INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (key, block)
) STRICT, WITHOUT ROWID;

-- Every change the reader made. `state` is done, undone (can be redone) or
-- dropped (undone, and then something else was done). `event_change` is what it takes to
-- invert it: per mark or tag the articles that got it (`added` 1) or lost it, packed. Of a source
-- it is in `event_source`: what differs, before and after, as JSON objects.
-- `passing` is 1 for what came of reading without being asked for. `query` is the text that said
-- which articles are meant, '' where they were at hand; `article` is the one that differs where
-- there is one only, else null. An event keeps its id; `place` is where it stands in the order.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    changed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
    passing INTEGER NOT NULL DEFAULT 0,
    query TEXT NOT NULL DEFAULT '',
    article INTEGER,
    place INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX event_place ON event (place);
CREATE INDEX event_state ON event (state, place);
CREATE INDEX event_asked ON event (state, place) WHERE passing = 0;
CREATE TABLE event_change (
    event_id INTEGER NOT NULL REFERENCES event (id),
    name TEXT NOT NULL,
    added INTEGER NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY (event_id, name, added)
) STRICT;
CREATE TABLE event_source (
    event_id INTEGER NOT NULL REFERENCES event (id),
    source_id INTEGER NOT NULL REFERENCES source (id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, source_id)
) STRICT, WITHOUT ROWID;

-- Of entities it is in `event_entity`: one row of `entity`, `entity_split` or `mention_override`
-- each, told by its key, with what differs before and after; JSON.
CREATE TABLE event_entity (
    event_id INTEGER NOT NULL REFERENCES event (id),
    place INTEGER NOT NULL,
    rule TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, place)
) STRICT, WITHOUT ROWID;

-- What was chosen for this library alone.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Articles the index has not heard of as they are now. `revision` counts changes while they wait.
CREATE TABLE outbox (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    revision INTEGER NOT NULL
) STRICT;

-- Where the reader left off: the code point at the top of the view.
CREATE TABLE position (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    top INTEGER NOT NULL
) STRICT;

CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'articles';
    UPDATE source SET articles = articles + 1 WHERE id = NEW.source_id;
END;
CREATE TRIGGER article_moved
AFTER UPDATE OF source_id, title_key, published_at, added_at, sort_at ON article BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'moves';
END;
CREATE TRIGGER article_left AFTER UPDATE OF source_id ON article
WHEN NEW.source_id <> OLD.source_id BEGIN
    UPDATE source SET articles = articles - 1,
        read = read - EXISTS (
            SELECT 1 FROM article_mark WHERE mark = 'read' AND article_id = OLD.id
        )
    WHERE id = OLD.source_id AND NOT EXISTS (
        SELECT 1 FROM duplicate WHERE source_id = OLD.source_id AND article_id = OLD.id
    );
    UPDATE source SET articles = articles + 1,
        read = read + EXISTS (
            SELECT 1 FROM article_mark WHERE mark = 'read' AND article_id = NEW.id
        )
    WHERE id = NEW.source_id AND NOT EXISTS (
        SELECT 1 FROM duplicate WHERE source_id = NEW.source_id AND article_id = NEW.id
    );
END;
CREATE TRIGGER place_added AFTER INSERT ON duplicate
WHEN NEW.source_id <> (SELECT source_id FROM article WHERE id = NEW.article_id)
AND NOT EXISTS (
    SELECT 1 FROM duplicate WHERE source_id = NEW.source_id AND article_id = NEW.article_id
    AND (origin <> NEW.origin OR url <> NEW.url)
) BEGIN
    UPDATE source SET articles = articles + 1,
        read = read + EXISTS (
            SELECT 1 FROM article_mark WHERE mark = 'read' AND article_id = NEW.article_id
        )
    WHERE id = NEW.source_id;
END;
CREATE TRIGGER source_moved AFTER UPDATE OF sort_key ON source BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'moves';
END;
CREATE TRIGGER read_added AFTER INSERT ON article_mark WHEN NEW.mark = 'read' BEGIN
    UPDATE source SET read = read + 1 WHERE id IN (
        SELECT source_id FROM article WHERE id = NEW.article_id
        UNION ALL SELECT source_id FROM duplicate WHERE article_id = NEW.article_id
    );
END;
CREATE TRIGGER read_removed AFTER DELETE ON article_mark WHEN OLD.mark = 'read' BEGIN
    UPDATE source SET read = read - 1 WHERE id IN (
        SELECT source_id FROM article WHERE id = OLD.article_id
        UNION ALL SELECT source_id FROM duplicate WHERE article_id = OLD.article_id
    );
END;
CREATE TRIGGER mark_added AFTER INSERT ON article_mark BEGIN
    UPDATE counter SET n = n + 1 WHERE name = NEW.mark;
END;
CREATE TRIGGER mark_removed AFTER DELETE ON article_mark BEGIN
    UPDATE counter SET n = n - 1 WHERE name = OLD.mark;
END;
CREATE TRIGGER tag_added AFTER INSERT ON article_tag BEGIN
    UPDATE tag SET articles = articles + 1 WHERE id = NEW.tag_id;
END;
CREATE TRIGGER tag_removed AFTER DELETE ON article_tag BEGIN
    UPDATE tag SET articles = articles - 1 WHERE id = OLD.tag_id;
END;
CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'pending';
END;
CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
    UPDATE counter SET n = n - 1 WHERE name = 'pending';
END;
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: statements that bring a library to the next version."""

    name: str
    script: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The tables of a new library, and the steps from version 1 on that lead to them."""

    schema: str
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> int:
        return 1 + len(self.steps)


PLAN = Plan(
    SCHEMA + ENTITY_TABLES + KEPT_TABLES,
    (
        Step("packed sets", PACKED_SETS),
        Step("feeds", FEEDS),
        Step("entities", ENTITIES),
        Step("rules", RULES),
        Step("kept", KEPT),
        Step("history", HISTORY),
        Step("places of events", EVENT_PLACES),
    ),
)
