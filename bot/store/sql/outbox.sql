-- Statements on the outbox that read the same in every dialect.
--
-- A line is the posts of one place to one recipient, in the order written. A private post waits besides until
-- no earlier public post of its place is waiting any more; no public post waits for a private one.

-- name: outbox_next_due()$
-- What stands first stands for all that waits for it; an edit without its post is not due at any time.
SELECT min(CASE WHEN mine.not_before > mine.free_at THEN mine.not_before ELSE mine.free_at END)
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
                AND earlier.recipient IN ('', mine.recipient)
                AND earlier.seq < mine.seq
        )
    END;

-- name: outbox_backlog()^
SELECT count(*), min(not_before) FROM outbox WHERE state = 'waiting';

-- name: outbox_forget(before, wanted)!
-- A post stays while an edit of it waits. The age is asked for twice: where somebody else puts a row back to
-- waiting while we wait for it, only the outer conditions are looked at again.
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
