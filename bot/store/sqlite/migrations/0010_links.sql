-- Learners that are one person, and the codes by which that and other links are made.
--
-- Nothing of a learner moves: attempts, flags and totals keep the own learner of the account, and a person finds
-- them through its members. An account that never was part of a person has no own_id; a participant has one when
-- they came in as a person.

ALTER TABLE learners ADD COLUMN joined_to INTEGER REFERENCES learners (id);
CREATE INDEX learners_joined ON learners (joined_to) WHERE joined_to IS NOT NULL;

-- Whether somebody who is part of a person would hide on their own: members themselves are off all lists.
ALTER TABLE learners ADD COLUMN hid INTEGER NOT NULL DEFAULT 0 CHECK (hid IN (0, 1));

ALTER TABLE accounts ADD COLUMN own_id INTEGER REFERENCES learners (id);
CREATE INDEX accounts_own ON accounts (own_id) WHERE own_id IS NOT NULL;

ALTER TABLE participants ADD COLUMN own_id INTEGER REFERENCES learners (id);
CREATE INDEX participants_own ON participants (own_id, round_id) WHERE own_id IS NOT NULL;

-- Whose rows are a learner's: their own, and those of all that are one person with them.
CREATE VIEW selves AS
SELECT id AS of_learner, id AS learner_id FROM learners
UNION ALL
SELECT mine.id, other.id
FROM learners AS mine
JOIN learners AS other ON other.joined_to = coalesce(mine.joined_to, mine.id)
WHERE other.id <> mine.id;

CREATE TABLE link_codes (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('me', 'group', 'channel')),
    platform TEXT NOT NULL,
    account_id TEXT NOT NULL,
    name TEXT NOT NULL,
    place_id TEXT NOT NULL,
    workspace TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX link_codes_of_account ON link_codes (platform, account_id, kind);
CREATE INDEX link_codes_expiring ON link_codes (expires_at);

-- Codes that somebody typed and that are none, so that nobody finds one by trying.
CREATE TABLE link_tries (
    platform TEXT NOT NULL,
    account_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX link_tries_of_account ON link_tries (platform, account_id, at);
CREATE INDEX link_tries_at ON link_tries (at);
