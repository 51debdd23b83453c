-- What a batch does with boards, and ranks, in SQLite's dialect: a list crosses over as one JSON text.

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

-- name: board_over_points(board_id, value, learner_id, wanted)
-- Who stands right before a learner, the nearest first: equals, then greater ones. Without being told, SQLite
-- looks for equals among all learners of the board.
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals INDEXED BY totals_by_points
        WHERE board_id = :board_id AND by_points = :value AND learner_id < :learner_id
        ORDER BY learner_id DESC
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals INDEXED BY totals_by_points
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
        FROM totals INDEXED BY totals_by_accuracy
        WHERE board_id = :board_id AND by_accuracy = :value AND learner_id < :learner_id
        ORDER BY learner_id DESC
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_accuracy
        FROM totals INDEXED BY totals_by_accuracy
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
        FROM totals INDEXED BY totals_by_points
        WHERE board_id = :board_id AND by_points = :value AND learner_id > :learner_id
        ORDER BY learner_id
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_points
        FROM totals INDEXED BY totals_by_points
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
        FROM totals INDEXED BY totals_by_accuracy
        WHERE board_id = :board_id AND by_accuracy = :value AND learner_id > :learner_id
        ORDER BY learner_id
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_accuracy
        FROM totals INDEXED BY totals_by_accuracy
        WHERE board_id = :board_id AND by_accuracy < :value
        ORDER BY by_accuracy DESC, learner_id
        LIMIT :wanted
    ) AS lesser
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_accuracy DESC, near.learner_id
LIMIT :wanted;

-- name: names_of(ids)
SELECT learners.id, learners.name FROM json_each(:ids) AS wanted
CROSS JOIN learners
WHERE learners.id = wanted.value;

-- name: counts_above(board_id, fine, coarse, given)
-- How many are above each value, which are those of the spans above its own and of the greater values in that,
-- and how many have it.
SELECT wanted.value, (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :coarse AND bucket > wanted.value >> 10
) + (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :fine
        AND bucket > wanted.value AND bucket < ((wanted.value >> 10) + 1) << 10
), (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :fine AND bucket = wanted.value
)
FROM json_each(:given) AS wanted;
