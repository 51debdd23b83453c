SELECT count(*) FROM studyhall_jobs.pgqueuer WHERE status IN ('queued', 'picked')
