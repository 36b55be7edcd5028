-- A batch with the end of its log, all at one moment: its row, its counts, of each session that wrote its log the number
-- of the last event and the counts up to it, and the state of one job ($2, or null for none).
SELECT batch.*, counted.*, job.state AS job_state
FROM batches AS batch, LATERAL (
  SELECT coalesce(sum(finished), 0)::integer AS finished, coalesce(sum(dead), 0)::integer AS dead,
         coalesce(sum(cancelled), 0)::integer AS cancelled, coalesce(sum(lost), 0)::integer AS lost,
         coalesce(sum(cached), 0)::integer AS cached,
         coalesce(array_agg(session ORDER BY session), '{}') AS sessions,
         coalesce(array_agg(number ORDER BY session), '{}') AS numbers,
         coalesce(array_agg(finished ORDER BY session), '{}') AS each_finished,
         coalesce(array_agg(dead ORDER BY session), '{}') AS each_dead,
         coalesce(array_agg(cancelled ORDER BY session), '{}') AS each_cancelled,
         coalesce(array_agg(lost ORDER BY session), '{}') AS each_lost
  FROM progress WHERE progress.batch = batch.id
) AS counted
LEFT JOIN jobs AS job ON job.id = $2
WHERE batch.id = $1
