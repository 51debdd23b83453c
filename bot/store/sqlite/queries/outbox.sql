-- Statements on the outbox in SQLite's dialect.

-- name: outbox_next_due()$
-- The first of each line stands for the whole line; an edit without its post is not due at any time.
SELECT min(max(mine.not_before, mine.free_at))
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
