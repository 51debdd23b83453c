-- Statements on rounds that read the same in every dialect.

-- name: group_add(id)!
INSERT INTO groups (id) VALUES (:id) ON CONFLICT DO NOTHING;

-- name: settings_set(settings, id, before)!
UPDATE groups SET settings = :settings WHERE id = :id AND settings = :before;

-- name: channel_add(id, group_id)!
INSERT INTO channels (id, group_id) VALUES (:id, :group_id) ON CONFLICT DO NOTHING;

-- name: place_add(platform, external_id, channel_id)!
INSERT INTO places (platform, external_id, channel_id) VALUES (:platform, :external_id, :channel_id)
ON CONFLICT DO NOTHING;

-- name: learner_save(id, name)!
INSERT INTO learners (id, name) VALUES (:id, :name)
ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE learners.name <> excluded.name;

-- name: account_add(platform, external_id, learner_id)!
INSERT INTO accounts (platform, external_id, learner_id) VALUES (:platform, :external_id, :learner_id)
ON CONFLICT DO NOTHING;

-- name: event_add(id, at)!
INSERT INTO events (id, at) VALUES (:id, :at) ON CONFLICT DO NOTHING;

-- name: round_save(id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body, mirrors)!
INSERT INTO rounds (
    id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body, mirrors
) VALUES (
    :id, :channel_id, :group_id, :platform, :external_id, :version, :open, :wake_at, :started_at, :item, :body,
    :mirrors
)
ON CONFLICT (id) DO UPDATE SET
    channel_id = excluded.channel_id,
    group_id = excluded.group_id,
    platform = excluded.platform,
    external_id = excluded.external_id,
    version = excluded.version,
    open = excluded.open,
    wake_at = excluded.wake_at,
    started_at = excluded.started_at,
    item = excluded.item,
    body = excluded.body,
    mirrors = excluded.mirrors;

-- name: question_add(round_id, position, item, body, version)!
INSERT INTO questions (round_id, position, item, body, version)
VALUES (:round_id, :position, :item, :body, :version)
ON CONFLICT DO NOTHING;

-- name: participant_save(round_id, learner_id, score, body)!
INSERT INTO participants (round_id, learner_id, score, body) VALUES (:round_id, :learner_id, :score, :body)
ON CONFLICT (round_id, learner_id) DO UPDATE SET score = excluded.score, body = excluded.body;

-- name: joined_participant_save(round_id, learner_id, score, body, own_id)!
-- Who comes in as a person. As what they came in never changes.
INSERT INTO participants (round_id, learner_id, score, body, own_id)
VALUES (:round_id, :learner_id, :score, :body, :own_id)
ON CONFLICT (round_id, learner_id) DO UPDATE SET score = excluded.score, body = excluded.body;

-- name: attempt_add(question_id, round_id, group_id, channel_id, learner_id, item, topic, at, elapsed_ms, credit, points, body)!
INSERT INTO attempts (
    question_id, round_id, group_id, channel_id, learner_id, item, topic, at, elapsed_ms, credit, points, body
) VALUES (
    :question_id, :round_id, :group_id, :channel_id, :learner_id, :item, :topic, :at, :elapsed_ms, :credit,
    :points, :body
)
ON CONFLICT DO NOTHING;

-- name: place_open_round(platform, external_id)^
-- The channel that a place leads to with its group, and its open round (nulls when it has none). The group is
-- the place's own or the union that this is in.
SELECT
    places.channel_id, coalesce(unions.id, groups.id), coalesce(unions.settings, groups.settings), groups.id,
    rounds.id, rounds.channel_id, rounds.group_id, rounds.platform, rounds.external_id, rounds.version,
    rounds.open, rounds.wake_at, rounds.started_at, rounds.item, rounds.body, rounds.mirrors
FROM places
JOIN channels AS own ON own.id = coalesce(places.own_id, places.channel_id)
JOIN groups ON groups.id = own.group_id
LEFT JOIN groups AS unions ON unions.id = groups.union_id
LEFT JOIN rounds ON rounds.channel_id = places.channel_id AND rounds.open
WHERE places.platform = :platform AND places.external_id = :external_id;

-- name: round_by_id(id)^
SELECT
    rounds.id, rounds.channel_id, rounds.group_id, rounds.platform, rounds.external_id, rounds.version,
    rounds.open, rounds.wake_at, rounds.started_at, rounds.item, rounds.body, rounds.mirrors,
    coalesce(groups.union_id, groups.id)
FROM rounds
JOIN groups ON groups.id = rounds.group_id
WHERE rounds.id = :id;

-- name: round_questions(round_id)
SELECT round_id, position, item, body, version FROM questions WHERE round_id = :round_id ORDER BY position;

-- name: round_participants(round_id)
SELECT round_id, learner_id, score, body, coalesce(own_id, 0) FROM participants WHERE round_id = :round_id;

-- name: round_repeats(round_id, group_id, item, since)
-- How many attempts with points each participant has at an item: a few rows of an index for each of them. Left
-- to itself, SQLite reads whatever the group has answered since then. What others have who are one person with a
-- participant comes beside, in rows of its own.
SELECT participants.learner_id, count(*)
FROM participants
CROSS JOIN attempts
WHERE participants.round_id = :round_id
    AND attempts.learner_id = coalesce(participants.own_id, participants.learner_id)
    AND attempts.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND attempts.item = :item
    AND attempts.at >= :since
    AND attempts.points > 0
GROUP BY participants.learner_id
UNION ALL
SELECT participants.learner_id, count(*)
FROM participants
CROSS JOIN learners AS mine
CROSS JOIN learners AS other
CROSS JOIN attempts
WHERE participants.round_id = :round_id
    AND mine.id = coalesce(participants.own_id, participants.learner_id)
    AND other.joined_to = mine.joined_to
    AND other.id <> mine.id
    AND attempts.learner_id = other.id
    AND attempts.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND attempts.item = :item
    AND attempts.at >= :since
    AND attempts.points > 0
GROUP BY participants.learner_id;

-- name: channel_recent(channel_id, wanted)
-- The items of the questions that were opened last. A round's questions are written before any is asked, so
-- of each round those count that stand no later than the one that is open or was open last.
SELECT questions.item
FROM rounds
JOIN questions ON questions.round_id = rounds.id
WHERE rounds.channel_id = :channel_id
    AND questions.position <= (
        SELECT max(last.position) FROM questions AS last
        WHERE last.round_id = rounds.id AND last.item = rounds.item
    )
ORDER BY rounds.started_at DESC, rounds.id DESC, questions.position DESC
LIMIT :wanted;

-- name: channel_credits(channel_id)
-- How many attempts in a channel's rounds had which credit at which item.
SELECT attempts.item, attempts.credit, count(*)
FROM rounds
CROSS JOIN attempts
WHERE rounds.channel_id = :channel_id AND attempts.round_id = rounds.id AND NOT attempts.void
GROUP BY attempts.item, attempts.credit;

-- name: round_mine(round_id, platform, external_id)^
-- Who is part of a person has the part of whoever of them came in; their own first.
SELECT round_id, learner_id, score, body, coalesce(own_id, 0)
FROM participants
WHERE round_id = :round_id
    AND (learner_id IN (
        SELECT selves.learner_id FROM selves
        WHERE selves.of_learner = (
            SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
            WHERE accounts.platform = :platform AND accounts.external_id = :external_id
        )
    ) OR own_id IN (
        SELECT selves.learner_id FROM selves
        WHERE selves.of_learner = (
            SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
            WHERE accounts.platform = :platform AND accounts.external_id = :external_id
        )
    ))
ORDER BY (
    coalesce(own_id, learner_id) = (
        SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
        WHERE accounts.platform = :platform AND accounts.external_id = :external_id
    )
) DESC, learner_id
LIMIT 1;

-- name: rounds_playing(group_id, platform, external_id)
-- The open rounds of a group in which an account, or whoever is one person with it, takes part. Of a channel
-- there is at most one open round, so this reads a row or two of indexes for each channel, however many rounds
-- have ended and however many take part. Counting keeps PostgreSQL from gathering all participants first.
SELECT rounds.id
FROM channels
CROSS JOIN rounds
WHERE channels.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND rounds.channel_id = channels.id
    AND rounds.open
    AND 0 < (
        SELECT count(*) FROM participants
        WHERE participants.round_id = rounds.id
            AND participants.learner_id IN (
                SELECT selves.learner_id FROM selves
                WHERE selves.of_learner = (
                    SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
                    WHERE accounts.platform = :platform AND accounts.external_id = :external_id
                )
            )
    ) + (
        SELECT count(*) FROM participants
        WHERE participants.round_id = rounds.id
            AND participants.own_id IN (
                SELECT selves.learner_id FROM selves
                WHERE selves.of_learner = (
                    SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
                    WHERE accounts.platform = :platform AND accounts.external_id = :external_id
                )
            )
    )
ORDER BY rounds.started_at, rounds.id;

-- name: round_attempts_of(round_id, learner_id)
-- In the order of the questions: a question's id is its round's, a dot, and its position.
SELECT
    question_id, round_id, group_id, channel_id, learner_id, item, topic, at, elapsed_ms, credit, points, body
FROM attempts
WHERE round_id = :round_id AND learner_id = :learner_id
ORDER BY CAST(substr(question_id, length(round_id) + 2) AS INTEGER);

-- name: round_standing(round_id, wanted)
SELECT learner_id, sum(points) AS points, sum(CASE WHEN credit >= 1 THEN 1 ELSE 0 END) AS right_answers
FROM attempts
WHERE round_id = :round_id
GROUP BY learner_id
ORDER BY sum(points) DESC, learner_id
LIMIT :wanted;

-- name: events_forget(before, wanted)!
-- Some at a time, so that answers need not wait for a long delete.
DELETE FROM events WHERE id IN (SELECT id FROM events WHERE at < :before ORDER BY at LIMIT :wanted);
