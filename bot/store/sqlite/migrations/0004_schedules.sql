-- Schedules of questions of the day, and what became of each of their local dates.
--
-- A place here is that of the channel; the questions themselves are rounds in a sub-place of it. Dates are texts
-- as ISO has them, which stand in the order of time.

CREATE TABLE schedules (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    group_id INTEGER NOT NULL REFERENCES groups (id),
    version INTEGER NOT NULL,
    due_at INTEGER,
    settled TEXT,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX schedules_due ON schedules (due_at, id, platform, external_id) WHERE due_at IS NOT NULL;
CREATE INDEX schedules_of_place ON schedules (platform, external_id, id);
CREATE INDEX schedules_of_group ON schedules (group_id);

-- The ledger: one row for each date of a schedule that was settled, for ever.
CREATE TABLE schedule_days (
    schedule_id TEXT NOT NULL REFERENCES schedules (id),
    day TEXT NOT NULL,
    group_id INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('posted', 'skipped', 'unposted')),
    round_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (schedule_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX schedule_days_posted ON schedule_days (group_id, day, round_id) WHERE outcome = 'posted';
