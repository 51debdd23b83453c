-- Reading boards, in PostgreSQL's dialect.

-- name: board_pairs(key, before, reader, most)
-- Who is listed on a board and was on the one before, and one learner in any case; in one row nothing but how many
-- are listed when those are too many, or nobody is to be compared.
WITH board AS MATERIALIZED (
    SELECT
        boards.id, earlier.id AS earlier_id,
        CASE
            WHEN boards.grown THEN (
                SELECT coalesce(sum(members), 0) FROM board_counts WHERE board_id = boards.id AND kind = 1
            )
            ELSE (
                SELECT count(*) FROM totals
                WHERE board_id = boards.id AND answers > 0
                    AND (SELECT true FROM hiding WHERE hiding.learner_id = totals.learner_id) IS NULL
            )
        END AS listed
    FROM boards
    LEFT JOIN boards AS earlier ON earlier.key = :before
    WHERE boards.key = :key
)
SELECT
    board.listed::bigint, pair.learner_id,
    (SELECT name FROM learners WHERE learners.id = pair.learner_id) AS name,
    pair.points, pair.answers, pair.right_answers, pair.answers_before, pair.right_before, pair.hidden
FROM board
LEFT JOIN LATERAL (
    SELECT
        own.*, coalesce(earlier.answers, 0) AS answers_before, coalesce(earlier.right_answers, 0) AS right_before
    FROM (
        SELECT
            learner_id, points, answers, right_answers,
            coalesce((SELECT true FROM hiding WHERE hiding.learner_id = totals.learner_id), false) AS hidden
        FROM totals
        WHERE board_id = board.id AND board.listed <= :most
    ) AS own
    LEFT JOIN totals AS earlier ON earlier.board_id = board.earlier_id AND earlier.learner_id = own.learner_id
    WHERE own.learner_id = :reader
        OR (own.answers > 0 AND NOT own.hidden AND earlier.learner_id IS NOT NULL)
) AS pair ON true
ORDER BY pair.learner_id;
