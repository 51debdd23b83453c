-- Leaderboards: totals by board and learner, kept in the transaction that writes the attempts.
--
-- A board's key says whose it is and of which period. What was answered before is counted on the boards of all
-- time: of its group, channel and topic, and of everybody.

-- Who is left out of what others see of boards.
CREATE TABLE hiding (
    learner_id INTEGER PRIMARY KEY REFERENCES learners (id)
) STRICT;

-- A board has grown when 1024 learners are on it; room is how many gains it can take before that is counted.
CREATE TABLE boards (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    room INTEGER NOT NULL DEFAULT 1024,
    grown INTEGER NOT NULL DEFAULT 0 CHECK (grown IN (0, 1))
) STRICT;

CREATE INDEX boards_grown ON boards (id) WHERE grown;

-- What a learner is listed by is there on grown boards only, and not for those who hide or have too few answers.
-- Accuracy is in millionths.
CREATE TABLE totals (
    board_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL REFERENCES learners (id),
    points INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    right_answers INTEGER NOT NULL,
    by_points INTEGER,
    by_accuracy INTEGER,
    PRIMARY KEY (board_id, learner_id)
) STRICT, WITHOUT ROWID;

-- How many are listed by each value on grown boards, and by each 1024 values together: kinds 0 and 1 for points,
-- 2 and 3 for accuracy.
CREATE TABLE board_counts (
    board_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    members INTEGER NOT NULL,
    PRIMARY KEY (board_id, kind, bucket)
) STRICT, WITHOUT ROWID;

CREATE TEMPORARY TABLE answered AS
SELECT
    'g:' || group_id || '|a' AS key, learner_id,
    sum(points) AS points, count(*) AS answers, sum(credit >= 1) AS right_answers
FROM attempts GROUP BY learner_id, group_id
UNION ALL
SELECT 'c:' || channel_id || '|a', learner_id, sum(points), count(*), sum(credit >= 1)
FROM attempts GROUP BY learner_id, channel_id
UNION ALL
SELECT 't:' || group_id || ':' || topic || '|a', learner_id, sum(points), count(*), sum(credit >= 1)
FROM attempts GROUP BY learner_id, group_id, topic
UNION ALL
SELECT 'e|a', learner_id, sum(points), count(*), sum(credit >= 1)
FROM attempts GROUP BY learner_id;

INSERT INTO boards (key, room, grown)
SELECT key, 1024 - count(*), count(*) >= 1024 FROM answered GROUP BY key ORDER BY key;

INSERT INTO totals (board_id, learner_id, points, answers, right_answers, by_points, by_accuracy)
SELECT
    boards.id, answered.learner_id, answered.points, answered.answers, answered.right_answers,
    CASE WHEN boards.grown THEN answered.points END,
    CASE WHEN boards.grown THEN accuracy(answered.right_answers, answered.answers) END
FROM answered
CROSS JOIN boards
WHERE boards.key = answered.key
ORDER BY boards.id, answered.learner_id;

CREATE INDEX totals_by_points ON totals (board_id, by_points DESC, learner_id) WHERE by_points IS NOT NULL;
CREATE INDEX totals_by_accuracy ON totals (board_id, by_accuracy DESC, learner_id)
WHERE by_accuracy IS NOT NULL;

INSERT INTO board_counts (board_id, kind, bucket, members)
SELECT board_id, 0, by_points, count(*)
FROM totals WHERE by_points IS NOT NULL GROUP BY board_id, by_points
UNION ALL
SELECT board_id, 1, by_points >> 10, count(*)
FROM totals WHERE by_points IS NOT NULL GROUP BY board_id, by_points >> 10
UNION ALL
SELECT board_id, 2, by_accuracy, count(*)
FROM totals WHERE by_accuracy IS NOT NULL GROUP BY board_id, by_accuracy
UNION ALL
SELECT board_id, 3, by_accuracy >> 10, count(*)
FROM totals WHERE by_accuracy IS NOT NULL GROUP BY board_id, by_accuracy >> 10;

DROP TABLE answered;
