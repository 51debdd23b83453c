-- What a batch looks up, in SQLite's dialect: a list crosses over as one JSON text, because in a batch of many
-- answers the calls cost more than the look-ups. CROSS JOIN keeps the list on the outside.

-- name: events_known(ids)
SELECT events.id FROM json_each(:ids) AS wanted CROSS JOIN events ON events.id = wanted.value;

-- name: learner_parts(platform, ids, round_id)
-- The learners behind accounts of one platform, and their rows in one round (nulls when they have none).
SELECT accounts.external_id, learners.id, learners.name, participants.score, participants.body
FROM json_each(:ids) AS wanted
CROSS JOIN accounts ON accounts.platform = :platform AND accounts.external_id = wanted.value
CROSS JOIN learners ON learners.id = accounts.learner_id
LEFT JOIN participants ON participants.round_id = :round_id AND participants.learner_id = learners.id;

-- name: settings_of_groups(ids)
SELECT id, settings FROM groups WHERE id IN (SELECT value FROM json_each(:ids));
