-- What a batch looks up, in SQLite's dialect: a list crosses over as one JSON text, because in a batch of many
-- answers the calls cost more than the look-ups. CROSS JOIN keeps the list on the outside.

-- name: events_known(ids)
SELECT events.id FROM json_each(:ids) AS wanted CROSS JOIN events ON events.id = wanted.value;

-- name: learner_parts(platform, ids, round_id)
-- The learners behind accounts of one platform, and their rows in one round (nulls when they have none).
SELECT
    accounts.external_id, learners.id, learners.name, accounts.own_id,
    participants.score, participants.body, participants.own_id
FROM json_each(:ids) AS wanted
CROSS JOIN accounts ON accounts.platform = :platform AND accounts.external_id = wanted.value
CROSS JOIN learners ON learners.id = accounts.learner_id
LEFT JOIN participants ON participants.round_id = :round_id AND participants.learner_id = learners.id;

-- name: person_parts(platform, ids, round_id)
-- The rows in one round of those who are one person with an account that is or was part of one, their own first.
SELECT
    accounts.external_id, participants.learner_id, participants.score, participants.body,
    coalesce(participants.own_id, 0)
FROM json_each(:ids) AS wanted
CROSS JOIN accounts ON accounts.platform = :platform AND accounts.external_id = wanted.value
CROSS JOIN learners AS mine ON mine.id = accounts.own_id
CROSS JOIN learners AS member ON member.id = mine.id OR member.joined_to = mine.joined_to
CROSS JOIN participants
    ON participants.round_id = :round_id
    AND (participants.learner_id = member.id OR participants.own_id = member.id)
ORDER BY accounts.external_id, member.id <> mine.id, participants.learner_id;

-- name: settings_of_groups(ids)
-- What groups have chosen, and the unions that they are in (nulls for none).
SELECT groups.id, groups.settings, unions.id, unions.settings
FROM groups
LEFT JOIN groups AS unions ON unions.id = groups.union_id
WHERE groups.id IN (SELECT value FROM json_each(:ids));
