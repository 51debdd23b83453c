-- Statements on the outbox in PostgreSQL's dialect.
--
-- Whoever locks several rows locks posts before edits, and among those by key.

-- name: outbox_claim(now, until, wanted)
-- What may go now, oldest first: edits whose post is there, and posts with nothing before them that holds them:
-- in their line what may not go now, and for a private one any public post of its place. Rows that others hold
-- are passed over, and so is whatever stands behind one of them: of the earlier posts in its line, each must be
-- among those that we hold.
WITH held AS MATERIALIZED (
    SELECT mine.seq, mine.action, mine.platform, mine.external_id, mine.recipient, post.ref
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
                    AND (
                        earlier.recipient <> mine.recipient
                        OR earlier.not_before > :now
                        OR earlier.free_at > :now
                    )
            )
        )
    ORDER BY mine.seq
    LIMIT :wanted
    FOR NO KEY UPDATE OF mine SKIP LOCKED
)
UPDATE outbox SET
    fence = outbox.fence + 1,
    tries = outbox.tries + 1,
    sent = outbox.revision,
    free_at = :until
FROM held
WHERE outbox.seq = held.seq
    AND (
        held.action = 'edit'
        OR NOT EXISTS (
            SELECT 1 FROM outbox AS earlier
            WHERE earlier.state = 'waiting'
                AND earlier.action = 'post'
                AND earlier.platform = held.platform
                AND earlier.external_id = held.external_id
                AND earlier.recipient = held.recipient
                AND earlier.seq < held.seq
                AND earlier.seq NOT IN (SELECT also.seq FROM held AS also)
        )
    )
RETURNING
    outbox.seq, outbox.key, outbox.action, outbox.platform, outbox.external_id, outbox.recipient,
    outbox.not_before, outbox.body, outbox.question_id, outbox.fence, outbox.tries - 1,
    coalesce(held.ref, outbox.ref);

-- name: outbox_lock(seqs)
-- Lock the rows, and the edits of those that are posts.
SELECT seq FROM outbox
WHERE key IN (SELECT mine.key FROM outbox AS mine WHERE mine.seq = ANY (:seqs::bigint[]))
ORDER BY action DESC, key
FOR NO KEY UPDATE;

-- name: outbox_settle_many(seqs, fences, states, settled, refs, free, errors, tried)!
-- What was replaced while it was under way waits on; only its lease ends. The edit of a post that was given up
-- has nothing to change.
WITH settled AS (
    UPDATE outbox SET
        state = CASE WHEN outbox.sent = outbox.revision THEN given.state ELSE outbox.state END,
        settled_at = CASE WHEN outbox.sent = outbox.revision THEN given.settled_at ELSE outbox.settled_at END,
        ref = CASE WHEN given.ref = '' THEN outbox.ref ELSE given.ref END,
        free_at = given.free_at,
        tries = CASE WHEN given.tried THEN outbox.tries ELSE outbox.tries - 1 END,
        error = given.error,
        sent = 0
    FROM unnest(
        :seqs::bigint[], :fences::bigint[], :states::text[], :settled::bigint[], :refs::text[],
        :free::bigint[], :errors::text[], :tried::boolean[]
    ) AS given (seq, fence, state, settled_at, ref, free_at, error, tried)
    WHERE outbox.seq = given.seq
        AND outbox.fence = given.fence
        AND outbox.sent > 0
        AND outbox.state = 'waiting'
    RETURNING outbox.key, outbox.action, outbox.state, outbox.settled_at
)
UPDATE outbox SET state = 'dead', settled_at = settled.settled_at
FROM settled
WHERE settled.action = 'post'
    AND settled.state = 'dead'
    AND outbox.key = settled.key
    AND outbox.action = 'edit'
    AND outbox.state = 'waiting';

-- name: outbox_key_of(platform, ref)
SELECT key FROM outbox
WHERE string_to_array(ref, ',') @> ARRAY[:ref::text]
    AND action = 'post'
    AND ref <> ''
    AND :ref <> ''
    AND platform = :platform
ORDER BY seq DESC
LIMIT 1;
