-- What groups have decided about items, what made an item suspect, and which answers count no more.

-- A question knows the decision by which its item was asked, or by which its answers were looked at again.
ALTER TABLE questions ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX questions_of_item ON questions (item, round_id);

-- Such an attempt has no points and no credit; that somebody answered on that day still holds.
ALTER TABLE attempts ADD COLUMN void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1));

-- How many decisions a group, or a union, has come to: whoever decides says how many they knew of.
ALTER TABLE groups ADD COLUMN decisions INTEGER NOT NULL DEFAULT 0;

-- Every decision, for ever; the one with the highest version holds. regrades says that answers from before it are
-- to be looked at again.
CREATE TABLE amendments (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    item TEXT NOT NULL,
    version INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('kept', 'mended', 'off', 'void')),
    regrades INTEGER NOT NULL CHECK (regrades IN (0, 1)),
    body TEXT NOT NULL,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (group_id, item, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX amendments_of_learner ON amendments (learner_id);

CREATE TABLE suspects (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    item TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (group_id, item)
) STRICT, WITHOUT ROWID;
