"""The steps that bring a library from each version to the next: statements of SQL.

They are kept as they were: libraries of every version are out there.
"""

PACKED_SETS = """
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
INSERT INTO mark_block
    SELECT mark, article_id / 4096, pack_block(article_id) FROM article_mark GROUP BY 1, 2;
INSERT INTO mark_block
    SELECT 'tagged', article_id / 4096, pack_block(article_id) FROM article_tag GROUP BY 2;
INSERT INTO tag_block
    SELECT tag_id, article_id / 4096, pack_block(article_id) FROM article_tag GROUP BY 1, 2;
INSERT INTO counter (name, n) VALUES ('moves', 0);
CREATE TRIGGER article_moved
AFTER UPDATE OF source_id, title_key, published_at, added_at, sort_at ON article BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'moves';
END;
"""

FEEDS = """
ALTER TABLE source ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
ALTER TABLE body ADD COLUMN markup TEXT NOT NULL DEFAULT '[]';
ALTER TABLE body ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
ALTER TABLE body ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN content BLOB;
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
CREATE TABLE told (
    identity BLOB PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id),
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX told_article ON told (article_id);
CREATE TABLE link (
    digest BLOB NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (digest, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO link
    SELECT link_digest(url), article_id FROM body WHERE url <> '' ORDER BY 1, 2;
CREATE TABLE new_duplicate (
    article_id INTEGER NOT NULL REFERENCES article (id),
    origin TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source (id),
    url TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, origin, source_id, url)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO source (name, sort_key)
    SELECT DISTINCT source, fold_key(source) FROM duplicate;
INSERT INTO new_duplicate
    SELECT d.article_id, d.origin, s.id, d.url, d.seen_at
    FROM duplicate d CROSS JOIN source s ON s.name = d.source;
DROP TABLE duplicate;
ALTER TABLE new_duplicate RENAME TO duplicate;
CREATE INDEX duplicate_source ON duplicate (source_id);
UPDATE source SET articles = r.articles, read = r.read FROM (
    SELECT p.source_id AS id, count(*) AS articles, count(m.article_id) AS read
    FROM (SELECT source_id, id AS article_id FROM article
        UNION SELECT source_id, article_id FROM duplicate) p
    LEFT JOIN article_mark m ON m.mark = 'read' AND m.article_id = p.article_id
    GROUP BY 1
) r WHERE r.id = source.id;
CREATE TABLE taken_over (
    article_id INTEGER NOT NULL REFERENCES article (id),
    name TEXT NOT NULL,
    PRIMARY KEY (article_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_source (
    event_id INTEGER NOT NULL REFERENCES event (id),
    source_id INTEGER NOT NULL REFERENCES source (id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, source_id)
) STRICT, WITHOUT ROWID;
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
"""

ENTITIES = """
DROP TRIGGER entity_added;
DROP TRIGGER entity_removed;
DROP TABLE mention;
DROP TABLE article_entity;
DROP INDEX alias_word_alias;
CREATE TABLE new_alias (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    UNIQUE (key, entity_id)
) STRICT;
INSERT INTO new_alias SELECT id, key, entity_id FROM alias;
DROP TABLE alias;
ALTER TABLE new_alias RENAME TO alias;
CREATE INDEX alias_entity ON alias (entity_id);
ALTER TABLE entity ADD COLUMN reader_name TEXT;
ALTER TABLE entity ADD COLUMN reader_kind TEXT;
ALTER TABLE entity ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN merged_into INTEGER REFERENCES entity (id);
ALTER TABLE entity ADD COLUMN root INTEGER REFERENCES entity (id);
ALTER TABLE entity ADD COLUMN is_tabled INTEGER NOT NULL DEFAULT 0;
UPDATE entity SET articles = 0, mentions = 0;
CREATE INDEX entity_root ON entity (root) WHERE root IS NOT NULL;
CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entity_renamed ON entity (reader_name) WHERE reader_name IS NOT NULL;
CREATE INDEX entity_kind ON entity (reader_kind) WHERE reader_kind IS NOT NULL;
CREATE INDEX entity_ignored ON entity (ignored) WHERE ignored;
CREATE TABLE naming (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    mentions BLOB NOT NULL
) STRICT;
CREATE TABLE article_entity (
    entity_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (entity_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE form (
    entity_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (entity_id, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE together (
    entity_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (entity_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE entity_split (
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    form_key TEXT NOT NULL,
    form TEXT NOT NULL,
    to_id INTEGER NOT NULL REFERENCES entity (id),
    PRIMARY KEY (entity_id, form_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE mention_override (
    article_id INTEGER NOT NULL REFERENCES article (id),
    form TEXT NOT NULL,
    place INTEGER NOT NULL,
    to_id INTEGER REFERENCES entity (id),
    PRIMARY KEY (article_id, form, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_entity (
    event_id INTEGER NOT NULL REFERENCES event (id),
    place INTEGER NOT NULL,
    rule TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
UPDATE article SET recogniser = NULL;
CREATE INDEX article_recogniser ON article (recogniser, sort_at);
"""

RULES = """
ALTER TABLE entity_split ADD COLUMN alias_key TEXT NOT NULL DEFAULT '';
UPDATE entity_split SET alias_key = form_key;
CREATE TABLE new_override (
    article_id INTEGER NOT NULL REFERENCES article (id),
    form TEXT NOT NULL,
    place INTEGER NOT NULL,
    times INTEGER NOT NULL,
    context TEXT NOT NULL,
    to_id INTEGER REFERENCES entity (id),
    PRIMARY KEY (article_id, form, place, context)
) STRICT, WITHOUT ROWID;
INSERT INTO new_override SELECT article_id, form, place, 0, '', to_id FROM mention_override;
DROP TABLE mention_override;
ALTER TABLE new_override RENAME TO mention_override;
CREATE TABLE rule_waiting (
    article_id INTEGER PRIMARY KEY REFERENCES article (id)
) STRICT;
"""

KEPT = """
ALTER TABLE tag ADD COLUMN colour TEXT NOT NULL DEFAULT '';
ALTER TABLE tag ADD COLUMN letter TEXT NOT NULL DEFAULT '';
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    behind TEXT NOT NULL,
    words TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_article ON note (article_id, start);
CREATE TABLE note_term (
    term TEXT NOT NULL,
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    PRIMARY KEY (term, note_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_term_note ON note_term (note_id);
CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    place INTEGER NOT NULL,
    deeds TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE arrival (
    article_id INTEGER PRIMARY KEY REFERENCES article (id)
) STRICT;
CREATE TRIGGER article_arrived AFTER INSERT ON article BEGIN
    INSERT INTO arrival (article_id) VALUES (NEW.id);
END;
CREATE TABLE rule_deed (
    article_id INTEGER NOT NULL REFERENCES article (id),
    saved_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    deed TEXT NOT NULL,
    at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    back INTEGER,
    PRIMARY KEY (article_id, saved_id, deed)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_deed_saved ON rule_deed (saved_id, article_id);
CREATE INDEX rule_deed_back ON rule_deed (back) WHERE back IS NOT NULL;
CREATE TABLE event_row (
    event_id INTEGER NOT NULL REFERENCES event (id),
    place INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (event_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_row_key ON event_row ("table", CAST(key AS INTEGER));
"""

HISTORY = """
ALTER TABLE event ADD COLUMN passing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN query TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN article INTEGER;
CREATE INDEX event_asked ON event (state) WHERE passing = 0;
"""

EVENT_PLACES = """
ALTER TABLE event ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE event SET place = id;
DROP INDEX event_state;
DROP INDEX event_asked;
CREATE INDEX event_place ON event (place);
CREATE INDEX event_state ON event (state, place);
CREATE INDEX event_asked ON event (state, place) WHERE passing = 0;
"""
