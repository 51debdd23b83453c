-- What a batch does with boards, in SQLite's dialect: a list crosses over as one JSON text.

-- name: persons_of(learners)
-- Of those who are part of a person, which.
SELECT learners.id, learners.joined_to
FROM json_each(:learners) AS wanted
CROSS JOIN learners ON learners.id = wanted.value
WHERE learners.joined_to IS NOT NULL;

-- name: board_by_key(key)
SELECT id, key, room, grown FROM boards WHERE key = :key;

-- name: board_add(key)!
INSERT INTO boards (key) VALUES (:key);

-- name: board_room(id, room)!
UPDATE boards SET room = :room WHERE id = :id;

-- name: board_grown(id)!
UPDATE boards SET grown = 1 WHERE id = :id;

-- name: total_add(board_id, learner_id, points, answers, right_answers)!
INSERT INTO totals (board_id, learner_id, points, answers, right_answers)
VALUES (:board_id, :learner_id, :points, :answers, :right_answers)
ON CONFLICT (board_id, learner_id) DO UPDATE SET
    points = totals.points + excluded.points,
    answers = totals.answers + excluded.answers,
    right_answers = totals.right_answers + excluded.right_answers;

-- name: totals_held(board_id, learners)
-- What a grown board holds of each learner, zeros where that is nothing.
SELECT
    wanted.value, coalesce(totals.points, 0), coalesce(totals.answers, 0), coalesce(totals.right_answers, 0),
    hiding.learner_id IS NOT NULL
FROM json_each(:learners) AS wanted
LEFT JOIN totals ON totals.board_id = :board_id AND totals.learner_id = wanted.value
LEFT JOIN hiding ON hiding.learner_id = wanted.value;

-- name: total_save(board_id, learner_id, points, answers, right_answers, by_points, by_accuracy)!
INSERT INTO totals (board_id, learner_id, points, answers, right_answers, by_points, by_accuracy)
VALUES (:board_id, :learner_id, :points, :answers, :right_answers, :by_points, :by_accuracy)
ON CONFLICT (board_id, learner_id) DO UPDATE SET
    points = excluded.points,
    answers = excluded.answers,
    right_answers = excluded.right_answers,
    by_points = excluded.by_points,
    by_accuracy = excluded.by_accuracy;

-- name: count_add(board_id, kind, bucket, members)!
INSERT INTO board_counts (board_id, kind, bucket, members) VALUES (:board_id, :kind, :bucket, :members)
ON CONFLICT (board_id, kind, bucket) DO UPDATE SET members = board_counts.members + excluded.members;

-- name: hiding_of(learner_id)
SELECT 1 FROM hiding WHERE learner_id = :learner_id;

-- name: hiding_add(learner_id)!
INSERT INTO hiding (learner_id) VALUES (:learner_id);

-- name: hiding_drop(learner_id)!
DELETE FROM hiding WHERE learner_id = :learner_id;

-- name: totals_grown(learner_id)
-- A learner's rows on grown boards.
SELECT totals.board_id, totals.points, totals.answers, totals.right_answers
FROM boards
CROSS JOIN totals
WHERE boards.grown AND totals.board_id = boards.id AND totals.learner_id = :learner_id;
