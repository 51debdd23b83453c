-- The packs that groups have brought themselves, what was read and not added yet, and what learners propose.

CREATE TABLE own_packs (
    group_id bigint PRIMARY KEY REFERENCES groups (id),
    version bigint NOT NULL CHECK (version > 0),
    body text NOT NULL
);

-- Without a pack an upload has been decided on; it is forgotten with the events of its time.
CREATE TABLE uploads (
    id text COLLATE "C" PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES groups (id),
    at bigint NOT NULL,
    before_version bigint NOT NULL,
    pack text NOT NULL,
    report text NOT NULL
);

CREATE INDEX uploads_at ON uploads (at);
CREATE INDEX uploads_of_group ON uploads (group_id);

CREATE TABLE proposals (
    id text COLLATE "C" PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES groups (id),
    platform text COLLATE "C" NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    name text NOT NULL,
    place_id text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
    body text NOT NULL
);

CREATE INDEX proposals_open ON proposals (group_id, at, id) WHERE state = 'open';
CREATE INDEX proposals_of_group ON proposals (group_id);
