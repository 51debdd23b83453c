-- What a batch leaves, each statement for all rows of its kinds. The arrays come sorted by the key of their
-- table, so that two batches with rows in common wait for each other in one direction only.

-- name: places_add(groups, channel_ids, channel_groups, platforms, external_ids, place_channels)
WITH new_groups AS (
    INSERT INTO groups (id) SELECT unnest(:groups::bigint[]) ON CONFLICT DO NOTHING
),
new_channels AS (
    INSERT INTO channels (id, group_id) SELECT * FROM unnest(:channel_ids::bigint[], :channel_groups::bigint[])
    ON CONFLICT DO NOTHING
)
INSERT INTO places (platform, external_id, channel_id)
SELECT * FROM unnest(:platforms::text[], :external_ids::text[], :place_channels::bigint[])
ON CONFLICT DO NOTHING;

-- name: settings_set(groups, before, settings)
WITH held AS MATERIALIZED (
    SELECT groups.id, given.before, given.settings
    FROM unnest(:groups::bigint[], :before::text[], :settings::text[]) AS given (id, before, settings)
    JOIN groups ON groups.id = given.id
    ORDER BY groups.id
    FOR NO KEY UPDATE OF groups
)
UPDATE groups SET settings = held.settings FROM held
WHERE groups.id = held.id AND groups.settings = held.before
RETURNING groups.id;

-- name: persons_save(learner_ids, names)!
INSERT INTO learners (id, name) SELECT * FROM unnest(:learner_ids::bigint[], :names::text[])
ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE learners.name <> excluded.name;

-- name: learners_save(learner_ids, names, platforms, external_ids, account_learners)
WITH named AS (
    INSERT INTO learners (id, name) SELECT * FROM unnest(:learner_ids::bigint[], :names::text[])
    ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE learners.name <> excluded.name
)
INSERT INTO accounts (platform, external_id, learner_id)
SELECT * FROM unnest(:platforms::text[], :external_ids::text[], :account_learners::bigint[])
ON CONFLICT DO NOTHING;

-- name: rounds_hold(held_ids, held_versions)
-- Lock the rounds that are still as they were loaded.
SELECT rounds.id
FROM unnest(:held_ids::text[], :held_versions::bigint[]) AS loaded (id, version)
JOIN rounds ON rounds.id = loaded.id AND rounds.version = loaded.version
ORDER BY rounds.id
FOR NO KEY UPDATE OF rounds;

-- name: batch_save(held_ids, held_versions, event_ids, event_times, round_ids, channel_ids, group_ids, platforms, external_ids, versions, opens, wakes, starts, items, round_bodies, mirrors, part_rounds, part_learners, scores, part_bodies, keys, actions, message_platforms, message_places, recipients, questions, not_before, message_bodies)
-- All that most batches leave, in one statement, which is a transaction of its own when nobody opened another:
-- events, rounds and participants that were loaded, and messages. It fails as a whole when a round that was
-- loaded has moved on or an event is there already.
WITH held AS MATERIALIZED (
    SELECT rounds.id
    FROM unnest(:held_ids::text[], :held_versions::bigint[]) AS loaded (id, version)
    JOIN rounds ON rounds.id = loaded.id AND rounds.version = loaded.version
    ORDER BY rounds.id
    FOR NO KEY UPDATE OF rounds
),
-- Asked before anything is written, so that all batches take their locks in one order.
gate AS MATERIALIZED (
    SELECT CASE WHEN count(*) = cardinality(:held_ids::text[]) THEN true ELSE changed_meanwhile() END AS passed
    FROM held
),
handled AS (
    INSERT INTO events (id, at)
    SELECT given.* FROM unnest(:event_ids::text[], :event_times::bigint[]) AS given
    WHERE (SELECT gate.passed FROM gate)
),
moved AS (
    UPDATE rounds SET
        channel_id = given.channel_id,
        group_id = given.group_id,
        platform = given.platform,
        external_id = given.external_id,
        version = given.version,
        open = given.open,
        wake_at = given.wake_at,
        started_at = given.started_at,
        item = given.item,
        body = given.body,
        mirrors = given.mirrors
    FROM unnest(
        :round_ids::text[], :channel_ids::bigint[], :group_ids::bigint[], :platforms::text[],
        :external_ids::text[], :versions::bigint[], :opens::boolean[], :wakes::bigint[], :starts::bigint[],
        :items::text[], :round_bodies::text[], :mirrors::text[]
    ) AS given (
        id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body, mirrors
    )
    WHERE rounds.id = given.id AND (SELECT gate.passed FROM gate)
),
went_on AS (
    UPDATE participants SET score = given.score, body = given.body
    FROM unnest(
        :part_rounds::text[], :part_learners::bigint[], :scores::integer[], :part_bodies::text[]
    ) AS given (round_id, learner_id, score, body)
    WHERE participants.round_id = given.round_id
        AND participants.learner_id = given.learner_id
        AND (SELECT gate.passed FROM gate)
),
-- Messages are numbered in the order given. A second post of a key changes nothing. A second edit replaces the
-- first and waits again: no later than it would have gone if it had not been taken yet, and by the new time
-- alone if it had. The edit of a post that was given up is given up at once; the posts are locked while we
-- look, because one may be given up at this very moment, by somebody who cannot see our edit yet.
messages AS MATERIALIZED (
    SELECT nextval('outbox_numbers') AS seq, given.*
    FROM unnest(
        :keys::text[], :actions::text[], :message_platforms::text[], :message_places::text[],
        :recipients::text[], :questions::text[], :not_before::bigint[], :message_bodies::text[]
    ) AS given (key, action, platform, external_id, recipient, question_id, not_before, body)
    WHERE (SELECT gate.passed FROM gate)
),
posts AS MATERIALIZED (
    SELECT post.key, post.state FROM outbox AS post
    WHERE post.action = 'post' AND post.key IN (SELECT messages.key FROM messages WHERE messages.action = 'edit')
    ORDER BY post.key
    FOR SHARE OF post
),
promised AS (
    INSERT INTO outbox (
        seq, key, action, platform, external_id, recipient, question_id, not_before, body, state, settled_at
    )
    SELECT
        messages.*,
        CASE WHEN dead.key IS NULL THEN 'waiting' ELSE 'dead' END,
        CASE WHEN dead.key IS NULL THEN NULL ELSE messages.not_before END
    FROM messages
    LEFT JOIN posts AS dead
        ON messages.action = 'edit' AND dead.key = messages.key AND dead.state = 'dead'
    ORDER BY messages.action DESC, messages.key COLLATE "C"
    ON CONFLICT (key, action) DO UPDATE SET
        platform = excluded.platform,
        external_id = excluded.external_id,
        recipient = excluded.recipient,
        question_id = excluded.question_id,
        not_before = CASE
            WHEN outbox.state = 'waiting' AND outbox.sent <> outbox.revision
                AND outbox.not_before < excluded.not_before THEN outbox.not_before
            ELSE excluded.not_before
        END,
        body = excluded.body,
        tries = CASE WHEN outbox.state = 'waiting' THEN outbox.tries ELSE 0 END,
        free_at = CASE WHEN outbox.state = 'waiting' THEN outbox.free_at ELSE 0 END,
        state = excluded.state,
        settled_at = excluded.settled_at,
        revision = outbox.revision + 1,
        error = ''
    WHERE outbox.action = 'edit'
)
SELECT gate.passed FROM gate;

-- name: events_add(event_ids, event_times)!
INSERT INTO events (id, at) SELECT * FROM unnest(:event_ids::text[], :event_times::bigint[])
ON CONFLICT DO NOTHING;

-- name: rounds_save(round_ids, channel_ids, group_ids, platforms, external_ids, versions, opens, wakes, starts, items, round_bodies, mirrors)!
-- Not where a place has come to lead elsewhere.
WITH led AS MATERIALIZED (
    SELECT places.channel_id <> given.channel_id AS elsewhere
    FROM unnest(:platforms::text[], :external_ids::text[], :channel_ids::bigint[])
        AS given (platform, external_id, channel_id)
    JOIN places ON places.platform = given.platform AND places.external_id = given.external_id
    ORDER BY places.platform, places.external_id
    FOR SHARE OF places
),
gate AS MATERIALIZED (
    SELECT CASE WHEN bool_or(led.elsewhere) THEN changed_meanwhile() ELSE true END AS passed FROM led
)
INSERT INTO rounds (
    id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body, mirrors
)
SELECT given.* FROM unnest(
    :round_ids::text[], :channel_ids::bigint[], :group_ids::bigint[], :platforms::text[],
    :external_ids::text[], :versions::bigint[], :opens::boolean[], :wakes::bigint[], :starts::bigint[],
    :items::text[], :round_bodies::text[], :mirrors::text[]
) AS given
WHERE (SELECT gate.passed FROM gate)
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

-- name: participants_save(part_rounds, part_learners, scores, part_bodies, part_owns)!
-- As what somebody came in never changes.
INSERT INTO participants (round_id, learner_id, score, body, own_id)
SELECT given.round_id, given.learner_id, given.score, given.body, nullif(given.own_id, 0::bigint)
FROM unnest(
    :part_rounds::text[], :part_learners::bigint[], :scores::integer[], :part_bodies::text[], :part_owns::bigint[]
) AS given (round_id, learner_id, score, body, own_id)
ON CONFLICT (round_id, learner_id) DO UPDATE SET score = excluded.score, body = excluded.body;

-- name: questions_add(round_ids, positions, items, bodies, versions)!
INSERT INTO questions (round_id, position, item, body, version)
SELECT * FROM unnest(
    :round_ids::text[], :positions::integer[], :items::text[], :bodies::text[], :versions::bigint[]
)
ON CONFLICT DO NOTHING;

-- name: attempts_add(question_ids, round_ids, group_ids, channel_ids, learner_ids, items, topics, times, elapsed, credits, points, bodies)!
INSERT INTO attempts (
    question_id, round_id, group_id, channel_id, learner_id, item, topic, at, elapsed_ms, credit, points, body
)
SELECT * FROM unnest(
    :question_ids::text[], :round_ids::text[], :group_ids::bigint[], :channel_ids::bigint[],
    :learner_ids::bigint[], :items::text[], :topics::text[], :times::bigint[], :elapsed::bigint[],
    :credits::double precision[], :points::integer[], :bodies::text[]
)
ON CONFLICT DO NOTHING;

-- name: flags_save(group_ids, items, question_ids, learner_ids, times, reasons)!
-- Who flags a question again changes the reason, if they give one.
INSERT INTO flags (group_id, item, question_id, learner_id, at, reason)
SELECT * FROM unnest(
    :group_ids::bigint[], :items::text[], :question_ids::text[], :learner_ids::bigint[], :times::bigint[],
    :reasons::text[]
)
ON CONFLICT (question_id, learner_id) DO UPDATE SET at = excluded.at, reason = excluded.reason
WHERE excluded.reason <> '';
