//! The peer's tables: what we keep of a record, in ordinary columns, and the secondary indexes that
//! the node's index has (crates/node/src/schema.rs). Lists within an incident stand in one column
//! each, which is cheaper to write than tables of their own.

pub(super) const TABLES: &str = "
CREATE TABLE record (
    no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
    made INTEGER, classification INTEGER, flags INTEGER
);
CREATE TABLE term (
    no INTEGER PRIMARY KEY, space INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE (space, text)
);
CREATE TABLE incident (
    record INTEGER PRIMARY KEY,
    starts INTEGER, ends INTEGER, lat INTEGER, lon INTEGER, cell INTEGER,
    kind INTEGER, subtype INTEGER, country INTEGER, admin1 INTEGER, place INTEGER, system INTEGER,
    best INTEGER, low INTEGER, high INTEGER,
    verified INTEGER, reliability INTEGER, credibility INTEGER, classification INTEGER, flags INTEGER,
    reference TEXT, title TEXT, form INTEGER, reported INTEGER, entered INTEGER, precision INTEGER,
    place_precision INTEGER, iso3 TEXT, admin2 TEXT, pcode TEXT, pcode_version TEXT, description TEXT,
    given TEXT, place_record BLOB,
    narrative TEXT, external TEXT, tags TEXT, weapons TEXT, actors TEXT, acts TEXT, casualties TEXT,
    damage TEXT, displacement TEXT, response TEXT, sources TEXT, attributes TEXT, verified_at INTEGER,
    duplicate_of BLOB
);
CREATE INDEX incident_starts ON incident (starts);
CREATE INDEX incident_cell ON incident (cell, starts);
CREATE TABLE involved (
    entity INTEGER NOT NULL, record INTEGER NOT NULL, role INTEGER NOT NULL,
    PRIMARY KEY (entity, record, role)
) WITHOUT ROWID;
CREATE INDEX involved_record ON involved (record, entity);
CREATE TABLE entity (
    record INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, description TEXT,
    identifier TEXT, external TEXT, tags TEXT
);
CREATE TABLE entity_name (
    name TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (name, record)
) WITHOUT ROWID;
CREATE TABLE link (
    record INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL, kind INTEGER NOT NULL,
    note TEXT
);
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
";
