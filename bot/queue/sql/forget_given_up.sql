DELETE FROM studyhall_jobs.pgqueuer WHERE status = 'failed' AND updated < now() - $1::interval
