-- Unions of groups, and places that lead to another place's channel.
--
-- Nothing of a group moves into a union: attempts, days, rounds and flags keep the group of their own, and a
-- union finds them through its members. A place that leads elsewhere remembers the channel of its own.

ALTER TABLE groups ADD COLUMN union_id INTEGER REFERENCES groups (id);
CREATE INDEX groups_of_union ON groups (union_id) WHERE union_id IS NOT NULL;

-- Whose rows are a group's: its own, and those of all that are in one union with it.
CREATE VIEW kin AS
SELECT id AS of_group, id AS group_id FROM groups
UNION ALL
SELECT mine.id, other.id
FROM groups AS mine
JOIN groups AS other ON other.union_id = coalesce(mine.union_id, mine.id)
WHERE other.id <> mine.id;

ALTER TABLE places ADD COLUMN own_id INTEGER REFERENCES channels (id);
CREATE INDEX places_mirrored ON places (own_id) WHERE own_id IS NOT NULL;

-- The other places that a round is played in, as JSON: of each the platform, the id and its own group.
ALTER TABLE rounds ADD COLUMN mirrors TEXT NOT NULL DEFAULT '';
