"""The tables of who and what articles name, and of what the reader said of it."""

ENTITY_TABLES = """
-- Who and what is named. Entities are never deleted, so that their ids stay good. `key` is
-- the folded name; by it and `kind` the recogniser finds an entity again. What the reader said
-- stands beside: `reader_name`, `reader_kind`, `ignored`, and `merged_into`, the entity it was made
-- part of. `root` is the end of that chain, null for an entity that stands for itself: it alone
-- is shown, and `articles` and `mentions` count all that are part of it (those of others are 0).
-- `is_tabled` says that `together` has rows of it.
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
CREATE INDEX entity_frequency ON entity (articles);
CREATE INDEX entity_root ON entity (root) WHERE root IS NOT NULL;
CREATE INDEX entity_merged ON entity (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX entity_renamed ON entity (reader_name) WHERE reader_name IS NOT NULL;
CREATE INDEX entity_kind ON entity (reader_kind) WHERE reader_kind IS NOT NULL;
CREATE INDEX entity_ignored ON entity (ignored) WHERE ignored;

-- Folded names under which an entity is found, and their words.
CREATE TABLE alias (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    UNIQUE (key, entity_id)
) STRICT;
CREATE INDEX alias_entity ON alias (entity_id);
CREATE TABLE alias_word (
    word TEXT NOT NULL,
    alias_id INTEGER NOT NULL REFERENCES alias (id),
    PRIMARY KEY (word, alias_id)
) STRICT, WITHOUT ROWID;

-- Every place of an article that names an entity, packed (reader/store/naming.py). The entities in
-- it are those that were found, whatever they were made part of. What follows is made from it, and
-- holds only mentions that are sure: how often an article names an entity, how often each name is
-- written, and in how many sentences two are named together. The last is kept both ways of roots,
-- and only of those with many articles; of the others it is counted when somebody asks.
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

-- Rules of the reader, applied whenever mentions are stored: a name of an entity (folded) is
-- another one, by which no alias with the key `alias_key` finds it any more; or one place of an
-- article is, null for nothing (reader/store/rules.py: Spot). And the articles to which the rules
-- are still to be applied, as they are now.
CREATE TABLE entity_split (
    entity_id INTEGER NOT NULL REFERENCES entity (id),
    form_key TEXT NOT NULL,
    form TEXT NOT NULL,
    to_id INTEGER NOT NULL REFERENCES entity (id),
    alias_key TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (entity_id, form_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE mention_override (
    article_id INTEGER NOT NULL REFERENCES article (id),
    form TEXT NOT NULL,
    place INTEGER NOT NULL,
    times INTEGER NOT NULL,
    context TEXT NOT NULL,
    to_id INTEGER REFERENCES entity (id),
    PRIMARY KEY (article_id, form, place, context)
) STRICT, WITHOUT ROWID;
CREATE TABLE rule_waiting (
    article_id INTEGER PRIMARY KEY REFERENCES article (id)
) STRICT;
"""
