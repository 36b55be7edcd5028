INSERT INTO batches
  (id, tenant, name, template, total, sealed, lane, priority, paused, up_to, up_to_job, not_before, stop_percent, version,
   reuse)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
