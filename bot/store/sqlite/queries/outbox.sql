-- Statements on the outbox in SQLite's dialect.

-- name: outbox_put(key, action, platform, external_id, recipient, question_id, not_before, body)!
-- A second post of a key changes nothing. A second edit replaces the first and waits again: no later than it
-- would have gone if it had not been taken yet, and by the new time alone if it had. The edit of a post that
-- was given up is given up at once.
INSERT INTO outbox (
    key, action, platform, external_id, recipient, question_id, not_before, body, state, settled_at
)
SELECT
    :key, :action, :platform, :external_id, :recipient, :question_id, :not_before, :body,
    CASE WHEN count(*) = 0 THEN 'waiting' ELSE 'dead' END,
    CASE WHEN count(*) = 0 THEN NULL ELSE :not_before END
FROM outbox AS post
WHERE post.key = :key AND post.action = 'post' AND post.state = 'dead' AND :action = 'edit'
ON CONFLICT (key, action) DO UPDATE SET
    platform = excluded.platform,
    external_id = excluded.external_id,
    recipient = excluded.recipient,
    question_id = excluded.question_id,
    not_before = CASE
        WHEN outbox.state = 'waiting' AND outbox.sent <> outbox.revision
            AND outbox.not_before < excluded.not_before THEN outbox.not_before
        ELSE excluded.not_before
    END,
    body = excluded.body,
    tries = CASE WHEN outbox.state = 'waiting' THEN outbox.tries ELSE 0 END,
    free_at = CASE WHEN outbox.state = 'waiting' THEN outbox.free_at ELSE 0 END,
    state = excluded.state,
    settled_at = excluded.settled_at,
    revision = outbox.revision + 1,
    error = ''
WHERE outbox.action = 'edit';

-- name: outbox_claimable(now, wanted)
-- What may go now, oldest first: edits whose post is there, and posts with nothing before them that holds them:
-- in their line what may not go now, and for a private one any public post of its place. A limit cuts no line
-- in two the wrong way round, as the order is that of the lines.
SELECT
    mine.seq, mine.key, mine.action, mine.platform, mine.external_id, mine.recipient, mine.not_before, mine.body,
    mine.question_id, mine.fence, mine.tries, coalesce(post.ref, mine.ref)
FROM outbox AS mine
LEFT JOIN outbox AS post
    ON mine.action = 'edit' AND post.key = mine.key AND post.action = 'post' AND post.state = 'delivered'
WHERE mine.state = 'waiting'
    AND mine.not_before <= :now
    AND mine.free_at <= :now
    AND (mine.action = 'post' OR post.seq IS NOT NULL)
    AND (
        mine.action = 'edit'
        OR NOT EXISTS (
            SELECT 1 FROM outbox AS earlier
            WHERE earlier.state = 'waiting'
                AND earlier.action = 'post'
                AND earlier.platform = mine.platform
                AND earlier.external_id = mine.external_id
                AND earlier.recipient IN ('', mine.recipient)
                AND earlier.seq < mine.seq
                AND (earlier.recipient <> mine.recipient OR earlier.not_before > :now OR earlier.free_at > :now)
        )
    )
ORDER BY mine.seq
LIMIT :wanted;

-- name: outbox_take(seq, until)!
UPDATE outbox SET fence = fence + 1, tries = tries + 1, sent = revision, free_at = :until WHERE seq = :seq;

-- name: outbox_settle(seq, fence, state, settled_at, ref, free_at, error, tried)!
-- What was replaced while it was under way waits on; only its lease ends.
UPDATE outbox SET
    state = CASE WHEN sent = revision THEN :state ELSE state END,
    settled_at = CASE WHEN sent = revision THEN :settled_at ELSE settled_at END,
    ref = CASE WHEN :ref = '' THEN ref ELSE :ref END,
    free_at = :free_at,
    tries = CASE WHEN :tried THEN tries ELSE tries - 1 END,
    error = :error,
    sent = 0
WHERE seq = :seq AND fence = :fence AND sent > 0 AND state = 'waiting';

-- name: outbox_drop_edit(seq, settled_at)!
-- The edit of a post that was given up has nothing to change.
UPDATE outbox SET state = 'dead', settled_at = :settled_at
WHERE action = 'edit'
    AND state = 'waiting'
    AND key = (SELECT key FROM outbox AS post WHERE post.seq = :seq AND action = 'post' AND state = 'dead');

-- name: outbox_take_over()!
-- The tries stay, so that the next delivery looks for its own message first; whoever has an older number has no
-- say any more.
UPDATE outbox SET free_at = 0, sent = 0 WHERE state = 'waiting' AND sent > 0;

-- name: outbox_key_of(platform, ref)
SELECT outbox.key
FROM outbox_refs
JOIN outbox ON outbox.seq = outbox_refs.seq
WHERE outbox_refs.platform = :platform AND outbox_refs.ref = :ref AND outbox_refs.ref <> ''
ORDER BY outbox_refs.seq DESC
LIMIT 1;
