-- A library as version 4 made it. Kept as it is: libraries of that version are out there.
PRAGMA application_id = 1147948658;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE alias (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    UNIQUE (key, entity_id)
) STRICT;
INSERT INTO "alias" VALUES(1,'anna berg',1);
INSERT INTO "alias" VALUES(2,'berg',1);
INSERT INTO "alias" VALUES(3,'bo lund',2);
INSERT INTO "alias" VALUES(4,'kiev',3);
INSERT INTO "alias" VALUES(5,'berg',4);
CREATE TABLE alias_word (
    word TEXT NOT NULL,
    alias_id INTEGER NOT NULL REFERENCES alias (id),
    PRIMARY KEY (word, alias_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "alias_word" VALUES('anna',1);
INSERT INTO "alias_word" VALUES('berg',1);
INSERT INTO "alias_word" VALUES('berg',2);
INSERT INTO "alias_word" VALUES('berg',5);
INSERT INTO "alias_word" VALUES('bo',3);
INSERT INTO "alias_word" VALUES('kiev',4);
INSERT INTO "alias_word" VALUES('lund',3);
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
INSERT INTO "article" VALUES(1,X'4EA8B44DE9C4469646F0945594C77F39',X'C761A11238AA9B723F2ED64D8065FEBE',1,'Title one',0,'title one',NULL,NULL,1690113600,1690113600,1,'r 1');
INSERT INTO "article" VALUES(2,X'06C233411FE850F7CD4BAE2A37005D4B',X'E87BF2BDA3E6923A214B8137AD12268F',1,'Title two',0,'title two',NULL,NULL,1690113600,1690113600,1,'r 1');
CREATE TABLE article_entity (
    entity_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (entity_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_entity" VALUES(1,2,1);
INSERT INTO "article_entity" VALUES(2,1,1);
INSERT INTO "article_entity" VALUES(2,2,2);
INSERT INTO "article_entity" VALUES(3,1,1);
INSERT INTO "article_entity" VALUES(3,2,1);
INSERT INTO "article_entity" VALUES(4,1,1);
CREATE TABLE article_mark (
    mark TEXT NOT NULL CHECK (mark IN ('read', 'starred', 'archived')),
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (mark, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE article_tag (
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (tag_id, article_id)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "body" VALUES(1,'Anna Berg met Bo Lund. Berg left Kiev.','[]','[]','','','','[]','','','one','','[]','[]',0);
INSERT INTO "body" VALUES(2,'Anna Berg met Bo Lund. Berg left Kiev.','[]','[]','','','','[]','','','two','','[]','[]',0);
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "counter" VALUES('archived',0);
INSERT INTO "counter" VALUES('articles',2);
INSERT INTO "counter" VALUES('moves',0);
INSERT INTO "counter" VALUES('pending',2);
INSERT INTO "counter" VALUES('read',0);
INSERT INTO "counter" VALUES('starred',0);
CREATE TABLE duplicate (
    article_id INTEGER NOT NULL REFERENCES article (id),
    origin TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id),
    url TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, origin, source_id, url)
) STRICT, WITHOUT ROWID;
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    reader_name TEXT,
    reader_kind TEXT,
    ignored INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES entity (id),
    root INTEGER REFERENCES entity (id),
    is_tabled INTEGER NOT NULL DEFAULT 0,
    UNIQUE (key, kind)
) STRICT;
INSERT INTO "entity" VALUES(1,'PER','anna berg','Anna Berg',1,1,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "entity" VALUES(2,'PER','bo lund','Bo Lund',2,3,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "entity" VALUES(3,'LOC','kiev','Kiev',2,2,NULL,NULL,0,NULL,NULL,0);
INSERT INTO "entity" VALUES(4,'PER','berg','Berg',1,1,NULL,NULL,0,NULL,NULL,0);
CREATE TABLE entity_split (
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    form_key TEXT NOT NULL,
    form TEXT NOT NULL,
    to_id INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (entity_id, form_key)
) STRICT, WITHOUT ROWID;
INSERT INTO "entity_split" VALUES(1,'berg','Berg',4);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    changed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
) STRICT;
INSERT INTO "event" VALUES(1,1690113600,'entity','split "Berg" from "Anna Berg"',2,'done');
INSERT INTO "event" VALUES(2,1690113600,'entity','give "Berg" in article 2 to "Bo Lund"',1,'done');
INSERT INTO "event" VALUES(3,1690113600,'entity','take "Anna Berg" in article 1 from "Anna Berg"',1,'done');
CREATE TABLE event_change (
    event_id INTEGER NOT NULL REFERENCES event (id),
    name TEXT NOT NULL,
    added INTEGER NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY (event_id, name, added)
) STRICT;
CREATE TABLE event_entity (
    event_id INTEGER NOT NULL REFERENCES event (id),
    place INTEGER NOT NULL,
    rule TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "event_entity" VALUES(1,0,'split','[1, "berg", "Berg"]','null','4');
INSERT INTO "event_entity" VALUES(2,0,'mention','[2, "Berg", 1]','null','[2]');
INSERT INTO "event_entity" VALUES(3,0,'mention','[1, "Anna Berg", 0]','null','[null]');
CREATE TABLE event_source (
    event_id INTEGER NOT NULL REFERENCES event (id),
    source_id INTEGER NOT NULL REFERENCES source (id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, source_id)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE form (
    entity_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (entity_id, text)
) STRICT, WITHOUT ROWID;
INSERT INTO "form" VALUES(1,'Anna Berg',1);
INSERT INTO "form" VALUES(2,'Berg',1);
INSERT INTO "form" VALUES(2,'Bo Lund',2);
INSERT INTO "form" VALUES(3,'Kiev',2);
INSERT INTO "form" VALUES(4,'Berg',1);
CREATE TABLE link (
    digest BLOB NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (digest, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE mark_block (
    key TEXT NOT NULL,
    block INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (key, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE mention_override (
    article_id INTEGER NOT NULL REFERENCES article (id),
    form TEXT NOT NULL,
    place INTEGER NOT NULL,
    to_id INTEGER REFERENCES entity (id),
    PRIMARY KEY (article_id, form, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "mention_override" VALUES(1,'Anna Berg',0,NULL);
INSERT INTO "mention_override" VALUES(2,'Berg',1,2);
CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO "migration" VALUES(4,'created',1690113600);
CREATE TABLE naming (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    mentions BLOB NOT NULL
) STRICT;
INSERT INTO "naming" VALUES(1,X'000104000500000E090A090704040104090664646464010201030001010101');
INSERT INTO "naming" VALUES(2,X'000105000400000E09000A090704040403040104066464646464010201000300010101');
CREATE TABLE outbox (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO "outbox" VALUES(1,4);
INSERT INTO "outbox" VALUES(2,4);
CREATE TABLE position (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    top INTEGER NOT NULL
) STRICT;
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "source" VALUES(1,'Gazette','gazette',2,0);
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE tag_block (
    key INTEGER NOT NULL REFERENCES tag (id),
    block INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (key, block)
) STRICT, WITHOUT ROWID;
CREATE TABLE taken_over (
    article_id INTEGER NOT NULL REFERENCES article (id),
    name TEXT NOT NULL,
    PRIMARY KEY (article_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE together (
    entity_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (entity_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE told (
    identity BLOB PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id),
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE version (
    article_id INTEGER NOT NULL REFERENCES article (id),
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    content BLOB,
    PRIMARY KEY (article_id, version)
) STRICT;
CREATE INDEX source_order ON source (sort_key);
CREATE INDEX article_content ON article (content);
CREATE INDEX article_sort ON article (sort_at);
CREATE INDEX article_source ON article (source_id, sort_at);
CREATE INDEX article_title ON article (title_key, sort_at DESC);
CREATE INDEX article_added ON article (added_at);
CREATE INDEX article_recogniser ON article (recogniser, sort_at);
CREATE INDEX article_published ON article (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX told_article ON told (article_id);
CREATE INDEX duplicate_source ON duplicate (source_id);
CREATE INDEX article_tag_article ON article_tag (article_id);
CREATE INDEX event_state ON event (state);
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
CREATE INDEX entity_frequency ON entity (articles);
CREATE INDEX entity_root ON entity (root) WHERE root IS NOT NULL;
CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entity_renamed ON entity (reader_name) WHERE reader_name IS NOT NULL;
CREATE INDEX entity_kind ON entity (reader_kind) WHERE reader_kind IS NOT NULL;
CREATE INDEX entity_ignored ON entity (ignored) WHERE ignored;
CREATE INDEX alias_entity ON alias (entity_id);
COMMIT;
