-- Reading boards, in SQLite's dialect.

-- name: board_part(key, learner_id)
-- A board, and one learner's row on it (nulls when they have none).
SELECT
    boards.id, boards.room, boards.grown,
    learners.id, learners.name, totals.points, totals.answers, totals.right_answers,
    hiding.learner_id IS NOT NULL
FROM boards
LEFT JOIN totals ON totals.board_id = boards.id AND totals.learner_id = :learner_id
LEFT JOIN learners ON learners.id = totals.learner_id
LEFT JOIN hiding ON hiding.learner_id = totals.learner_id
WHERE boards.key = :key;

-- name: board_small(board_id)
-- All of a small board.
SELECT
    totals.learner_id, learners.name, totals.points, totals.answers, totals.right_answers,
    hiding.learner_id IS NOT NULL
FROM totals
JOIN learners ON learners.id = totals.learner_id
LEFT JOIN hiding ON hiding.learner_id = totals.learner_id
WHERE totals.board_id = :board_id;

-- name: counts_sum(board_id, kind)
SELECT coalesce(sum(members), 0) FROM board_counts WHERE board_id = :board_id AND kind = :kind;

-- name: counts_between(board_id, kind, first, last)
SELECT bucket, members FROM board_counts
WHERE board_id = :board_id AND kind = :kind AND bucket >= :first AND bucket <= :last
ORDER BY bucket DESC;

-- name: counts_above(board_id, fine, coarse, value)
-- How many are above a value, which are those of the spans above its own and of the greater values in that, and
-- how many have it.
SELECT (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :coarse AND bucket > :value >> 10
) + (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :fine
        AND bucket > :value AND bucket < ((:value >> 10) + 1) << 10
), (
    SELECT coalesce(sum(members), 0) FROM board_counts
    WHERE board_id = :board_id AND kind = :fine AND bucket = :value
);

-- name: board_pairs(board_id, before_id)
-- Who is listed on a board and was on the one before.
SELECT
    totals.learner_id, learners.name, totals.points, totals.answers, totals.right_answers,
    earlier.answers, earlier.right_answers
FROM totals
JOIN totals AS earlier ON earlier.board_id = :before_id AND earlier.learner_id = totals.learner_id
JOIN learners ON learners.id = totals.learner_id
WHERE totals.board_id = :board_id
    AND totals.answers > 0
    AND NOT EXISTS (SELECT 1 FROM hiding WHERE hiding.learner_id = totals.learner_id);
