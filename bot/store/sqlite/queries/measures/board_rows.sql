-- The rows of a grown board, in SQLite's dialect: a template, read once for each measure; ${measure} is its name.
-- What is listed stands in an index for each measure, greatest value first; what reads it reads a few rows.

-- name: board_rows_${measure}(board_id, start, skipped, wanted)
SELECT learners.id, learners.name, page.points, page.answers, page.right_answers, false
FROM (
    SELECT learner_id, points, answers, right_answers, by_${measure}
    FROM totals
    WHERE board_id = :board_id AND by_${measure} <= :start
    ORDER BY by_${measure} DESC, learner_id
    LIMIT :wanted OFFSET :skipped
) AS page
JOIN learners ON learners.id = page.learner_id
ORDER BY page.by_${measure} DESC, page.learner_id;

-- name: board_over_${measure}(board_id, value, learner_id, wanted)
-- Who stands right before a learner, the nearest first: equals, then greater ones. Without being told, SQLite
-- looks for equals among all learners of the board.
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_${measure}
        FROM totals INDEXED BY totals_by_${measure}
        WHERE board_id = :board_id AND by_${measure} = :value AND learner_id < :learner_id
        ORDER BY learner_id DESC
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_${measure}
        FROM totals INDEXED BY totals_by_${measure}
        WHERE board_id = :board_id AND by_${measure} > :value
        ORDER BY by_${measure}, learner_id DESC
        LIMIT :wanted
    ) AS greater
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_${measure}, near.learner_id DESC
LIMIT :wanted;

-- name: board_under_${measure}(board_id, value, learner_id, wanted)
-- Who stands right after a learner, the nearest first: equals, then lesser ones.
SELECT learners.id, learners.name, near.points, near.answers, near.right_answers, false
FROM (
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_${measure}
        FROM totals INDEXED BY totals_by_${measure}
        WHERE board_id = :board_id AND by_${measure} = :value AND learner_id > :learner_id
        ORDER BY learner_id
        LIMIT :wanted
    ) AS equal
    UNION ALL
    SELECT * FROM (
        SELECT learner_id, points, answers, right_answers, by_${measure}
        FROM totals INDEXED BY totals_by_${measure}
        WHERE board_id = :board_id AND by_${measure} < :value
        ORDER BY by_${measure} DESC, learner_id
        LIMIT :wanted
    ) AS lesser
) AS near
JOIN learners ON learners.id = near.learner_id
ORDER BY near.by_${measure} DESC, near.learner_id
LIMIT :wanted;
