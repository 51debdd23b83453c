-- What a batch needs, each kind of row in one statement.

-- name: rounds_lock(platforms, external_ids)!
-- Lock the open rounds of places, in one order everywhere so that two batches cannot wait for each other. The
-- statements after this one see what those who held the locks before have written.
SELECT rounds.id
FROM unnest(:platforms::text[], :external_ids::text[]) AS asked (platform, external_id)
JOIN places ON places.platform = asked.platform AND places.external_id = asked.external_id
JOIN rounds ON rounds.channel_id = places.channel_id AND rounds.open
ORDER BY rounds.id
FOR NO KEY UPDATE OF rounds;

-- name: batch_load(platforms, external_ids, pair_places, account_platforms, account_ids, event_ids)
-- What nearly every batch needs, of one moment and in one round trip: rows of three kinds.
-- place: the number that it was asked by, its channel and group, and its open round if it has one; the group's
-- settings in place of a name.
-- person: the number of the pair, the learner, and their row in the round of the place of that number.
-- event: the id of one that was handled before, in place of a name.
WITH here AS MATERIALIZED (
    SELECT
        asked.n, channels.id AS channel, channels.group_id AS of_group, groups.settings AS of_settings, rounds.*
    FROM unnest(:platforms::text[], :external_ids::text[]) WITH ORDINALITY AS asked (platform, external_id, n)
    LEFT JOIN places ON places.platform = asked.platform AND places.external_id = asked.external_id
    LEFT JOIN channels ON channels.id = places.channel_id
    LEFT JOIN groups ON groups.id = channels.group_id
    LEFT JOIN rounds ON rounds.channel_id = channels.id AND rounds.open
),
running AS MATERIALIZED (
    SELECT array_agg(here.id ORDER BY here.n) AS ids FROM here
)
SELECT
    'place' AS kind, here.n, here.channel AS id, here.of_group,
    here.id AS round_id, here.channel_id, here.group_id, here.platform, here.external_id, here.version, here.open,
    here.wake_at, here.started_at, here.item, here.body,
    here.of_settings AS name, NULL::integer AS score
FROM here
WHERE here.channel IS NOT NULL
UNION ALL
SELECT
    'person', asked.n, learners.id, NULL,
    participants.round_id, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, participants.body,
    learners.name, participants.score
FROM unnest(:pair_places::bigint[], :account_platforms::text[], :account_ids::text[])
    WITH ORDINALITY AS asked (place, platform, external_id, n)
JOIN accounts ON accounts.platform = asked.platform AND accounts.external_id = asked.external_id
JOIN learners ON learners.id = accounts.learner_id
LEFT JOIN participants
    ON participants.round_id = ((SELECT running.ids FROM running))[asked.place]
    AND participants.learner_id = accounts.learner_id
UNION ALL
SELECT
    'event', NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL,
    events.id, NULL
FROM events
WHERE events.id = ANY (:event_ids::text[]);

-- name: questions_of_rounds(round_ids)
SELECT round_id, position, item, body FROM questions
WHERE round_id = ANY (:round_ids::text[])
ORDER BY round_id, position;

-- name: participants_of_rounds(round_ids)
SELECT round_id, learner_id, score, body FROM participants WHERE round_id = ANY (:round_ids::text[]);

-- name: repeats_of_rounds(round_ids, group_ids, items, since)
-- How many attempts with points each participant has at the item of each round.
SELECT asked.round_id, participants.learner_id, count(*)
FROM unnest(:round_ids::text[], :group_ids::bigint[], :items::text[], :since::bigint[])
    AS asked (round_id, group_id, item, since)
JOIN participants ON participants.round_id = asked.round_id
JOIN attempts
    ON attempts.group_id = asked.group_id
    AND attempts.item = asked.item
    AND attempts.learner_id = participants.learner_id
    AND attempts.at >= asked.since
    AND attempts.points > 0
GROUP BY asked.round_id, participants.learner_id;

-- name: credits_of_channels(channel_ids)
-- How many attempts in the rounds of each channel had which credit at which item.
SELECT rounds.channel_id, attempts.item, attempts.credit, count(*)
FROM rounds
JOIN attempts ON attempts.round_id = rounds.id
WHERE rounds.channel_id = ANY (:channel_ids::bigint[])
GROUP BY rounds.channel_id, attempts.item, attempts.credit;

-- name: recent_of_channels(channel_ids, wanted)
-- The items of the questions that were opened last in each channel: of each round those count that stand no
-- later than the one that is open or was open last.
SELECT asked.channel_id, recent.item
FROM unnest(:channel_ids::bigint[], :wanted::bigint[]) AS asked (channel_id, wanted)
CROSS JOIN LATERAL (
    SELECT questions.item, rounds.started_at, rounds.id, questions.position
    FROM rounds
    JOIN questions ON questions.round_id = rounds.id
    WHERE rounds.channel_id = asked.channel_id
        AND questions.position <= (
            SELECT max(last.position) FROM questions AS last
            WHERE last.round_id = rounds.id AND last.item = rounds.item
        )
    ORDER BY rounds.started_at DESC, rounds.id DESC, questions.position DESC
    LIMIT asked.wanted
) AS recent
ORDER BY asked.channel_id, recent.started_at DESC, recent.id DESC, recent.position DESC;

-- name: settings_of_groups(ids)
SELECT id, settings FROM groups WHERE id = ANY (:ids::bigint[]);
