-- Statements on flags, and on what somebody may mean by one, that read the same in every dialect.

-- name: flag_save(group_id, item, question_id, learner_id, at, reason)!
-- Who flags a question again changes the reason, if they give one.
INSERT INTO flags (group_id, item, question_id, learner_id, at, reason)
VALUES (:group_id, :item, :question_id, :learner_id, :at, :reason)
ON CONFLICT (question_id, learner_id) DO UPDATE SET at = excluded.at, reason = excluded.reason
WHERE excluded.reason <> '';

-- name: flags_of_group(group_id)
SELECT group_id, item, question_id, learner_id, at, reason
FROM flags
WHERE group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
ORDER BY at DESC, question_id, learner_id;

-- name: flag_of_account(question_id, platform, external_id)
-- What each said of those who are one person.
SELECT group_id, item, question_id, learner_id, at, reason
FROM flags
WHERE question_id = :question_id
    AND learner_id IN (
        SELECT selves.learner_id FROM selves
        WHERE selves.of_learner = (
            SELECT coalesce(accounts.own_id, accounts.learner_id) FROM accounts
            WHERE accounts.platform = :platform AND accounts.external_id = :external_id
        )
    );

-- name: round_asked_last(platform, external_id)
-- A round that never left its lobby has no item.
SELECT
    id, channel_id, group_id, platform, external_id, version, open, wake_at, started_at, item, body, mirrors
FROM rounds
WHERE rounds.channel_id = (
        SELECT places.channel_id FROM places
        WHERE places.platform = :platform AND places.external_id = :external_id
    )
    AND rounds.item IS NOT NULL
ORDER BY rounds.started_at DESC, rounds.id DESC
LIMIT 1;
