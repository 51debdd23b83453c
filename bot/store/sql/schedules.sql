-- Statements on schedules and their days that read the same in every dialect.

-- name: places_waking(until, wanted)
-- Where a Tick is wanted: at an open round, or at a schedule, which has its id to tell it by.
SELECT platform, external_id, '' AS schedule_id, wake_at, id FROM rounds
WHERE open AND wake_at IS NOT NULL AND wake_at <= :until
UNION ALL
SELECT platform, external_id, id, due_at, id FROM schedules
WHERE due_at IS NOT NULL AND due_at <= :until
ORDER BY wake_at, id
LIMIT :wanted;

-- name: schedules_at(platform, external_id)
SELECT id, platform, external_id, group_id, version, due_at, settled, body FROM schedules
WHERE platform = :platform AND external_id = :external_id
ORDER BY id;

-- name: schedules_around(platform, external_id)
-- Those of all places that lead where this one does.
SELECT id, platform, external_id, group_id, version, due_at, settled, body FROM schedules
WHERE (platform, external_id) IN (
    SELECT :platform, :external_id
    UNION
    SELECT kin.platform, kin.external_id
    FROM places AS here
    JOIN places AS kin ON kin.channel_id = here.channel_id
    WHERE here.platform = :platform AND here.external_id = :external_id
)
ORDER BY id;

-- name: homes_of_group(group_id)
SELECT DISTINCT platform, external_id FROM schedules
WHERE group_id = :group_id
ORDER BY external_id, platform;

-- name: schedules_of_group(group_id)
SELECT id, platform, external_id, group_id, version, due_at, settled, body FROM schedules
WHERE group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
ORDER BY id;

-- name: day_add(schedule_id, day, group_id, outcome, round_id, at)!
-- Once; after that a post may only turn out not to have been delivered.
INSERT INTO schedule_days (schedule_id, day, group_id, outcome, round_id, at)
VALUES (:schedule_id, :day, :group_id, :outcome, :round_id, :at)
ON CONFLICT (schedule_id, day) DO UPDATE SET outcome = excluded.outcome
WHERE schedule_days.outcome = 'posted' AND excluded.outcome = 'unposted';

-- name: days_of_schedule(schedule_id)
SELECT schedule_id, day, group_id, outcome, round_id, at FROM schedule_days
WHERE schedule_id = :schedule_id
ORDER BY day;

-- name: days_of_group(group_id, since)
SELECT DISTINCT day FROM schedule_days
WHERE group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND outcome = 'posted'
    AND day >= :since
ORDER BY day;

-- name: days_of_participants(round_id, group_id, since)
-- The days of a group on which those who take part in a round have an attempt, or others who are one person with
-- them: these are looked for apart, because there are few.
SELECT participants.learner_id, schedule_days.day
FROM schedule_days
CROSS JOIN participants
WHERE schedule_days.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND schedule_days.outcome = 'posted'
    AND schedule_days.day >= :since
    AND participants.round_id = :round_id
    AND EXISTS (
        SELECT 1 FROM attempts
        WHERE attempts.round_id = schedule_days.round_id
            AND attempts.learner_id = coalesce(participants.own_id, participants.learner_id)
    )
UNION
SELECT participants.learner_id, schedule_days.day
FROM participants
CROSS JOIN learners AS mine
CROSS JOIN learners AS other
CROSS JOIN schedule_days
WHERE participants.round_id = :round_id
    AND mine.id = coalesce(participants.own_id, participants.learner_id)
    AND other.joined_to = mine.joined_to
    AND schedule_days.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND schedule_days.outcome = 'posted'
    AND schedule_days.day >= :since
    AND EXISTS (
        SELECT 1 FROM attempts
        WHERE attempts.round_id = schedule_days.round_id AND attempts.learner_id = other.id
    )
ORDER BY 1, 2;

-- name: days_of_account(group_id, since, platform, external_id)
SELECT DISTINCT schedule_days.day
FROM schedule_days
WHERE schedule_days.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND schedule_days.outcome = 'posted'
    AND schedule_days.day >= :since
    AND EXISTS (
        SELECT 1 FROM attempts
        WHERE attempts.round_id = schedule_days.round_id
            AND attempts.learner_id IN (
                SELECT selves.learner_id FROM selves
                WHERE selves.of_learner = (
                    SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
                    WHERE accounts.platform = :platform AND accounts.external_id = :external_id
                )
            )
    )
ORDER BY schedule_days.day;

-- name: items_of_group(group_id, since, until, but)
SELECT
    attempts.item, attempts.topic, count(*),
    sum(CASE WHEN attempts.credit >= 1 THEN 1 ELSE 0 END),
    count(DISTINCT coalesce(learners.joined_to, learners.id)),
    EXISTS (
        SELECT 1 FROM rounds AS running
        JOIN questions ON questions.round_id = running.id
        WHERE running.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
            AND running.open
            AND questions.item = attempts.item
    )
FROM attempts
JOIN rounds ON rounds.id = attempts.round_id
JOIN learners ON learners.id = attempts.learner_id
WHERE attempts.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND attempts.at >= :since
    AND attempts.at < :until
    AND NOT attempts.void
    AND substr(rounds.external_id, 1, 1) <> :but
GROUP BY attempts.item, attempts.topic
ORDER BY attempts.item, attempts.topic;

-- name: earned_in_group(group_id, since, until, but)
-- Of what several answered who are one person, the first answer counts.
SELECT
    people.id, people.name, sum(attempts.points), count(*),
    sum(CASE WHEN attempts.credit >= 1 THEN 1 ELSE 0 END),
    EXISTS (SELECT 1 FROM hiding WHERE hiding.learner_id = people.id)
FROM attempts
JOIN rounds ON rounds.id = attempts.round_id
JOIN learners ON learners.id = attempts.learner_id
JOIN learners AS people ON people.id = coalesce(learners.joined_to, learners.id)
WHERE attempts.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND attempts.at >= :since
    AND attempts.at < :until
    AND NOT attempts.void
    AND substr(rounds.external_id, 1, 1) <> :but
    AND NOT EXISTS (
        SELECT 1 FROM learners AS other
        JOIN attempts AS earlier ON earlier.learner_id = other.id
        WHERE other.joined_to = learners.joined_to
            AND earlier.question_id = attempts.question_id
            AND (
                earlier.at < attempts.at
                OR (earlier.at = attempts.at AND earlier.learner_id < attempts.learner_id)
            )
    )
GROUP BY people.id, people.name
ORDER BY people.id;

-- name: days_with_learners(group_id, since)
-- Each day of a group with each learner who has an attempt, or once with a null when nobody has.
SELECT DISTINCT schedule_days.day, coalesce(learners.joined_to, learners.id)
FROM schedule_days
LEFT JOIN attempts ON attempts.round_id = schedule_days.round_id
LEFT JOIN learners ON learners.id = attempts.learner_id
WHERE schedule_days.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND schedule_days.outcome = 'posted'
    AND schedule_days.day >= :since
ORDER BY 1, 2;
