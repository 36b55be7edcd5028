-- Makes room for more jobs in a batch that is still open to them. The row stays locked until they are in, so their
-- sequences become visible in order.
UPDATE batches
SET total = total + $2
WHERE id = $1 AND NOT sealed AND cancelled_at IS NULL AND ended_at IS NULL
RETURNING total
