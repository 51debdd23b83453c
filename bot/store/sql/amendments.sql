-- Statements on what groups have decided about items, that read the same in every dialect.

-- name: amendments_at(platform, external_id, group_id)
-- Of the group that a place belongs to, or else of the one that is given.
SELECT group_id, item, version, verdict, regrades, body, learner_id, at
FROM amendments
WHERE amendments.group_id IN (
    SELECT kin.group_id FROM kin
    WHERE kin.of_group = coalesce(
        (
            SELECT own.group_id FROM places
            JOIN channels AS own ON own.id = coalesce(places.own_id, places.channel_id)
            WHERE places.platform = :platform AND places.external_id = :external_id
        ),
        :group_id
    )
)
ORDER BY version, group_id, item;

-- name: amendments_of_group(group_id)
SELECT group_id, item, version, verdict, regrades, body, learner_id, at
FROM amendments
WHERE amendments.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
ORDER BY version, group_id, item;

-- name: amendment_add(group_id, item, version, verdict, regrades, body, learner_id, at)!
INSERT INTO amendments (group_id, item, version, verdict, regrades, body, learner_id, at)
VALUES (:group_id, :item, :version, :verdict, :regrades, :body, :learner_id, :at);

-- name: decisions_of(group_id)^
SELECT decisions FROM groups WHERE id = :group_id;

-- name: decisions_set(after, group_id, before)
UPDATE groups SET decisions = :after WHERE id = :group_id AND decisions = :before
RETURNING id;

-- name: suspects_of_group(group_id)
SELECT group_id, item, at, body
FROM suspects
WHERE suspects.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
ORDER BY item, at, group_id;

-- name: suspect_save(group_id, item, at, body)!
INSERT INTO suspects (group_id, item, at, body) VALUES (:group_id, :item, :at, :body)
ON CONFLICT (group_id, item) DO UPDATE SET at = excluded.at, body = excluded.body;

-- name: rounds_with_item(group_id, item)
-- The rounds of a group that have ended and that asked an item.
SELECT
    id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body, mirrors
FROM rounds
WHERE rounds.id IN (SELECT questions.round_id FROM questions WHERE questions.item = :item)
    AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND NOT rounds.open
ORDER BY started_at, id;

-- name: questions_with_item(group_id, item)
SELECT questions.round_id, questions.position, questions.item, questions.body, questions.version
FROM questions
JOIN rounds ON rounds.id = questions.round_id
WHERE questions.item = :item
    AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND NOT rounds.open
ORDER BY questions.round_id, questions.position;

-- name: participants_with_item(group_id, item)
SELECT participants.round_id, participants.learner_id, participants.score, participants.body,
    coalesce(participants.own_id, 0)
FROM participants
WHERE participants.round_id IN (
    SELECT rounds.id FROM questions
    JOIN rounds ON rounds.id = questions.round_id
    WHERE questions.item = :item
        AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
        AND NOT rounds.open
)
ORDER BY participants.round_id, participants.learner_id;

-- name: attempts_with_item(group_id, item)
-- All that was answered in those rounds, each with the person that the learner is part of by now.
SELECT
    attempts.question_id, attempts.round_id, attempts.group_id, attempts.channel_id, attempts.learner_id,
    attempts.item, attempts.topic, attempts.at, attempts.elapsed_ms, attempts.credit, attempts.points,
    attempts.body, coalesce(learners.joined_to, learners.id)
FROM attempts
JOIN learners ON learners.id = attempts.learner_id
WHERE attempts.round_id IN (
    SELECT rounds.id FROM questions
    JOIN rounds ON rounds.id = questions.round_id
    WHERE questions.item = :item
        AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
        AND NOT rounds.open
)
ORDER BY attempts.question_id, attempts.learner_id;

-- name: earned_with_item(group_id, item)
-- Who has points for an item in rounds that are open, and since when.
SELECT coalesce(learners.joined_to, learners.id), attempts.at
FROM questions
CROSS JOIN rounds
CROSS JOIN attempts
CROSS JOIN learners
WHERE questions.item = :item
    AND rounds.id = questions.round_id
    AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND rounds.open
    AND attempts.question_id = rounds.id || '.' || CAST(questions.position AS TEXT)
    AND attempts.points > 0
    AND learners.id = attempts.learner_id
ORDER BY attempts.at, attempts.learner_id;

-- name: item_running(group_id, item)
SELECT 1
FROM questions
JOIN rounds ON rounds.id = questions.round_id
WHERE questions.item = :item
    AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND rounds.open
LIMIT 1;

-- name: channel_of_place(platform, external_id)^
SELECT channel_id FROM places WHERE platform = :platform AND external_id = :external_id;

-- name: flaggers_of_item(group_id, item)
-- Who flagged an item, by each of their accounts.
SELECT flags.question_id, flags.learner_id, flags.at, accounts.platform, accounts.external_id
FROM flags
JOIN accounts ON accounts.learner_id = flags.learner_id OR accounts.own_id = flags.learner_id
WHERE flags.item = :item
    AND flags.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND coalesce(accounts.own_id, accounts.learner_id) = flags.learner_id
ORDER BY flags.at, flags.question_id, flags.learner_id, accounts.platform, accounts.external_id;

-- name: responses_to_item(group_id, item, board, wanted)
-- The latest answers to an item, each with what its learner holds on a board.
SELECT
    attempts.learner_id, attempts.at, attempts.body, coalesce(totals.answers, 0),
    coalesce(totals.right_answers, 0)
FROM questions
JOIN rounds ON rounds.id = questions.round_id
JOIN attempts ON attempts.question_id = rounds.id || '.' || CAST(questions.position AS TEXT)
LEFT JOIN boards ON boards.key = :board
LEFT JOIN totals ON totals.board_id = boards.id AND totals.learner_id = attempts.learner_id
WHERE questions.item = :item
    AND rounds.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND NOT attempts.void
ORDER BY attempts.at DESC, attempts.question_id, attempts.learner_id
LIMIT :wanted;

-- name: items_answered(since)
-- Which items were answered since then in each group, or the union that it is in.
SELECT DISTINCT coalesce(groups.union_id, groups.id), attempts.item
FROM groups
CROSS JOIN attempts
WHERE attempts.group_id = groups.id AND attempts.at >= :since AND NOT attempts.void
ORDER BY 1, 2;

-- name: items_overdue(wanted)
-- Decisions after which answers are to be looked at that have not been: their rounds were open then.
SELECT DISTINCT amendments.group_id, amendments.item
FROM amendments
CROSS JOIN questions
CROSS JOIN rounds
CROSS JOIN groups AS deciding
CROSS JOIN groups AS playing
WHERE amendments.regrades
    AND questions.item = amendments.item
    AND questions.version < amendments.version
    AND rounds.id = questions.round_id
    AND NOT rounds.open
    AND deciding.id = amendments.group_id
    AND playing.id = rounds.group_id
    AND coalesce(playing.union_id, playing.id) = coalesce(deciding.union_id, deciding.id)
ORDER BY amendments.group_id, amendments.item
LIMIT :wanted;

-- name: attempt_regrade(credit, points, body, void, question_id, learner_id)!
UPDATE attempts SET credit = :credit, points = :points, body = :body, void = :void
WHERE question_id = :question_id AND learner_id = :learner_id;

-- name: question_reask(body, version, round_id, position)!
UPDATE questions SET body = :body, version = :version WHERE round_id = :round_id AND position = :position;

-- name: round_recount(body, id)!
UPDATE rounds SET body = :body, version = version + 1 WHERE id = :id AND NOT open;
