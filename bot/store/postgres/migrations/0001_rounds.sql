-- Groups, channels, learners, and the rounds that they play.
--
-- Times are epoch milliseconds, UTC. A body is JSON that carries its own version; no statement looks inside.
-- A place leads to a channel and an account to a learner: linking two of them changes rows here, not tables.
-- Ids and keys are compared byte by byte, so that every database has them in the same order. Rows that change
-- often have room beside them on their page, where the next version can go without touching an index.

CREATE TABLE groups (
    id bigint PRIMARY KEY,
    zone text NOT NULL DEFAULT 'UTC',
    locale text NOT NULL DEFAULT 'en'
);

CREATE TABLE channels (
    id bigint PRIMARY KEY,
    group_id bigint NOT NULL REFERENCES groups (id)
);

CREATE INDEX channels_of_group ON channels (group_id);

CREATE TABLE places (
    platform text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    channel_id bigint NOT NULL REFERENCES channels (id),
    PRIMARY KEY (platform, external_id)
);

CREATE INDEX places_of_channel ON places (channel_id);

CREATE TABLE learners (
    id bigint PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE accounts (
    platform text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    learner_id bigint NOT NULL REFERENCES learners (id),
    PRIMARY KEY (platform, external_id)
);

CREATE INDEX accounts_of_learner ON accounts (learner_id);

-- The platforms' own ids of the events that were handled, so that one delivered twice counts once.
CREATE TABLE events (
    id text COLLATE "C" PRIMARY KEY,
    at bigint NOT NULL
);

CREATE INDEX events_at ON events (at);

CREATE TABLE rounds (
    id text COLLATE "C" PRIMARY KEY,
    channel_id bigint NOT NULL REFERENCES channels (id),
    group_id bigint NOT NULL REFERENCES groups (id),
    platform text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    open boolean NOT NULL,
    wake_at bigint,
    started_at bigint NOT NULL,
    item text COLLATE "C",
    body text NOT NULL
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX rounds_open ON rounds (channel_id) WHERE open;
CREATE INDEX rounds_waking ON rounds (wake_at, id) WHERE open AND wake_at IS NOT NULL;
CREATE INDEX rounds_of_channel ON rounds (channel_id, started_at, id);
CREATE INDEX rounds_of_group ON rounds (group_id);

CREATE TABLE questions (
    round_id text COLLATE "C" NOT NULL REFERENCES rounds (id),
    position integer NOT NULL,
    item text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (round_id, position)
);

CREATE TABLE participants (
    round_id text COLLATE "C" NOT NULL REFERENCES rounds (id),
    learner_id bigint NOT NULL REFERENCES learners (id),
    score integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (round_id, learner_id)
) WITH (fillfactor = 50);

-- One row for each accepted and graded answer. Every leaderboard is a query over these.
CREATE TABLE attempts (
    question_id text COLLATE "C" NOT NULL,
    round_id text COLLATE "C" NOT NULL REFERENCES rounds (id),
    group_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    learner_id bigint NOT NULL REFERENCES learners (id),
    item text COLLATE "C" NOT NULL,
    topic text NOT NULL,
    at bigint NOT NULL,
    elapsed_ms bigint NOT NULL,
    credit double precision NOT NULL,
    points integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (question_id, learner_id)
);

CREATE INDEX attempts_of_round ON attempts (round_id, learner_id);
CREATE INDEX attempts_of_learner ON attempts (learner_id, at);
CREATE INDEX attempts_of_group ON attempts (group_id, at);
CREATE INDEX attempts_at_item ON attempts (group_id, item, learner_id, at) WHERE points > 0;

-- Messages to post or to edit. A row waits while its state is 'waiting'; nobody may take it before not_before,
-- nor before free_at, which is when a lease or the wait for another try ends. revision grows when an edit is
-- replaced; sent is the revision that was claimed last, 0 when its outcome is known.
CREATE SEQUENCE outbox_numbers;

CREATE TABLE outbox (
    seq bigint PRIMARY KEY,
    key text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL CHECK (action IN ('post', 'edit')),
    platform text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    recipient text COLLATE "C" NOT NULL,
    question_id text COLLATE "C" NOT NULL,
    not_before bigint NOT NULL,
    body text NOT NULL,
    state text COLLATE "C" NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
    revision integer NOT NULL DEFAULT 1,
    sent integer NOT NULL DEFAULT 0,
    fence bigint NOT NULL DEFAULT 0,
    free_at bigint NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0,
    ref text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    settled_at bigint,
    UNIQUE (key, action)
) WITH (fillfactor = 70);

CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
CREATE INDEX outbox_lines ON outbox (platform, external_id, recipient, seq)
WHERE state = 'waiting' AND action = 'post';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;

-- Ends a statement, and all that it wrote, when what it relies on is no longer so.
CREATE FUNCTION changed_meanwhile() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'others changed the same rounds or handled the same events'
    USING ERRCODE = 'serialization_failure';
END
$$;
