-- Statements on the outbox in PostgreSQL's dialect.
--
-- Whoever locks several rows locks posts before edits, and among those by key.

-- name: outbox_put_many(keys, actions, platforms, external_ids, recipients, questions, times, bodies)!
-- Numbered in the order given. A second post of a key changes nothing. A second edit replaces the first and
-- waits again: no later than it would have gone if it had not been taken yet, and by the new time alone if it
-- had. The edit of a post that was given up is given up at once; the posts are locked while we look, because
-- one may be given up at this very moment, by somebody who cannot see our edit yet.
WITH given AS MATERIALIZED (
    SELECT nextval('outbox_numbers') AS seq, rows.* FROM unnest(
        :keys::text[], :actions::text[], :platforms::text[], :external_ids::text[], :recipients::text[],
        :questions::text[], :times::bigint[], :bodies::text[]
    ) AS rows (key, action, platform, external_id, recipient, question_id, not_before, body)
),
posts AS MATERIALIZED (
    SELECT post.key, post.state FROM outbox AS post
    WHERE post.action = 'post' AND post.key IN (SELECT given.key FROM given WHERE given.action = 'edit')
    ORDER BY post.key
    FOR SHARE OF post
)
INSERT INTO outbox (
    seq, key, action, platform, external_id, recipient, question_id, not_before, body, state, settled_at
)
SELECT
    given.seq, given.key, given.action, given.platform, given.external_id, given.recipient, given.question_id,
    given.not_before, given.body,
    CASE WHEN dead.key IS NULL THEN 'waiting' ELSE 'dead' END,
    CASE WHEN dead.key IS NULL THEN NULL ELSE given.not_before END
FROM given
LEFT JOIN posts AS dead ON given.action = 'edit' AND dead.key = given.key AND dead.state = 'dead'
ORDER BY given.action DESC, given.key COLLATE "C"
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

-- name: outbox_claim(now, until, wanted)
-- What may go now, oldest first: edits whose post is there, and posts with nothing before them in their line
-- that may not go now. Rows that others hold are passed over, and so is whatever stands behind one of them:
-- of the earlier posts in its line, each must be among those that we hold.
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
                    AND earlier.recipient = mine.recipient
                    AND earlier.seq < mine.seq
                    AND (earlier.not_before > :now OR earlier.free_at > :now)
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

-- name: outbox_settle_many(seqs, fences, states, settled, refs, free, errors)!
-- What was replaced while it was under way waits on; only its lease ends. The edit of a post that was given up
-- has nothing to change.
WITH settled AS (
    UPDATE outbox SET
        state = CASE WHEN outbox.sent = outbox.revision THEN given.state ELSE outbox.state END,
        settled_at = CASE WHEN outbox.sent = outbox.revision THEN given.settled_at ELSE outbox.settled_at END,
        ref = CASE WHEN given.ref = '' THEN outbox.ref ELSE given.ref END,
        free_at = given.free_at,
        error = given.error,
        sent = 0
    FROM unnest(
        :seqs::bigint[], :fences::bigint[], :states::text[], :settled::bigint[], :refs::text[],
        :free::bigint[], :errors::text[]
    ) AS given (seq, fence, state, settled_at, ref, free_at, error)
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

-- name: outbox_next_due()$
-- The first of each line stands for the whole line; an edit without its post is not due at any time.
SELECT min(greatest(mine.not_before, mine.free_at))
FROM outbox AS mine
WHERE mine.state = 'waiting'
    AND CASE mine.action
        WHEN 'edit' THEN EXISTS (
            SELECT 1 FROM outbox AS post
            WHERE post.key = mine.key AND post.action = 'post' AND post.state = 'delivered'
        )
        ELSE NOT EXISTS (
            SELECT 1 FROM outbox AS earlier
            WHERE earlier.state = 'waiting'
                AND earlier.action = 'post'
                AND earlier.platform = mine.platform
                AND earlier.external_id = mine.external_id
                AND earlier.recipient = mine.recipient
                AND earlier.seq < mine.seq
        )
    END;

-- name: outbox_forget(before, wanted)!
-- A post stays while an edit of it waits. The age is asked for twice: a row that was put back to waiting while
-- we waited for it is looked at again by the outer conditions only.
DELETE FROM outbox
WHERE settled_at < :before
    AND seq IN (
        SELECT gone.seq FROM outbox AS gone
        WHERE gone.settled_at IS NOT NULL
            AND gone.settled_at < :before
            AND NOT EXISTS (
                SELECT 1 FROM outbox AS other WHERE other.key = gone.key AND other.state = 'waiting'
            )
        ORDER BY gone.settled_at
        LIMIT :wanted
    );
