-- What a batch does with boards, and ranks, in PostgreSQL's dialect. The arrays come sorted, so that two batches
-- with rows in common wait for each other in one direction only.

-- name: boards_hold(keys, learners)
-- Learners, whom nobody else may hide or add to until this is over, and boards, which may not grow; locked in the
-- order that they are read.
WITH people AS MATERIALIZED (
    SELECT learners.id FROM learners
    WHERE learners.id = ANY (:learners::bigint[])
    ORDER BY learners.id
    FOR NO KEY UPDATE
),
held AS MATERIALIZED (
    SELECT boards.id, boards.key, boards.room, boards.grown FROM boards
    WHERE boards.key = ANY (:keys::text[])
    ORDER BY boards.key
    FOR KEY SHARE
)
SELECT people.id, NULL AS key, NULL AS room, NULL AS grown FROM people
UNION ALL
SELECT held.id, held.key, held.room, held.grown FROM held;

-- name: boards_add(keys)!
INSERT INTO boards (key) SELECT unnest(:keys::text[]) ON CONFLICT DO NOTHING;

-- name: totals_add(boards, learners, points, answers, rights)!
INSERT INTO totals (board_id, learner_id, points, answers, right_answers)
SELECT * FROM unnest(:boards::bigint[], :learners::bigint[], :points::bigint[], :answers::bigint[], :rights::bigint[])
ON CONFLICT (board_id, learner_id) DO UPDATE SET
    points = totals.points + excluded.points,
    answers = totals.answers + excluded.answers,
    right_answers = totals.right_answers + excluded.right_answers;

-- name: totals_held(boards, learners)
-- What grown boards hold of learners, zeros where that is nothing.
SELECT
    given.board_id, given.learner_id,
    coalesce(totals.points, 0), coalesce(totals.answers, 0), coalesce(totals.right_answers, 0),
    hiding.learner_id IS NOT NULL
FROM unnest(:boards::bigint[], :learners::bigint[]) AS given (board_id, learner_id)
LEFT JOIN totals ON totals.board_id = given.board_id AND totals.learner_id = given.learner_id
LEFT JOIN hiding ON hiding.learner_id = given.learner_id;

-- name: totals_save(boards, learners, points, answers, rights, by_points, by_accuracy)!
INSERT INTO totals (board_id, learner_id, points, answers, right_answers, by_points, by_accuracy)
SELECT * FROM unnest(
    :boards::bigint[], :learners::bigint[], :points::bigint[], :answers::bigint[], :rights::bigint[],
    :by_points::bigint[], :by_accuracy::bigint[]
)
ON CONFLICT (board_id, learner_id) DO UPDATE SET
    points = excluded.points,
    answers = excluded.answers,
    right_answers = excluded.right_answers,
    by_points = excluded.by_points,
    by_accuracy = excluded.by_accuracy;

-- name: counts_add(boards, kinds, buckets, members)!
INSERT INTO board_counts (board_id, kind, bucket, members)
SELECT * FROM unnest(:boards::bigint[], :kinds::integer[], :buckets::bigint[], :members::bigint[])
ON CONFLICT (board_id, kind, bucket) DO UPDATE SET members = board_counts.members + excluded.members;

-- name: boards_room(ids, taken)
UPDATE boards SET room = boards.room - given.taken
FROM unnest(:ids::bigint[], :taken::bigint[]) AS given (id, taken)
WHERE boards.id = given.id
RETURNING boards.id, boards.room;

-- name: board_lock(id)
SELECT id FROM boards WHERE id = :id AND NOT grown FOR UPDATE;

-- name: board_learners_lock(board_id)!
-- So that nobody on it is hiding at this moment.
SELECT learners.id
FROM totals
JOIN learners ON learners.id = totals.learner_id
WHERE totals.board_id = :board_id
ORDER BY learners.id
FOR KEY SHARE OF learners;

-- name: board_room(id, room)!
UPDATE boards SET room = :room WHERE id = :id;

-- name: board_grown(id)!
UPDATE boards SET grown = true WHERE id = :id;

-- name: learners_lock(ids)!
SELECT id FROM learners WHERE id = ANY (:ids::bigint[]) ORDER BY id FOR UPDATE;

-- name: hiding_of(ids)
SELECT learner_id FROM hiding WHERE learner_id = ANY (:ids::bigint[]);

-- name: hiding_add(ids)!
INSERT INTO hiding (learner_id) SELECT unnest(:ids::bigint[]);

-- name: hiding_drop(ids)!
DELETE FROM hiding WHERE learner_id = ANY (:ids::bigint[]);

-- name: totals_grown(ids)
-- Rows of learners on grown boards.
SELECT totals.board_id, totals.learner_id, totals.points, totals.answers, totals.right_answers
FROM boards
CROSS JOIN unnest(:ids::bigint[]) AS given (learner_id)
JOIN totals ON totals.board_id = boards.id AND totals.learner_id = given.learner_id
WHERE boards.grown;

-- name: board_over_points(board_id, value, learner_id, wanted)
-- Who stands right before a learner, the nearest first: equals, then greater ones.
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals
        WHERE board_id = :board_id AND by_points = :value AND learner_id < :learner_id
        ORDER BY learner_id DESC
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals
        WHERE board_id = :board_id AND by_points > :value
        ORDER BY by_points, learner_id DESC
        LIMIT :wanted
    ) AS greater
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_points, near.learner_id DESC
LIMIT :wanted;

-- name: board_over_accuracy(board_id, value, learner_id, wanted)
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_accuracy
        FROM totals
        WHERE board_id = :board_id AND by_accuracy = :value AND learner_id < :learner_id
        ORDER BY learner_id DESC
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_accuracy
        FROM totals
        WHERE board_id = :board_id AND by_accuracy > :value
        ORDER BY by_accuracy, learner_id DESC
        LIMIT :wanted
    ) AS greater
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_accuracy, near.learner_id DESC
LIMIT :wanted;

-- name: board_under_points(board_id, value, learner_id, wanted)
-- Who stands right after a learner, the nearest first: equals, then lesser ones.
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals
        WHERE board_id = :board_id AND by_points = :value AND learner_id > :learner_id
        ORDER BY learner_id
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals
        WHERE board_id = :board_id AND by_points < :value
        ORDER BY by_points DESC, learner_id
        LIMIT :wanted
    ) AS lesser
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_points DESC, near.learner_id
LIMIT :wanted;

-- name: board_under_accuracy(board_id, value, learner_id, wanted)
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_accuracy
        FROM totals
        WHERE board_id = :board_id AND by_accuracy = :value AND learner_id > :learner_id
        ORDER BY learner_id
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_accuracy
        FROM totals
        WHERE board_id = :board_id AND by_accuracy < :value
        ORDER BY by_accuracy DESC, learner_id
        LIMIT :wanted
    ) AS lesser
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_accuracy DESC, near.learner_id
LIMIT :wanted;

-- name: names_of(ids)
SELECT id, name FROM learners WHERE id = ANY (:ids::bigint[]);

-- name: counts_above(board_id, fine, coarse, given)
-- How many are above each value, which are those of the spans above its own and of the greater values in that,
-- and how many have it.
SELECT wanted.value, (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :coarse AND bucket > (wanted.value >> 10)
) + (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :fine
        AND bucket > wanted.value AND bucket < (((wanted.value >> 10) + 1) << 10)
), (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :fine AND bucket = wanted.value
)
FROM unnest(:given::bigint[]) AS wanted (value);
