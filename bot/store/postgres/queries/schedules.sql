-- Statements on schedules in PostgreSQL's dialect, each for all rows of its kind.
-- OFFSET 0 keeps a union from being read through: it is asked for one key at a time.

-- name: homes_lock(platforms, external_ids)!
-- Whoever writes schedules of a place holds it, so that none comes to it while somebody counts on what is there.
SELECT places.channel_id
FROM unnest(:platforms::text[], :external_ids::text[]) AS asked (platform, external_id)
JOIN places ON places.platform = asked.platform AND places.external_id = asked.external_id
ORDER BY places.platform, places.external_id
FOR NO KEY UPDATE OF places;

-- name: schedules_of_places(platforms, external_ids)
SELECT
    schedules.id, schedules.platform, schedules.external_id, schedules.group_id, schedules.version,
    schedules.due_at, schedules.settled, schedules.body
FROM unnest(:platforms::text[], :external_ids::text[]) AS asked (platform, external_id)
JOIN schedules ON schedules.platform = asked.platform AND schedules.external_id = asked.external_id
ORDER BY schedules.id;

-- name: schedules_save(ids, platforms, external_ids, group_ids, versions, dues, settled, bodies, bases)
-- Gives the ids of those that were written: not of those that are no longer of the version *base*, 0 for none.
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(
        :ids::text[], :platforms::text[], :external_ids::text[], :group_ids::bigint[], :versions::bigint[],
        :dues::bigint[], :settled::text[], :bodies::text[], :bases::bigint[]
    ) AS given (id, platform, external_id, group_id, version, due_at, settled, body, base)
),
moved AS (
    UPDATE schedules SET
        platform = given.platform,
        external_id = given.external_id,
        group_id = given.group_id,
        version = given.version,
        due_at = given.due_at,
        settled = given.settled,
        body = given.body
    FROM given
    WHERE schedules.id = given.id AND schedules.version = given.base
    RETURNING schedules.id
),
added AS (
    INSERT INTO schedules (id, platform, external_id, group_id, version, due_at, settled, body)
    SELECT id, platform, external_id, group_id, version, due_at, settled, body FROM given WHERE base = 0
    ON CONFLICT DO NOTHING
    RETURNING schedules.id
)
SELECT moved.id FROM moved
UNION ALL
SELECT added.id FROM added;

-- name: days_add(schedule_ids, days, group_ids, outcomes, round_ids, times)!
-- Once; after that a post may only turn out not to have been delivered.
INSERT INTO schedule_days (schedule_id, day, group_id, outcome, round_id, at)
SELECT * FROM unnest(
    :schedule_ids::text[], :days::text[], :group_ids::bigint[], :outcomes::text[], :round_ids::text[],
    :times::bigint[]
)
ON CONFLICT (schedule_id, day) DO UPDATE SET outcome = excluded.outcome
WHERE schedule_days.outcome = 'posted' AND excluded.outcome = 'unposted';

-- name: days_of_groups(group_ids, since)
SELECT DISTINCT asked.group_id, schedule_days.day
FROM unnest(:group_ids::bigint[], :since::text[]) AS asked (group_id, since)
CROSS JOIN LATERAL (SELECT kin.group_id FROM kin WHERE kin.of_group = asked.group_id OFFSET 0) AS kin
JOIN schedule_days
    ON schedule_days.group_id = kin.group_id
    AND schedule_days.outcome = 'posted'
    AND schedule_days.day >= asked.since
ORDER BY asked.group_id, schedule_days.day;

-- name: days_of_participants_of_rounds(round_ids, group_ids, since)
-- For each round, the days of its group on which those who take part have an attempt, or who is one with them.
SELECT DISTINCT asked.round_id, participants.learner_id, schedule_days.day
FROM unnest(:round_ids::text[], :group_ids::bigint[], :since::text[]) AS asked (round_id, group_id, since)
CROSS JOIN LATERAL (SELECT kin.group_id FROM kin WHERE kin.of_group = asked.group_id OFFSET 0) AS kin
JOIN schedule_days
    ON schedule_days.group_id = kin.group_id
    AND schedule_days.outcome = 'posted'
    AND schedule_days.day >= asked.since
JOIN participants ON participants.round_id = asked.round_id
CROSS JOIN LATERAL (
    SELECT selves.learner_id FROM selves
    WHERE selves.of_learner = coalesce(participants.own_id, participants.learner_id)
    OFFSET 0
) AS selves
JOIN attempts ON attempts.round_id = schedule_days.round_id AND attempts.learner_id = selves.learner_id
ORDER BY asked.round_id, participants.learner_id, schedule_days.day;
