-- Reading boards, in SQLite's dialect. What is listed on a grown board stands in an index for each measure,
-- greatest value first; what reads it reads a few rows.

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
