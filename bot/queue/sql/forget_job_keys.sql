DELETE FROM studyhall_jobs.job_keys WHERE due_ms < $1
