-- Newest first, of one tenant or (null) of all.
SELECT batch.*, counted.*
FROM batches AS batch, LATERAL (
  SELECT coalesce(sum(finished), 0)::integer AS finished, coalesce(sum(dead), 0)::integer AS dead,
         coalesce(sum(cancelled), 0)::integer AS cancelled, coalesce(sum(lost), 0)::integer AS lost,
         coalesce(sum(cached), 0)::integer AS cached
  FROM progress WHERE progress.batch = batch.id
) AS counted
WHERE batch.id < $1 AND ($2::text IS NULL OR batch.tenant = $2)
ORDER BY batch.id DESC
LIMIT $3
