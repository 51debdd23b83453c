-- Schedules of questions of the day, and what became of each of their local dates.
--
-- A place here is that of the channel; the questions themselves are rounds in a sub-place of it. Dates are texts
-- as ISO has them, which stand in the order of time.

CREATE TABLE schedules (
    id text COLLATE "C" PRIMARY KEY,
    platform text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    group_id bigint NOT NULL REFERENCES groups (id),
    version bigint NOT NULL,
    due_at bigint,
    settled text COLLATE "C",
    body text NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX schedules_due ON schedules (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX schedules_of_place ON schedules (platform, external_id, id);
CREATE INDEX schedules_of_group ON schedules (group_id);

-- The ledger: one row for each date of a schedule that was settled, for ever.
CREATE TABLE schedule_days (
    schedule_id text COLLATE "C" NOT NULL REFERENCES schedules (id),
    day text COLLATE "C" NOT NULL,
    group_id bigint NOT NULL,
    outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('posted', 'skipped', 'unposted')),
    round_id text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (schedule_id, day)
);

CREATE INDEX schedule_days_posted ON schedule_days (group_id, day, round_id) WHERE outcome = 'posted';
