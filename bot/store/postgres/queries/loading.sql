-- What a batch needs, each kind of row in one statement.
-- OFFSET 0 keeps a union from being read through: it is asked for one key at a time.

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
-- settings in place of a name, and its own group in place of a score.
-- person: the number of the pair, the learner, what they are on their own if ever they were part of a person, and
-- their row in the round of the place of that number.
-- event: the id of one that was handled before, in place of a name.
WITH here AS MATERIALIZED (
    SELECT
        asked.n, places.channel_id AS channel, groups.id AS own, coalesce(unions.id, groups.id) AS of_group,
        coalesce(unions.settings, groups.settings) AS of_settings, rounds.*
    FROM unnest(:platforms::text[], :external_ids::text[]) WITH ORDINALITY AS asked (platform, external_id, n)
    LEFT JOIN places ON places.platform = asked.platform AND places.external_id = asked.external_id
    LEFT JOIN channels ON channels.id = coalesce(places.own_id, places.channel_id)
    LEFT JOIN groups ON groups.id = channels.group_id
    LEFT JOIN groups AS unions ON unions.id = groups.union_id
    LEFT JOIN rounds ON rounds.channel_id = places.channel_id AND rounds.open
),
running AS MATERIALIZED (
    SELECT array_agg(here.id ORDER BY here.n) AS ids FROM here
)
SELECT
    'place' AS kind, here.n, here.channel AS id, here.of_group,
    here.id AS round_id, here.channel_id, here.group_id, here.platform, here.external_id, here.version, here.open,
    here.wake_at, here.started_at, here.item, here.body, here.mirrors,
    here.of_settings AS name, here.own AS score
FROM here
WHERE here.channel IS NOT NULL
UNION ALL
SELECT
    'person', asked.n, learners.id, accounts.own_id,
    participants.round_id, NULL, participants.own_id, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, participants.body, NULL,
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
    NULL, NULL, NULL, NULL, NULL,
    events.id, NULL
FROM events
WHERE events.id = ANY (:event_ids::text[]);

-- name: person_parts(platforms, account_ids, round_ids)
-- For accounts that are or were part of a person, the rows in one round of those who are one with them: their own
-- first.
SELECT
    asked.n, participants.learner_id, participants.score, participants.body, coalesce(participants.own_id, 0)
FROM unnest(:platforms::text[], :account_ids::text[], :round_ids::text[])
    WITH ORDINALITY AS asked (platform, external_id, round_id, n)
JOIN accounts ON accounts.platform = asked.platform AND accounts.external_id = asked.external_id
JOIN learners AS mine ON mine.id = accounts.own_id
JOIN learners AS member ON member.id = mine.id OR member.joined_to = mine.joined_to
JOIN participants
    ON participants.round_id = asked.round_id
    AND (participants.learner_id = member.id OR participants.own_id = member.id)
ORDER BY asked.n, member.id <> mine.id, participants.learner_id;

-- name: questions_of_rounds(round_ids)
SELECT round_id, position, item, body, version FROM questions
WHERE round_id = ANY (:round_ids::text[])
ORDER BY round_id, position;

-- name: participants_of_rounds(round_ids)
SELECT round_id, learner_id, score, body, coalesce(own_id, 0) FROM participants
WHERE round_id = ANY (:round_ids::text[]);

-- name: repeats_of_rounds(round_ids, group_ids, items, since)
-- How many attempts with points each participant has at the item of each round, with those of whoever is one person
-- with them.
SELECT asked.round_id, participants.learner_id, count(*)
FROM unnest(:round_ids::text[], :group_ids::bigint[], :items::text[], :since::bigint[])
    AS asked (round_id, group_id, item, since)
CROSS JOIN LATERAL (SELECT kin.group_id FROM kin WHERE kin.of_group = asked.group_id OFFSET 0) AS kin
JOIN participants ON participants.round_id = asked.round_id
CROSS JOIN LATERAL (
    SELECT selves.learner_id FROM selves
    WHERE selves.of_learner = coalesce(participants.own_id, participants.learner_id)
    OFFSET 0
) AS selves
JOIN attempts
    ON attempts.group_id = kin.group_id
    AND attempts.item = asked.item
    AND attempts.learner_id = selves.learner_id
    AND attempts.at >= asked.since
    AND attempts.points > 0
GROUP BY asked.round_id, participants.learner_id;

-- name: credits_of_channels(channel_ids)
-- How many attempts in the rounds of each channel had which credit at which item.
SELECT rounds.channel_id, attempts.item, attempts.credit, count(*)
FROM rounds
JOIN attempts ON attempts.round_id = rounds.id AND NOT attempts.void
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
-- What groups have chosen, and the unions that they are in (nulls for none).
SELECT groups.id, groups.settings, unions.id, unions.settings
FROM groups
LEFT JOIN groups AS unions ON unions.id = groups.union_id
WHERE groups.id = ANY (:ids::bigint[]);
