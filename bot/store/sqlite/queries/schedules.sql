-- Statements on schedules in SQLite's dialect.

-- name: schedule_save(id, platform, external_id, group_id, version, due_at, settled, body, base)!
-- Writes nothing when the schedule that is there is not of the version *base*, 0 for none.
INSERT INTO schedules (id, platform, external_id, group_id, version, due_at, settled, body)
SELECT :id, :platform, :external_id, :group_id, :version, :due_at, :settled, :body
WHERE :base = 0 OR EXISTS (SELECT 1 FROM schedules WHERE id = :id)
ON CONFLICT (id) DO UPDATE SET
    platform = excluded.platform,
    external_id = excluded.external_id,
    group_id = excluded.group_id,
    version = excluded.version,
    due_at = excluded.due_at,
    settled = excluded.settled,
    body = excluded.body
WHERE schedules.version = :base;
