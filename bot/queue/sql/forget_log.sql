DELETE FROM studyhall_jobs.pgqueuer_log WHERE created < now() - $1::interval
