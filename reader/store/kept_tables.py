"""The tables of notes, saved searches and rules, and of what was changed of them."""

from __future__ import annotations

KEPT_TABLES = """
-- What the reader highlighted and wrote. `start` and `end` are code points of the text that the
-- article had then; `quote` is what stood there, `before` and `behind` what stood around it.
-- Times are seconds since 1970 UTC.
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

-- The words of notes and of what they highlight, as queries are compared with them.
CREATE TABLE note_term (
    term TEXT NOT NULL,
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    PRIMARY KEY (term, note_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_term_note ON note_term (note_id);

-- Queries with a name. `deeds` is a JSON object of what is done to each article that answers, and
-- empty for a search that is no rule.
CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    place INTEGER NOT NULL,
    deeds TEXT NOT NULL DEFAULT '',
    active INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Articles that have come in and that rules have not seen yet.
CREATE TABLE arrival (
    article_id INTEGER PRIMARY KEY REFERENCES article (id)
) STRICT;
CREATE TRIGGER article_arrived AFTER INSERT ON article BEGIN
    INSERT INTO arrival (article_id) VALUES (NEW.id);
END;

-- What rules did to articles as they came in: `deed` is "+" or "-" and a tag, or a mark; empty
-- where the rule had nothing left to change. `rule` is the name that it had then. `since` is the
-- last event before that, 0 for none; `back` the event that took it back, null for none: while that
-- event is undone, what it took back stands again.
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

-- Of an event: one row of `note`, `saved_search` or `tag` each, by its key, with all of it before
-- and after as JSON objects; null where there was none.
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
