-- What is older than $1 milliseconds goes, a slice at a time; with it webhooks that were made for one batch, once that
-- has ended long enough ago or is gone.
WITH old AS (
  SELECT id FROM deliveries WHERE made_at < now() - $1 * interval '1 millisecond' ORDER BY made_at LIMIT 10000
), expired AS (
  DELETE FROM deliveries WHERE id IN (SELECT id FROM old) RETURNING id
), done AS (
  DELETE FROM webhooks AS hook
  WHERE hook.only_batch IS NOT NULL
    AND hook.created_at < now() - $1 * interval '1 millisecond'
    AND NOT EXISTS (
      SELECT FROM batches AS batch
      WHERE batch.id = hook.only_batch
        AND (batch.ended_at IS NULL OR batch.ended_at > now() - $1 * interval '1 millisecond'))
), unnamed AS (
  DELETE FROM batch_webhooks AS named
  WHERE NOT EXISTS (SELECT FROM batches AS batch WHERE batch.id = named.batch)
)
SELECT count(*)::integer AS expired FROM expired
