-- Reading boards, in PostgreSQL's dialect.

-- name: board_look_points(key, reader, skipped, step, wanted, reach)
-- What is wanted of a board, in one statement, which sees one state. Each row says whether the board has grown, how
-- many are listed, and of which part it is: the reader's own row, and of a grown board the page and who is near,
-- both without order; of a small one all there are. With a part come how many are above its first value and how
-- many have that. Names and who hides are looked for one by one: a join might read all of them, when it was planned
-- while there were few.
WITH board AS MATERIALIZED (
    SELECT
        boards.id, boards.grown, own.learner_id, own.points, own.answers, own.right_answers,
        coalesce((SELECT true FROM hiding WHERE hiding.learner_id = own.learner_id), false) AS hidden,
        CASE WHEN own.answers > 0 THEN own.points END AS value
    FROM boards
    LEFT JOIN totals AS own ON own.board_id = boards.id AND own.learner_id = :reader
    WHERE boards.key = :key
),
spans AS MATERIALIZED (
    SELECT counts.bucket, counts.members, sum(counts.members) OVER (ORDER BY counts.bucket DESC) AS through
    FROM board
    JOIN board_counts AS counts ON counts.board_id = board.id AND counts.kind = 1
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
        WHERE board_id = board.id AND kind = 0
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
        WHERE board_id = board.id AND by_points <= start.value
        ORDER BY by_points DESC, learner_id
        LIMIT :wanted OFFSET listing.skipped - start.above
    ) AS found
),
over AS MATERIALIZED (
    SELECT found.*
    FROM board
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_points AS value
            FROM totals
            WHERE board_id = board.id AND by_points = board.value AND learner_id < board.learner_id
            ORDER BY learner_id DESC
            LIMIT :reach
        ) AS equal
        UNION ALL
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_points
            FROM totals
            WHERE board_id = board.id AND by_points > coalesce(board.value, -(1::bigint << 62))
            ORDER BY by_points, learner_id DESC
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
            SELECT learner_id, points, answers, right_answers, by_points AS value
            FROM totals
            WHERE board_id = board.id AND by_points = board.value AND learner_id > board.learner_id
            ORDER BY learner_id
            LIMIT :reach
        ) AS equal
        UNION ALL
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_points
            FROM totals
            WHERE board_id = board.id AND by_points < board.value
            ORDER BY by_points DESC, learner_id
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
        WHERE board_id = board.id AND kind = 0
            AND bucket > highest.value AND bucket < ((highest.value >> 10) + 1) << 10
    ) AS above, (
        SELECT coalesce(sum(members), 0) FROM board_counts
        WHERE board_id = board.id AND kind = 0 AND bucket = highest.value
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

-- name: board_look_accuracy(key, reader, skipped, step, wanted, reach)
-- The same by accuracy.
WITH board AS MATERIALIZED (
    SELECT
        boards.id, boards.grown, own.learner_id, own.points, own.answers, own.right_answers,
        coalesce((SELECT true FROM hiding WHERE hiding.learner_id = own.learner_id), false) AS hidden,
        accuracy(own.right_answers, own.answers) AS value
    FROM boards
    LEFT JOIN totals AS own ON own.board_id = boards.id AND own.learner_id = :reader
    WHERE boards.key = :key
),
spans AS MATERIALIZED (
    SELECT counts.bucket, counts.members, sum(counts.members) OVER (ORDER BY counts.bucket DESC) AS through
    FROM board
    JOIN board_counts AS counts ON counts.board_id = board.id AND counts.kind = 3
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
        WHERE board_id = board.id AND kind = 2
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
        WHERE board_id = board.id AND by_accuracy <= start.value
        ORDER BY by_accuracy DESC, learner_id
        LIMIT :wanted OFFSET listing.skipped - start.above
    ) AS found
),
over AS MATERIALIZED (
    SELECT found.*
    FROM board
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_accuracy AS value
            FROM totals
            WHERE board_id = board.id AND by_accuracy = board.value AND learner_id < board.learner_id
            ORDER BY learner_id DESC
            LIMIT :reach
        ) AS equal
        UNION ALL
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_accuracy
            FROM totals
            WHERE board_id = board.id AND by_accuracy > coalesce(board.value, -(1::bigint << 62))
            ORDER BY by_accuracy, learner_id DESC
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
            SELECT learner_id, points, answers, right_answers, by_accuracy AS value
            FROM totals
            WHERE board_id = board.id AND by_accuracy = board.value AND learner_id > board.learner_id
            ORDER BY learner_id
            LIMIT :reach
        ) AS equal
        UNION ALL
        SELECT * FROM (
            SELECT learner_id, points, answers, right_answers, by_accuracy
            FROM totals
            WHERE board_id = board.id AND by_accuracy < board.value
            ORDER BY by_accuracy DESC, learner_id
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
        WHERE board_id = board.id AND kind = 2
            AND bucket > highest.value AND bucket < ((highest.value >> 10) + 1) << 10
    ) AS above, (
        SELECT coalesce(sum(members), 0) FROM board_counts
        WHERE board_id = board.id AND kind = 2 AND bucket = highest.value
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
