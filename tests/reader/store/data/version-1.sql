-- A library as version 1 made it. Kept as it is: libraries of that version are out there.
PRAGMA application_id = 1147948658;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE alias (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    links INTEGER NOT NULL,
    UNIQUE (key, kind, entity_id)
) STRICT;
INSERT INTO "alias" VALUES(1,'anna berg','PER',1,1);
INSERT INTO "alias" VALUES(2,'berg','PER',1,0);
CREATE TABLE alias_word (
    word TEXT NOT NULL,
    alias_id INTEGER NOT NULL REFERENCES alias (id),
    PRIMARY KEY (word, alias_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "alias_word" VALUES('anna',1);
INSERT INTO "alias_word" VALUES('berg',1);
INSERT INTO "alias_word" VALUES('berg',2);
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
INSERT INTO "article" VALUES(1,X'4EA8B44DE9C4469646F0945594C77F39',X'B46B6072A3297AF9B13E3DED9F9137BE',1,'Title one',0,'title one',1688169600,'day',1690113600,1688169600,1,'rules 1');
INSERT INTO "article" VALUES(2,X'06C233411FE850F7CD4BAE2A37005D4B',X'C5CCF49C1C76EC1AFAEAF9A49AB1C191',1,'Title two',0,'title two',NULL,NULL,1690113600,1690113600,2,NULL);
CREATE TABLE article_entity (
    article_id INTEGER NOT NULL REFERENCES article (id),
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    n INTEGER NOT NULL,
    PRIMARY KEY (article_id, entity_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_entity" VALUES(1,1,2);
CREATE TABLE article_mark (
    mark TEXT NOT NULL CHECK (mark IN ('read', 'starred', 'archived')),
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (mark, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_mark" VALUES('read',1);
INSERT INTO "article_mark" VALUES('starred',2);
CREATE TABLE article_tag (
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    article_id INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (tag_id, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_tag" VALUES(1,1);
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
    origin TEXT NOT NULL
) STRICT;
INSERT INTO "body" VALUES(1,'Anna Berg left. Berg is back.','[]','[]','','','','[]','','','one','/news/one.txt');
INSERT INTO "body" VALUES(2,'Changed text of two.','[]','[]','','','','[]','','','two','');
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "counter" VALUES('archived',0);
INSERT INTO "counter" VALUES('articles',2);
INSERT INTO "counter" VALUES('pending',2);
INSERT INTO "counter" VALUES('read',1);
INSERT INTO "counter" VALUES('starred',1);
CREATE TABLE duplicate (
    article_id INTEGER NOT NULL REFERENCES article (id),
    origin TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, origin, source, url)
) STRICT, WITHOUT ROWID;
INSERT INTO "duplicate" VALUES(1,'/copy/one.txt','Gazette','',1690113600);
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    UNIQUE (key, kind)
) STRICT;
INSERT INTO "entity" VALUES(1,'PER','anna berg','Anna Berg',1,2);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    changed INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
) STRICT;
INSERT INTO "event" VALUES(1,1690113600,'tag','+war/ukraine',1,'done');
INSERT INTO "event" VALUES(2,1690113600,'mark','read',1,'done');
INSERT INTO "event" VALUES(3,1690113600,'mark','starred',1,'done');
CREATE TABLE event_change (
    event_id INTEGER NOT NULL REFERENCES event (id),
    name TEXT NOT NULL,
    added INTEGER NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY (event_id, name, added)
) STRICT;
INSERT INTO "event_change" VALUES(1,'war/ukraine',1,X'789C636480000000100002');
INSERT INTO "event_change" VALUES(2,'read',1,X'789C636480000000100002');
INSERT INTO "event_change" VALUES(3,'starred',1,X'789C636280000000180003');
CREATE TABLE mention (
    article_id INTEGER NOT NULL REFERENCES article (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    confidence INTEGER NOT NULL,
    PRIMARY KEY (article_id, start, end)
) STRICT, WITHOUT ROWID;
INSERT INTO "mention" VALUES(1,0,9,1,100);
INSERT INTO "mention" VALUES(1,16,20,1,100);
CREATE TABLE migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO "migration" VALUES(1,'created',1690113600);
CREATE TABLE outbox (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    revision INTEGER NOT NULL
) STRICT;
INSERT INTO "outbox" VALUES(1,1);
INSERT INTO "outbox" VALUES(2,2);
CREATE TABLE position (
    article_id INTEGER PRIMARY KEY REFERENCES article (id),
    top INTEGER NOT NULL
) STRICT;
INSERT INTO "position" VALUES(1,4);
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "source" VALUES(1,'Gazette','gazette',2);
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "tag" VALUES(1,'war/ukraine',1);
CREATE TABLE version (
    article_id INTEGER NOT NULL REFERENCES article (id),
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, version)
) STRICT;
INSERT INTO "version" VALUES(2,1,'Title two','Text of two.',1690113600);
CREATE INDEX source_order ON source (sort_key);
CREATE INDEX article_content ON article (content);
CREATE INDEX article_sort ON article (sort_at);
CREATE INDEX article_source ON article (source_id, sort_at);
CREATE INDEX article_title ON article (title_key, sort_at DESC);
CREATE INDEX article_added ON article (added_at);
CREATE INDEX article_published ON article (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX article_tag_article ON article_tag (article_id);
CREATE INDEX event_state ON event (state);
CREATE INDEX entity_frequency ON entity (articles);
CREATE INDEX alias_entity ON alias (entity_id);
CREATE INDEX alias_word_alias ON alias_word (alias_id);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'articles';
    UPDATE source SET articles = articles + 1 WHERE id = NEW.source_id;
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
CREATE TRIGGER entity_added AFTER INSERT ON article_entity BEGIN
    UPDATE entity SET articles = articles + 1, mentions = mentions + NEW.n
    WHERE id = NEW.entity_id;
END;
CREATE TRIGGER entity_removed AFTER DELETE ON article_entity BEGIN
    UPDATE entity SET articles = articles - 1, mentions = mentions - OLD.n
    WHERE id = OLD.entity_id;
END;
CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN
    UPDATE counter SET n = n + 1 WHERE name = 'pending';
END;
CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN
    UPDATE counter SET n = n - 1 WHERE name = 'pending';
END;
COMMIT;
