-- The weeks that have partitions and ended longer ago than $1 milliseconds, oldest first.
SELECT week
FROM (
  SELECT to_date(right(part.relname, 8), 'YYYYMMDD')::timestamp AS week
  FROM pg_inherits JOIN pg_class AS part ON part.oid = inhrelid
  WHERE inhparent = 'jobs'::regclass
) AS weeks
WHERE (week + interval '7 days') AT TIME ZONE 'UTC' < clock_timestamp() - $1 * interval '1 millisecond'
ORDER BY week
