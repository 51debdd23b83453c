CREATE TABLE IF NOT EXISTS studyhall_jobs.job_keys (
    kind text NOT NULL,
    key text NOT NULL,
    due_ms bigint NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE INDEX IF NOT EXISTS job_keys_due ON studyhall_jobs.job_keys (due_ms);
