INSERT INTO studyhall_jobs.job_keys (kind, key, due_ms)
SELECT kind, key, due_ms
FROM unnest($1::text[], $2::text[], $3::bigint[]) AS job (kind, key, due_ms)
ON CONFLICT (kind, key) DO NOTHING
RETURNING kind, key
