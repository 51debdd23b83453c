-- What a batch looks up, in SQLite's dialect: a list crosses over as one JSON text, because in a batch of many
-- answers the calls cost more than the look-ups. CROSS JOIN keeps the list on the outside.

-- name: events_known(ids)
SELECT events.id FROM json_each(:ids) AS wanted CROSS JOIN events ON events.id = wanted.value;

-- name: learner_parts(wanted)
-- For each [platform, id, round]: the learner behind that account, and their row in that round (nulls when they
-- have none). The round comes back as it was given.
SELECT
    accounts.platform, accounts.external_id, learners.id, learners.name,
    json_extract(wanted.value, '$[2]'), participants.score, participants.body
FROM json_each(:wanted) AS wanted
CROSS JOIN accounts
    ON accounts.platform = json_extract(wanted.value, '$[0]')
    AND accounts.external_id = json_extract(wanted.value, '$[1]')
CROSS JOIN learners ON learners.id = accounts.learner_id
LEFT JOIN participants
    ON participants.round_id = json_extract(wanted.value, '$[2]')
    AND participants.learner_id = learners.id;
