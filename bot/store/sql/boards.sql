-- Statements on boards that read the same in every dialect. Those of a grown board that are listed stand in an
-- index for each measure, greatest value first; what reads it reads a few rows.

-- name: board_part(key, learner_id)
-- A board, and one learner's row on it (nulls when they have none).
SELECT
    boards.id, boards.room, boards.grown,
    learners.id, learners.name, totals.points, totals.answers, totals.right_answers,
    CASE WHEN hiding.learner_id IS NULL THEN false ELSE true END AS hidden
FROM boards
LEFT JOIN totals ON totals.board_id = boards.id AND totals.learner_id = :learner_id
LEFT JOIN learners ON learners.id = totals.learner_id
LEFT JOIN hiding ON hiding.learner_id = totals.learner_id
WHERE boards.key = :key;

-- name: board_all(board_id)
-- All of a small board.
SELECT
    totals.learner_id, totals.points, totals.answers, totals.right_answers,
    CASE WHEN hiding.learner_id IS NULL THEN false ELSE true END AS hidden
FROM totals
LEFT JOIN hiding ON hiding.learner_id = totals.learner_id
WHERE totals.board_id = :board_id;

-- name: board_rows_points(board_id, start, skipped, wanted)
SELECT learners.id, learners.name, page.points, page.answers, page.right_answers, false
FROM (
    SELECT learner_id, points, answers, right_answers, by_points
    FROM totals
    WHERE board_id = :board_id AND by_points <= :start
    ORDER BY by_points DESC, learner_id
    LIMIT :wanted OFFSET :skipped
) AS page
JOIN learners ON learners.id = page.learner_id
ORDER BY page.by_points DESC, page.learner_id;

-- name: board_rows_accuracy(board_id, start, skipped, wanted)
SELECT learners.id, learners.name, page.points, page.answers, page.right_answers, false
FROM (
    SELECT learner_id, points, answers, right_answers, by_accuracy
    FROM totals
    WHERE board_id = :board_id AND by_accuracy <= :start
    ORDER BY by_accuracy DESC, learner_id
    LIMIT :wanted OFFSET :skipped
) AS page
JOIN learners ON learners.id = page.learner_id
ORDER BY page.by_accuracy DESC, page.learner_id;

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

-- name: board_members(board_id)
SELECT count(*) FROM totals WHERE board_id = :board_id;

-- name: counts_sum(board_id, kind)
SELECT coalesce(sum(members), 0) FROM board_counts WHERE board_id = :board_id AND kind = :kind;

-- name: counts_between(board_id, kind, first, last)
SELECT bucket, members FROM board_counts
WHERE board_id = :board_id AND kind = :kind AND bucket >= :first AND bucket <= :last
ORDER BY bucket DESC;
