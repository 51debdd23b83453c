-- Statements on unions of groups, and on places that lead to another's channel, that read the same in every
-- dialect.

-- name: union_add(id, settings)!
INSERT INTO groups (id, settings) VALUES (:id, :settings) ON CONFLICT DO NOTHING;

-- name: union_set(union_id, id)!
UPDATE groups SET union_id = nullif(:union_id, 0) WHERE id = :id;

-- name: union_members(union_id)
SELECT id FROM groups WHERE union_id = :union_id ORDER BY id;

-- name: counts_dropped(first, after)!
DELETE FROM board_counts
WHERE board_id IN (SELECT boards.id FROM boards WHERE boards.key >= :first AND boards.key < :after);

-- name: totals_dropped(first, after)!
DELETE FROM totals
WHERE board_id IN (SELECT boards.id FROM boards WHERE boards.key >= :first AND boards.key < :after);

-- name: boards_copied(head, first, after)!
-- A board of the union for each of a member: the key of the one begins with *head* where that of the other does
-- with *first*.
INSERT INTO boards (key)
SELECT :head || substr(parts.key, length(:first) + 1) FROM boards AS parts
WHERE parts.key >= :first AND parts.key < :after
ORDER BY parts.key
ON CONFLICT DO NOTHING;

-- name: totals_copied(head, first, after)!
INSERT INTO totals (board_id, learner_id, points, answers, right_answers)
SELECT sums.id, held.learner_id, held.points, held.answers, held.right_answers
FROM boards AS parts
CROSS JOIN boards AS sums
CROSS JOIN totals AS held
WHERE parts.key >= :first
    AND parts.key < :after
    AND sums.key = :head || substr(parts.key, length(:first) + 1)
    AND held.board_id = parts.id
ORDER BY sums.id, held.learner_id
ON CONFLICT (board_id, learner_id) DO UPDATE SET
    points = totals.points + excluded.points,
    answers = totals.answers + excluded.answers,
    right_answers = totals.right_answers + excluded.right_answers;

-- name: boards_counted(most, first, after)
-- Boards that were made anew are small; those that have no room left may be about to grow.
UPDATE boards SET
    grown = false,
    room = :most - (SELECT count(*) FROM totals WHERE totals.board_id = boards.id)
WHERE key >= :first AND key < :after
RETURNING id, room;

-- name: mirror_set(platform, external_id, channel_id)!
-- Not while a round is open where the place leads to, or will.
UPDATE places SET
    own_id = nullif(coalesce(own_id, channel_id), :channel_id),
    channel_id = :channel_id
WHERE platform = :platform
    AND external_id = :external_id
    AND NOT EXISTS (
        SELECT 1 FROM rounds WHERE rounds.open AND rounds.channel_id IN (places.channel_id, :channel_id)
    );

-- name: places_of_channel(channel_id)
SELECT places.platform, places.external_id, own.group_id
FROM places
JOIN channels AS own ON own.id = coalesce(places.own_id, places.channel_id)
WHERE places.channel_id = :channel_id
ORDER BY places.platform, places.external_id;

-- name: places_loosened()!
-- What leads to the channel of a group that it is in no union with leads to its own again, unless a round is open.
UPDATE places SET channel_id = own_id, own_id = NULL
WHERE own_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM rounds WHERE rounds.open AND rounds.channel_id = places.channel_id)
    AND (
        SELECT coalesce(groups.union_id, groups.id) FROM channels
        JOIN groups ON groups.id = channels.group_id
        WHERE channels.id = places.own_id
    ) <> (
        SELECT coalesce(groups.union_id, groups.id) FROM channels
        JOIN groups ON groups.id = channels.group_id
        WHERE channels.id = places.channel_id
    );
