SELECT batch.*, counted.*
FROM batches AS batch, LATERAL (
  SELECT coalesce(sum(finished), 0)::integer AS finished, coalesce(sum(dead), 0)::integer AS dead,
         coalesce(sum(cancelled), 0)::integer AS cancelled, coalesce(sum(lost), 0)::integer AS lost,
         coalesce(sum(cached), 0)::integer AS cached
  FROM progress WHERE progress.batch = batch.id
) AS counted
WHERE batch.ended_at IS NULL
ORDER BY batch.id
