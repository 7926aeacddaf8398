//! The tables of the store: the journals, which are the truth, and the index, which `reindex` can
//! make again from them.

/// What arrives and is kept as received.
pub(crate) const JOURNALS: &str = "
CREATE TABLE statement (
    position INTEGER PRIMARY KEY,     -- in the statement log
    since    INTEGER,                 -- since when it stands, seconds since 1970; null until a time mark says so
    bytes    BLOB NOT NULL            -- as received: a statement, or a time mark of the log
);
CREATE TABLE outgoing (               -- this desk's statements that the log does not have yet
    no    INTEGER PRIMARY KEY,
    id    BLOB NOT NULL UNIQUE,
    bytes BLOB NOT NULL,
    accepted INTEGER,                 -- as of an entry
    refused  TEXT,                    -- why a hub did not take it, if it said so
    given_up INTEGER NOT NULL DEFAULT 0 -- 1 when it can stand no more and was said again, or not
);
CREATE TABLE partial (                -- pieces of large entries that are not whole yet
    leaf  INTEGER NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (leaf, place)
) WITHOUT ROWID;
CREATE TABLE log (                    -- how far a log is followed
    kind INTEGER PRIMARY KEY,         -- 1 statements, 2 journal
    edge BLOB NOT NULL,               -- the right edge of the tree over all leaves taken
    note BLOB NOT NULL,               -- the newest checkpoint with its cosignatures
    time INTEGER NOT NULL             -- of its cosignatures, seconds since 1970
);
CREATE TABLE seen (                   -- the last checkpoints of each log that were followed
    kind INTEGER NOT NULL, size INTEGER NOT NULL,
    edge BLOB NOT NULL,               -- the right edge of the tree at that size
    note BLOB NOT NULL,
    PRIMARY KEY (kind, size)
) WITHOUT ROWID;
CREATE TABLE owed (                   -- checkpoints of witnesses that cover more than the hub has shown
    kind INTEGER NOT NULL, witness TEXT NOT NULL, size INTEGER NOT NULL,
    note  BLOB NOT NULL,              -- as the witness gave it
    time  INTEGER NOT NULL,           -- when it cosigned, seconds since 1970
    heard INTEGER NOT NULL,           -- when this desk heard of it, by its own clock
    PRIMARY KEY (kind, witness, size)
) WITHOUT ROWID;
CREATE TABLE split (                  -- proofs that a log has signed two trees
    id      BLOB PRIMARY KEY,         -- SHA-256 of the proof
    kind    INTEGER NOT NULL,
    origin  TEXT NOT NULL,            -- the log's name, with the hub's generation
    size    INTEGER NOT NULL,         -- where the trees differ at the latest
    witness TEXT NOT NULL,            -- who showed the other tree
    proof   BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE leaf (                   -- the journal log's leaves
    no    INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);
CREATE INDEX leaf_bytes ON leaf (bytes);
CREATE TABLE entry (
    no       INTEGER PRIMARY KEY,     -- in order of arrival
    id       BLOB NOT NULL UNIQUE,
    compartment BLOB NOT NULL,
    device   BLOB NOT NULL,
    journal  BLOB NOT NULL,
    seq      INTEGER NOT NULL,
    epoch    BLOB NOT NULL,           -- these three are in the header too: they open its parts
    ctx      BLOB NOT NULL,
    salt     BLOB NOT NULL,
    header   BLOB NOT NULL,           -- signed, as received
    continues BLOB,                   -- in a journal's first entry: the last one of the device's earlier journal
    leaf     INTEGER,                 -- its place in the journal log, once it is known
    standing INTEGER NOT NULL,        -- 0 not logged yet, 1 settled, 2 late, 3 late and accepted,
                                      -- 4 another entry counts at its place, 5 its epoch never came to stand
    broken   INTEGER NOT NULL DEFAULT 0, -- 1 when it does not follow the entry that counts before it
    shown    INTEGER NOT NULL,        -- 1 while its parts are in the index
    urgency  INTEGER NOT NULL,        -- 0 flash report, 1 ordinary, 2 large
    accepted INTEGER,                 -- the place that a hub named when it had made it durable
    guarded  INTEGER NOT NULL DEFAULT 0 -- 1 when its parts open only with trustees' shares
);
CREATE INDEX entry_place ON entry (device, journal, seq, standing);
CREATE INDEX entry_leaf ON entry (leaf) WHERE leaf IS NOT NULL;
CREATE INDEX entry_apart ON entry (standing) WHERE standing > 3;
CREATE INDEX entry_continues ON entry (continues) WHERE continues IS NOT NULL;
CREATE INDEX entry_unlogged ON entry (no) WHERE leaf IS NULL;
CREATE INDEX entry_unsettled ON entry (no) WHERE standing <> 1 OR shown <> 1;
CREATE TABLE early (                  -- entries of an epoch or device that the statements here do not name yet
    id      BLOB PRIMARY KEY,
    urgency INTEGER NOT NULL,
    bytes   BLOB NOT NULL             -- in plain form, as received
) WITHOUT ROWID;
CREATE TABLE part (
    no         INTEGER PRIMARY KEY,   -- entry.no * 4096 + index in the entry
    ciphertext BLOB NOT NULL          -- as received
);
CREATE TABLE own_guarded (            -- this desk's guarded entries, covers among them
    entry  INTEGER PRIMARY KEY,       -- entry.no
    cover  INTEGER NOT NULL,          -- 1 when it says nothing and fills up a batch
    batch  INTEGER,                   -- the batch with which it leaves; null while it waits for one
    leaves INTEGER NOT NULL,          -- 1 once its batch may go to a hub
    sealed INTEGER NOT NULL,          -- seconds since 1970
    again  INTEGER                    -- the entry into which it was sealed anew after a refusal
);
CREATE INDEX own_guarded_batch ON own_guarded (batch);
CREATE TABLE sibling (                -- parts that are sealed twice, of records that have an open part here
    record BLOB NOT NULL, entry BLOB NOT NULL, idx INTEGER NOT NULL,
    PRIMARY KEY (record, entry, idx)
) WITHOUT ROWID;
CREATE TABLE held (                   -- hold rule until-acknowledged: what the parts of an entry say
    part      INTEGER PRIMARY KEY,    -- part.no
    plaintext BLOB NOT NULL
);
CREATE TABLE trustee_key (            -- trustees' keys for this device's entries in a compartment
    compartment BLOB NOT NULL, trustee BLOB NOT NULL, generation INTEGER NOT NULL,
    id    BLOB NOT NULL,
    bytes BLOB NOT NULL,              -- signed, as received
    PRIMARY KEY (compartment, trustee, generation)
) WITHOUT ROWID;
CREATE TABLE trustee_word (           -- what trustees say of this desk's guarded entries
    entry   INTEGER NOT NULL, trustee BLOB NOT NULL,
    taken   INTEGER NOT NULL,         -- 1 acknowledged, 0 refused
    bytes   BLOB NOT NULL,            -- signed, as received
    PRIMARY KEY (entry, trustee, taken)
) WITHOUT ROWID;
CREATE TABLE trustee_post (           -- what waited at a trustee for this device
    trustee BLOB NOT NULL, place INTEGER NOT NULL,
    notice  INTEGER NOT NULL,         -- 1 the trustee's notice, 0 another device's mail
    enc BLOB NOT NULL, ciphertext BLOB NOT NULL,
    PRIMARY KEY (trustee, place)
) WITHOUT ROWID;
CREATE TABLE trustee_head (           -- how far a trustee's release log goes, by its newest word
    trustee BLOB PRIMARY KEY,
    bytes   BLOB NOT NULL,            -- signed, as received
    heard   INTEGER NOT NULL          -- by this desk's own clock, seconds since 1970
) WITHOUT ROWID;
CREATE TABLE mark (                   -- time marks of the journal log
    size       INTEGER PRIMARY KEY,   -- leaves before this one were cosigned when
    root       BLOB NOT NULL,         -- the journal log's root there
    statements INTEGER NOT NULL,      -- the statement log had this size
    time       INTEGER NOT NULL       -- seconds since 1970
);
CREATE TABLE opening (                -- requests to open guarded parts that this desk made
    hash   BLOB PRIMARY KEY,          -- SHA-256 of the signed request
    signed BLOB NOT NULL,
    proof  BLOB NOT NULL,             -- the tlog-proof of its leaf
    leaf   INTEGER NOT NULL,
    made   INTEGER NOT NULL           -- seconds since 1970
) WITHOUT ROWID;
CREATE TABLE opening_answer (         -- trustees' signed answers to them
    opening BLOB NOT NULL, trustee BLOB NOT NULL, signed BLOB NOT NULL,
    PRIMARY KEY (opening, trustee)
) WITHOUT ROWID;
CREATE TABLE ahead (                  -- shares of parts that were opened ahead
    entry BLOB NOT NULL, idx INTEGER NOT NULL,
    share BLOB NOT NULL,
    until INTEGER NOT NULL,           -- seconds since 1970
    opening BLOB NOT NULL,
    PRIMARY KEY (entry, idx)
) WITHOUT ROWID;
CREATE TABLE reading (                -- what was read of them
    no INTEGER PRIMARY KEY,
    entry BLOB NOT NULL, idx INTEGER NOT NULL,
    time    INTEGER NOT NULL,         -- seconds since 1970
    opening BLOB NOT NULL,            -- SHA-256 of the signed request that had opened it
    said    BLOB                      -- SHA-256 of the signed readings that it is in
);
CREATE TABLE reading_said (           -- signed readings, in the order of their chain
    no     INTEGER PRIMARY KEY,
    hash   BLOB NOT NULL UNIQUE,
    signed BLOB NOT NULL,
    leaf   INTEGER, proof BLOB        -- their place in the journal log, and the tlog-proof of it
);
CREATE TABLE reading_heard (          -- what trustees said of them
    said BLOB NOT NULL, trustee BLOB NOT NULL,
    word TEXT NOT NULL,               -- taken, or why not
    PRIMARY KEY (said, trustee)
) WITHOUT ROWID;
CREATE TABLE approval_asked (         -- requests that others asked this person to approve
    core BLOB PRIMARY KEY,
    signed BLOB NOT NULL,
    arrived INTEGER NOT NULL,
    approved INTEGER, answered INTEGER
) WITHOUT ROWID;
CREATE TABLE approval_given (         -- answers to requests of this desk; null where somebody declined
    core BLOB NOT NULL, approver BLOB NOT NULL, signed BLOB,
    PRIMARY KEY (core, approver)
) WITHOUT ROWID;
CREATE TABLE export_asked (           -- exports that this desk asked second persons to approve
    core   BLOB PRIMARY KEY,
    signed BLOB NOT NULL,
    made   INTEGER NOT NULL,          -- seconds since 1970
    used   INTEGER                    -- when something left by it
) WITHOUT ROWID;
CREATE TABLE export_approval (        -- what they answered
    core BLOB NOT NULL, approver BLOB NOT NULL, signed BLOB NOT NULL,
    PRIMARY KEY (core, approver)
) WITHOUT ROWID;
CREATE TABLE notice (                 -- what trustees told of openings
    trustee BLOB NOT NULL, counter INTEGER NOT NULL,
    request BLOB NOT NULL,
    signed BLOB NOT NULL,
    heard INTEGER NOT NULL,           -- when this desk heard of it
    PRIMARY KEY (trustee, counter)
) WITHOUT ROWID;
CREATE TABLE fact_said (              -- facts that this desk said, until every trustee has taken them and after
    hash   BLOB NOT NULL UNIQUE,      -- SHA-256 of the signed fact
    signed BLOB NOT NULL,
    leaf   INTEGER, proof BLOB,       -- its place in the journal log, and the tlog-proof of it
    made   INTEGER NOT NULL           -- seconds since 1970
);
CREATE TABLE fact_heard (             -- what trustees said of them
    fact BLOB NOT NULL, trustee BLOB NOT NULL,
    word TEXT NOT NULL,               -- taken, on-sight, or why not
    PRIMARY KEY (fact, trustee)
) WITHOUT ROWID;
CREATE TABLE case_noted (             -- cases of which this desk wrote a guarded part: what it needs to go on with them
    record BLOB PRIMARY KEY,
    id          BLOB NOT NULL,        -- the pseudonym that requests name
    compartment BLOB NOT NULL,        -- where its guarded parts are written
    reference   TEXT                  -- what its officers call it: a code
) WITHOUT ROWID;
CREATE TABLE case_part (              -- guarded parts that belong to them, their own among them
    record BLOB NOT NULL, entry BLOB NOT NULL, idx INTEGER NOT NULL,
    compartment BLOB NOT NULL,
    own INTEGER NOT NULL,             -- 1 when it is a part of the case itself
    PRIMARY KEY (record, entry, idx)
) WITHOUT ROWID;
CREATE TABLE written_about (          -- bases, consents and agreements that this desk wrote, by the parts they are about
    entry BLOB NOT NULL, idx INTEGER NOT NULL,
    kind   INTEGER NOT NULL,          -- record::Kind
    record BLOB NOT NULL,
    place  BLOB NOT NULL,             -- the entry in which it is written
    made   INTEGER NOT NULL,          -- seconds since 1970
    PRIMARY KEY (entry, idx, place)
) WITHOUT ROWID;
CREATE TABLE fact_known (             -- facts of others that were given to this desk as files
    hash   BLOB PRIMARY KEY,          -- SHA-256 of the signed fact
    signed BLOB NOT NULL,
    made   INTEGER NOT NULL           -- seconds since 1970
) WITHOUT ROWID;
CREATE TABLE trust (                  -- how trust in this desk's person was settled at the end of a tour
    entry BLOB NOT NULL, idx INTEGER NOT NULL,
    successor BLOB,                   -- who handles it from now on
    until     INTEGER,                -- by when somebody asks again, seconds since 1970
    PRIMARY KEY (entry, idx)
) WITHOUT ROWID;
CREATE TABLE disclosed (              -- parts that this desk shared or exported
    hash   BLOB PRIMARY KEY,          -- SHA-256 of the signed object
    signed BLOB NOT NULL,
    leaf   INTEGER, proof BLOB,       -- its place in the journal log, and the tlog-proof of it
    made   INTEGER NOT NULL           -- seconds since 1970
) WITHOUT ROWID;
CREATE TABLE cover (                  -- others' parts that turned out to be covers when they were opened
    entry BLOB NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (entry, idx)
) WITHOUT ROWID;
CREATE TABLE local (
    name  TEXT PRIMARY KEY,           -- this desk's own state: imports under way, guard rules
    value BLOB NOT NULL
) WITHOUT ROWID;
";

/// What is found in the parts this desk may open.
pub(crate) const INDEX: &str = "
CREATE TABLE record (
    no       INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    kind     INTEGER NOT NULL,        -- record::Kind; 0 while only others name it
    part     INTEGER NOT NULL,        -- the newest version; of a conflict, the one that is shown
    conflict INTEGER NOT NULL         -- 1 while several newest versions disagree
);
CREATE TABLE version (                -- only of records with more than one part or version
    record      INTEGER NOT NULL,
    part        INTEGER NOT NULL,
    compartment BLOB NOT NULL,
    id          BLOB NOT NULL,
    parents     BLOB NOT NULL,        -- 32 bytes each
    made        INTEGER NOT NULL,
    kind        INTEGER NOT NULL,     -- record::Kind
    PRIMARY KEY (record, part)
) WITHOUT ROWID;
CREATE TABLE external (               -- only where the record's id does not follow from the reference
    system TEXT NOT NULL, ref TEXT NOT NULL, record INTEGER NOT NULL,
    PRIMARY KEY (system, ref, record)
) WITHOUT ROWID;
CREATE TABLE term (
    no INTEGER PRIMARY KEY, space INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL,
    UNIQUE (space, text)
);
CREATE TABLE incident (
    record  INTEGER PRIMARY KEY,
    starts  INTEGER,                  -- seconds since 1970
    ends    INTEGER,
    lat     INTEGER,                  -- 1e-7 degrees
    lon     INTEGER,
    cell    INTEGER,                  -- quarter-degree cell, row by row from the south-west
    kind    INTEGER, subtype INTEGER, country INTEGER, admin1 INTEGER, place INTEGER, system INTEGER,  -- term.no
    best    INTEGER, low INTEGER, high INTEGER,   -- people killed
    verified INTEGER NOT NULL, reliability INTEGER NOT NULL, credibility INTEGER NOT NULL,
    classification INTEGER NOT NULL,
    flags   INTEGER NOT NULL          -- 1 United Nations affected, 2 synthetic, 4 a duplicate
);
CREATE INDEX incident_starts ON incident (starts);
CREATE INDEX incident_cell ON incident (cell, starts);
CREATE TABLE involved (
    entity INTEGER NOT NULL, record INTEGER NOT NULL, role INTEGER NOT NULL,
    PRIMARY KEY (entity, record, role)
) WITHOUT ROWID;
CREATE INDEX involved_record ON involved (record, entity);
CREATE TABLE entity (
    record INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL,
    classification INTEGER NOT NULL, synthetic INTEGER NOT NULL
);
CREATE TABLE entity_name (
    folded TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (folded, record)
) WITHOUT ROWID;
CREATE TABLE link (                   -- by links, and by incidents that say that they repeat another
    record INTEGER PRIMARY KEY, source INTEGER NOT NULL, target INTEGER NOT NULL, kind INTEGER NOT NULL,
    starts INTEGER, ends INTEGER,     -- when it held, seconds since 1970
    reliability INTEGER NOT NULL, credibility INTEGER NOT NULL
);
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);
CREATE TABLE same (                   -- records that links of kind same-as say to be one
    record   INTEGER PRIMARY KEY,
    identity INTEGER NOT NULL         -- the smallest record number among them
);
CREATE INDEX same_identity ON same (identity);
CREATE TABLE note (record INTEGER PRIMARY KEY, about INTEGER NOT NULL);
CREATE INDEX note_about ON note (about);
CREATE TABLE export (record INTEGER PRIMARY KEY, mark TEXT NOT NULL, digest BLOB NOT NULL);
CREATE TABLE derived (                -- parts that were shared out of another compartment
    part INTEGER PRIMARY KEY          -- part.no
);
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', contentless_delete = 1, tokenize = 'ascii'
);
";

/// The index's tables, in an order in which they can be dropped.
pub(crate) const INDEX_TABLES: &[&str] = &[
    "words",
    "derived",
    "export",
    "note",
    "same",
    "link",
    "entity_name",
    "entity",
    "involved",
    "incident",
    "term",
    "external",
    "version",
    "record",
];
