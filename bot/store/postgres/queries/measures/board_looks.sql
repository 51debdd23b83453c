-- Looking at boards, in PostgreSQL's dialect: a template, read once for each measure. ${measure} is its name, ${fine}
-- the kind of the counts of its values, ${coarse} that of its spans.

-- name: board_look_${measure}(key, reader, skipped, step, wanted, reach)
-- What is wanted of a board, in one statement, which sees one state. Each row says whether the board has grown, how
-- many are listed, and of which part it is: the reader's own row, and of a grown board the page and who is near,
-- both without order; of a small one all there are. With a part come how many are above its first value and how
-- many have that. Names and who hides are looked for one by one: a join might read all of them, when it was planned
-- while there were few.
WITH board AS MATERIALIZED (
    SELECT
        boards.id, boards.grown, own.learner_id, own.points, own.answers, own.right_answers,
        coalesce((SELECT true FROM hiding WHERE hiding.learner_id = own.learner_id), false) AS hidden,
        CASE
            WHEN '${measure}' = 'accuracy' THEN accuracy(own.right_answers, own.answers)
            WHEN own.answers > 0 THEN own.points
        END AS value
    FROM boards
    LEFT JOIN totals AS own ON own.board_id = boards.id AND own.learner_id = :reader
    WHERE boards.key = :key
),
spans AS MATERIALIZED (
    SELECT counts.bucket, counts.members, sum(counts.members) OVER (ORDER BY counts.bucket DESC) AS through
    FROM board
    JOIN board_counts AS counts ON counts.board_id = board.id AND counts.kind = ${coarse}
),
listing AS MATERIALIZED (
    SELECT listed, least(:skipped, greatest(0, (listed - 1) / :step * :step)) AS skipped
    FROM (SELECT coalesce(sum(members), 0)::bigint AS listed FROM spans) AS counted
),
start AS MATERIALIZED (
    SELECT fine.bucket AS value, fine.through - fine.members AS above, fine.members
    FROM board
    CROSS JOIN listing
    JOIN spans ON spans.through > listing.skipped AND spans.through - spans.members <= listing.skipped
    JOIN LATERAL (
        SELECT
            bucket, members,
            spans.through - spans.members + sum(members) OVER (ORDER BY bucket DESC) AS through
        FROM board_counts
        WHERE board_id = board.id AND kind = ${fine}
            AND bucket >= spans.bucket << 10 AND bucket < (spans.bucket + 1) << 10
    ) AS fine ON fine.through > listing.skipped AND fine.through - fine.members <= listing.skipped
),
page AS (
    SELECT found.*, start.above, start.members
    FROM board
    CROSS JOIN listing
    CROSS JOIN start
    CROSS JOIN LATERAL (
        SELECT learner_id, points, answers, right_answers
        FROM totals
        WHERE board_id = board.id AND by_${measure} <= start.value
        ORDER BY by_${measure} DESC, learner_id
        LIMIT :wanted OFFSET listing.skipped - start.above
    ) AS found
),
over AS MATERIALIZED (
    SELECT found.*
    FROM board
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_${measure} AS value
            FROM totals
            WHERE board_id = board.id AND by_${measure} = board.value AND learner_id < board.learner_id
            ORDER BY learner_id DESC
            LIMIT :reach
        ) AS equal
        UNION ALL
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_${measure}
            FROM totals
            WHERE board_id = board.id AND by_${measure} > coalesce(board.value, -(1::bigint << 62))
            ORDER BY by_${measure}, learner_id DESC
            LIMIT :reach
        ) AS greater
        ORDER BY value, learner_id DESC
        LIMIT :reach
    ) AS found
),
under AS (
    SELECT found.*
    FROM board
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_${measure} AS value
            FROM totals
            WHERE board_id = board.id AND by_${measure} = board.value AND learner_id > board.learner_id
            ORDER BY learner_id
            LIMIT :reach
        ) AS equal
        UNION ALL
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_${measure}
            FROM totals
            WHERE board_id = board.id AND by_${measure} < board.value
            ORDER BY by_${measure} DESC, learner_id
            LIMIT :reach
        ) AS lesser
        ORDER BY value DESC, learner_id
        LIMIT :reach
    ) AS found
),
highest AS MATERIALIZED (
    SELECT coalesce(max(value), (SELECT value FROM board)) AS value FROM over
),
near AS MATERIALIZED (
    SELECT (
        SELECT coalesce(sum(members), 0) FROM spans WHERE bucket > highest.value >> 10
    ) + (
        SELECT coalesce(sum(members), 0) FROM board_counts
        WHERE board_id = board.id AND kind = ${fine}
            AND bucket > highest.value AND bucket < ((highest.value >> 10) + 1) << 10
    ) AS above, (
        SELECT coalesce(sum(members), 0) FROM board_counts
        WHERE board_id = board.id AND kind = ${fine} AND bucket = highest.value
    ) AS members
    FROM board
    CROSS JOIN highest
),
seen AS (
    SELECT 'own' AS part, near.above, near.members, learner_id, points, answers, right_answers, hidden
    FROM board
    CROSS JOIN near
    WHERE learner_id IS NOT NULL
    UNION ALL
    SELECT 'page', above, members, learner_id, points, answers, right_answers, false
    FROM page
    UNION ALL
    SELECT 'near', near.above, near.members, learner_id, points, answers, right_answers, false
    FROM (SELECT * FROM over UNION ALL SELECT * FROM under) AS around
    CROSS JOIN near
    UNION ALL
    SELECT
        'small', 0, 0, totals.learner_id, totals.points, totals.answers, totals.right_answers,
        coalesce((SELECT true FROM hiding WHERE hiding.learner_id = totals.learner_id), false)
    FROM board
    JOIN totals ON totals.board_id = board.id
    WHERE NOT board.grown
)
SELECT
    board.grown, listing.listed, seen.part, seen.above::bigint, seen.members::bigint, seen.learner_id,
    (SELECT name FROM learners WHERE learners.id = seen.learner_id) AS name,
    seen.points, seen.answers, seen.right_answers, seen.hidden
FROM board
CROSS JOIN listing
LEFT JOIN seen ON true;
