-- What a batch leaves, each statement for all rows of its kinds. The arrays come sorted by the key of their
-- table, so that two batches with rows in common wait for each other in one direction only.

-- name: places_add(group_ids, channel_ids, channel_groups, platforms, external_ids, place_channels)
WITH new_groups AS (
    INSERT INTO groups (id) SELECT unnest(:group_ids::bigint[]) ON CONFLICT DO NOTHING
),
new_channels AS (
    INSERT INTO channels (id, group_id) SELECT * FROM unnest(:channel_ids::bigint[], :channel_groups::bigint[])
    ON CONFLICT DO NOTHING
)
INSERT INTO places (platform, external_id, channel_id)
SELECT * FROM unnest(:platforms::text[], :external_ids::text[], :place_channels::bigint[])
ON CONFLICT DO NOTHING;

-- name: learners_save(learner_ids, names, platforms, external_ids, account_learners)
WITH named AS (
    INSERT INTO learners (id, name) SELECT * FROM unnest(:learner_ids::bigint[], :names::text[])
    ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE learners.name <> excluded.name
)
INSERT INTO accounts (platform, external_id, learner_id)
SELECT * FROM unnest(:platforms::text[], :external_ids::text[], :account_learners::bigint[])
ON CONFLICT DO NOTHING;

-- name: batch_save(event_ids, event_times, round_ids, channel_ids, group_ids, platforms, external_ids, versions, opens, wakes, starts, items, round_bodies, part_rounds, part_learners, scores, part_bodies)
-- The events, rounds and participants of a batch. Returns the ids of events that were there already.
WITH fresh AS (
    INSERT INTO events (id, at) SELECT * FROM unnest(:event_ids::text[], :event_times::bigint[])
    ON CONFLICT DO NOTHING
    RETURNING id
),
moved AS (
    INSERT INTO rounds (
        id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body
    )
    SELECT * FROM unnest(
        :round_ids::text[], :channel_ids::bigint[], :group_ids::bigint[], :platforms::text[],
        :external_ids::text[], :versions::bigint[], :opens::boolean[], :wakes::bigint[], :starts::bigint[],
        :items::text[], :round_bodies::text[]
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
        body = excluded.body
),
took_part AS (
    INSERT INTO participants (round_id, learner_id, score, body)
    SELECT * FROM unnest(
        :part_rounds::text[], :part_learners::bigint[], :scores::integer[], :part_bodies::text[]
    )
    ON CONFLICT (round_id, learner_id) DO UPDATE SET score = excluded.score, body = excluded.body
)
SELECT unnest(:event_ids::text[]) EXCEPT SELECT id FROM fresh;

-- name: questions_add(round_ids, positions, items, bodies)!
INSERT INTO questions (round_id, position, item, body)
SELECT * FROM unnest(:round_ids::text[], :positions::integer[], :items::text[], :bodies::text[])
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
