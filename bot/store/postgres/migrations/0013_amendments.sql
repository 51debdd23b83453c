-- What groups have decided about items, what made an item suspect, and which answers count no more.

-- A question knows the decision by which its item was asked, or by which its answers were looked at again.
ALTER TABLE questions ADD COLUMN version bigint NOT NULL DEFAULT 0;
CREATE INDEX questions_of_item ON questions (item, round_id);

-- Such an attempt has no points and no credit; that somebody answered on that day still holds.
ALTER TABLE attempts ADD COLUMN void boolean NOT NULL DEFAULT false;

-- How many decisions a group, or a union, has come to: whoever decides says how many they knew of.
ALTER TABLE groups ADD COLUMN decisions bigint NOT NULL DEFAULT 0;

-- Every decision, for ever; the one with the highest version holds. regrades says that answers from before it are
-- to be looked at again.
CREATE TABLE amendments (
    group_id bigint NOT NULL REFERENCES groups (id),
    item text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('kept', 'mended', 'off', 'void')),
    regrades boolean NOT NULL,
    body text NOT NULL,
    learner_id bigint NOT NULL REFERENCES learners (id),
    at bigint NOT NULL,
    PRIMARY KEY (group_id, item, version)
);

CREATE INDEX amendments_of_learner ON amendments (learner_id);

CREATE TABLE suspects (
    group_id bigint NOT NULL REFERENCES groups (id),
    item text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (group_id, item)
);
