-- Statements on learners that are one person, and on the codes that link, that read the same in every dialect.

-- name: join_set(learner_id, before, person_id)!
-- Who was part of nobody is remembered with whether they hide, for when they will be on their own again.
UPDATE learners SET
    joined_to = nullif(CAST(:person_id AS bigint), 0),
    hid = CASE
        WHEN joined_to IS NULL THEN EXISTS (SELECT 1 FROM hiding WHERE hiding.learner_id = learners.id)
        ELSE hid
    END
WHERE id = :learner_id AND coalesce(joined_to, 0) = CAST(:before AS bigint);

-- name: accounts_lead(learner_id, effective_id)!
UPDATE accounts SET own_id = CAST(:learner_id AS bigint), learner_id = CAST(:effective_id AS bigint)
WHERE own_id = CAST(:learner_id AS bigint) OR (own_id IS NULL AND learner_id = CAST(:learner_id AS bigint));

-- name: members_of(person_id)
SELECT id, hid FROM learners WHERE joined_to = :person_id ORDER BY id;

-- name: hid_of(learner_id)
SELECT hid FROM learners WHERE id = :learner_id;

-- name: hid_set(hidden, learner_id)!
UPDATE learners SET hid = :hidden WHERE joined_to = :learner_id;

-- name: totals_of_learner(learner_id)
SELECT boards.key, totals.learner_id, totals.points, totals.answers, totals.right_answers
FROM boards
CROSS JOIN totals
WHERE totals.board_id = boards.id AND totals.learner_id = :learner_id;

-- name: totals_forget(learner_id)!
DELETE FROM totals WHERE learner_id = :learner_id AND board_id IN (SELECT boards.id FROM boards);

-- name: code_by_hash(hash)
SELECT hash, kind, platform, account_id, name, place_id, workspace, at, expires_at, used
FROM link_codes WHERE hash = :hash;

-- name: codes_replace(platform, account_id, kind)!
DELETE FROM link_codes
WHERE platform = :platform AND account_id = :account_id AND kind = :kind AND NOT used;

-- name: code_add(hash, kind, platform, account_id, name, place_id, workspace, at, expires_at)!
INSERT INTO link_codes (hash, kind, platform, account_id, name, place_id, workspace, at, expires_at)
VALUES (:hash, :kind, :platform, :account_id, :name, :place_id, :workspace, :at, :expires_at)
ON CONFLICT DO NOTHING;

-- name: code_use(hash)
UPDATE link_codes SET used = true WHERE hash = :hash AND NOT used RETURNING hash;

-- name: try_add(platform, account_id, at)!
INSERT INTO link_tries (platform, account_id, at) VALUES (:platform, :account_id, :at);

-- name: tries_of(platform, account_id, wanted)
SELECT at FROM link_tries
WHERE platform = :platform AND account_id = :account_id
ORDER BY at DESC
LIMIT :wanted;

-- name: own_of_account(platform, external_id)
SELECT coalesce(own_id, learner_id) FROM accounts WHERE platform = :platform AND external_id = :external_id;

-- name: members_beside(learner_id)
-- The own learners that are one person with an own learner, and these accounts' names.
SELECT accounts.platform, accounts.external_id, learners.id, learners.name
FROM learners
JOIN accounts ON accounts.learner_id = coalesce(learners.joined_to, learners.id)
    AND coalesce(accounts.own_id, accounts.learner_id) = learners.id
WHERE learners.id IN (SELECT selves.learner_id FROM selves WHERE selves.of_learner = :learner_id)
ORDER BY accounts.platform, accounts.external_id;

-- name: attempts_at_same(learner_id, other_id)
-- What one learner answered that another answered too, be it earlier or later.
SELECT
    mine.question_id, mine.round_id, mine.group_id, mine.channel_id, mine.learner_id, mine.item, mine.topic,
    mine.at, mine.elapsed_ms, mine.credit, mine.points, mine.body,
    rounds.platform, rounds.external_id
FROM attempts AS other
CROSS JOIN attempts AS mine
CROSS JOIN rounds
WHERE other.learner_id = :other_id
    AND mine.question_id = other.question_id
    AND mine.learner_id = :learner_id
    AND rounds.id = mine.round_id
    AND NOT mine.void
ORDER BY mine.question_id;

-- name: rounds_shared(learner_id, other_id)
-- The open rounds in which two own learners take part, each for themselves or for the person that they are.
SELECT rounds.id FROM rounds
WHERE rounds.open
    AND EXISTS (
        SELECT 1 FROM participants
        WHERE participants.round_id = rounds.id
            AND participants.learner_id = :learner_id
        UNION ALL
        SELECT 1 FROM participants
        WHERE participants.round_id = rounds.id
            AND participants.own_id = :learner_id
    )
    AND EXISTS (
        SELECT 1 FROM participants
        WHERE participants.round_id = rounds.id
            AND participants.learner_id = :other_id
        UNION ALL
        SELECT 1 FROM participants
        WHERE participants.round_id = rounds.id
            AND participants.own_id = :other_id
    )
ORDER BY rounds.id
LIMIT 1;

-- name: platforms_of_group(group_id)
-- The groups that are in one union with a group, by each of their places, with its platform.
SELECT channels.group_id, places.platform
FROM channels
CROSS JOIN places
WHERE channels.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND places.channel_id = channels.id
    AND places.own_id IS NULL
UNION ALL
SELECT channels.group_id, places.platform
FROM channels
CROSS JOIN places
WHERE channels.group_id IN (SELECT kin.group_id FROM kin WHERE kin.of_group = :group_id)
    AND places.own_id = channels.id;

-- name: codes_forget(before, wanted)!
DELETE FROM link_codes WHERE hash IN (
    SELECT hash FROM link_codes WHERE expires_at < :before ORDER BY expires_at LIMIT :wanted
);

-- name: tries_forget(before, wanted)!
DELETE FROM link_tries WHERE at < :before AND at <= (
    SELECT max(old.at) FROM (SELECT at FROM link_tries WHERE at < :before ORDER BY at LIMIT :wanted) AS old
);
