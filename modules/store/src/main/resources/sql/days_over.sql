-- The days that have partitions and ended longer ago than $1 milliseconds, oldest first.
SELECT day
FROM (
  SELECT to_date(right(part.relname, 8), 'YYYYMMDD') AS day
  FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
  WHERE inhparent = 'runs'::regclass
) AS days
WHERE (day + 1)::timestamp AT TIME ZONE 'UTC' < clock_timestamp() - $1 * interval '1 millisecond'
ORDER BY day
