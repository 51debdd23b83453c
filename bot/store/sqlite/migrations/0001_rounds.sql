-- Groups, channels, learners, and the rounds that they play.
--
-- Times are epoch milliseconds, UTC. A body is JSON that carries its own version; no statement looks inside.
-- A place leads to a channel and an account to a learner: linking two of them changes rows here, not tables.

CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    zone TEXT NOT NULL DEFAULT 'UTC',
    locale TEXT NOT NULL DEFAULT 'en'
) STRICT;

CREATE TABLE channels (
    id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups (id)
) STRICT;

CREATE INDEX channels_of_group ON channels (group_id);

CREATE TABLE places (
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    PRIMARY KEY (platform, external_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX places_of_channel ON places (channel_id);

CREATE TABLE learners (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    PRIMARY KEY (platform, external_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX accounts_of_learner ON accounts (learner_id);

-- The platforms' own ids of the events that were handled, so that one delivered twice counts once.
CREATE TABLE events (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX events_at ON events (at);

CREATE TABLE rounds (
    id TEXT PRIMARY KEY,
    channel_id INTEGER NOT NULL REFERENCES channels (id),
    group_id INTEGER NOT NULL REFERENCES groups (id),
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    wake_at INTEGER,
    started_at INTEGER NOT NULL,
    item TEXT,
    body TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX rounds_open ON rounds (channel_id) WHERE open;
CREATE INDEX rounds_waking ON rounds (wake_at, id) WHERE open AND wake_at IS NOT NULL;
CREATE INDEX rounds_of_channel ON rounds (channel_id, started_at, id);
CREATE INDEX rounds_of_group ON rounds (group_id);

CREATE TABLE questions (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round_id, position)
) STRICT;

CREATE TABLE participants (
    round_id TEXT NOT NULL REFERENCES rounds (id),
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    score INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (round_id, learner_id)
) STRICT, WITHOUT ROWID;

-- One row for each accepted and graded answer. Every leaderboard is a query over these.
CREATE TABLE attempts (
    question_id TEXT NOT NULL,
    round_id TEXT NOT NULL REFERENCES rounds (id),
    group_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    item TEXT NOT NULL,
    topic TEXT NOT NULL,
    at INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    credit REAL NOT NULL,
    points INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (question_id, learner_id)
) STRICT;

CREATE INDEX attempts_of_round ON attempts (round_id, learner_id);
CREATE INDEX attempts_of_learner ON attempts (learner_id, at);
CREATE INDEX attempts_of_group ON attempts (group_id, at);
CREATE INDEX attempts_at_item ON attempts (group_id, item, learner_id, at) WHERE points > 0;

-- Messages to post or to edit. A row waits while its state is 'waiting'; nobody may take it before not_before,
-- nor before free_at, which is when a lease or the wait for another try ends. revision grows when an edit is
-- replaced; sent is the revision that was claimed last, 0 when its outcome is known.
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('post', 'edit')),
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    question_id TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
    revision INTEGER NOT NULL DEFAULT 1,
    sent INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0,
    free_at INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    ref TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    settled_at INTEGER,
    UNIQUE (key, action)
) STRICT;

CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
CREATE INDEX outbox_lines ON outbox (platform, external_id, recipient, seq)
WHERE state = 'waiting' AND action = 'post';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
