-- Statements on boards that read the same in every dialect.

-- name: board_all(board_id)
-- All of a board that may be about to grow. Who hides is looked for one by one: a join may read all that hide.
SELECT
    learner_id, points, answers, right_answers,
    coalesce((SELECT true FROM hiding WHERE hiding.learner_id = totals.learner_id), false) AS hidden
FROM totals
WHERE board_id = :board_id;
