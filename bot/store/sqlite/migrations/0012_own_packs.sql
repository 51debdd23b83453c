-- The packs that groups have brought themselves, what was read and not added yet, and what learners propose.

CREATE TABLE own_packs (
    group_id INTEGER PRIMARY KEY REFERENCES groups (id),
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL
) STRICT;

-- Without a pack an upload has been decided on; it is forgotten with the events of its time.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups (id),
    at INTEGER NOT NULL,
    before_version INTEGER NOT NULL,
    pack TEXT NOT NULL,
    report TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX uploads_at ON uploads (at);
CREATE INDEX uploads_of_group ON uploads (group_id);

CREATE TABLE proposals (
    id TEXT PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups (id),
    platform TEXT NOT NULL,
    account_id TEXT NOT NULL,
    name TEXT NOT NULL,
    place_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX proposals_open ON proposals (group_id, at, id) WHERE state = 'open';
CREATE INDEX proposals_of_group ON proposals (group_id);
