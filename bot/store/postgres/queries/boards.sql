-- What a batch does with boards, in PostgreSQL's dialect. The arrays come sorted, so that two batches
-- with rows in common wait for each other in one direction only.

-- name: boards_hold(keys, learners)
-- Learners, whom nobody else may hide or add to until this is over, and boards, which may not grow; locked in the
-- order that they are read. In place of a board's room a learner has the person that they are part of.
WITH people AS MATERIALIZED (
    SELECT learners.id, learners.joined_to FROM learners
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
SELECT people.id, NULL AS key, people.joined_to AS room, NULL AS grown FROM people
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

-- name: hid_keep(ids, hidden)!
-- What a person chooses, each member has chosen.
UPDATE learners SET hid = given.hidden
FROM unnest(:ids::bigint[], :hidden::boolean[]) AS given (id, hidden)
WHERE learners.joined_to = given.id;

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
