//! The tables, the same in both places (docs/spec/trustee.md, section 2).

pub(super) const SCHEMA: &str = "
CREATE TABLE meta (                    -- one row: which commit this is
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,           -- commits since the store was made, without gaps
    id     BLOB NOT NULL               -- 16 random bytes, the same in both places
);
INSERT INTO meta VALUES (1, 0, zeroblob(16));
CREATE TABLE state (                   -- what is said of the whole: 'restored', and the caller's own
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE secret (                  -- pads and unwrapping keys, sealed under segments' keys
    place   BLOB PRIMARY KEY,          -- 1, entry, index; or 2, device, compartment, generation
    segment INTEGER NOT NULL,
    sealed  BLOB NOT NULL
);
CREATE INDEX secret_segment ON secret (segment);
CREATE TABLE entry (                   -- guarded entries that were held or refused
    id          BLOB PRIMARY KEY,
    device      BLOB NOT NULL,
    compartment BLOB NOT NULL,
    journal     BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    prev        BLOB NOT NULL,
    continues   BLOB,                  -- of a journal's first entry: the head it goes on from
    generation  INTEGER NOT NULL,      -- of the device's key that it used
    refused     TEXT,                  -- why, by code; null when it is held
    contiguous  INTEGER NOT NULL,      -- 1 when nothing before it is missing here
    header      BLOB NOT NULL,         -- as it was signed
    answer      BLOB NOT NULL,         -- the signed acknowledgement or refusal
    at          INTEGER NOT NULL
);
CREATE INDEX entry_place ON entry (device, compartment, journal, seq);
CREATE INDEX entry_continues ON entry (continues) WHERE continues IS NOT NULL;
CREATE TABLE device_key (              -- this trustee's public keys for devices; the seeds are in `secret`
    device BLOB NOT NULL, compartment BLOB NOT NULL, generation INTEGER NOT NULL,
    signed    BLOB NOT NULL,           -- the signed key
    used      INTEGER NOT NULL DEFAULT 0,
    destroyed INTEGER,                 -- when its seed was destroyed
    PRIMARY KEY (device, compartment, generation)
) WITHOUT ROWID;
CREATE TABLE release (                 -- decisions, and the release log: gap-free from 1
    counter  INTEGER PRIMARY KEY,
    decision BLOB NOT NULL UNIQUE,
    request  BLOB NOT NULL UNIQUE,     -- hash of the signed request
    outcome  TEXT NOT NULL,
    prev     BLOB NOT NULL,            -- hash of the signed entry before
    hash     BLOB NOT NULL,
    signed   BLOB NOT NULL,
    detail   BLOB NOT NULL,            -- what the decision rested on
    at       INTEGER NOT NULL
);
CREATE TABLE response (                -- answers that are given again until not_after
    request   BLOB PRIMARY KEY,
    not_after INTEGER NOT NULL,
    bytes     BLOB NOT NULL
);
CREATE TABLE response_part (request BLOB NOT NULL, part BLOB NOT NULL, PRIMARY KEY (part, request)) WITHOUT ROWID;
CREATE TABLE notice (                  -- sealed to the device that receives it
    no       INTEGER PRIMARY KEY AUTOINCREMENT,
    device   BLOB NOT NULL,
    decision BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    due      INTEGER NOT NULL          -- not before this time, for a delayed one
);
CREATE INDEX notice_device ON notice (device, no);
CREATE TABLE mail (
    no       INTEGER PRIMARY KEY AUTOINCREMENT,
    device   BLOB NOT NULL,
    sender   BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    at       INTEGER NOT NULL
);
CREATE INDEX mail_device ON mail (device, no);
CREATE TABLE fact (                    -- letters of named roles
    id      BLOB PRIMARY KEY,
    kind    TEXT NOT NULL,
    subject BLOB NOT NULL,             -- a person, or a part
    bytes   BLOB NOT NULL,
    leaf    INTEGER,                   -- its index in the journal log, once known
    at      INTEGER NOT NULL
);
CREATE INDEX fact_subject ON fact (subject);
CREATE TABLE quota (who BLOB NOT NULL, day INTEGER NOT NULL, parts INTEGER NOT NULL, PRIMARY KEY (who, day))
    WITHOUT ROWID;
CREATE TABLE tombstone (               -- kept for ever
    part      BLOB PRIMARY KEY,
    statement BLOB NOT NULL,
    at        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE statement (position INTEGER PRIMARY KEY, since INTEGER, bytes BLOB NOT NULL);
CREATE TABLE sighted (                 -- statements that take away, heard of before the log has them
    id    BLOB PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE TABLE leaf (no INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE mark (size INTEGER PRIMARY KEY, root BLOB NOT NULL, statements INTEGER NOT NULL, time INTEGER NOT NULL);
CREATE TABLE log (kind INTEGER PRIMARY KEY, edge BLOB NOT NULL, note BLOB NOT NULL, time INTEGER NOT NULL);
CREATE TABLE seen (kind INTEGER NOT NULL, size INTEGER NOT NULL, edge BLOB NOT NULL, note BLOB NOT NULL,
    PRIMARY KEY (kind, size)) WITHOUT ROWID;
CREATE TABLE split (                   -- proofs that a log has signed two trees
    id     BLOB PRIMARY KEY,
    kind   INTEGER NOT NULL,
    origin TEXT NOT NULL,
    size   INTEGER NOT NULL,
    proof  BLOB NOT NULL
);
";
